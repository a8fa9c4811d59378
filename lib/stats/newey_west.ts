import type { LeastSquaresFit } from "./least_squares.ts";

/**
 * Newey & West's rule for the lag: ⌊4 (n/100)^(2/9)⌋, 3 at 50 observations, 4 at 100, 5 at 300.
 *
 * Source: Newey & West 1994, as statsmodels and most textbooks take it.
 */
export function neweyWestLag(n: number): number {
  return Math.floor(4 * (n / 100) ** (2 / 9));
}

/**
 * Covariance of the coefficients that allows errors of any width with autocorrelation up to a lag.
 *
 * Bartlett's weights 1 − j/(lag + 1) keep it positive semi-definite. Its intervals are too narrow
 * in small samples; `adjustedErrors` mends that.
 *
 * Shape: (K + 1)² by rows, the constant first. NaN: not estimable. Cost: O(n K² lag).
 * Source: Newey & West 1987; statsmodels' `cov_type="HAC"` with `maxlags` and `use_correction`.
 *
 * @param options.lag Whole number in [0, n); 0 gives White's HC0.
 * @param options.smallSample Whether to multiply by n/(n − K − 1).
 * @throws {RangeError} If `lag` is not such a number.
 */
export function neweyWestCovariance(
  { n, nColumns, residuals, influence }: LeastSquaresFit,
  { lag, smallSample = false }: { readonly lag: number; readonly smallSample?: boolean },
): Float64Array {
  requireLag(lag, n);
  const width = nColumns + 1, covariance = new Float64Array(width * width);
  const parts = influence.map((a, at) => a * residuals[at % n]!);
  const factor = smallSample ? n / (n - width) : 1;
  for (let i = 0; i < width; ++i) {
    for (let k = i; k < width; ++k) {
      let sum = 0;
      for (let j = 0; j <= lag; ++j) {
        let lagged = 0;
        for (let t = j; t < n; ++t) {
          lagged += parts[i * n + t]! * parts[k * n + t - j]!;
          if (j > 0) lagged += parts[k * n + t]! * parts[i * n + t - j]!;
        }
        sum += (1 - j / (lag + 1)) * lagged;
      }
      covariance[i * width + k] = covariance[k * width + i] = factor * sum;
    }
  }
  return covariance;
}

/**
 * Newey & West's standard errors of the coefficients: roots of the diagonal of
 * {@link neweyWestCovariance}.
 */
export function neweyWestErrors(
  fit: LeastSquaresFit,
  options: { readonly lag: number; readonly smallSample?: boolean },
): Float64Array {
  const covariance = neweyWestCovariance(fit, options), width = fit.nColumns + 1;
  return Float64Array.from({ length: width }, (_, i) => Math.sqrt(covariance[i * (width + 1)]!));
}

/** Throws unless `lag` is a whole number in [0, n). */
export function requireLag(lag: number, n: number): void {
  if (Number.isInteger(lag) && lag >= 0 && lag < Math.max(n, 1)) return;
  throw new RangeError(
    `Cannot allow for autocorrelation as the lag must be a whole number in [0, ${n}): got ${lag}`,
  );
}
