import { symmetricEigen } from "../stats/eigen.ts";
import { centredMoments, deviations, standardisedScatter } from "../stats/ridge_path.ts";
import type { FactorPanel } from "./factor_panel.ts";

/** How much the factors of a panel have to say beside each other. */
export interface FactorBlock {
  readonly symbols: readonly string[];
  readonly nSessions: number;
  /** K means and population standard deviations of the moves. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  /** K × K correlations of the moves; 0 along a factor that stands still, itself included. */
  readonly correlation: Float64Array;
  /** K eigenvalues of the correlations, falling; they sum to the number of factors that move. */
  readonly eigenvalues: Float64Array;
  /** K × K: one principal axis a row, of length 1, its largest entry positive. */
  readonly axes: Float64Array;
  /** Effective rank as the participation ratio, (Σ λ)² / Σ λ². */
  readonly participationRank: number;
  /** Effective rank as the exponential of the entropy of λ / Σ λ, above the other (Roy & Vetterli 2007). */
  readonly entropyRank: number;
  /** Largest over smallest eigenvalue of the correlations: the square of the design's own condition. */
  readonly condition: number;
  /** K variance inflation factors, 1/(1 − R²) of each on the others. */
  readonly vif: Float64Array;
}

/** Eigenvalues below this share of the largest are rounding. */
const ROUNDING = 1e-12;

/**
 * Correlations, principal axes, effective ranks, condition and variance inflation of a factor panel.
 *
 * Near copies (a yield and the fund of its bonds) count once in an effective rank and make the variance
 * inflation of all of them large. Where a factor depends on others exactly, it is Infinity, and the
 * condition too; the other factors keep their own.
 *
 * Shape: S × K → K. NaN: the ranks of a panel in which nothing moves; throughout below 2 intervals.
 * Cost: O(S K² + K³).
 * Source: variance inflation as the diagonal of the inverse correlations, by eigenvalues.
 */
export function factorBlock({ factors, day, moves }: FactorPanel): FactorBlock {
  const k = factors.length, nSessions = day.length;
  const symbols = factors.map(({ symbol }) => symbol);
  if (nSessions < 2) return { symbols, nSessions, ...notEstimable(k) };
  const moments = centredMoments(moves, k), deviation = deviations(moments);
  const correlation = standardisedScatter(moments, deviation).map((sum) => sum / nSessions);
  const { values, vectors } = symmetricEigen(correlation, k);
  const eigenvalues = values.map((value) => value > ROUNDING * values[0]! ? value : 0);
  const total = eigenvalues.reduce((sum, value) => sum + value, 0);
  const squares = eigenvalues.reduce((sum, value) => sum + value * value, 0);
  const entropy = eigenvalues.reduce(
    (sum, value) => value > 0 ? sum - value / total * Math.log(value / total) : sum,
    0,
  );
  return {
    symbols,
    nSessions,
    mean: moments.mean,
    deviation,
    correlation,
    eigenvalues,
    axes: turnedAxes(vectors, k),
    participationRank: total * total / squares,
    entropyRank: total > 0 ? Math.exp(entropy) : NaN,
    condition: k === 0 ? NaN : eigenvalues[0]! / eigenvalues[k - 1]!,
    vif: varianceInflation(eigenvalues, vectors),
  };
}

function notEstimable(k: number): Omit<FactorBlock, "symbols" | "nSessions"> {
  const ofEach = new Float64Array(k).fill(NaN), ofPairs = new Float64Array(k * k).fill(NaN);
  return {
    ...{ mean: ofEach, deviation: ofEach, correlation: ofPairs, eigenvalues: ofEach },
    ...{ axes: ofPairs, participationRank: NaN, entropyRank: NaN, condition: NaN, vif: ofEach },
  };
}

function varianceInflation(eigenvalues: Float64Array, vectors: Float64Array): Float64Array {
  const k = eigenvalues.length;
  return Float64Array.from({ length: k }, (_, f) => {
    let sum = 0;
    for (let i = 0; i < k; ++i) {
      const part = vectors[i * k + f]! ** 2;
      if (eigenvalues[i]! > 0) sum += part / eigenvalues[i]!;
      // rounding leaves the entries of factors that are not part of a dependence near 1e-8
      else if (part > 1e-10) return Infinity;
    }
    return sum;
  });
}

/** The axes with signs such that the largest entry of each, the first of equals, is positive. */
function turnedAxes(vectors: Float64Array, k: number): Float64Array {
  const axes = vectors.slice();
  for (let i = 0; i < k; ++i) {
    const axis = axes.subarray(i * k, (i + 1) * k);
    const largest = axis.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    const lead = axis.find((entry) => Math.abs(entry) >= largest * (1 - 1e-9));
    if (lead !== undefined && lead < 0) axis.forEach((entry, f) => axis[f] = -entry);
  }
  return axes;
}
