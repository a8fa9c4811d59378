import type { Linkage } from "./linkage.ts";

/** Leaves side by side as they hang on the tree, so that every node covers an unbroken stretch. */
export interface TreeOrder {
  /** Leaves, left branches first. */
  readonly leaves: Int32Array;
  /** For each node, leaves included, where its stretch of `leaves` begins. */
  readonly start: Int32Array;
}

/** Lays the leaves out by walking down from the root; a tree of none has none. Cost: O(n). */
export function leavesInTreeOrder({ ids, left, right, size }: Linkage): TreeOrder {
  const n = ids.length;
  const leaves = new Int32Array(n), start = new Int32Array(Math.max(2 * n - 1, 0));
  for (let m = n - 2; m >= 0; --m) {
    const from = start[n + m]!;
    start[left[m]!] = from;
    start[right[m]!] = from + (left[m]! < n ? 1 : size[left[m]! - n]!);
  }
  for (let leaf = 0; leaf < n; ++leaf) leaves[start[leaf]!] = leaf;
  return { leaves, start };
}
