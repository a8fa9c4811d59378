import type { Panel } from "../core/panel.ts";
import { type Random, randomIndex } from "../core/random.ts";

/**
 * A null panel: each market's moves turned along their own observed days by a random offset.
 *
 * What a market does by itself is kept, its distribution, its still days, its runs and which days
 * it was observed on; only the timing towards the other markets is lost. So a statistic of the
 * shifted panel shows what staleness and drift alone would give, which a shuffle of days does not.
 *
 * Shape: days × markets → the same. NaN: stays where it is. Cost: O(cells).
 * Source: the circular block idea of Politis & Romano 1992 with one block a series.
 *
 * @param moves Moves of any unit.
 * @param random Source of the offsets, one draw for each market with two or more moves.
 */
export function circularShift(moves: Panel, random: Random): Panel {
  const { days, markets, values } = moves;
  const n = markets.length;
  const shifted = new Float64Array(values.length).fill(NaN);
  const cells = new Int32Array(days.length);
  for (let j = 0; j < n; ++j) {
    const count = observedCells(moves, j, cells);
    // every turn but the one that changes nothing
    const offset = count > 1 ? 1 + randomIndex(random, count - 1) : 0;
    for (let k = 0; k < count; ++k) {
      shifted[cells[(k + offset) % count]!] = values[cells[k]!]!;
    }
  }
  return { days, markets, values: shifted };
}

/**
 * A null panel: each market's moves cut into blocks along its own observed days, and the blocks put
 * into a random order.
 *
 * Keeps what happens within a block and gives far more different panels than one turn does, at the
 * price of a seam at each block's end.
 *
 * Shape: days × markets → the same. NaN: stays where it is. Cost: O(cells).
 *
 * @param moves Moves of any unit.
 * @param options.blockDays Observed days in a block; the last block may be shorter.
 * @throws {RangeError} If `blockDays` is not a whole number of at least 1.
 */
export function blockPermutation(
  moves: Panel,
  { blockDays, random }: { readonly blockDays: number; readonly random: Random },
): Panel {
  if (!(Number.isInteger(blockDays) && blockDays >= 1)) {
    throw new RangeError(
      `Cannot permute blocks as blockDays must be a whole number >= 1: got ${blockDays}`,
    );
  }
  const { days, markets, values } = moves;
  const permuted = new Float64Array(values.length).fill(NaN);
  const cells = new Int32Array(days.length);
  for (let j = 0; j < markets.length; ++j) {
    const count = observedCells(moves, j, cells);
    const starts = Array.from({ length: Math.ceil(count / blockDays) }, (_, b) => b * blockDays);
    let to = 0;
    for (let left = starts.length; left > 0; --left) {
      const pick = randomIndex(random, left);
      const start = starts[pick]!;
      starts[pick] = starts[left - 1]!;
      for (let k = start; k < Math.min(start + blockDays, count); ++k) {
        permuted[cells[to++]!] = values[cells[k]!]!;
      }
    }
  }
  return { days, markets, values: permuted };
}

/** Writes the indices of market `j`'s observed cells into `cells`; returns how many there are. */
function observedCells({ days, markets, values }: Panel, j: number, cells: Int32Array): number {
  let count = 0;
  for (let i = 0; i < days.length; ++i) {
    const cell = i * markets.length + j;
    if (values[cell]! === values[cell]!) cells[count++] = cell;
  }
  return count;
}
