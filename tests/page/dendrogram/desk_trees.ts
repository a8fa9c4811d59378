import fc from "fast-check";
import { optimalLeafOrder } from "lib/cluster/leaf_order.ts";
import { type Linkage, linkage } from "lib/cluster/linkage.ts";
import { pairMatrix } from "lib/core/pair_matrix.ts";
import { type DeskTree, deskTree } from "lib/page/dendrogram/dendrogram_tree.ts";

/** A tree as the desk has it, its leaves in the best order. */
export function treeOf(ids: readonly string[], distances: Float64Array): DeskTree {
  const pairs = pairMatrix([...ids], distances);
  const tree = linkage(pairs, { method: "average" });
  return deskTree({
    marketIds: ids,
    ...parts(tree),
    order: [...optimalLeafOrder(tree, pairs).order],
  });
}

/** Arrays of a tree as a view has them. */
export function parts({ left, right, height }: Linkage) {
  return {
    left: [...left],
    right: [...right],
    height: Array.from(height, (h) => Number.isFinite(h) ? h : null),
  };
}

/**
 * a and b join at 1 (node 5), d and e at 2 (node 6), c joins d and e at 3 (node 7), all at 5 (node 8).
 */
export const FIVE: DeskTree = treeOf(
  ["a", "b", "c", "d", "e"],
  Float64Array.of(1, 5, 5, 5, 5, 5, 5, 3, 3, 2),
);

/** Trees of 1 to 14 leaves, some of whose pairs are unknown. */
export const anyTree: fc.Arbitrary<DeskTree> = fc.integer({ min: 1, max: 14 }).chain((n) =>
  fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 40 }) }, fc.constant(NaN)), {
    minLength: n * (n - 1) / 2,
    maxLength: n * (n - 1) / 2,
  }).map((values) =>
    treeOf(Array.from({ length: n }, (_, i) => `m${i}`), Float64Array.from(values))
  )
);
