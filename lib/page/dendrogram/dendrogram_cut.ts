import type { DeskTree } from "./dendrogram_tree.ts";

/**
 * Clusters of the cut with `nClusters` clusters as nodes, along the page. Cost: O(k log k), which a
 * dragged line can afford where a partition of all leaves could not be named so fast.
 */
export function cutNodes({ tree, first }: DeskTree, nClusters: number): number[] {
  const n = tree.ids.length;
  if (n === 0) return [];
  const whole = 2 * n - nClusters;
  const found: number[] = [];
  for (let node = 2 * n - 2; node >= whole; --node) {
    const a = tree.left[node - n]!, b = tree.right[node - n]!;
    if (a < whole) found.push(a);
    if (b < whole) found.push(b);
  }
  if (nClusters === 1) found.push(2 * n - 2);
  return found.sort((a, b) => first[a]! - first[b]!);
}

/** Number of clusters of the cut at a height, merges at that height included. Cost: O(log n). */
export function countAtHeight({ tree: { ids, height } }: DeskTree, at: number): number {
  let low = 0, high = height.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (height[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return ids.length - low;
}

/**
 * The number of clusters after a key on the cut line, `null` for keys that do not move it. Up is
 * higher on the tree, so fewer clusters.
 */
export function countAfterKey(
  { tree, fewest }: DeskTree,
  nClusters: number,
  key: string,
): number | null {
  const most = tree.ids.length;
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: -1,
    ArrowRight: -1,
    ArrowDown: 1,
    ArrowLeft: 1,
    PageUp: -10,
    PageDown: 10,
    Home: Infinity,
    End: -Infinity,
  };
  const step = steps[key];
  return step === undefined ? null : Math.min(Math.max(nClusters + step, fewest), most);
}
