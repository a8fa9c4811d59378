/** A price read as a probability, in [0, 1]. Never cents, percent or a string. */
export type Probability = number & { readonly unit: "probability" };

/**
 * Reads a number as a probability.
 *
 * Units: a venue's price in dollars per dollar of payout → probability.
 * NaN: refused; a price that was not observed never becomes a probability.
 *
 * @throws {RangeError} If `x` is outside [0, 1] or NaN.
 *
 * @example A half is a probability
 * ```ts
 * import assert from "node:assert/strict";
 * import { probability } from "lib/core/probability.ts";
 * assert.equal(probability(0.5), 0.5);
 * assert.throws(() => probability(50), /must be in \[0, 1\]: got 50/);
 * ```
 */
export function probability(x: number): Probability {
  if (!isProbability(x)) {
    throw new RangeError(`Cannot read a probability as it must be in [0, 1]: got ${x}`);
  }
  return x;
}

/** Whether `x` is a number in [0, 1]; NaN is not. */
export function isProbability(x: number): x is Probability {
  return x >= 0 && x <= 1;
}

/**
 * Log-odds of a probability, clipped so that it stays finite.
 *
 * A venue never quotes exactly 0 or 1, so the last tick is the natural bound: beyond it the
 * log-odds would measure the rounding, not the belief.
 *
 * Units: probability → nats. NaN: propagates.
 *
 * @param p Probability in [0, 1].
 * @param tick Smallest price step, in (0, 0.5); `p` is clipped to [tick, 1 − tick].
 */
export function logit(p: number, tick: number): number {
  const clipped = p < tick ? tick : p > 1 - tick ? 1 - tick : p;
  return Math.log(clipped / (1 - clipped));
}
