import type { Linkage } from "./linkage.ts";
import { type Partition, partition } from "./partition.ts";

/**
 * The partition with exactly `nClusters` clusters: the tree without its last merges.
 *
 * Where merges of equal height straddle the cut, the tree's order of merges decides, so the count is
 * always met. Parts that share no known pair are never put together.
 *
 * Cost: O(n).
 *
 * @throws {RangeError} If `nClusters` is not a whole number between the number of parts without a
 * finite height between them and the number of leaves.
 */
export function cutByCount(tree: Linkage, nClusters: number): Partition {
  requireCount(tree, nClusters);
  return cutAfter(tree, tree.ids.length - nClusters);
}

/**
 * The partition of all merges up to a height, that height included.
 *
 * Cost: O(n). Source: scipy's `fcluster` with criterion "distance".
 *
 * @param height At least 0; below Infinity parts without known pairs stay apart.
 * @throws {RangeError} If `height` is negative or NaN.
 */
export function cutByHeight(tree: Linkage, height: number): Partition {
  if (!(height >= 0)) {
    throw new RangeError(`Cannot cut a tree as height must be >= 0: got ${height}`);
  }
  let nMerges = 0;
  while (nMerges < tree.height.length && tree.height[nMerges]! <= height) ++nMerges;
  return cutAfter(tree, nMerges);
}

/**
 * A height at which the tree has `nClusters` clusters, for drawing the cut: halfway between the last
 * merge below it and the first above, or at the last merge where no finite one is above.
 *
 * Merges of equal height cannot be told apart by a line: there the common height is given.
 *
 * Units: of the height; 0 for a single leaf.
 *
 * @throws {RangeError} As `cutByCount()`.
 */
export function cutHeight(tree: Linkage, nClusters: number): number {
  requireCount(tree, nClusters);
  const nMerges = tree.ids.length - nClusters;
  const below = tree.height[nMerges - 1] ?? 0, above = tree.height[nMerges] ?? Infinity;
  const middle = below + (above - below) / 2;
  // neighbouring numbers have nothing between them
  return middle < above && above < Infinity ? middle : below;
}

/** Fewest clusters a cut can give: parts that no finite height joins. */
export function fewestClusters({ height }: Linkage): number {
  let nParts = 1;
  for (let m = height.length - 1; m >= 0 && height[m] === Infinity; --m) ++nParts;
  return nParts;
}

function requireCount(tree: Linkage, nClusters: number): void {
  const fewest = fewestClusters(tree), most = tree.ids.length;
  if (!(Number.isInteger(nClusters) && nClusters >= fewest && nClusters <= most)) {
    throw new RangeError(
      `Cannot cut a tree as nClusters must be in [${fewest}, ${most}]: got ${nClusters}`,
    );
  }
}

/** The partition after the first merges. */
function cutAfter({ ids, left, right }: Linkage, nMerges: number): Partition {
  const n = ids.length;
  const label = Int32Array.from({ length: n + nMerges }, (_, node) => node);
  for (let m = nMerges - 1; m >= 0; --m) {
    label[left[m]!] = label[n + m]!;
    label[right[m]!] = label[n + m]!;
  }
  return partition(ids, label.subarray(0, n));
}
