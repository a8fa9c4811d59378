import type { Panel } from "../core/panel.ts";
import { type Random, randomIndex } from "../core/random.ts";

/**
 * A panel of the same length whose days are drawn in blocks, with replacement, the same days for
 * every market.
 *
 * What happens on one day stays together, so correlations between markets survive; what happens
 * within a block stays in order, so still stretches do too. Rows keep the given days as labels.
 *
 * Shape: days × markets → the same. NaN: travels with its day. Cost: O(cells).
 * Source: the moving block bootstrap, Künsch 1989, wrapped around the ends (Politis & Romano 1992).
 *
 * @param moves Moves, not prices: a resampled price series has jumps at its seams.
 * @param options.blockDays Rows in a block.
 * @throws {RangeError} If `blockDays` is not a whole number of at least 1.
 */
export function resampledBlocks(
  moves: Panel,
  { blockDays, random }: { readonly blockDays: number; readonly random: Random },
): Panel {
  if (!(Number.isInteger(blockDays) && blockDays >= 1)) {
    throw new RangeError(
      `Cannot resample days as blockDays must be a whole number >= 1: got ${blockDays}`,
    );
  }
  const nDays = moves.days.length, n = moves.markets.length;
  const values = new Float64Array(moves.values.length);
  for (let i = 0; i < nDays;) {
    const start = randomIndex(random, nDays);
    for (let k = 0; k < blockDays && i < nDays; ++k, ++i) {
      const from = (start + k) % nDays;
      values.set(moves.values.subarray(from * n, (from + 1) * n), i * n);
    }
  }
  return { days: moves.days, markets: moves.markets, values };
}
