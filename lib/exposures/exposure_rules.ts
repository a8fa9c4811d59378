import { z } from "zod";
import { EXPOSURE_FACTORS, MAX_EXPOSURE } from "./exposure_factors.ts";
import { anyPattern, type WordPattern } from "./exposure_words.ts";

/** What an outcome's probability is weighed against. */
export type ExposureCount =
  /** The outcome has the vector, its absence none. */
  | "outcome"
  /** The outcome has the vector, its absence the opposite. */
  | "opposite"
  /** Strikes or buckets of a number, as far towards the vector as they lie above what was expected. */
  | "level"
  /** Strikes or buckets of a number of policy moves, from nothing at 0 to the vector at the highest. */
  | "count"
  /** Strikes that a price may reach, high ones towards the vector and low ones towards the opposite. */
  | "touch";

/** One rule of `config/exposures.yaml`, ready to be tried on words. */
export interface ExposureRule {
  readonly id: string;
  readonly event: WordPattern;
  /** `null` takes every outcome of the event. */
  readonly outcome: WordPattern | null;
  readonly not: WordPattern;
  /** What the venue may quote, in lower case. */
  readonly labels: ReadonlySet<string>;
  readonly counts: ExposureCount;
  /** Eight whole numbers in −2…+2, in the order of {@link EXPOSURE_FACTORS}. */
  readonly vector: readonly number[];
  /** One sentence for a reader. */
  readonly reason: string;
}

/** The rule table, in the order in which rules are tried. */
export interface ExposureRules {
  /** Changes whenever the table changes meaning. */
  readonly version: string;
  /** Words that turn a sentence around; a rule says nothing about an outcome that has them. */
  readonly negation: WordPattern;
  readonly rules: readonly ExposureRule[];
}

/** Lines between commas. */
const lines = z.string().transform((text) => text.split(",").map((line) => line.trim()));
const key = z.string().regex(/^[a-z][a-z0-9_]*$/, "must be snake_case");
const score = z.number().int().min(-MAX_EXPOSURE).max(MAX_EXPOSURE);

const ruleSchema = z.strictObject({
  id: key,
  event: lines,
  outcome: lines.optional(),
  not: lines.optional(),
  label: lines.optional(),
  counts: z.enum(["outcome", "opposite", "level", "count", "touch"]).default("outcome"),
  vector: z.partialRecord(z.enum(EXPOSURE_FACTORS), score),
  reason: z.string().regex(/^\S.{10,}\.$/, "must be a sentence with a full stop"),
});

const tableSchema = z.strictObject({
  version: z.string().min(1),
  negations: lines,
  groups: z.record(key, lines),
  rules: z.array(ruleSchema).min(1),
});

/**
 * Reads the rule table of `config/exposures.yaml`; the file's head says what its fields mean.
 *
 * @param raw The parsed YAML.
 * @throws {SyntaxError} If a field is missing, unknown or of the wrong form, a score is no whole number
 *   in −2…+2, two rules share an id, a line names an unknown group or a group names a group.
 */
export function parseExposureRules(raw: unknown): ExposureRules {
  const parsed = tableSchema.safeParse(raw);
  if (!parsed.success) {
    throw fault(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  }
  const { version, negations, rules } = parsed.data;
  const groups = new Map(Object.entries(parsed.data.groups));
  const faults: string[] = [];
  const compiled = (path: string, some: readonly string[], inside = groups): WordPattern => {
    try {
      return anyPattern(some, inside);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      faults.push(`${path}: ${cause.message}`);
      return () => false;
    }
  };
  for (const [name, some] of groups) compiled(`groups.${name}`, some, new Map());
  const seen = new Set<string>();
  const read = rules.map((rule): ExposureRule => {
    if (seen.has(rule.id)) faults.push(`rules.${rule.id}: the id is taken`);
    seen.add(rule.id);
    return {
      id: rule.id,
      event: compiled(`rules.${rule.id}.event`, rule.event),
      outcome: rule.outcome === undefined
        ? null
        : compiled(`rules.${rule.id}.outcome`, rule.outcome),
      not: compiled(`rules.${rule.id}.not`, rule.not ?? []),
      labels: new Set((rule.label ?? ["yes", "no"]).map((label) => label.toLowerCase())),
      counts: rule.counts,
      vector: EXPOSURE_FACTORS.map((factor) => rule.vector[factor] ?? 0),
      reason: rule.reason,
    };
  });
  const negation = compiled("negations", negations);
  if (faults.length > 0) throw fault(faults);
  return { version, negation, rules: read };
}

function fault(faults: readonly string[]): SyntaxError {
  return new SyntaxError(
    `Cannot read exposure rules as the table must be complete: got ${
      faults.length === 1 ? "1 fault" : `${faults.length} faults`
    }\n${faults.join("\n")}`,
  );
}
