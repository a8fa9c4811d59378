import { quantileSorted } from "simple-statistics";

/**
 * Median of ascending values.
 *
 * NaN: of no values; values must not hold NaN, since it has no place in an order.
 * Source: linear interpolation between the middle two, R's type 7 and numpy's default.
 *
 * @example The middle of an even count lies between two values
 * ```ts
 * import assert from "node:assert/strict";
 * import { medianSorted } from "lib/core/quantile.ts";
 * assert.equal(medianSorted([1, 2, 3, 10]), 2.5);
 * ```
 */
export function medianSorted(ascending: readonly number[]): number {
  return ascending.length === 0 ? NaN : quantileSorted(ascending.slice(), 0.5);
}
