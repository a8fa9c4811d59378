import { z } from "zod";
import { parseDay } from "../../core/day.ts";

const share = z.number().min(0).max(1);
const range = z.tuple([z.number(), z.number()]).refine(([a, b]) => a <= b, "[low, high]");
const side = z.union([z.literal(1), z.literal(-1)]);
const outcomeList = z.union([z.string(), z.array(z.string()).min(2)]);

/** When a recurring question comes up again. */
const recurrence = z.discriminatedUnion("unit", [
  z.strictObject({ unit: z.literal("day") }),
  z.strictObject({ unit: z.literal("week"), weekday: z.number().int().min(1).max(7) }),
  z.strictObject({
    unit: z.literal("month"),
    /** Day of the month; with a weekday, the first such weekday on or after it. */
    day: z.union([z.number().int().min(1).max(28), z.literal("last")]),
    weekday: z.number().int().min(1).max(7).optional(),
  }).refine(
    ({ day, weekday }) => weekday === undefined || (day !== "last" && day <= 22),
    "with a weekday, the day must be 22 at most",
  ),
  z.strictObject({
    unit: z.literal("dates"),
    dates: z.array(z.string().transform((text) => parseDay(text))).min(1),
  }),
]);

const remarks = z.enum(["deadline", "contest", "figure", "price"]);

const common = {
  /** Name of the recurring concept, and the root of its Kalshi series. */
  key: z.string().regex(/^[a-z0-9_]+$/),
  /** Share of its theme's markets, relative to the other templates. */
  weight: z.number().positive().default(1),
  /** +1 where YES gains when the cluster's factor rises. */
  side: side.default(1),
  /** Days from listing to the scheduled end. */
  days: range,
  /** Share of the uncertainty that is settled on the last day itself. */
  late: range.default([0.05, 0.3]),
  every: recurrence.optional(),
  event: z.string(),
  question: z.string(),
  /** What must hold for YES, as it follows "if". */
  condition: z.string(),
  source: z.string().optional(),
  /** Which remarks may end the rules; by kind of question where not given. */
  remarks: remarks.optional(),
};

const templateSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("binary"), prior: range, ...common }),
  z.strictObject({ kind: z.literal("deadlines"), prior: range, n: range, ...common }),
  z.strictObject({
    kind: z.literal("nominal"),
    outcomes: outcomeList,
    sides: z.array(side).optional(),
    n: range.optional(),
    ...common,
  }),
  z.strictObject({ kind: z.literal("brackets"), outcomes: outcomeList, ...common }),
  z.strictObject({
    kind: z.literal("ladder"),
    start: range,
    step: z.number().positive(),
    n: range,
    ...common,
  }),
  z.strictObject({
    kind: z.literal("series_ladder"),
    series: z.string(),
    step: z.number().positive(),
    n: range,
    ...common,
  }),
  z.strictObject({ kind: z.literal("up_down"), series: z.string(), ...common }),
  z.strictObject({ kind: z.literal("game"), teams: z.string(), ...common }),
]);

const clusterSchema = z.strictObject({
  /** Share of a score's variance that its cluster's factor carries. */
  common: share,
  /** Loadings on latent macro drivers. */
  drivers: z.record(z.string(), z.number().min(-1).max(1)).default({}),
  templates: z.array(templateSchema).min(1),
});

const themeSchema = z.strictObject({
  /** Share of all markets, relative to the other themes. */
  share: z.number().positive(),
  /** Share of a score's variance that the theme's factor carries. */
  common: share,
  source: z.string(),
  clusters: z.record(z.string(), clusterSchema),
});

const templatesSchema = z.strictObject({
  entities: z.record(z.string(), z.array(z.string()).min(2)),
  /** Remarks at the end of the rules, by what decides the question. */
  notes: z.record(remarks, z.array(z.string()).min(1)),
  themes: z.record(z.string(), themeSchema),
}).superRefine((all, context) => {
  const keys = new Set<string>();
  for (const [theme, { clusters, common }] of Object.entries(all.themes)) {
    for (const [name, cluster] of Object.entries(clusters)) {
      const spent = cluster.common + common +
        Object.values(cluster.drivers).reduce((sum, b) => sum + b * b, 0);
      const refuse = (message: string) =>
        context.addIssue({ code: "custom", message: `${theme}.${name}: ${message}` });
      if (spent > 0.9) refuse("common shares must leave a tenth of the variance to the event");
      for (const template of cluster.templates) {
        if (keys.has(template.key)) refuse(`key "${template.key}" must be unique`);
        keys.add(template.key);
        const needsStrike = template.kind === "ladder" || template.kind === "series_ladder";
        if (needsStrike && !template.question.includes("{strike}")) {
          refuse(`key "${template.key}" must have {strike} in its question`);
        }
        for (const list of listsOf(template)) {
          if (all.entities[list] === undefined) refuse(`entities "${list}" must be listed`);
        }
      }
    }
  }
});

/** `config/simulated.yaml`: what the embedded universe trades, and how its scores hang together. */
export type Templates = z.infer<typeof templatesSchema>;

/** One recurring question, with placeholders. */
export type Template = z.infer<typeof templateSchema>;

/** A group of questions driven by one factor. */
export type ClusterTemplate = z.infer<typeof clusterSchema>;

/** Placeholders that the schedule fills; all others name an entity list. */
const SCHEDULED = new Set([
  "date",
  "by",
  "full_date",
  "period",
  "outcome",
  "strike",
  "home",
  "away",
]);

/** Entity lists that a template's texts draw one value from, sorted. */
export function slotsOf(template: Template): string[] {
  const text = `${template.event} ${template.question} ${template.condition}`;
  const names = new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
  return [...names].filter((name) => !SCHEDULED.has(name)).sort();
}

function listsOf(template: Template): string[] {
  const lists = slotsOf(template);
  if (template.kind === "game") lists.push(template.teams);
  if ("outcomes" in template && typeof template.outcomes === "string") {
    lists.push(template.outcomes);
  }
  return lists;
}

/**
 * Reads `config/simulated.yaml`.
 *
 * @throws {SyntaxError} If an entry is missing, unknown or contradicts another.
 */
export function parseTemplates(raw: unknown): Templates {
  const read = templatesSchema.safeParse(raw);
  if (read.success) return read.data;
  throw new SyntaxError(
    `Cannot parse the simulated universe's templates as each entry must fit its schema: got\n${
      z.prettifyError(read.error)
    }`,
  );
}
