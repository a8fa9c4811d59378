import { type CentredMoments, centredMoments } from "../stats/ridge_path.ts";
import type { FactorPanel } from "./factor_panel.ts";

/** A panel's factors with running sums, from which any run of intervals has its moments at once. */
export interface FactorGram {
  readonly nIntervals: number;
  readonly nFactors: number;
  /** S × K by rows: moves less their mean over all intervals, over their standard deviation. */
  readonly scaled: Float64Array;
  /**
   * (S + 1) × (K + K(K + 1)/2) by rows: sums over the intervals before, of the scaled moves and of
   * their products, lower triangle by rows.
   */
  readonly sums: Float64Array;
}

/** A factor quieter than this share of its usual variance is summed anew. */
const QUIET = 1e-4;

/**
 * Running sums of a panel's factors and of their products.
 *
 * The factors are centred and scaled over the whole panel first, so that the difference of two sums
 * keeps its digits: 40 sessions out of 4,000 agree with direct sums to 10⁻¹³. Whoever standardises on
 * a sample of its own gets the same numbers as without that scaling.
 *
 * Shape: S × K → S + 1 running sums of K + K(K + 1)/2. NaN: not allowed in.
 * Cost: O(S·K²) time and memory, 6 MB for 800 intervals of 41 factors.
 * Source: summed-area tables, Crow 1984, in one dimension.
 */
export function factorGram({ factors, day, moves }: FactorPanel): FactorGram {
  const nIntervals = day.length, nFactors = factors.length;
  const { mean, scatter } = centredMoments(moves, nFactors);
  const inverse = mean.map((_, f) => {
    const variance = scatter[f * nFactors + f]! / nIntervals;
    return variance > 0 ? 1 / Math.sqrt(variance) : 0;
  });
  const scaled = moves.map((x, at) => (x - mean[at % nFactors]!) * inverse[at % nFactors]!);
  const width = nFactors + nFactors * (nFactors + 1) / 2;
  const sums = new Float64Array((nIntervals + 1) * width);
  for (let s = 0; s < nIntervals; ++s) {
    const row = s * nFactors;
    let at = s * width, next = at + width;
    for (let i = 0; i < nFactors; ++i) sums[next++] = sums[at++]! + scaled[row + i]!;
    for (let i = 0; i < nFactors; ++i) {
      const x = scaled[row + i]!;
      for (let j = 0; j <= i; ++j) sums[next++] = sums[at++]! + x * scaled[row + j]!;
    }
  }
  return { nIntervals, nFactors, scaled, sums };
}

/** The scaled factors of some intervals. Shape: count sessions → count × K by rows. */
export function sessionRows(
  { nFactors, scaled }: FactorGram,
  session: Int32Array,
): Float64Array {
  const rows = new Float64Array(session.length * nFactors);
  for (let from = 0; from < session.length;) {
    const to = runEnd(session, from), first = session[from]! * nFactors;
    rows.set(scaled.subarray(first, first + (to - from) * nFactors), from * nFactors);
    from = to;
  }
  return rows;
}

/**
 * Moments of the scaled factors over some intervals, from running sums.
 *
 * Intervals with more gaps than runs pay for, and samples in which a factor is so quiet that a
 * difference of sums would lose digits, are summed directly.
 *
 * Cost: O(K²·(1 + gaps)).
 *
 * @param session Intervals, increasing.
 */
export function sessionMoments(gram: FactorGram, session: Int32Array): CentredMoments {
  const { nFactors: k, nIntervals, sums } = gram, n = session.length;
  const width = k + k * (k + 1) / 2, total = new Float64Array(width);
  let nRuns = 0;
  for (let from = 0; from < n; from = runEnd(session, from)) ++nRuns;
  if (2 * nRuns > n) return centredMoments(sessionRows(gram, session), k);
  for (let from = 0; from < n;) {
    const to = runEnd(session, from);
    const low = session[from]! * width, high = (session[to - 1]! + 1) * width;
    for (let c = 0; c < width; ++c) total[c] = total[c]! + (sums[high + c]! - sums[low + c]!);
    from = to;
  }
  const mean = total.subarray(0, k).map((sum) => sum / n), scatter = new Float64Array(k * k);
  for (let i = 0, c = k; i < k; ++i) {
    for (let j = 0; j <= i; ++j, ++c) {
      scatter[i * k + j] = scatter[j * k + i] = total[c]! - n * mean[i]! * mean[j]!;
    }
    const isQuiet = scatter[i * k + i]! < QUIET * nIntervals;
    if (isQuiet) return centredMoments(sessionRows(gram, session), k);
  }
  return { n, mean, scatter };
}

/** End of the run of neighbouring intervals that begins at `from`. */
function runEnd(session: Int32Array, from: number): number {
  let to = from + 1;
  while (to < session.length && session[to] === session[to - 1]! + 1) ++to;
  return to;
}
