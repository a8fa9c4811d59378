import type { Market } from "lib/core/data_set.ts";
import { cellAt, columnOf } from "lib/core/table.ts";
import { readParquet } from "lib/store/parquet.ts";

/** A question with what the venue says of its event. */
export interface LabelledQuestion {
  readonly question: string;
  readonly slug: string;
  /** Name in the reference. */
  readonly theme: string;
}

/** Questions of a file with columns question, event_slug and theme; those without a theme left out. */
export async function readLabels(path: string): Promise<LabelledQuestion[]> {
  const rows = await readParquet(path);
  const [question, slug, theme] = ["question", "event_slug", "theme"].map((name) =>
    columnOf(rows, name, "string")
  );
  return Array.from({ length: rows.nRows }, (_, i) => ({
    question: String(cellAt(question!, i) ?? ""),
    slug: String(cellAt(slug!, i) ?? ""),
    theme: cellAt(theme!, i),
  })).filter((one): one is LabelledQuestion => typeof one.theme === "string");
}

/** Whether a slug is in the half of the events whose errors were looked at: one bit of its FNV-1a hash. */
export function isSeenHalf(slug: string): boolean {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(slug)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return (hash >>> 16) % 2 === 0;
}

/** The question as a contract of which the venue says no more than question and event slug. */
export function questionMarket({ question, slug }: LabelledQuestion, i: number): Market {
  return {
    marketId: `poly:${i}`,
    venue: "polymarket",
    question,
    description: null,
    slug: null,
    eventId: null,
    eventSlug: slug,
    eventTitle: null,
    outcome: "Yes",
    groupItemTitle: null,
    negRisk: null,
    createdAtMs: null,
    opensAtMs: null,
    closesAtMs: null,
    conditionId: null,
    tokenId: null,
  };
}
