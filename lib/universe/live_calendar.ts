import { type DailyPrices, type Market, rowsOf } from "../core/data_set.ts";
import type { Venue } from "../core/market_id.ts";

/** How many markets can be seen on each day. */
export interface LiveCalendar {
  /** Every day from the first price to the last, without holes. */
  readonly days: Int32Array;
  /** Markets with a price on the day, by venue; venues sorted by name. */
  readonly venues: readonly { readonly venue: Venue; readonly nLive: Uint32Array }[];
  /** Markets with a price on the day, all venues. */
  readonly nLive: Uint32Array;
  /** Of those, the ones that have `minPrices` or more up to and including the day. */
  readonly nSeasoned: Uint32Array;
  readonly minPrices: number;
  /** Seasoned markets that make a day's cross-section wide enough. */
  readonly minCrossSection: number;
  /** Days with a wide enough cross-section. */
  readonly nWideDays: number;
}

/**
 * Number of markets with a price on each day, and how many of them have a history by then.
 *
 * Seasoned counts only prices up to the day, so it is the cross-section that could have been
 * studied on that day, not the one that hindsight picks.
 *
 * Shape: run-length rows → one entry a calendar day. NaN: a row without a close is no price.
 * Cost: O(rows + days).
 *
 * @param markets All markets, in the order of `prices`.
 * @param prices Daily closes.
 * @param options.minPrices Fewest prices that make a market seasoned.
 * @param options.minCrossSection Fewest seasoned markets that make a day wide enough.
 * @throws {RangeError} If the list of markets does not fit the prices.
 */
export function liveCalendar(
  markets: readonly Market[],
  prices: DailyPrices,
  { minPrices = 30, minCrossSection = 100 } = {},
): LiveCalendar {
  if (prices.offsets.length !== markets.length + 1) {
    throw new RangeError(
      `Cannot count live markets as each must have its range of prices: got ${markets.length} markets and ${
        prices.offsets.length - 1
      } ranges`,
    );
  }
  let from = Infinity, last = -Infinity;
  for (let row = 0; row < prices.day.length; ++row) {
    if (Number.isNaN(prices.close[row]!)) continue;
    from = Math.min(from, prices.day[row]!);
    last = Math.max(last, prices.day[row]!);
  }
  const nDays = last >= from ? last - from + 1 : 0;
  const nSeasoned = new Uint32Array(nDays);
  const byVenue = new Map<Venue, Uint32Array>();
  for (let j = 0; j < markets.length; ++j) {
    const { venue } = markets[j]!;
    let nLive = byVenue.get(venue);
    if (nLive === undefined) byVenue.set(venue, nLive = new Uint32Array(nDays));
    const rows = rowsOf(prices, j);
    let nSoFar = 0;
    for (let row = rows.from; row < rows.to; ++row) {
      if (Number.isNaN(prices.close[row]!)) continue;
      const i = prices.day[row]! - from;
      nLive[i] = nLive[i]! + 1;
      if (++nSoFar >= minPrices) nSeasoned[i] = nSeasoned[i]! + 1;
    }
  }
  const venues = [...byVenue].map(([venue, nLive]) => ({ venue, nLive }))
    .filter(({ nLive }) => nLive.some((n) => n > 0))
    .sort((a, b) => a.venue < b.venue ? -1 : 1);
  return {
    days: Int32Array.from({ length: nDays }, (_, i) => from + i),
    venues,
    nLive: Uint32Array.from(
      { length: nDays },
      (_, i) => venues.reduce((n, { nLive }) => n + nLive[i]!, 0),
    ),
    nSeasoned,
    minPrices,
    minCrossSection,
    nWideDays: nSeasoned.reduce((n, m) => n + (m >= minCrossSection ? 1 : 0), 0),
  };
}
