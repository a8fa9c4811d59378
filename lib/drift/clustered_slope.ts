import { studentTwoSided } from "../stats/student_t.ts";
import { MIN_EFFECTIVE, studentReach } from "./clustered_ratio.ts";

/** Slope of a straight line with its error, where clusters and not rows are independent. */
export interface ClusteredSlope {
  readonly value: number;
  /** Value of the line at the centre. */
  readonly atCentre: number;
  /** Standard error of the slope; NaN where it is not estimable. */
  readonly error: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, of a slope of zero. */
  readonly pValue: number;
}

/**
 * Ordinary least squares of `y` on a constant and `x − centre`, with a cluster-robust error.
 *
 * Shape: n rows of x, y and cluster. NaN: all of it for fewer than three rows or where x does not
 * vary; error, interval and p below five effective clusters. Cost: O(n).
 * Source: Liang & Zeger 1986 with the small-sample factor G/(G − 1) · (n − 1)/(n − 2), the same as
 * statsmodels' OLS with `cov_type="cluster"`; Student's t with the effective clusters less one, as
 * in {@link clusteredRatio}.
 *
 * @param options.cluster Cluster of each row, in [0, nClusters). @param options.level Coverage.
 */
export function clusteredSlope(
  x: Float64Array,
  y: Float64Array,
  { cluster, nClusters, centre = 0, level = 0.95 }: {
    readonly cluster: ArrayLike<number>;
    readonly nClusters: number;
    readonly centre?: number;
    readonly level?: number;
  },
): ClusteredSlope {
  const n = x.length;
  let sumX = 0, sumY = 0;
  x.forEach((value, i) => {
    sumX += value - centre;
    sumY += y[i]!;
  });
  const meanX = sumX / n, meanY = sumY / n;
  let xx = 0, xy = 0;
  x.forEach((value, i) => {
    const away = value - centre - meanX;
    xx += away * away;
    xy += away * (y[i]! - meanY);
  });
  const none = { error: NaN, low: NaN, high: NaN, pValue: NaN };
  if (n < 3 || xx === 0) return { value: NaN, atCentre: NaN, ...none };
  const value = xy / xx, atCentre = meanY - value * meanX;
  const scores = new Float64Array(nClusters), sizes = new Float64Array(nClusters);
  x.forEach((at, i) => {
    const away = at - centre;
    scores[cluster[i]!]! += (away - meanX) * (y[i]! - atCentre - value * away);
    ++sizes[cluster[i]!]!;
  });
  let squares = 0, spread = 0, filled = 0;
  sizes.forEach((size, k) => {
    if (size === 0) return;
    ++filled;
    squares += size * size;
    spread += scores[k]! ** 2;
  });
  const effective = n * n / squares;
  if (effective < MIN_EFFECTIVE) return { value, atCentre, ...none };
  const factor = filled / (filled - 1) * (n - 1) / (n - 2), df = effective - 1;
  const error = Math.sqrt(factor * spread) / xx, half = studentReach(level, df) * error;
  const pValue = studentTwoSided(value / error, df);
  return { value, atCentre, error, low: value - half, high: value + half, pValue };
}
