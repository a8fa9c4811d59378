import { type PairMatrix, pairMatrix } from "../core/pair_matrix.ts";
import type { Linkage } from "./linkage.ts";
import { leavesInTreeOrder } from "./tree_walk.ts";

/**
 * For each pair of leaves the height at which they first belong to one cluster.
 *
 * The result is an ultrametric: of the three distances among any three leaves the two largest are
 * equal.
 *
 * Units: of the height. NaN: none; Infinity for leaves that only a merge without known pairs joins.
 * Cost: O(n²). Source: Sokal & Rohlf 1962.
 */
export function copheneticDistances(tree: Linkage): PairMatrix {
  const n = tree.ids.length;
  const { leaves, start } = leavesInTreeOrder(tree);
  const { ids, values } = pairMatrix(tree.ids);
  for (let m = 0; m < n - 1; ++m) {
    const first = start[n + m]!, end = first + tree.size[m]!;
    const middle = first + leafCount(tree, tree.left[m]!);
    for (let a = first; a < middle; ++a) {
      for (let b = middle; b < end; ++b) {
        const i = Math.min(leaves[a]!, leaves[b]!), j = Math.max(leaves[a]!, leaves[b]!);
        values[i * (2 * n - i - 1) / 2 + j - i - 1] = tree.height[m]!;
      }
    }
  }
  return { ids, values };
}

/**
 * Pearson correlation between the distances and the tree's own: how much of them the tree keeps.
 *
 * Units: [−1, 1]. NaN: pairs of unknown distance or infinite height are left out; NaN with fewer
 * than two pairs or where either side does not vary. Cost: O(n²). Source: Sokal & Rohlf 1962.
 *
 * @throws {RangeError} If tree and distances are not of equally many items.
 */
export function copheneticCorrelation(tree: Linkage, distance: PairMatrix): number {
  if (tree.ids.length !== distance.ids.length) {
    throw new RangeError(
      `Cannot compare a tree as it must have one leaf for each of ${distance.ids.length} items: ` +
        `got ${tree.ids.length}`,
    );
  }
  const { values } = copheneticDistances(tree);
  const isUsed = (at: number) =>
    Number.isFinite(values[at]!) && Number.isFinite(distance.values[at]!);
  // shifted by the first pair, so that a constant side has exactly zero variance
  let first = 0;
  while (first < values.length && !isUsed(first)) ++first;
  const shiftX = values[first] ?? 0, shiftY = distance.values[first] ?? 0;
  let count = 0, sumX = 0, sumY = 0;
  for (let at = first; at < values.length; ++at) {
    if (!isUsed(at)) continue;
    ++count;
    sumX += values[at]! - shiftX;
    sumY += distance.values[at]! - shiftY;
  }
  const meanX = sumX / count, meanY = sumY / count;
  let products = 0, squaresX = 0, squaresY = 0;
  for (let at = first; at < values.length; ++at) {
    if (!isUsed(at)) continue;
    const u = values[at]! - shiftX - meanX, v = distance.values[at]! - shiftY - meanY;
    products += u * v;
    squaresX += u * u;
    squaresY += v * v;
  }
  if (!(squaresX > 0 && squaresY > 0)) return NaN;
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresX * squaresY)));
}

function leafCount({ ids, size }: Linkage, node: number): number {
  return node < ids.length ? 1 : size[node - ids.length]!;
}
