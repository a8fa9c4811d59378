import { studentTwoSided } from "../stats/student_t.ts";

/** A ratio of two sums with its error, where clusters and not rows are independent. */
export interface ClusteredRatio {
  /** Sum of the numerators over sum of the denominators. */
  readonly value: number;
  /** Standard error; NaN where it is not estimable. */
  readonly error: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, of a value of zero. */
  readonly pValue: number;
  /** Clusters with a denominator above zero. */
  readonly nClusters: number;
  /** Equal clusters that would tell as much: (Σ d)² / Σ d². */
  readonly effectiveClusters: number;
}

/** Below this many effective clusters an error is not estimable. */
export const MIN_EFFECTIVE = 5;

/**
 * Σ numerator / Σ denominator over clusters, with the cluster-robust error of a ratio.
 *
 * It is the weighted mean of the rates of all rows, weights being their denominators: the error is
 * that of statsmodels' WLS on a constant with `cov_type="cluster"`. Student's t is taken with the
 * effective number of clusters less one, since a few big clusters tell little.
 *
 * NaN: value where no cluster counts; error, interval and p below {@link MIN_EFFECTIVE} effective
 * clusters, and p where the error is zero as well as the value. Cost: O(clusters).
 * Source: Liang & Zeger 1986; effective clusters in the spirit of Carter, Schnepel & Steigerwald
 * 2017, here from sizes alone.
 *
 * @param numerator Sum per cluster. @param denominator Sum per cluster, 0 or more.
 * @param options.level Coverage of the interval.
 */
export function clusteredRatio(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  { level = 0.95 }: { readonly level?: number } = {},
): ClusteredRatio {
  let above = 0, below = 0, squares = 0, nClusters = 0;
  for (let e = 0; e < denominator.length; ++e) {
    const d = denominator[e]!;
    if (d <= 0) continue;
    above += numerator[e]!;
    below += d;
    squares += d * d;
    ++nClusters;
  }
  const value = nClusters === 0 ? NaN : above / below;
  const effectiveClusters = nClusters === 0 ? 0 : below * below / squares;
  if (effectiveClusters < MIN_EFFECTIVE) {
    const none = { error: NaN, low: NaN, high: NaN, pValue: NaN };
    return { value, ...none, nClusters, effectiveClusters };
  }
  let spread = 0;
  for (let e = 0; e < denominator.length; ++e) {
    if (denominator[e]! > 0) spread += (numerator[e]! - value * denominator[e]!) ** 2;
  }
  const error = Math.sqrt(spread * nClusters / (nClusters - 1)) / below;
  const df = effectiveClusters - 1, half = studentReach(level, df) * error;
  const pValue = studentTwoSided(value / error, df);
  return {
    value,
    error,
    low: value - half,
    high: value + half,
    pValue,
    nClusters,
    effectiveClusters,
  };
}

/** The t that a Student variable exceeds in size with probability 1 − level. */
export function studentReach(level: number, df: number): number {
  let low = 0, high = 1;
  for (let k = 0; k < 60 && studentTwoSided(high, df) > 1 - level; ++k) high *= 2;
  for (let k = 0; k < 80; ++k) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, df) > 1 - level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
