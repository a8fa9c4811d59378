import type { LeastSquaresFit } from "./least_squares.ts";
import { requireLag } from "./newey_west.ts";

/** Standard errors with the degrees of freedom at which Student's quantiles are to be taken. */
export interface AdjustedErrors {
  /** A standard error for each row of influence: the constant first, then K. */
  readonly errors: Float64Array;
  /** As many degrees of freedom, seldom whole. */
  readonly df: Float64Array;
}

/** A fit, with its own influence or with that of linear combinations of its coefficients. */
export type LinearEstimates = Pick<
  LeastSquaresFit,
  "n" | "residuals" | "influence" | "basis" | "problem"
>;

/**
 * Newey & West's standard errors, mended for small samples.
 *
 * Residuals are smaller than errors, most at the observations that steer the coefficient, and the
 * estimate rests on few of them; with normal quantiles its intervals are too narrow. Here the
 * variance is divided by its expectation under errors of equal width, so that it is right on
 * average there, and read with the degrees of freedom of a χ² of the same mean and variance. With
 * one column and lag 0 this is the familiar t test, near enough.
 *
 * The estimate is e'De = ε'MDMε, with D = w(|t − s|) a(t) a(s), a the coefficient's influence and M
 * the maker of residuals; mean and variance are tr(MD) and 2 tr(MDMD).
 *
 * Shape: one fit → K + 1 errors and degrees of freedom. NaN: not estimable.
 * Cost: O(n K² (lag + K)).
 * Source: Bell & McCaffrey 2002 and Imbens & Kolesár 2016, who do it for independent and for
 * grouped errors; carried over to Bartlett's weights.
 *
 * @param options.lag Whole number in [0, n); with 0 errors are taken as free of autocorrelation.
 * @throws {RangeError} If `lag` is not such a number.
 */
export function adjustedErrors(
  { n, residuals, influence, basis, problem }: LinearEstimates,
  { lag }: { readonly lag: number },
): AdjustedErrors {
  requireLag(lag, n);
  const width = basis.length / n, rows = influence.length / n;
  const errors = new Float64Array(rows).fill(NaN), df = new Float64Array(rows).fill(NaN);
  if (problem !== null) return { errors, df };
  const weights = Float64Array.from({ length: lag + 1 }, (_, j) => 1 - j / (lag + 1));
  const turned = new Float64Array(width * n), scratch = new Float64Array(n);
  for (let i = 0; i < rows; ++i) {
    const a = influence.subarray(i * n, (i + 1) * n);
    let own = 0, square = 0, estimate = 0;
    weighted(residuals, { a, weights, scratch, out: turned.subarray(0, n) });
    for (let t = 0; t < n; ++t) estimate += residuals[t]! * turned[t]!;
    for (let t = 0; t < n; ++t) {
      own += a[t]! ** 2;
      square += a[t]! ** 4;
      for (let j = 1; j <= lag && j <= t; ++j) square += 2 * (weights[j]! * a[t]! * a[t - j]!) ** 2;
    }
    let mean = own;
    for (let q = 0; q < width; ++q) {
      const out = turned.subarray(q * n, (q + 1) * n);
      weighted(basis.subarray(q * n, (q + 1) * n), { a, weights, scratch, out });
      for (let t = 0; t < n; ++t) square -= 2 * out[t]! ** 2;
      for (let p = 0; p <= q; ++p) {
        let product = 0;
        for (let t = 0; t < n; ++t) product += basis[p * n + t]! * out[t]!;
        square += (p === q ? 1 : 2) * product ** 2;
        if (p === q) mean -= product;
      }
    }
    errors[i] = Math.sqrt(estimate * own / mean);
    df[i] = mean * mean / square;
  }
  return { errors, df };
}

/** Writes D x into `out`: a(t) Σ_s w(|t − s|) a(s) x(s). */
function weighted(
  x: Float64Array,
  { a, weights, scratch, out }: {
    readonly a: Float64Array;
    readonly weights: Float64Array;
    readonly scratch: Float64Array;
    readonly out: Float64Array;
  },
): void {
  const n = x.length;
  for (let t = 0; t < n; ++t) {
    scratch[t] = a[t]! * x[t]!;
    out[t] = scratch[t]!;
  }
  for (let j = 1; j < weights.length; ++j) {
    for (let t = j; t < n; ++t) {
      out[t]! += weights[j]! * scratch[t - j]!;
      out[t - j]! += weights[j]! * scratch[t]!;
    }
  }
  for (let t = 0; t < n; ++t) out[t]! *= a[t]!;
}
