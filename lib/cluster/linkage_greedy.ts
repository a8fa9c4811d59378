import type { LinkageRule } from "./linkage_rules.ts";
import {
  type LinkageWork,
  type Merges,
  placeOf,
  readRows,
  retire,
  writeRow,
} from "./linkage_work.ts";
import { knockOut, leastPlace, replay, tournament } from "./tournament.ts";

/**
 * Merges the nearest pair, again and again.
 *
 * Each slot remembers a lower bound of its distances to the slots after it, and which slot that
 * was. Reducible rules never take a distance below such a bound, so a bound is looked up anew only
 * when it is the least of all. The look-ups run along rows, which is why this is faster than the
 * chain, whose every other access is a stride away; but in rare data nearly every bound goes stale
 * at every merge. `maxReads` stops that, and the chain can go on from there.
 *
 * Equal distances: the lowest slot first.
 *
 * Cost: O(n²) in practice, O(n³) at worst without `maxReads`.
 * Source: Anderberg 1973; Müllner 2011, algorithm 5, with a tournament in place of its heap.
 *
 * @param merges Takes the merges.
 * @param options.join A reducible rule, see `LinkageRule`.
 * @param options.maxReads Distances read in look-ups after which to stop.
 * @returns Number of merges made.
 */
export function greedyMerges(
  work: LinkageWork,
  merges: Merges,
  { join, maxReads }: { readonly join: LinkageRule; readonly maxReads: number },
): number {
  const { distance, size, active } = work;
  const n = size.length;
  const nearest = new Int32Array(n), bound = new Float64Array(n);
  const rowX = new Float64Array(n), rowY = new Float64Array(n);
  lookUpAll(work, nearest, bound);
  const bounds = tournament(bound);
  knockOut(bounds, n - 1);
  let nReads = 0, nMerges = 0;
  while (work.nActive > 1 && nReads <= maxReads) {
    const x = leastPlace(bounds), y = nearest[x]!, height = bound[x]!;
    if (!isCurrent(work, { x, y, height })) {
      nReads += lookUp(work, x, nearest, bound);
      replay(bounds, x);
      continue;
    }
    merges.x[nMerges] = x;
    merges.y[nMerges] = y;
    merges.height[nMerges++] = height;
    readRows(work, distance, { x, y, rowX, rowY });
    join(work, { x, y, rowX, rowY, height });
    writeRow(work, distance, x, rowX);
    size[x] = size[x]! + size[y]!;
    size[y] = 0;
    retire(work, y);
    knockOut(bounds, y);
    // x keeps its bound, the least of all, so it is looked up next; the last slot has nobody after it
    if (y > active[work.nActive - 1]!) knockOut(bounds, active[work.nActive - 1]!);
  }
  return nMerges;
}

/** Whether a remembered neighbour is still there and as near as it was. */
function isCurrent(
  { distance, offset, size }: LinkageWork,
  { x, y, height }: { readonly x: number; readonly y: number; readonly height: number },
): boolean {
  return size[y]! > 0 && distance[offset[x]! + y]! === height;
}

/** Finds for every slot the nearest one after it, all slots being active. */
function lookUpAll(
  { distance, size }: LinkageWork,
  nearest: Int32Array,
  bound: Float64Array,
): void {
  const n = size.length;
  let at = 0;
  for (let i = 0; i < n - 1; ++i) {
    let best = i + 1, least = distance[at++]!;
    for (let j = i + 2; j < n; ++j, ++at) {
      if (distance[at]! < least) {
        least = distance[at]!;
        best = j;
      }
    }
    nearest[i] = best;
    bound[i] = least;
  }
}

/** Finds the nearest slot after `i`; returns how many distances it read. */
function lookUp(
  work: LinkageWork,
  i: number,
  nearest: Int32Array,
  bound: Float64Array,
): number {
  const { distance, offset, active, nActive } = work;
  const row = offset[i]!, first = placeOf(work, i) + 1;
  let best = active[first]!, least = distance[row + best]!;
  for (let q = first + 1; q < nActive; ++q) {
    const j = active[q]!, d = distance[row + j]!;
    if (d < least) {
      least = d;
      best = j;
    }
  }
  nearest[i] = best;
  bound[i] = least;
  return nActive - first;
}
