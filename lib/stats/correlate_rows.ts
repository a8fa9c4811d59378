import { pairIndex } from "../core/pair_matrix.ts";
import { type Allocate, ownMemory, type SeriesOrder } from "./series_order.ts";

/** What is correlated over a pair's common days, and from how many days on. */
export interface CorrelationOptions {
  /** `spearman` correlates ranks (ties averaged), `pearson` the values. */
  readonly kind: "spearman" | "pearson";
  /** Fewest common days; a pair below it has no correlation, never a zero. */
  readonly minOverlap: number;
}

/** One entry a pair, in the order of {@linkcode pairIndex}. */
export interface PairRows {
  /** Correlation in [−1, 1]; NaN below `minOverlap` or where one of the two does not vary. */
  readonly rho: Float64Array;
  /** Days the two have in common, counted below `minOverlap` too. */
  readonly overlap: Uint16Array;
  /** Common days on which at least one of the two is exactly zero. */
  readonly zeroDays: Uint16Array;
}

/** Rows [from, to) of the pairs: those whose first market is among these. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Gives the correlation of markets `a` and `b` over the first `n` of `days`. */
type Correlate = (a: number, b: number, days: Uint16Array, n: number) => number;

/**
 * Room for the pairs of rows [from, to).
 *
 * @throws {RangeError} If the rows are not within the markets.
 */
export function pairRows(
  nMarkets: number,
  rows: RowRange,
  allocate: Allocate = ownMemory,
): PairRows {
  const n = countPairs(nMarkets, rows);
  return {
    rho: new Float64Array(allocate(8 * n)),
    overlap: new Uint16Array(allocate(2 * n)),
    zeroDays: new Uint16Array(allocate(2 * n)),
  };
}

/** Number of pairs in rows [from, to), refusing rows that are not within the markets. */
function countPairs(n: number, { from, to }: RowRange): number {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= n)) {
    throw new RangeError(
      `Cannot correlate rows as [from, to) must lie within ${n} markets: got [${from}, ${to})`,
    );
  }
  return pairIndex(n, to, to + 1) - pairIndex(n, from, from + 1);
}

/**
 * Writes the correlations of the pairs whose first market is in [from, to), each over its own
 * common days: those on which both were observed and at least one is marked.
 *
 * A pair's days are the words of bits the two share, so pairs without enough of them cost a few
 * instructions. Ranks within the common days come from counting how many of them fall on each of a
 * market's distinct values, which are sorted beforehand, so nothing is sorted for a pair. Where the
 * common days are all the days of a market its ranks are those of the whole series. Twice the rank
 * less the mean is a whole number, so the sums of squares and products have no rounding and do not
 * depend on their order.
 *
 * Shape: `out` begins with the pair (from, from + 1). Cost: O(common days + distinct values) a pair
 * that is correlated, O(days / 32) any other.
 * Source: Spearman 1904 with average ranks for ties; for Pearson the two-pass form on shifted data,
 * Chan, Golub & LeVeque 1983.
 *
 * @param out As many places as there are pairs.
 * @throws {RangeError} If `minOverlap` is below 3, the rows are not within the markets or `out` has
 * not the length of the pairs.
 */
export function correlateRows(
  series: SeriesOrder,
  { kind, minOverlap, from, to }: CorrelationOptions & RowRange,
  out: PairRows,
): void {
  const { nMarkets, nWords, observed, marked, zero, first, last } = series;
  requireMinOverlap(minOverlap);
  const nPairs = countPairs(nMarkets, { from, to });
  if (out.rho.length !== nPairs) {
    throw new RangeError(
      `Cannot correlate rows as [${from}, ${to}) has ${nPairs} pairs: got room for ${out.rho.length}`,
    );
  }
  const { rho, overlap: overlaps, zeroDays: zeros } = out;
  const correlate = kind === "spearman" ? rankCorrelation(series) : valueCorrelation(series);
  const days = new Uint16Array(series.nDays);
  for (let a = from, at = 0; a < to; ++a) {
    const rowA = a * nWords;
    for (let b = a + 1; b < nMarkets; ++b, ++at) {
      const rowB = b * nWords;
      const firstWord = Math.max(first[a]!, first[b]!) >> 5;
      const lastWord = Math.min(last[a]!, last[b]!) >> 5;
      let overlap = 0, zeroDays = 0;
      for (let w = firstWord; w <= lastWord; ++w) {
        const u = rowA + w, v = rowB + w;
        const common = observed[u]! & observed[v]! & (marked[u]! | marked[v]!);
        overlap += bitCount(common);
        zeroDays += bitCount(common & (zero[u]! | zero[v]!));
      }
      overlaps[at] = overlap;
      zeros[at] = zeroDays;
      if (overlap < minOverlap) {
        rho[at] = NaN;
        continue;
      }
      let n = 0;
      for (let w = firstWord; w <= lastWord; ++w) {
        const u = rowA + w, v = rowB + w;
        let common = observed[u]! & observed[v]! & (marked[u]! | marked[v]!);
        for (const day = w << 5; common !== 0; common &= common - 1) {
          days[n++] = day + 31 - Math.clz32(common & -common);
        }
      }
      rho[at] = correlate(a, b, days, n);
    }
  }
}

