import type { Market } from "lib/core/data_set.ts";
import { parseThemeLabels } from "lib/sources/theme_labels.ts";
import { readParquet } from "lib/store/parquet.ts";

/** A labelled question with what the venue says of its event. */
export interface LabelledQuestion {
  readonly market: Market;
  readonly question: string;
  readonly slug: string;
  /** Name in the reference. */
  readonly theme: string;
}

/** Questions of a file with columns question, event_slug and theme; those without a theme left out. */
export async function readLabels(path: string): Promise<LabelledQuestion[]> {
  const { markets, themes } = parseThemeLabels(await readParquet(path), {
    ...{ markets: [], origin: path },
  });
  return markets.map((market, i) => ({
    ...{ market, question: market.question ?? "", slug: market.eventSlug ?? "" },
    theme: themes[i]!,
  }));
}

/** Whether a slug is in the half of the events whose errors were looked at: one bit of its FNV-1a hash. */
export function isSeenHalf(slug: string): boolean {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(slug)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return (hash >>> 16) % 2 === 0;
}
