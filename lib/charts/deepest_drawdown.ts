/** How far a value lies below its highest so far, and where it lies lowest. */
export interface DeepestDrawdown {
  /** Value over its highest so far, less one: ≤ 0; NaN where the value is unknown. */
  readonly depths: Float64Array;
  /** The lowest of them, the first among equals; 0 where there is none below, NaN of no value. */
  readonly deepest: number;
  /** Positions of the high before it, of the lowest, and of the first value back at the high. */
  readonly peak: number;
  readonly trough: number;
  /** −1 where the high is not reached again. */
  readonly recovery: number;
}

/**
 * The drawdown curve of a value and its deepest point.
 *
 * NaN: skipped. A value of 0 is a drawdown of all. Cost: O(n).
 *
 * @param values Positive or 0, in order of time.
 *
 * @example Down a quarter and back
 * ```ts
 * import assert from "node:assert/strict";
 * import { deepestDrawdown } from "lib/charts/deepest_drawdown.ts";
 * const found = deepestDrawdown(Float64Array.of(100, 120, 90, 96, 120));
 * assert.deepEqual({ ...found, depths: [...found.depths] }, {
 *   depths: [0, 0, -0.25, -0.19999999999999996, 0],
 *   deepest: -0.25,
 *   peak: 1,
 *   trough: 2,
 *   recovery: 4,
 * });
 * ```
 */
export function deepestDrawdown(values: Float64Array): DeepestDrawdown {
  const depths = new Float64Array(values.length).fill(NaN);
  let high = -1, deepest = NaN, peak = -1, trough = -1;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (high < 0 || value >= values[high]!) high = i;
    depths[i] = value === values[high]! ? 0 : value / values[high]! - 1;
    if (Number.isNaN(deepest) || depths[i]! < deepest) {
      deepest = depths[i]!;
      peak = high;
      trough = i;
    }
  }
  const recovery = deepest < 0
    ? values.findIndex((value, i) => i > trough && value >= values[peak]!)
    : -1;
  return { depths, deepest, peak, trough, recovery };
}
