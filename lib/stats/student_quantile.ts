import { normalQuantile } from "../core/normal.ts";
import { studentTwoSided } from "./student_t.ts";

const MAX_STEPS = 200;

/**
 * The size that a Student-t variable exceeds with probability `p`, both sides together: with
 * p = 0.1, the factor of a standard error in a 90 % interval.
 *
 * NaN: propagates. Accuracy: that of the p-value, relative error below 1e-11 up to a hundred degrees of
 * freedom and 1e-8 at a million. Cost: some fifty p-values.
 * Source: `studentTwoSided` inverted by halving between bounds that enclose it.
 *
 * @param p In (0, 1].
 * @param df Degrees of freedom, above 0; need not be whole.
 * @throws {RangeError} If `p` is outside (0, 1] or `df` is not above 0.
 *
 * @example Wide with few degrees of freedom, the normal quantile with many
 * ```ts
 * import assert from "node:assert/strict";
 * import { studentQuantile } from "lib/stats/student_quantile.ts";
 * assert.equal(studentQuantile(0.05, 3).toFixed(4), "3.1824");
 * assert.equal(studentQuantile(0.05, 1e9).toFixed(4), "1.9600");
 * ```
 */
export function studentQuantile(p: number, df: number): number {
  if (Number.isNaN(p) || Number.isNaN(df)) return NaN;
  if (!(p > 0 && p <= 1)) {
    throw new RangeError(`Cannot give a Student quantile as p must be in (0, 1]: got ${p}`);
  }
  if (!(df > 0)) {
    throw new RangeError(`Cannot give a Student quantile as df must be above 0: got ${df}`);
  }
  if (p === 1) return 0;
  let low = 0, high = Math.max(-normalQuantile(p / 2), 1);
  while (studentTwoSided(high, df) > p) high *= 2;
  for (let step = 0; step < MAX_STEPS && high - low > 1e-13 * high; ++step) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, df) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