/** Refuses an overlap with which no correlation can be judged. */
export function requireMinOverlap(minOverlap: number): void {
  if (!(Number.isInteger(minOverlap) && minOverlap >= 3)) {
    throw new RangeError(
      `Cannot correlate markets as minOverlap must be a whole number >= 3: got ${minOverlap}`,
    );
  }
}

/** Number of ones among 32 bits. Source: Warren, Hacker's Delight, section 5-1. */
function bitCount(bits: number): number {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Correlates ranks, ties averaged. */
function rankCorrelation(series: SeriesOrder): Correlate {
  const { first, start, count, group, rank, rankSquares, nDays } = series;
  const counts = new Int32Array(nDays);
  const ranksA = new Float64Array(nDays), ranksB = new Float64Array(nDays);
  return (a, b, days, n) => {
    const isWholeA = count[a]! === n, isWholeB = count[b]! === n;
    const squaresA = isWholeA ? rankSquares[a]! : commonRanks(series, a, days, n, counts, ranksA);
    const squaresB = isWholeB ? rankSquares[b]! : commonRanks(series, b, days, n, counts, ranksB);
    const fromA = isWholeA ? rank : ranksA, fromB = isWholeB ? rank : ranksB;
    const placeA = isWholeA ? start[a]! : 0, placeB = isWholeB ? start[b]! : 0;
    const cellA = start[a]! - first[a]!, cellB = start[b]! - first[b]!;
    let products = 0;
    for (let k = 0; k < n; ++k) {
      const day = days[k]!;
      products += fromA[placeA + group[cellA + day]!]! * fromB[placeB + group[cellB + day]!]!;
    }
    return ratio(products, squaresA, squaresB);
  };
}

/**
 * Writes, for each distinct value of market `j`, twice its average rank within `days` less the
 * mean; returns the sum of the squares. `counts` is all zero before and after.
 */
function commonRanks(
  { first, start, group, nGroups }: SeriesOrder,
  j: number,
  days: Uint16Array,
  n: number,
  counts: Int32Array,
  ranks: Float64Array,
): number {
  const cell = start[j]! - first[j]!, groups = nGroups[j]!;
  for (let k = 0; k < n; ++k) {
    const g = group[cell + days[k]!]!;
    counts[g] = counts[g]! + 1;
  }
  let below = -n, squares = 0;
  for (let g = 0; g < groups; ++g) {
    const count = counts[g]!;
    const centred = below + count;
    ranks[g] = centred;
    squares += count * centred * centred;
    below = centred + count;
    counts[g] = 0;
  }
  return squares;
}

/** Correlates values. */
function valueCorrelation({ first, start, values, nDays }: SeriesOrder): Correlate {
  const x = new Float64Array(nDays), y = new Float64Array(nDays);
  return (a, b, days, n) => {
    const squaresX = centre(values, start[a]! - first[a]!, days, n, x);
    const squaresY = centre(values, start[b]! - first[b]!, days, n, y);
    let products = 0;
    for (let k = 0; k < n; ++k) products += x[k]! * y[k]!;
    return ratio(products, squaresX, squaresY);
  };
}

/** Writes the values of `days` less their mean; returns the sum of the squares. */
function centre(
  values: Float64Array,
  cell: number,
  days: Uint16Array,
  n: number,
  centred: Float64Array,
): number {
  // shifted by the first value, so that a constant series has exactly zero variance
  const shift = values[cell + days[0]!]!;
  let sum = 0;
  for (let k = 0; k < n; ++k) {
    centred[k] = values[cell + days[k]!]! - shift;
    sum += centred[k]!;
  }
  const mean = sum / n;
  let squares = 0;
  for (let k = 0; k < n; ++k) {
    const x = centred[k]! - mean;
    centred[k] = x;
    squares += x * x;
  }
  return squares;
}

/** Covariance over the root of the variances, kept within [−1, 1]; NaN without variance. */
function ratio(products: number, squaresX: number, squaresY: number): number {
  if (!(squaresX > 0 && squaresY > 0)) return NaN;
  const rho = products / Math.sqrt(squaresX * squaresY);
  return rho > 1 ? 1 : rho < -1 ? -1 : rho;
}
