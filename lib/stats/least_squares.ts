/** Why a regression has no answer. */
export type NotEstimable =
  /** No more observations than coefficients, so that nothing is left over to judge them by. */
  | "too few observations"
  /** A column is a combination of those before it, or constant. */
  | "singular design"
  /** All values are the same, so that there is nothing to explain. */
  | "constant values";

/** A regression by least squares on K columns and a constant. */
export interface LeastSquaresFit {
  /** `null` where it is estimated; else every number below is NaN. */
  readonly problem: NotEstimable | null;
  /** Observations. */
  readonly n: number;
  /** Columns without the constant. */
  readonly nColumns: number;
  /** K + 1 coefficients, the constant first, in units of y for one unit of the column. */
  readonly coefficients: Float64Array;
  /** n residuals. */
  readonly residuals: Float64Array;
  /** Orthonormal columns that span the design, (K + 1) × n, one a row. */
  readonly basis: Float64Array;
  /** (K + 1) × n by rows: what each observation adds to each coefficient; coefficients = influence · y. */
  readonly influence: Float64Array;
  /** Share of the variance explained. */
  readonly r2: number;
  /** 1 − (1 − r2)(n − 1)/(n − K − 1). */
  readonly r2Adjusted: number;
  /** Correlation of neighbouring residuals. */
  readonly residualAutocorrelation: number;
}

/** Norm that a column must keep once those before it are taken out, as a share of its own. */
const LEAST_REMAINDER = 1e-10;

/**
 * Least squares with a constant.
 *
 * By orthogonal columns rather than by the normal equations, whose condition is the square of the
 * design's: factors that nearly copy each other keep their digits. Gram & Schmidt with every column
 * orthogonalised twice, which is as accurate as Householder's reflections.
 *
 * Shape: n values and n × K by rows → K + 1 coefficients. NaN: refused; not estimable gives NaN
 * throughout and says why. Cost: O(n K²).
 * Source: Giraud, Langou & Rozložník 2005, "twice is enough".
 *
 * @param y n values.
 * @param design n × K by rows, without the constant.
 * @throws {RangeError} If the design has not n rows, or a number is not finite.
 *
 * @example A straight line
 * ```ts
 * import assert from "node:assert/strict";
 * import { leastSquares } from "lib/stats/least_squares.ts";
 * const { coefficients } = leastSquares([3, 5, 7, 9], [1, 2, 3, 4]);
 * assert.deepEqual([...coefficients].map((b) => b.toFixed(9)), ["1.000000000", "2.000000000"]);
 * ```
 */
export function leastSquares(
  y: ArrayLike<number>,
  design: ArrayLike<number>,
): LeastSquaresFit {
  const n = y.length, k = n === 0 ? 0 : design.length / n;
  requireNumbers(y, design, k);
  if (n <= k + 1) return notEstimable("too few observations", { n, k });
  if (isConstant(y)) return notEstimable("constant values", { n, k });
  const span = designSpan(design, n);
  if (span === null) return notEstimable("singular design", { n, k });
  return { ...solved(y, span), ...span, problem: null, n, nColumns: k };
}

/** What least squares needs of a design, whatever the values. */
export type DesignSpan = Pick<LeastSquaresFit, "basis" | "influence">;

/**
 * Orthonormal basis and influence of a design with a constant: one serves all values on its rows.
 *
 * Shape: n × K by rows → (K + 1) × n twice. NaN: not allowed in. Cost: O(n K²).
 *
 * @returns `null` where a column is a combination of those before it, as always with n ≤ K.
 */
export function designSpan(design: ArrayLike<number>, n: number): DesignSpan | null {
  const k = design.length / n, width = k + 1;
  const basis = new Float64Array(width * n), r = new Float64Array(width * width);
  for (let j = 0; j < width; ++j) {
    const column = basis.subarray(j * n, (j + 1) * n);
    for (let t = 0; t < n; ++t) column[t] = j === 0 ? 1 : design[t * k + j - 1]!;
    if (!orthogonalise(basis, r, { j, n, width })) return null;
  }
  const inverse = upperInverse(r, width), influence = new Float64Array(width * n);
  for (let i = 0; i < width; ++i) {
    for (let j = i; j < width; ++j) {
      const scale = inverse[i * width + j]!;
      for (let t = 0; t < n; ++t) influence[i * n + t]! += scale * basis[j * n + t]!;
    }
  }
  return { basis, influence };
}

