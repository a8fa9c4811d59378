import { symmetricEigen } from "./eigen.ts";

/** Means of k variables over n rows, and the sums of products about them. */
export interface CentredMoments {
  readonly n: number;
  /** k means. */
  readonly mean: Float64Array;
  /** k × k by rows: Σ (x − mean)(x − mean)ᵀ; exactly 0 along a variable that is constant. */
  readonly scatter: Float64Array;
}

/**
 * The ridge regressions of one sample for every penalty at once.
 *
 * In the coordinates of the eigenvectors of the standardised factors a penalty only divides: with
 * q = `axes`·Σ x·y − `shift`·mean(y), coordinate i of the fit is qᵢ / (valuesᵢ + alpha), for any moves
 * y of the same rows. So neither a penalty nor other moves need a decomposition of their own.
 */
export interface RidgePath {
  readonly n: number;
  /** Eigenvalues of ZᵀZ above rounding, falling, Z the factors standardised by their population sd. */
  readonly values: Float64Array;
  /** Rank × k by rows: eigenvector over standard deviation, 0 at a constant factor. */
  readonly axes: Float64Array;
  /** Per axis, n times the factors' means in its coordinates. */
  readonly shift: Float64Array;
  /** k means of the factors. */
  readonly mean: Float64Array;
  /** k population standard deviations; 0 for a constant factor. */
  readonly deviation: Float64Array;
}

/** Eigenvalues below this share of the largest are rounding. */
const ROUNDING = 1e-12;

/**
 * Means and centred products of the rows of a matrix, in two passes.
 *
 * Shape: n × k by rows → k and k × k. NaN: not allowed in. Cost: O(n·k²).
 * Source: Chan, Golub & LeVeque 1983.
 */
export function centredMoments(rows: Float64Array, k: number): CentredMoments {
  const n = k === 0 ? 0 : rows.length / k;
  const mean = new Float64Array(k), scatter = new Float64Array(k * k);
  for (let f = 0; f < k; ++f) {
    let sum = 0, isConstant = true;
    for (let t = 0; t < n; ++t) {
      sum += rows[t * k + f]!;
      if (rows[t * k + f] !== rows[f]) isConstant = false;
    }
    // the sum of equal numbers over their count need not be that number
    mean[f] = isConstant && n > 0 ? rows[f]! : sum / n;
  }
  for (let t = 0; t < n; ++t) {
    for (let i = 0; i < k; ++i) {
      const x = rows[t * k + i]! - mean[i]!;
      if (x === 0) continue;
      for (let j = 0; j <= i; ++j) scatter[i * k + j]! += x * (rows[t * k + j]! - mean[j]!);
    }
  }
  for (let i = 0; i < k; ++i) {
    for (let j = 0; j < i; ++j) scatter[j * k + i] = scatter[i * k + j]!;
  }
  return { n, mean, scatter };
}

/** Population standard deviations of the variables. */
export function deviations({ n, mean, scatter }: CentredMoments): Float64Array {
  const k = mean.length;
  return Float64Array.from({ length: k }, (_, f) => Math.sqrt(scatter[f * k + f]! / n));
}

/** ZᵀZ of the standardised variables: n on the diagonal, 0 along a constant one. */
export function standardisedScatter(
  { n, scatter }: CentredMoments,
  deviation: Float64Array,
): Float64Array {
  const k = deviation.length, scaled = new Float64Array(k * k);
  for (let i = 0; i < k; ++i) {
    if (deviation[i] === 0) continue;
    for (let j = 0; j < i; ++j) {
      if (deviation[j] === 0) continue;
      scaled[i * k + j] = scaled[j * k + i] = scatter[i * k + j]! / (deviation[i]! * deviation[j]!);
    }
    scaled[i * k + i] = n;
  }
  return scaled;
}

/**
 * Decomposes a sample's factors for {@link RidgePath}.
 *
 * Cost: O(k³), about 0.3 ms at k = 41.
 * Source: Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 3.4.1.
 */
export function ridgePath(moments: CentredMoments): RidgePath {
  const { n, mean } = moments, k = mean.length, deviation = deviations(moments);
  const { values, vectors } = symmetricEigen(standardisedScatter(moments, deviation), k);
  const rank = values.findLastIndex((value) => value > ROUNDING * values[0]!) + 1;
  const axes = new Float64Array(rank * k), shift = new Float64Array(rank);
  for (let i = 0; i < rank; ++i) {
    for (let f = 0; f < k; ++f) {
      if (deviation[f] === 0) continue;
      axes[i * k + f] = vectors[i * k + f]! / deviation[f]!;
      shift[i]! += n * axes[i * k + f]! * mean[f]!;
    }
  }
  return { n, values: values.slice(0, rank), axes, shift, mean, deviation };
}

/** Effective degrees of freedom at a penalty: the trace of the hat matrix, without the mean. */
export function effectiveDegrees({ values }: RidgePath, alpha: number): number {
  return values.reduce((sum, value) => sum + value / (value + alpha), 0);
}
