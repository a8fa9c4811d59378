import { medianSorted } from "../core/quantile.ts";

/** Weights by volume and what was not known for them. */
export interface VolumeWeights {
  /** Add up to 1. */
  readonly weights: Float64Array;
  /** Contracts whose volume is unknown. */
  readonly nUnknown: number;
  /** Whether no volume above 0 is known, so that the weights are equal. */
  readonly isEqual: boolean;
}

/** The same weight for each of `n` contracts, adding up to 1. */
export function equalWeights(n: number): Float64Array {
  return new Float64Array(n).fill(1 / n);
}

/**
 * Weights in proportion to traded volume.
 *
 * A contract of unknown volume takes the median of the known ones: zero would drop it for a fact
 * about the source, and the mean is that of the few largest. Where no volume is known, or all are
 * zero, the weights are equal.
 *
 * Units: dollars → shares. NaN: an unknown volume, see above. Cost: O(n log n).
 *
 * @throws {RangeError} If a volume is negative or infinite.
 *
 * @example The unknown third is taken to be like the others
 * ```ts
 * import assert from "node:assert/strict";
 * import { volumeWeights } from "lib/baskets/simple_weights.ts";
 * const { weights, nUnknown } = volumeWeights(Float64Array.of(100, 300, NaN));
 * assert.deepEqual([...weights, nUnknown], [100 / 600, 300 / 600, 200 / 600, 1]);
 * ```
 */
export function volumeWeights(volumeUsd: Float64Array): VolumeWeights {
  const wrong = volumeUsd.find((x) => x < 0 || x === Infinity);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot weight by volume as each must be NaN or in [0, Infinity): got ${wrong}`,
    );
  }
  const known = Array.from(volumeUsd).filter((x) => !Number.isNaN(x)).sort((a, b) => a - b);
  const nUnknown = volumeUsd.length - known.length;
  if (!(known.at(-1)! > 0)) {
    return { weights: equalWeights(volumeUsd.length), nUnknown, isEqual: true };
  }
  const median = medianSorted(known);
  const weights = proportional(volumeUsd.map((x) => Number.isNaN(x) ? median : x));
  return { weights, nUnknown, isEqual: false };
}

/**
 * Weights in proportion to one over volatility: the seed plan's "risk parity", which it is only
 * where all correlations are equal.
 *
 * Units: any volatility → shares that add up to 1. Cost: O(n).
 *
 * @param volatility Of each held side's simple return; floored, see `contractRisk`.
 * @throws {RangeError} If a volatility is not above 0 and finite.
 */
export function inverseVolatilityWeights(volatility: Float64Array): Float64Array {
  const wrong = volatility.find((x) => !(x > 0 && x < Infinity));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot weight by inverse volatility as each must be above 0 and finite: got ${wrong}`,
    );
  }
  const least = volatility.reduce((low, x) => Math.min(low, x), Infinity);
  return proportional(volatility.map((x) => least / x));
}

/** The same proportions, adding up to 1. */
function proportional(values: Float64Array): Float64Array {
  const sum = values.reduce((total, x) => total + x, 0);
  return values.map((x) => x / sum);
}
