import { choleskyFactor, choleskyInverseTrace, choleskySolution } from "./cholesky.ts";
import { symmetricEigen } from "./eigen.ts";
import { centredMoments, deviations, standardisedScatter } from "./ridge_path.ts";

/** A ridge regression of one series on k factors. */
export interface RidgeFit {
  /** k coefficients: per unit of the factor, or per standard deviation where it was standardised. */
  readonly coefficients: Float64Array;
  /** Value at factors of 0, or at their means where they were standardised. */
  readonly intercept: number;
  /** Share of the variance explained within the sample; NaN where y does not vary. */
  readonly r2: number;
  /** Effective degrees of freedom without the mean: the trace of the hat matrix of centred data. */
  readonly df: number;
}

/** How the penalty counts. */
export interface RidgeOptions {
  /** Penalty of the squared coefficients, at least 0. */
  readonly alpha: number;
  /** Whether factors are divided by their population standard deviation first. */
  readonly isStandardised: boolean;
}

/**
 * Ridge regression with a free intercept: minimises |y − a − X·b|² + alpha·|b|².
 *
 * The penalty is not divided by the number of rows, as in scikit-learn's `Ridge`; with standardised
 * factors it is `make_pipeline(StandardScaler(), Ridge(alpha))`. A constant factor has coefficient 0.
 * At a penalty of 0 dependent factors give the shortest of the solutions.
 *
 * Shape: n × k by rows and n → k. NaN: not allowed in. Cost: O(n·k² + k³).
 * Source: Hoerl & Kennard 1970.
 *
 * @throws {RangeError} If there are no rows, the two differ in rows, or the penalty is no number of
 *   at least 0.
 */
export function ridge(
  x: Float64Array,
  y: Float64Array,
  { alpha, isStandardised }: RidgeOptions,
): RidgeFit {
  const n = y.length, k = x.length / n;
  if (!(n > 0 && Number.isInteger(k))) {
    throw new RangeError(
      `Cannot fit a ridge as rows of X must match y: got ${x.length} numbers for ${n} rows`,
    );
  }
  if (!(alpha >= 0 && alpha < Infinity)) {
    throw new RangeError(`Cannot fit a ridge as alpha must be a number >= 0: got ${alpha}`);
  }
  const moments = centredMoments(x, k), { mean } = moments;
  const deviation = isStandardised ? deviations(moments) : new Float64Array(k).fill(1);
  const middle = y.reduce((sum, one) => sum + one, 0) / n;
  const cross = new Float64Array(k);
  for (let t = 0; t < n; ++t) {
    for (let f = 0; f < k; ++f) cross[f]! += (x[t * k + f]! - mean[f]!) * (y[t]! - middle);
  }
  const scatter = isStandardised ? standardisedScatter(moments, deviation) : moments.scatter;
  const { df, solve } = ridgeSystem(scatter, k, alpha);
  const coefficients = solve(
    cross.map((sum, f) => scatter[f * k + f] === 0 ? 0 : sum / deviation[f]!),
  );
  const slope = coefficients.map((b, f) => deviation[f] === 0 ? 0 : b / deviation[f]!);
  let errors = 0, total = 0;
  for (let t = 0; t < n; ++t) {
    let error = y[t]! - middle;
    total += error * error;
    for (let f = 0; f < k; ++f) error -= slope[f]! * (x[t * k + f]! - mean[f]!);
    errors += error * error;
  }
  const atZero = middle - slope.reduce((sum, b, f) => sum + b * mean[f]!, 0);
  const isFlat = y.every((one) => one === y[0]);
  return {
    coefficients,
    intercept: isStandardised ? middle : atZero,
    r2: isFlat ? NaN : 1 - errors / total,
    df,
  };
}

/** The normal equations of a ridge, ready to be solved for any series. */
export interface RidgeSystem {
  /** Trace of (scatter + alpha)⁻¹·scatter. */
  readonly df: number;
  /** Coefficients b of (scatter + alpha)·b = cross. */
  readonly solve: (cross: Float64Array) => Float64Array;
}

/**
 * Prepares (scatter + alpha)·b = cross: by Cholesky, or where that meets a singular matrix by the
 * eigenvalues above rounding.
 *
 * Shape: k × k by rows. Cost: O(k³ / 3), without Cholesky some twenty times that; each solution O(k²).
 */
export function ridgeSystem(scatter: Float64Array, k: number, alpha: number): RidgeSystem {
  const penalised = scatter.slice();
  for (let f = 0; f < k; ++f) penalised[f * k + f]! += alpha;
  const lower = choleskyFactor(penalised, k);
  if (lower !== null) {
    const df = alpha === 0 ? k : k - alpha * choleskyInverseTrace(lower, k);
    return { df, solve: (cross) => choleskySolution(lower, cross) };
  }
  const { values, vectors } = symmetricEigen(scatter, k);
  const rank = values.findLastIndex((value) => value > 1e-12 * values[0]!) + 1;
  const df = values.subarray(0, rank).reduce((sum, value) => sum + value / (value + alpha), 0);
  const solve = (cross: Float64Array) => {
    const coefficients = new Float64Array(k);
    for (let i = 0; i < rank; ++i) {
      const vector = vectors.subarray(i * k, (i + 1) * k);
      const along = vector.reduce((sum, v, f) => sum + v * cross[f]!, 0) / (values[i]! + alpha);
      for (let f = 0; f < k; ++f) {
        // rounding may leave a trace of a constant factor in a vector
        if (scatter[f * k + f] !== 0) coefficients[f]! += along * vector[f]!;
      }
    }
    return coefficients;
  };
  return { df, solve };
}
