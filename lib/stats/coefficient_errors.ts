import type { LeastSquaresFit } from "./least_squares.ts";
import { studentTwoSided } from "./student_t.ts";

/** A coefficient's statistic against zero. */
export interface CoefficientTest {
  readonly t: Float64Array;
  /** Two-sided, Student's. */
  readonly pValue: Float64Array;
}

/**
 * Standard errors of the coefficients under errors without autocorrelation.
 *
 * `classical` takes the errors as equally wide, `HC0` lets each be as wide as its residual (White
 * 1980), `HC1` multiplies that variance by n/(n − K − 1). The three of statsmodels by these names
 * (`nonrobust`, `HC0`, `HC1`). NaN: not estimable. Cost: O(n K).
 */
export function standardErrors(
  { n, nColumns, residuals, influence }: LeastSquaresFit,
  { kind }: { readonly kind: "classical" | "HC0" | "HC1" },
): Float64Array {
  const width = nColumns + 1, spare = n - width;
  const variance = residuals.reduce((sum, e) => sum + e * e, 0) / spare;
  const factor = kind === "HC1" ? n / spare : 1;
  return Float64Array.from({ length: width }, (_, i) => {
    let sum = 0;
    for (let t = 0; t < n; ++t) {
      sum += influence[i * n + t]! ** 2 * (kind === "classical" ? variance : residuals[t]! ** 2);
    }
    return Math.sqrt(factor * sum);
  });
}

/**
 * The coefficients over their standard errors, with Student's two-sided p-values.
 *
 * NaN: where the coefficient or its error is, and where the error is zero. Cost: O(K).
 *
 * @param options.df Degrees of freedom, one for all or one each.
 */
export function coefficientTests(
  coefficients: Float64Array,
  { errors, df }: { readonly errors: Float64Array; readonly df: number | Float64Array },
): CoefficientTest {
  const t = coefficients.map((b, i) => errors[i]! > 0 ? b / errors[i]! : NaN);
  const pValue = t.map((value, i) =>
    Number.isNaN(value) ? NaN : studentTwoSided(value, typeof df === "number" ? df : df[i]!)
  );
  return { t, pValue };
}