/** Correlation of neighbouring values about their mean: the sample autocorrelation of lag 1. */
export function firstAutocorrelation(values: Float64Array): number {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  let lagged = 0, own = 0;
  for (let t = 0; t < n; ++t) {
    own += (values[t]! - mean) ** 2;
    if (t > 0) lagged += (values[t]! - mean) * (values[t - 1]! - mean);
  }
  return own > 0 ? lagged / own : NaN;
}

function solved(
  y: ArrayLike<number>,
  { basis, influence }: DesignSpan,
): Omit<LeastSquaresFit, keyof DesignSpan | "problem" | "n" | "nColumns"> {
  const n = y.length, width = basis.length / n;
  const coefficients = Float64Array.from({ length: width }, (_, i) => {
    let sum = 0;
    for (let t = 0; t < n; ++t) sum += influence[i * n + t]! * y[t]!;
    return sum;
  });
  const residuals = Float64Array.from(y);
  for (let j = 0; j < width; ++j) {
    let along = 0;
    for (let t = 0; t < n; ++t) along += basis[j * n + t]! * residuals[t]!;
    for (let t = 0; t < n; ++t) residuals[t]! -= along * basis[j * n + t]!;
  }
  let mean = 0, total = 0, left = 0;
  for (let t = 0; t < n; ++t) mean += y[t]! / n;
  for (let t = 0; t < n; ++t) {
    total += (y[t]! - mean) ** 2;
    left += residuals[t]! ** 2;
  }
  const r2 = 1 - left / total;
  return {
    coefficients,
    residuals,
    r2,
    r2Adjusted: 1 - (1 - r2) * (n - 1) / (n - width),
    residualAutocorrelation: firstAutocorrelation(residuals),
  };
}

/** Takes the columns before `j` out of column `j`, twice, and scales it to length 1. */
function orthogonalise(
  basis: Float64Array,
  r: Float64Array,
  { j, n, width }: { j: number; n: number; width: number },
): boolean {
  const column = basis.subarray(j * n, (j + 1) * n);
  const before = Math.hypot(...column);
  for (let pass = 0; pass < 2; ++pass) {
    for (let i = 0; i < j; ++i) {
      const other = basis.subarray(i * n, (i + 1) * n);
      let along = 0;
      for (let t = 0; t < n; ++t) along += other[t]! * column[t]!;
      for (let t = 0; t < n; ++t) column[t]! -= along * other[t]!;
      r[i * width + j]! += along;
    }
  }
  const length = Math.hypot(...column);
  if (!(length > LEAST_REMAINDER * before)) return false;
  for (let t = 0; t < n; ++t) column[t]! /= length;
  r[j * width + j] = length;
  return true;
}

function upperInverse(r: Float64Array, width: number): Float64Array {
  const inverse = new Float64Array(width * width);
  for (let j = 0; j < width; ++j) {
    inverse[j * width + j] = 1 / r[j * width + j]!;
    for (let i = j - 1; i >= 0; --i) {
      let sum = 0;
      for (let m = i + 1; m <= j; ++m) sum += r[i * width + m]! * inverse[m * width + j]!;
      inverse[i * width + j] = -sum / r[i * width + i]!;
    }
  }
  return inverse;
}

function isConstant(y: ArrayLike<number>): boolean {
  for (let t = 1; t < y.length; ++t) if (y[t] !== y[0]) return false;
  return true;
}

function notEstimable(
  problem: NotEstimable,
  { n, k }: { readonly n: number; readonly k: number },
): LeastSquaresFit {
  const unknown = (length: number) => new Float64Array(length).fill(NaN);
  return {
    problem,
    n,
    nColumns: k,
    coefficients: unknown(k + 1),
    residuals: unknown(n),
    basis: unknown((k + 1) * n),
    influence: unknown((k + 1) * n),
    r2: NaN,
    r2Adjusted: NaN,
    residualAutocorrelation: NaN,
  };
}

function requireNumbers(y: ArrayLike<number>, design: ArrayLike<number>, k: number): void {
  if (!Number.isInteger(k)) {
    throw new RangeError(
      `Cannot fit least squares as the design must have whole rows for ${y.length} values: got ${design.length} numbers`,
    );
  }
  for (const values of [y, design]) {
    for (let i = 0; i < values.length; ++i) {
      if (!Number.isFinite(values[i]!)) {
        throw new RangeError(
          `Cannot fit least squares as its numbers must be finite: got ${values[i]}`,
        );
      }
    }
  }
}
