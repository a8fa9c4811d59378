import { cappedRules, withoutRounding } from "./capped_rules.ts";
import { type LinearRule, quadraticProgram } from "./quadratic_program.ts";
import { standardised } from "./standardised.ts";
import { largestBudget, type WeightCaps } from "./weight_caps.ts";

/**
 * Long-only weights with the largest diversification ratio, (Σ w_i σ_i) / σ of the whole, under
 * limits.
 *
 * The ratio does not change with the sum of the weights, so it is largest where y'Cy is least given
 * σ'y = 1, and w is y scaled to the budget. A limit a'w ≥ b is homogeneous in y:
 * (a − b / budget · 1)'y ≥ 0.
 *
 * Shape: n × n covariance by rows → n weights that add up to the budget. NaN: refused.
 * Cost: O(n³). Source: Choueifaty & Coignard 2008; the quadratic form of Choueifaty, Froidure &
 * Reynier 2013.
 *
 * @param covariance Positive definite.
 * @param options.budget Sum of the weights; by default the most that the limits allow.
 * @throws {RangeError} If the covariance is not positive definite, there is not a limit for each
 * contract or the limits cannot hold the budget.
 */
export function maximumDiversificationWeights(
  covariance: Float64Array,
  caps: WeightCaps,
  { budget = largestBudget(caps) }: { readonly budget?: number } = {},
): Float64Array {
  const { volatility } = standardised(covariance, "maximise diversification");
  const n = volatility.length;
  if (budget === 0) return new Float64Array(n);
  const { equal, atLeast, forced } = cappedRules(n, caps, budget);
  if (forced) return withoutRounding(forced, caps, budget);
  const homogeneous = ({ normal, bound }: LinearRule) => ({
    normal: normal.map((a) => a - bound / budget),
    bound: 0,
  });
  const y = quadraticProgram({
    quadratic: covariance,
    linear: new Float64Array(n),
    // their bounds add up to the budget, so the last follows from the others
    equal: [{ normal: volatility, bound: 1 }, ...equal.slice(0, -1).map(homogeneous)],
    atLeast: atLeast.map(homogeneous),
  });
  const sum = y.reduce((total, value) => total + value, 0);
  return withoutRounding(y.map((value) => value * budget / sum), caps, budget);
}
