import type { LinkageRule } from "./linkage_rules.ts";
import { type LinkageWork, type Merges, readRow, retire, writeRow } from "./linkage_work.ts";

/**
 * Merges by following nearest neighbours until two clusters are each other's nearest.
 *
 * For a reducible rule whose distances do not depend on the order of the merges, this finds the
 * same merges as always joining the nearest pair, without ever looking for that pair. Equal
 * distances: the chain's previous cluster first, then the lowest slot.
 *
 * Cost: O(n²) time whatever the data; O(n) memory beyond the work.
 * Source: Benzécri 1982; Murtagh 1983; Müllner 2011, algorithm 3.
 *
 * @param merges Takes the merges after the first `nMade`, which the work has behind it.
 */
export function nearestNeighbourChain(
  work: LinkageWork,
  merges: Merges,
  { join, nMade }: { readonly join: LinkageRule; readonly nMade: number },
): void {
  const { distance, offset, size, active } = work;
  const n = size.length;
  const chain = new Int32Array(n);
  let tipRow = new Float64Array(n), otherRow = new Float64Array(n);
  let length = 0;
  for (let m = nMade; m < n - 1; ++m) {
    if (length === 0) chain[length++] = active[0]!;
    let tip = chain[length - 1]!, nearest = -1;
    for (;;) {
      const before = length > 1 ? chain[length - 2]! : active[0] === tip ? active[1]! : active[0]!;
      readRow(work, distance, tip, tipRow);
      const least = distance[before < tip ? offset[before]! + tip : offset[tip]! + before]!;
      nearest = nearestIn(work, tipRow, before, least);
      if (length > 1 && nearest === before) break;
      chain[length++] = nearest;
      tip = nearest;
    }
    length -= 2;
    const x = Math.min(tip, nearest), y = Math.max(tip, nearest);
    const height = distance[offset[x]! + y]!;
    merges.x[m] = x;
    merges.y[m] = y;
    merges.height[m] = height;
    readRow(work, distance, nearest, otherRow);
    if (tip === y) [tipRow, otherRow] = [otherRow, tipRow];
    join(work, { x, y, rowX: tipRow, rowY: otherRow, height });
    writeRow(work, distance, x, tipRow);
    size[x] = size[x]! + size[y]!;
    retire(work, y);
  }
}

/** The active slot of the least value in `row`; `before` where no value is below `least`. */
function nearestIn(
  { active, nActive }: LinkageWork,
  row: Float64Array,
  before: number,
  least: number,
): number {
  let place = -1, low = least;
  for (let q = 0; q < nActive; ++q) {
    if (row[q]! < low) {
      low = row[q]!;
      place = q;
    }
  }
  return place < 0 ? before : active[place]!;
}
