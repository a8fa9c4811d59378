import type { DailyPrices } from "../core/data_set.ts";

/** How long and when each market was priced. */
export interface Lifetimes {
  readonly nMarkets: number;
  /** Markets with at least one price: the length of the three columns below. */
  readonly nPriced: number;
  /** First and last day with a price and number of priced days, one entry a priced market. */
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  readonly nPrices: Int32Array;
  /** Fewest prices that make a market long enough to study. */
  readonly minPrices: number;
  /** Markets with `minPrices` or more. */
  readonly nLong: number;
  /** Median number of prices of the priced markets, NaN without one. */
  readonly medianPrices: number;
  /** Number of markets by number of prices; widths double, and `minPrices` is an edge. */
  readonly lengthBins: readonly LengthBin[];
}

/** Markets whose number of prices is in [from, to). */
export interface LengthBin {
  readonly from: number;
  readonly to: number;
  readonly nMarkets: number;
}

/**
 * The life of every market as its prices show it: first day, last day, number of priced days.
 *
 * The number of prices, not the span, decides whether a market can be studied: a gap in the middle
 * of a life gives no return.
 *
 * Shape: run-length rows → one entry a priced market, sorted by first day, then last day, then
 * market. NaN: a row without a close is no price; a market without prices is counted, not listed.
 * Cost: O(rows + nMarkets log nMarkets).
 *
 * @param prices Daily closes.
 * @param options.minPrices Fewest prices worth studying; 30 is the project's minimum overlap.
 * @throws {RangeError} If `minPrices` is not a whole number of at least 2.
 */
export function lifetimes(prices: DailyPrices, { minPrices = 30 } = {}): Lifetimes {
  if (!(Number.isInteger(minPrices) && minPrices >= 2)) {
    throw new RangeError(
      `Cannot measure lifetimes as minPrices must be a whole number >= 2: got ${minPrices}`,
    );
  }
  const nMarkets = prices.offsets.length - 1;
  const first = new Int32Array(nMarkets), last = new Int32Array(nMarkets);
  const count = new Int32Array(nMarkets);
  for (let j = 0; j < nMarkets; ++j) {
    for (let row = prices.offsets[j]!; row < prices.offsets[j + 1]!; ++row) {
      if (Number.isNaN(prices.close[row]!)) continue;
      if (count[j]!++ === 0) first[j] = prices.day[row]!;
      last[j] = prices.day[row]!;
    }
  }
  const order = Int32Array.from({ length: nMarkets }, (_, j) => j).filter((j) => count[j]! > 0);
  order.sort((a, b) => first[a]! - first[b]! || last[a]! - last[b]! || a - b);
  const nPrices = order.map((j) => count[j]!);
  const ascending = nPrices.slice().sort();
  const nPriced = order.length;
  const middle = nPriced >> 1;
  return {
    nMarkets,
    nPriced,
    firstDay: order.map((j) => first[j]!),
    lastDay: order.map((j) => last[j]!),
    nPrices,
    minPrices,
    nLong: nPrices.reduce((n, length) => n + (length >= minPrices ? 1 : 0), 0),
    medianPrices: nPriced === 0
      ? NaN
      : nPriced % 2 === 1
      ? ascending[middle]!
      : (ascending[middle - 1]! + ascending[middle]!) / 2,
    lengthBins: lengthBins(ascending, minPrices),
  };
}

/** Counts of ascending lengths between the edges minPrices · 2^k, rounded, from 1 to the longest. */
function lengthBins(ascending: Int32Array, minPrices: number): LengthBin[] {
  if (ascending.length === 0) return [];
  const edges = new Set([1]);
  for (let edge = minPrices; edge >= 1.5; edge /= 2) edges.add(Math.round(edge));
  const longest = ascending[ascending.length - 1]!;
  for (let edge = minPrices; edge <= longest; edge *= 2) edges.add(edge * 2);
  const sorted = [...edges].sort((a, b) => a - b);
  const bins: LengthBin[] = [];
  let row = 0;
  for (let b = 0; b + 1 < sorted.length; ++b) {
    const start = row;
    while (row < ascending.length && ascending[row]! < sorted[b + 1]!) ++row;
    bins.push({ from: sorted[b]!, to: sorted[b + 1]!, nMarkets: row - start });
  }
  return bins;
}
