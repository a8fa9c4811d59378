import { z } from "zod";
import type { TokenUse } from "./token_use.ts";

/** What a model's tokens cost at one server. */
export interface ModelPrice {
  readonly model: string;
  /** Host whose price it is; the same model elsewhere may cost something else. */
  readonly host: string;
  /** US dollars for a million tokens. */
  readonly inputUsd: number;
  readonly cachedInputUsd: number;
  readonly outputUsd: number;
  /** ISO date of the latest source. */
  readonly asOf: string;
  readonly sources: readonly string[];
}

const usd = z.number().min(0).max(10_000);
const schema = z.strictObject({
  prices: z.array(
    z.strictObject({
      model: z.string().min(1),
      host: z.string().min(1),
      snapshots: z.array(z.string().min(1)).default([]),
      input_usd: usd,
      cached_input_usd: usd,
      output_usd: usd,
      as_of: z.iso.date(),
      sources: z.array(z.url()).min(1),
    }),
  ),
});

/**
 * Reads the content of `config/models.yaml`: a price for each model and each dated snapshot of it.
 *
 * @param raw The parsed YAML.
 * @throws {SyntaxError} If a price is incomplete, has no source or date, or names a model twice.
 */
export function parsePriceList(raw: unknown): readonly ModelPrice[] {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) =>
      `${issue.path.join(".") || "the file"}: ${issue.message}`
    );
    throw new SyntaxError(
      `Cannot read the prices of models as each must have its numbers, date and sources: got ${
        faults.join("; ")
      }`,
    );
  }
  const seen = new Set<string>();
  return parsed.data.prices.flatMap((row) =>
    [row.model, ...row.snapshots].map((model) => {
      const name = `${model} at ${row.host}`;
      if (seen.has(name)) {
        throw new SyntaxError(
          `Cannot read the prices of models as each may have one price: got two for ${name}`,
        );
      }
      seen.add(name);
      return {
        model,
        host: row.host,
        inputUsd: row.input_usd,
        cachedInputUsd: row.cached_input_usd,
        outputUsd: row.output_usd,
        asOf: row.as_of,
        sources: row.sources,
      };
    })
  );
}

/** The price of a model at a server; `null` where it is not known, which is not the same as free. */
export function priceOf(
  prices: readonly ModelPrice[],
  { model, host }: { readonly model: string; readonly host: string },
): ModelPrice | null {
  return prices.find((price) => price.model === model && price.host === host) ?? null;
}

/** US dollars that tokens cost. */
export function costUsd(price: ModelPrice, use: TokenUse): number {
  const fresh = use.inputTokens - use.cachedInputTokens;
  return (fresh * price.inputUsd + use.cachedInputTokens * price.cachedInputUsd +
    use.outputTokens * price.outputUsd) / 1e6;
}
