import { type Random, randomIndex } from "../core/random.ts";

/** Days drawn with replacement in blocks, several times over. */
export interface ResampledDays {
  /** Days of the series, and of each draw. */
  readonly nDays: number;
  readonly nDraws: number;
  /** Row of the series at each day of each draw, draw-major. */
  readonly rows: Int32Array;
}

/**
 * Days drawn by the stationary bootstrap: blocks of random length, geometric with the given mean.
 *
 * Blocks keep what lasts, such as prices that stand still and volatility that comes in spells. A random
 * length has no seams at fixed places, so a draw is as stationary as the series. Series that are read
 * at the same rows stay paired day by day.
 *
 * Shape: → nDraws × nDays rows. Cost: O(nDraws · nDays).
 * Source: Politis & Romano 1994; blocks wrap around the end of the series.
 *
 * @param nDays Days of the series.
 * @param options.meanBlockDays Mean length of a block, at least 1.
 * @throws {RangeError} If a number is out of range.
 */
export function resampledDays(
  nDays: number,
  { nDraws, meanBlockDays, random }: {
    readonly nDraws: number;
    readonly meanBlockDays: number;
    readonly random: Random;
  },
): ResampledDays {
  if (!(Number.isInteger(nDays) && nDays >= 1)) {
    throw new RangeError(`Cannot resample days as there must be at least one: got ${nDays}`);
  }
  if (!(Number.isInteger(nDraws) && nDraws >= 1)) {
    throw new RangeError(
      `Cannot resample days as nDraws must be a whole number >= 1: got ${nDraws}`,
    );
  }
  if (!(meanBlockDays >= 1)) {
    throw new RangeError(
      `Cannot resample days as meanBlockDays must be at least 1: got ${meanBlockDays}`,
    );
  }
  const rows = new Int32Array(nDraws * nDays), renewal = 1 / meanBlockDays;
  for (let at = 0; at < rows.length; ++at) {
    const renewed = at % nDays === 0 || random() < renewal;
    rows[at] = renewed ? randomIndex(random, nDays) : (rows[at - 1]! + 1) % nDays;
  }
  return { nDays, nDraws, rows };
}
