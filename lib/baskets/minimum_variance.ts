import { cappedRules, withoutRounding } from "./capped_rules.ts";
import { quadraticProgram } from "./quadratic_program.ts";
import { standardised } from "./standardised.ts";
import { largestBudget, type WeightCaps } from "./weight_caps.ts";

/**
 * Long-only weights of least variance under limits.
 *
 * Shape: n × n covariance by rows → n weights that add up to the budget. NaN: refused.
 * Cost: O(n³). Source: Markowitz 1952, without an expected return.
 *
 * @param covariance Positive definite.
 * @param options.budget Sum of the weights; by default the most that the limits allow.
 * @throws {RangeError} If the covariance is not positive definite, there is not a limit for each
 * contract or the limits cannot hold the budget.
 */
export function minimumVarianceWeights(
  covariance: Float64Array,
  caps: WeightCaps,
  { budget = largestBudget(caps) }: { readonly budget?: number } = {},
): Float64Array {
  const n = standardised(covariance, "minimise variance").volatility.length;
  if (budget === 0) return new Float64Array(n);
  const { equal, atLeast, forced } = cappedRules(n, caps, budget);
  const weights = forced ?? quadraticProgram({
    quadratic: covariance,
    linear: new Float64Array(n),
    equal,
    atLeast,
  });
  return withoutRounding(weights, caps, budget);
}
