import { equalRiskWeights } from "./equal_risk.ts";
import { hierarchicalRiskParityWeights } from "./hierarchical_risk_parity.ts";
import { maximumDiversificationWeights } from "./maximum_diversification.ts";
import { minimumVarianceWeights } from "./minimum_variance.ts";
import { equalWeights, inverseVolatilityWeights, volumeWeights } from "./simple_weights.ts";
import { waterFilling } from "./water_filling.ts";
import { largestBudget, type WeightCaps } from "./weight_caps.ts";
import type { WeightingInput, WeightingKey } from "./weighting.ts";

/** What a weighting wants and what the limits leave of it. */
export interface ChosenWeights {
  /** Without limits; add up to 1. */
  readonly raw: Float64Array;
  /** Under the limits; the rest is cash. */
  readonly weights: Float64Array;
  /**
   * What the weighting had to do without, machine-readable: empty, `volume=unknown` (nothing known,
   * weights are equal), `volume=partly_unknown` or `equal_risk=not_converged`.
   */
  readonly note: string;
}

/**
 * Weights of a basket by one of the weightings, without and with its limits.
 *
 * Minimum variance and maximum diversification are solved anew under the limits, as cutting their
 * weights would not give the best that the limits allow. The others say how contracts stand to each
 * other, which water filling keeps wherever no limit binds.
 *
 * Shape: n contracts → n weights. NaN: an unknown volume. Cost: O(n³) where a program is solved,
 * O(n²) otherwise.
 *
 * @param caps Limits of the same contracts.
 * @throws {RangeError} If the sizes do not agree, or the covariance is not positive definite.
 */
export function weightsOf(
  key: WeightingKey,
  input: WeightingInput,
  caps: WeightCaps,
): ChosenWeights {
  const n = input.ids.length;
  for (const field of ["volatility", "volumeUsd"] as const) {
    if (input[field].length !== n) {
      throw new RangeError(
        `Cannot weight contracts as each of ${n} must have its ${field}: got ${
          input[field].length
        }`,
      );
    }
  }
  if (n === 0) return { raw: new Float64Array(0), weights: new Float64Array(0), note: "" };
  switch (key) {
    case "equal":
      return filled(equalWeights(n), caps);
    case "volume": {
      const { weights, nUnknown, isEqual } = volumeWeights(input.volumeUsd);
      const note = isEqual ? "volume=unknown" : nUnknown > 0 ? "volume=partly_unknown" : "";
      return filled(weights, caps, note);
    }
    case "inverse_volatility":
      return filled(inverseVolatilityWeights(input.volatility), caps);
    case "equal_risk": {
      const { weights, converged } = equalRiskWeights(covarianceOf(input));
      return filled(weights, caps, converged ? "" : "equal_risk=not_converged");
    }
    case "hierarchical_risk_parity":
      return filled(hierarchicalRiskParityWeights(covarianceOf(input), input.ids), caps);
    case "minimum_variance":
      return solved(minimumVarianceWeights, covarianceOf(input), caps);
    case "maximum_diversification":
      return solved(maximumDiversificationWeights, covarianceOf(input), caps);
    default:
      throw new RangeError(
        `Cannot weight contracts as the weighting must be known: got ${JSON.stringify(key)}`,
      );
  }
}

function filled(raw: Float64Array, caps: WeightCaps, note = ""): ChosenWeights {
  return { raw, weights: waterFilling(raw, caps, largestBudget(caps)), note };
}

/** Solved twice: with no limit but the whole, and under the limits. */
function solved(
  solve: (covariance: Float64Array, caps: WeightCaps) => Float64Array,
  covariance: Float64Array,
  caps: WeightCaps,
): ChosenWeights {
  const free = { upper: new Float64Array(caps.upper.length).fill(1), groups: [] };
  return { raw: solve(covariance, free), weights: solve(covariance, caps), note: "" };
}

/** Read where it is needed only, as it may be made when it is read. */
function covarianceOf({ ids, covariance }: WeightingInput): Float64Array {
  if (covariance.length !== ids.length ** 2) {
    throw new RangeError(
      `Cannot weight contracts as ${ids.length} must have ${
        ids.length ** 2
      } covariances: got ${covariance.length}`,
    );
  }
  return covariance;
}
