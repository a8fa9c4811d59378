import { normalQuantile } from "../core/normal.ts";

/** Ends of an interval for a share, in [0, 1]. */
export interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval for a share that was counted in a sample.
 *
 * Unlike the share plus and minus its standard error it stays within [0, 1], and is not empty where
 * all or none were right, which is what an audit of a good classifier finds.
 *
 * NaN: no item counted gives NaN at both ends. Cost: O(1).
 * Source: Wilson 1927; the same as statsmodels' `proportion_confint(method="wilson")`.
 *
 * @param nRight Items that were right. With `nItems` an effective size, it need not be whole.
 * @param nItems Items counted.
 * @param options.level Coverage.
 * @throws {RangeError} If `nRight` is outside [0, nItems] or `level` outside (0, 1).
 *
 * @example 45 of 50 do not prove an accuracy of 90 %, 96 of 100 do
 * ```ts
 * import assert from "node:assert/strict";
 * import { wilsonInterval } from "lib/stats/wilson.ts";
 * assert.equal(wilsonInterval(45, 50).low.toFixed(4), "0.7864");
 * assert.equal(wilsonInterval(96, 100).low.toFixed(4), "0.9016");
 * ```
 */
export function wilsonInterval(
  nRight: number,
  nItems: number,
  { level = 0.95 }: { readonly level?: number } = {},
): ShareInterval {
  if (!(nRight >= 0 && nRight <= nItems)) {
    throw new RangeError(
      `Cannot give an interval for a share as the right items must be in [0, ${nItems}]: got ${nRight}`,
    );
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(
      `Cannot give an interval for a share as its level must be between 0 and 1: got ${level}`,
    );
  }
  if (nItems === 0) return { low: NaN, high: NaN };
  const z = normalQuantile((1 + level) / 2), share = nRight / nItems;
  const centre = (share + z * z / (2 * nItems)) / (1 + z * z / nItems);
  const half = z * Math.sqrt((share * (1 - share) + z * z / (4 * nItems)) / nItems) /
    (1 + z * z / nItems);
  // at none and all the two terms are equal, and rounding must not leave a trace of them
  return {
    low: nRight === 0 ? 0 : Math.max(0, centre - half),
    high: nRight === nItems ? 1 : Math.min(1, centre + half),
  };
}
