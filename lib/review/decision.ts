import { z } from "zod";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";

/** What a person may be asked about, with the verdicts that each takes. */
export const VERDICTS = {
  /** The number of clusters of a tree. */
  cut: ["approve", "flag"],
  /** A cluster of the tree, known by its members. */
  cluster: ["approve", "rename", "merge", "split", "flag"],
  /** The theme of an event by its words. */
  theme: ["approve", "relabel", "flag"],
  /** Which way YES goes for the theme's driver. */
  side: ["approve", "relabel", "flag"],
  /** Whether a contract may be held. */
  contract: ["approve", "exclude", "flag"],
  /** Whether two contracts are one question. */
  twin: ["approve", "exclude", "flag"],
  /** The theme of a contract drawn for the audit: right, wrong or unsure. */
  audit: ["approve", "relabel", "flag"],
  /** What a basket holds after a trade date. */
  basket: ["approve", "flag"],
  /** Whether a basket's returns match intuition. */
  returns: ["approve", "flag"],
  /** A contract whose theme changed between two rebalances. */
  theme_change: ["approve", "flag"],
} as const;

export type SubjectKind = keyof typeof VERDICTS;

/** Every kind, in the order in which people are shown them. */
export const SUBJECT_KINDS = Object.keys(VERDICTS) as readonly SubjectKind[];

/** `withdraw` takes the last decision on the subject back. */
export type Verdict = (typeof VERDICTS)[SubjectKind][number] | "withdraw";

const ids = z.array(id(300)).min(1).max(10_000);
const cluster = { members: ids };
const audit = { marketId: id(300), sheet: text(60), theme: text(60), classifier: text(200) };

/** What a verdict carries beside itself, by kind and verdict. */
const VALUES = {
  "cut approve": z.strictObject({ clusters: z.number().int().min(1).max(10_000) }),
  "cluster approve": z.strictObject(cluster),
  "cluster flag": z.strictObject(cluster),
  "cluster rename": z.strictObject({ ...cluster, name: text(60) }),
  /** The members of the clusters that it is joined with. */
  "cluster merge": z.strictObject({ ...cluster, with: z.array(ids).min(1).max(100) }),
  /** The members of each part; together those of the cluster. */
  "cluster split": z.strictObject({ ...cluster, parts: z.array(ids).min(2).max(100) }),
  "theme relabel": z.strictObject({ theme: text(60) }),
  /** +1 YES means more of the theme's driver, −1 less, 0 neither. */
  "side relabel": z.strictObject({ side: z.union([z.literal(-1), z.literal(0), z.literal(1)]) }),
  /** First day of a decision that heeds it, ISO; `null` from its listing on. */
  "contract exclude": z.strictObject({ since: z.iso.date().nullable() }),
  "audit approve": z.strictObject(audit),
  "audit flag": z.strictObject(audit),
  /** `null` where the person does not say what would be right. */
  "audit relabel": z.strictObject({ ...audit, rightTheme: text(60).nullable() }),
} as const;

/** The value of a verdict, by `"kind verdict"`; other verdicts carry nothing. */
export type DecisionValues = { [K in keyof typeof VALUES]: z.infer<(typeof VALUES)[K]> };

const DRAFT = z.strictObject({
  kind: z.enum(SUBJECT_KINDS as [SubjectKind, ...SubjectKind[]]),
  /** Id of the subject within its kind. */
  subject: id(700),
  /** The subject in words, for whoever reads the file. Untrusted. */
  title: z.string().max(2000),
  verdict: z.enum([...new Set(Object.values(VERDICTS).flat()), "withdraw"] as [Verdict]),
  value: z.record(z.string(), z.unknown()),
  comment: z.string().max(4000),
  /** Who decided. */
  by: text(80),
  /** Hash of what the person saw, see `Subject.seen`. */
  seen: z.string().regex(/^[0-9a-f]{64}$/),
  /** Words for the universe that it was decided on. */
  source: id(300),
  /** Latest day in the data that was seen, ISO. */
  asOf: z.iso.date(),
});

/** A decision before it is stored. */
export type DecisionDraft = z.infer<typeof DRAFT>;

const DECISION = DRAFT.extend({
  /** UTC instant, ISO with milliseconds. */
  at: z.iso.datetime({ precision: 3 }),
  /** 1 for the first decision about a subject, then one more each. */
  number: z.number().int().min(1),
});

/** A person's decision as its file holds it. */
export type Decision = z.infer<typeof DECISION>;

/**
 * Checks a decision before it is stored.
 *
 * @param options.themes Ids of the taxonomy; a theme that it lacks is refused. Any by default.
 * @throws {RangeError} If a field is missing, malformed, too long or unknown, the kind does not take the
 *   verdict, or the verdict does not carry what it must.
 */
export function parseDraft(
  raw: unknown,
  options: { readonly themes?: readonly string[] } = {},
): DecisionDraft {
  return checked(DRAFT, raw, options);
}

/** Checks a stored decision; see {@link parseDraft}. */
export function parseDecision(
  raw: unknown,
  options: { readonly themes?: readonly string[] } = {},
): Decision {
  return checked(DECISION, raw, options);
}

/** The value of a decision whose kind and verdict are known. */
export function valueOf<K extends keyof DecisionValues>(
  decision: Pick<DecisionDraft, "kind" | "verdict" | "value">,
  key: K,
): DecisionValues[K] | null {
  return `${decision.kind} ${decision.verdict}` === key
    ? decision.value as DecisionValues[K]
    : null;
}

function checked<T extends DecisionDraft>(
  schema: z.ZodType<T>,
  raw: unknown,
  { themes }: { readonly themes?: readonly string[] },
): T {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw refusal(parsed.error.issues[0]!);
  const { kind, verdict, value } = parsed.data;
  const known: readonly Verdict[] = [...VERDICTS[kind], "withdraw"];
  if (!known.includes(verdict)) {
    throw new RangeError(
      `Cannot take a decision as a ${kind} takes ${known.join(", ")}: got "${verdict}"`,
    );
  }
  const key = `${kind} ${verdict}` as keyof DecisionValues;
  const own = (VALUES[key] ?? z.strictObject({})).safeParse(value);
  if (!own.success) throw refusal(own.error.issues[0]!, "value");
  const named = [value.theme, value.rightTheme].filter((one) => typeof one === "string");
  const unknown = named.find((one) => one !== UNCATEGORIZED && !(themes?.includes(one) ?? true));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot take a decision as its theme must be one of the taxonomy: got "${unknown}"`,
    );
  }
  // what a person typed lost the blanks around it
  return { ...parsed.data, value: own.data };
}

function refusal({ path, message }: z.core.$ZodIssue, prefix?: string): RangeError {
  const where = [prefix, ...path.map(String)].filter((part) => part !== undefined).join(".");
  return new RangeError(
    `Cannot take a decision as ${where === "" ? "it" : `"${where}"`} must be well formed: got ${
      message.charAt(0).toLowerCase() + message.slice(1)
    }`,
  );
}

function text(most: number) {
  return z.string().trim().min(1).max(most);
}

/** A text that must stay as it is, as others are compared with it. */
function id(most: number) {
  return z.string().min(1).max(most);
}
