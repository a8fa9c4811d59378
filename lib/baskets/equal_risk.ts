import { standardised } from "./standardised.ts";

/** Equal-risk weights and how they were reached. */
export interface EqualRisk {
  /** Above 0, adding up to 1. */
  readonly weights: Float64Array;
  /** Whether the shares of risk are equal to within the tolerance. */
  readonly converged: boolean;
  /** Steps taken. */
  readonly nSteps: number;
}

/**
 * Weights at which every contract contributes the same share of the portfolio's variance.
 *
 * Long-only, and the only such weights: the minimum of ½ x'Ρx − (1/n) Σ log x, Ρ the correlations,
 * scaled by one over volatility and to a sum of 1. The logarithm keeps every x above 0, so no
 * contract is left out. Solved by damped Newton steps: coordinate descent (Griveau-Billion,
 * Richard & Roncalli 2013) is as quick on ordinary correlations, but takes over 20,000 rounds on
 * nearly singular ones. Working on correlations makes the answer the same for any unit.
 *
 * Shape: n × n covariance by rows → n weights. NaN: refused. Cost: O(n³) a step, about six steps,
 * more where correlations are nearly singular.
 * Source: Spinu 2013.
 *
 * @param covariance Positive definite.
 * @param options.tolerance Largest distance of a share of risk from 1/n, in units of 1/n, before the
 * last step, which squares it as far as rounding allows: 1e-12 as a rule, 1e-7 where nearly singular.
 * @param options.maxSteps Most steps.
 * @throws {RangeError} If the covariance is not square or not positive definite.
 */
export function equalRiskWeights(
  covariance: Float64Array,
  { tolerance = 1e-6, maxSteps = 100 }: {
    readonly tolerance?: number;
    readonly maxSteps?: number;
  } = {},
): EqualRisk {
  const { rho, volatility } = standardised(covariance, "equalise risk");
  const n = volatility.length;
  let x = new Float64Array(n).fill(1 / Math.sqrt(Math.max(rho.reduce((sum, r) => sum + r, 0), 1)));
  const hessian = new Float64Array(n * n), residual = new Float64Array(n);
  let nSteps = 0, converged = n === 0;
  for (; !converged && nSteps < maxSteps; ++nSteps) {
    // steps in units of x, all in units of 1/n: the Hessian then has a diagonal of at least 1
    let worst = 0;
    for (let i = 0; i < n; ++i) {
      let own = 0;
      for (let j = 0; j < n; ++j) {
        const part = n * rho[i * n + j]! * x[i]! * x[j]!;
        hessian[i * n + j] = part;
        own += part;
      }
      hessian[i * n + i] = hessian[i * n + i]! + 1;
      residual[i] = own - 1;
      worst = Math.max(worst, Math.abs(own - 1));
    }
    const step = solveSymmetric(hessian, residual);
    const decrement = Math.sqrt(step.reduce((sum, s, i) => sum + s * residual[i]!, 0));
    const damp = decrement < 0.25 ? 1 : 1 / (1 + decrement);
    x = x.map((value, i) => value * (1 - damp * step[i]!));
    converged = worst <= tolerance;
  }
  const weights = x.map((value, i) => value / volatility[i]!);
  const sum = weights.reduce((total, w) => total + w, 0);
  return { weights: weights.map((w) => w / sum), converged, nSteps };
}

/** x of Mx = b by Cholesky's decomposition, which takes the place of M's lower triangle. */
function solveSymmetric(matrix: Float64Array, b: Float64Array): Float64Array {
  const n = b.length, x = b.slice();
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j <= i; ++j) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; ++k) sum -= matrix[i * n + k]! * matrix[j * n + k]!;
      if (i === j && !(sum > 0)) {
        throw new RangeError(
          "Cannot equalise risk as the covariance must be positive definite: got one that is not",
        );
      }
      matrix[i * n + j] = i === j ? Math.sqrt(sum) : sum / matrix[j * n + j]!;
      if (j < i) x[i] = x[i]! - matrix[i * n + j]! * x[j]!;
    }
    x[i] = x[i]! / matrix[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; --i) {
    for (let k = i + 1; k < n; ++k) x[i] = x[i]! - matrix[k * n + i]! * x[k]!;
    x[i] = x[i]! / matrix[i * n + i]!;
  }
  return x;
}
