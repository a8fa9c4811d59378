import type { Market } from "../core/data_set.ts";
import {
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import type { MarketQuality } from "./quality.ts";

/**
 * The checkpoint `01_universe`: one row per market, in the order of `quality`.
 *
 * @throws {RangeError} If the two lists are not of the same markets in the same order.
 */
export function universeTable(
  markets: readonly Market[],
  quality: readonly MarketQuality[],
): Table {
  const same = markets.length === quality.length &&
    markets.every((market, j) => market.marketId === quality[j]!.marketId);
  if (!same) {
    throw new RangeError(
      `Cannot make the universe table as markets and their quality must be in one order: got ${markets.length} and ${quality.length} rows`,
    );
  }
  const numbers = (of: (market: MarketQuality) => number) => quality.map(of);
  return table({
    market_id: stringColumn(quality.map((market) => market.marketId)),
    venue: stringColumn(markets.map((market) => market.venue)),
    n_days: integerColumn(numbers((market) => market.nDays)),
    first_date: dateColumn(numbers((market) => market.firstDay)),
    last_date: dateColumn(numbers((market) => market.lastDay)),
    zero_move_share: numberColumn(numbers((market) => market.zeroMoveShare)),
    distinct_prices: integerColumn(numbers((market) => market.distinctPrices)),
    n_gaps: integerColumn(numbers((market) => market.nGaps)),
    longest_gap_days: integerColumn(numbers((market) => market.longestGapDays)),
    volume_usd: numberColumn(numbers((market) => market.volumeUsd)),
    flags: stringColumn(quality.map((market) => market.flags.join(","))),
  });
}

/** How many markets carry each flag, most frequent first, then by name. */
export function flagCounts(quality: readonly MarketQuality[]): Table {
  const counts = new Map<string, number>();
  for (const market of quality) {
    for (const flag of market.flags) counts.set(flag, (counts.get(flag) ?? 0) + 1);
  }
  const rows = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return table({
    flag: stringColumn(rows.map(([flag]) => flag)),
    markets: integerColumn(rows.map(([, count]) => count)),
    share: numberColumn(rows.map(([, count]) => count / quality.length)),
  });
}
