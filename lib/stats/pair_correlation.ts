import type { Panel } from "../core/panel.ts";
import { requireMinOverlap, type SeriesOrder, seriesOrders } from "./series_order.ts";

/** Correlations of the pairs of markets that have enough common days, sorted by (a, b). */
export interface PairCorrelation {
  /** Ids of all markets; `a` and `b` are indices into it. */
  readonly markets: readonly string[];
  /** First and second market of each pair, a < b. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Correlation in [−1, 1]; NaN where one of the two did not vary on the common days. */
  readonly rho: Float64Array;
  /** Days on which both were observed. */
  readonly overlap: Uint32Array;
  /** Share of the common days on which at least one of the two is exactly zero. */
  readonly zeroShare: Float64Array;
}

/** What is correlated and which pairs are kept. */
export interface PairOptions {
  /** `spearman` correlates ranks (ties averaged), `pearson` the values. */
  readonly kind: "spearman" | "pearson";
  /** Fewest common days; pairs below it are left out, never given as zero. */
  readonly minOverlap: number;
  /** Pairs whose first market is in [from, to); all by default. Lets workers share the rows. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * Correlation of every pair of markets over its own common days.
 *
 * Markets open and settle at different times, so there is no common sample. Ranks are taken anew
 * within each pair's common days. The matrix that results is symmetric but need not be positive
 * semi-definite.
 *
 * Shape: days × markets → one entry a pair. Units: any in, none out; feed moves, not prices.
 * NaN: an unobserved value, skipped pair by pair; a series that does not vary gives NaN.
 * Cost: O(pairs that share days × their common span); each series is sorted once, and its order is
 * walked for every pair instead of sorting again.
 * Source: Spearman 1904 with average ranks for ties, pandas' `DataFrame.corr`; for Pearson the
 * two-pass form on shifted data, Chan, Golub & LeVeque 1983.
 *
 * @throws {RangeError} If `minOverlap` is below 3 or the range of rows is not within the markets.
 */
export function pairCorrelation(moves: Panel, options: PairOptions): PairCorrelation {
  const { kind, minOverlap } = options;
  const n = moves.markets.length;
  const from = options.from ?? 0, to = options.to ?? n;
  requireMinOverlap(minOverlap);
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= n)) {
    throw new RangeError(
      `Cannot correlate rows as [from, to) must lie within ${n} markets: got [${from}, ${to})`,
    );
  }
  const series = seriesOrders(moves);
  const nDays = moves.days.length;
  const work = { x: new Float64Array(nDays), y: new Float64Array(nDays) };
  const found = { a: [] as number[], b: [] as number[], rho: [] as number[] };
  const overlaps: number[] = [], zeroShares: number[] = [];
  for (let a = from; a < to; ++a) {
    for (let b = a + 1; b < n; ++b) {
      const pair = commonDays(series[a]!, series[b]!, minOverlap);
      if (pair.overlap < minOverlap) continue;
      found.a.push(a);
      found.b.push(b);
      found.rho.push(
        kind === "spearman"
          ? spearman(series[a]!, series[b]!, pair.overlap, work)
          : pearson(series[a]!, series[b]!, pair.overlap),
      );
      overlaps.push(pair.overlap);
      zeroShares.push(pair.nZero / pair.overlap);
    }
  }
  return {
    markets: moves.markets,
    a: Uint32Array.from(found.a),
    b: Uint32Array.from(found.b),
    rho: Float64Array.from(found.rho),
    overlap: Uint32Array.from(overlaps),
    zeroShare: Float64Array.from(zeroShares),
  };
}

/** Number of common days and of those with a zero on either side; 0 where too few are possible. */
function commonDays(
  x: SeriesOrder,
  y: SeriesOrder,
  minOverlap: number,
): { overlap: number; nZero: number } {
  const first = Math.max(x.first, y.first), last = Math.min(x.last, y.last);
  let overlap = 0, nZero = 0;
  if (last - first + 1 < minOverlap) return { overlap, nZero };
  for (let i = first; i <= last; ++i) {
    const u = x.values[i]!, v = y.values[i]!;
    if (u !== u || v !== v) continue;
    ++overlap;
    if (u === 0 || v === 0) ++nZero;
  }
  return { overlap, nZero };
}

function spearman(
  x: SeriesOrder,
  y: SeriesOrder,
  n: number,
  work: { x: Float64Array; y: Float64Array },
): number {
  const squaresX = commonRanks(x, y, work.x), squaresY = commonRanks(y, x, work.y);
  const first = Math.max(x.first, y.first), last = Math.min(x.last, y.last);
  let products = 0;
  for (let i = first; i <= last; ++i) {
    if (x.values[i]! === x.values[i]! && y.values[i]! === y.values[i]!) {
      products += work.x[i]! * work.y[i]!;
    }
  }
  // ranks are halves and their mean is exact, so these three differences have no rounding
  const centre = n * ((n + 1) / 2) ** 2;
  return ratio(products - centre, squaresX - centre, squaresY - centre);
}

/** Writes the ranks of `x` among its days common with `y`, ties averaged; returns their squares. */
function commonRanks(x: SeriesOrder, y: SeriesOrder, ranks: Float64Array): number {
  const { order, values } = x;
  let rank = 0, squares = 0;
  for (let k = 0; k < order.length;) {
    const value = values[order[k]!]!;
    let end = k, count = 0;
    for (; end < order.length && values[order[end]!] === value; ++end) {
      if (y.values[order[end]!]! === y.values[order[end]!]!) ++count;
    }
    const average = rank + (count + 1) / 2;
    for (; k < end; ++k) ranks[order[k]!] = average;
    rank += count;
    squares += count * average * average;
  }
  return squares;
}

function pearson(x: SeriesOrder, y: SeriesOrder, n: number): number {
  const first = Math.max(x.first, y.first), last = Math.min(x.last, y.last);
  const isCommon = (i: number) => x.values[i]! === x.values[i]! && y.values[i]! === y.values[i]!;
  let start = first;
  while (!isCommon(start)) ++start;
  // shifted by the first common value, so that a constant series has exactly zero variance
  const shiftX = x.values[start]!, shiftY = y.values[start]!;
  let sumX = 0, sumY = 0;
  for (let i = start; i <= last; ++i) {
    if (!isCommon(i)) continue;
    sumX += x.values[i]! - shiftX;
    sumY += y.values[i]! - shiftY;
  }
  const meanX = sumX / n, meanY = sumY / n;
  let products = 0, squaresX = 0, squaresY = 0;
  for (let i = start; i <= last; ++i) {
    if (!isCommon(i)) continue;
    const u = x.values[i]! - shiftX - meanX, v = y.values[i]! - shiftY - meanY;
    products += u * v;
    squaresX += u * u;
    squaresY += v * v;
  }
  return ratio(products, squaresX, squaresY);
}

/** Covariance over the root of the variances, kept within [−1, 1]; NaN without variance. */
function ratio(products: number, squaresX: number, squaresY: number): number {
  if (!(squaresX > 0 && squaresY > 0)) return NaN;
  const rho = products / Math.sqrt(squaresX * squaresY);
  return rho > 1 ? 1 : rho < -1 ? -1 : rho;
}
