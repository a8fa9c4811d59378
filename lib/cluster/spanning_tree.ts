import type { PairMatrix } from "../core/pair_matrix.ts";
import { emptyMerges, type Merges } from "./linkage_work.ts";

/**
 * Edges of a minimum spanning tree, x < y; unknown distances count as Infinity. Joined by rising
 * length, the edges are the merges of single linkage.
 *
 * Cost: O(n²) time, O(n) memory: each distance is read once and none is copied.
 * Source: Prim 1957; Gower & Ross 1969 for its tie to single linkage.
 */
export function spanningTree({ ids, values }: PairMatrix): Merges {
  const n = ids.length;
  const edges = emptyMerges(n);
  const outside = Int32Array.from({ length: n }, (_, i) => i);
  const near = new Int32Array(n), gap = new Float64Array(n).fill(Infinity);
  let nOutside = n, last = 0, place = 0;
  for (let m = 0; m < n - 1; ++m) {
    outside.copyWithin(place, place + 1, nOutside);
    --nOutside;
    place = 0;
    for (let q = 0; q < nOutside; ++q) {
      const j = outside[q]!;
      const low = j < last ? j : last, high = j < last ? last : j;
      const d = values[low * (2 * n - low - 1) / 2 + high - low - 1]!;
      if (d < gap[j]!) {
        gap[j] = d;
        near[j] = last;
      }
      if (gap[j]! < gap[outside[place]!]!) place = q;
    }
    last = outside[place]!;
    edges.x[m] = Math.min(last, near[last]!);
    edges.y[m] = Math.max(last, near[last]!);
    edges.height[m] = gap[last]!;
  }
  return edges;
}
