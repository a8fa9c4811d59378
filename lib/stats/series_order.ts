import type { Panel } from "../core/panel.ts";

/**
 * All markets' moves laid out for pairwise work: days as bits, values as places in their order.
 *
 * Flat typed arrays and nothing else, so that workers can share one copy. What is said of market
 * `j` on day `i` stands at `start[j] + i − first[j]`; its days as bits are the words from
 * `j · nWords`, the lowest bit first.
 */
export interface SeriesOrder {
  readonly nDays: number;
  readonly nMarkets: number;
  /** Words of 32 days in a market's row of bits. */
  readonly nWords: number;
  /** Bits of the days on which the market was observed. */
  readonly observed: Int32Array;
  /** Bits of the observed days that count for a pair if either market has them. */
  readonly marked: Int32Array;
  /** Bits of the observed days on which the value is exactly zero. */
  readonly zero: Int32Array;
  /** First and last observed day; `nDays` and −1 where nothing was observed. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Number of observed days. */
  readonly count: Int32Array;
  /** Where the market's stretch from its first to its last day begins in `values` and `group`. */
  readonly start: Int32Array;
  /** The moves, NaN where not observed. */
  readonly values: Float64Array;
  /** Place of the move among the market's distinct moves, ascending from 0. */
  readonly group: Uint16Array;
  /** Number of distinct moves. */
  readonly nGroups: Int32Array;
  /** At `start[j] + group`: twice the average rank among all the market's days, less their mean. */
  readonly rank: Float64Array;
  /** Sum of the squares of these ranks over the market's days. */
  readonly rankSquares: Float64Array;
}

/** Makes the memory of a typed array, so that a caller may have it shared between workers. */
export type Allocate = (bytes: number) => ArrayBufferLike;

/** Memory of this thread alone. */
export function ownMemory(bytes: number): ArrayBuffer {
  return new ArrayBuffer(bytes);
}

/** Most days of a panel, so that a place, a count and a rank fit into 16 bits. */
const MAX_DAYS = 65_535;

/**
 * Lays out every market's moves, sorting each once for all pairs.
 *
 * Shape: days × markets → see {@linkcode SeriesOrder}. Cost: O(cells + observed · log days).
 *
 * @param options.minMove Marks only days with a move beyond this size; all observed ones by default.
 * @param options.allocate Memory for the answer; the thread's own by default.
 * @throws {RangeError} If the panel has more than 65,535 days.
 */
export function seriesOrder(
  { days, markets, values: cells }: Panel,
  { minMove = -1, allocate = ownMemory }: {
    readonly minMove?: number;
    readonly allocate?: Allocate;
  } = {},
): SeriesOrder {
  const nDays = days.length, nMarkets = markets.length, nWords = (nDays + 31) >>> 5;
  if (nDays > MAX_DAYS) {
    throw new RangeError(
      `Cannot correlate markets as a panel must have at most ${MAX_DAYS} days: got ${nDays}`,
    );
  }
  const ints = (length: number) => new Int32Array(allocate(4 * length));
  const floats = (length: number) => new Float64Array(allocate(8 * length));
  const first = ints(nMarkets).fill(nDays), last = ints(nMarkets).fill(-1), count = ints(nMarkets);
  const nBits = nMarkets * nWords;
  const observed = ints(nBits), marked = ints(nBits), zero = ints(nBits);
  for (let i = 0, cell = 0; i < nDays; ++i) {
    const bit = 1 << (i & 31);
    for (let j = 0, word = i >>> 5; j < nMarkets; ++j, ++cell, word += nWords) {
      const value = cells[cell]!;
      if (value !== value) continue;
      if (count[j]! === 0) first[j] = i;
      last[j] = i;
      count[j] = count[j]! + 1;
      observed[word] = observed[word]! | bit;
      if (Math.abs(value) > minMove) marked[word] = marked[word]! | bit;
      if (value === 0) zero[word] = zero[word]! | bit;
    }
  }
  const start = ints(nMarkets);
  let length = 0;
  for (let j = 0; j < nMarkets; ++j) {
    start[j] = length;
    length += Math.max(last[j]! - first[j]! + 1, 0);
  }
  const values = floats(length), group = new Uint16Array(allocate(2 * length));
  const rank = floats(length), rankSquares = floats(nMarkets), nGroups = ints(nMarkets);
  const sorted = new Float64Array(nDays);
  for (let j = 0; j < nMarkets; ++j) {
    const stretch = values.subarray(start[j]!, start[j]! + Math.max(last[j]! - first[j]! + 1, 0));
    let n = 0;
    for (let k = 0; k < stretch.length; ++k) {
      stretch[k] = cells[(first[j]! + k) * nMarkets + j]!;
      if (stretch[k]! === stretch[k]!) sorted[n++] = stretch[k]!;
    }
    const distinct = sorted.subarray(0, n).sort();
    nGroups[j] = rankGroups(distinct, rank.subarray(start[j]!), rankSquares.subarray(j));
    for (let k = 0; k < stretch.length; ++k) {
      if (stretch[k]! === stretch[k]!) {
        group[start[j]! + k] = placeIn(distinct, nGroups[j]!, stretch[k]!);
      }
    }
  }
  return {
    nDays,
    nMarkets,
    nWords,
    observed,
    marked,
    zero,
    first,
    last,
    count,
    start,
    values,
    group,
    nGroups,
    rank,
    rankSquares,
  };
}

/**
 * Moves the distinct values of a sorted list to its front and writes the rank of each and the sum
 * of the squares over the list; returns how many are distinct.
 */
function rankGroups(sorted: Float64Array, rank: Float64Array, squares: Float64Array): number {
  let nGroups = 0;
  for (let k = 0; k < sorted.length;) {
    const value = sorted[k]!;
    let end = k + 1;
    while (end < sorted.length && sorted[end]! === value) ++end;
    const centred = k + end - sorted.length;
    rank[nGroups] = centred;
    squares[0] = squares[0]! + (end - k) * centred * centred;
    sorted[nGroups++] = value;
    k = end;
  }
  return nGroups;
}

/** Place of `value` among the first `n` of an ascending list that holds it. */
function placeIn(ascending: Float64Array, n: number, value: number): number {
  let low = 0, high = n - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
