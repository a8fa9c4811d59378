import { type DailyPrices, type DataSet, rowsOf } from "../core/data_set.ts";
import { dayOf, MISSING_DAY } from "../core/day.ts";
import type { Venue } from "../core/market_id.ts";

/** What the ledger may see of a universe: closes, quotes and payouts, by market. */
export interface PricePaths {
  /** Index of each market id. */
  readonly indexOf: ReadonlyMap<string, number>;
  readonly ids: readonly string[];
  readonly venues: readonly Venue[];
  readonly prices: DailyPrices;
  /** UTC day of the settlement; `MISSING_DAY` where none is recorded. */
  readonly resolvedOn: Int32Array;
  /** Payout of the quoted outcome, in [0, 1]; NaN where no settlement is recorded. */
  readonly payout: Float64Array;
  /** Last day of the data. */
  readonly lastDay: number;
}

/** The paths of a data set. Nothing is copied but the settlements. Cost: O(markets). */
export function pricePaths(data: DataSet): PricePaths {
  const ids = data.markets.map(({ marketId }) => marketId);
  const indexOf = new Map(ids.map((id, j) => [id, j]));
  const resolvedOn = new Int32Array(ids.length).fill(MISSING_DAY);
  const payout = new Float64Array(ids.length).fill(NaN);
  for (const resolution of data.resolutions) {
    const j = indexOf.get(resolution.marketId);
    if (j === undefined) continue;
    resolvedOn[j] = dayOf(resolution.resolvedAtMs);
    payout[j] = resolution.payout;
  }
  const venues = data.markets.map(({ venue }) => venue);
  const lastDay = dayOf(data.asOfMs - 1);
  return { indexOf, ids, venues, prices: data.prices, resolvedOn, payout, lastDay };
}

/** Row of the last close of market `j` on or before `day`; −1 where there is none. O(log rows). */
export function lastRowAt({ prices }: PricePaths, j: number, day: number): number {
  const { from, to } = rowsOf(prices, j);
  let low = from, high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (prices.day[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low > from ? low - 1 : -1;
}
