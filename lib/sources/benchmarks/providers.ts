import { z } from "zod";

const providerSchema = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("yahoo"),
    name: z.string().regex(/^[A-Z0-9.^=-]+$/, "a symbol as Yahoo writes it"),
    shift_days: z.literal(0),
    note: z.string().min(10).optional(),
  }),
  z.strictObject({
    by: z.literal("fred"),
    name: z.string().regex(/^[A-Z0-9]+$/, "the id of a FRED series"),
    shift_days: z.number().int().min(0).max(1),
    note: z.string().min(10),
  }),
]);

const providersSchema = z.strictObject({
  series: z.record(z.string().min(1), z.array(providerSchema).min(1).readonly()),
}).superRefine(({ series }, context) => {
  for (const [symbol, list] of Object.entries(series)) {
    const names = list.map(({ by, name }) => `${by} ${name}`);
    const twice = names.find((name, k) => names.indexOf(name) !== k);
    if (twice !== undefined) {
      context.addIssue({ code: "custom", message: `series ${symbol}: "${twice}" stands twice` });
    }
  }
});

/** Who serves a series, and under which name. */
export type Provider = z.infer<typeof providerSchema>;

/** Providers of each symbol, the first choice first. */
export type Providers = ReadonlyMap<string, readonly Provider[]>;

/**
 * Reads the content of `config/providers.yaml`.
 *
 * @throws {SyntaxError} If an entry is missing, unknown or contradicts another.
 */
export function parseProviders(raw: unknown): Providers {
  const parsed = providersSchema.safeParse(raw);
  if (parsed.success) return new Map(Object.entries(parsed.data.series));
  throw new SyntaxError(
    `Cannot parse the providers as each entry must fit its schema: got\n${
      z.prettifyError(parsed.error)
    }`,
  );
}
