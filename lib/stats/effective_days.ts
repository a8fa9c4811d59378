/**
 * Independent days that overlapping moves are worth for a correlation.
 *
 * Moves of h days taken every day share h − 1 of their days with the next one, so n of them say
 * less than n separate days do. The answer stands in for the number of days in an interval or a
 * shrinkage, and is a fraction on purpose. It takes the daily changes as white noise: a price that
 * stands still or drifts is worth fewer days yet.
 *
 * Source: Bartlett 1946, variance of the correlation of two independent series,
 * (1/n) Σ r_x(k) r_y(k) with r(k) = 1 − |k|/h, which sums to n · 3h / (2h² + 1).
 *
 * @param nDays Days on which both series have a move.
 * @param stepDays Length h of a move in days.
 * @throws {RangeError} If `nDays` is not at least 0 or `stepDays` not a whole number of at least 1.
 *
 * @example Two-day moves keep two thirds of the days
 * ```ts
 * import assert from "node:assert/strict";
 * import { effectiveDays } from "lib/stats/effective_days.ts";
 * assert.equal(effectiveDays(90, 1), 90);
 * assert.equal(effectiveDays(90, 2), 60);
 * ```
 */
export function effectiveDays(nDays: number, stepDays: number): number {
  if (!(nDays >= 0)) {
    throw new RangeError(`Cannot count effective days as nDays must be >= 0: got ${nDays}`);
  }
  if (!(Number.isInteger(stepDays) && stepDays >= 1)) {
    throw new RangeError(
      `Cannot count effective days as stepDays must be a whole number >= 1: got ${stepDays}`,
    );
  }
  return nDays * 3 * stepDays / (2 * stepDays * stepDays + 1);
}
