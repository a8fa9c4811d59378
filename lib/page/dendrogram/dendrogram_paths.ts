import type { DeskTree } from "./dendrogram_tree.ts";

/** The drawn tree as pieces of SVG paths, from which any cut is put together by copying. */
export interface TreePaths {
  readonly desk: DeskTree;
  /** A piece a merge, in the order of the merges. */
  readonly byMerge: readonly string[];
  /** The same, ordered so that those of any branch stand together. */
  readonly byBranch: readonly string[];
  /** By node: where its branch's pieces begin in `byBranch`. */
  readonly from: Int32Array;
}

/** Up to here the stems of leaves reach down to 0; more of them would be one dark mass. */
const FEW_LEAVES = 60;

/**
 * Draws every merge: from one side up, across, and down to the other.
 *
 * Merges without a finite height give an empty piece, so their sides stay apart.
 *
 * Units: pixels, to two decimals. Cost: O(n).
 *
 * @param frame.width Room of all leaves. @param frame.y The place of a height.
 */
export function treePaths(
  desk: DeskTree,
  { width, y }: { readonly width: number; readonly y: (height: number) => number },
): TreePaths {
  const { tree, shape, size, top } = desk;
  const n = tree.ids.length;
  const hang = n > FEW_LEAVES ? top / 40 : Infinity;
  const x = Array.from(shape.middle, (along) => cut((along / n) * width));
  const byMerge = Array.from(tree.height, (height, m) => {
    if (!Number.isFinite(height)) return "";
    const foot = (node: number) =>
      cut(y(node < n ? Math.max(0, height - hang) : tree.height[node - n]!));
    const a = tree.left[m]!, b = tree.right[m]!;
    return `M${x[a]},${foot(a)}V${cut(y(height))}H${x[b]}V${foot(b)}`;
  });
  const from = new Int32Array(size.length);
  const byBranch = new Array<string>(Math.max(n - 1, 0)).fill("");
  for (let node = size.length - 1; node >= n; --node) {
    const a = tree.left[node - n]!, b = tree.right[node - n]!;
    from[a] = from[node]!;
    from[b] = from[node]! + size[a]! - 1;
    byBranch[from[node]! + size[node]! - 2] = byMerge[node - n]!;
  }
  return { desk, byMerge, byBranch, from };
}

/** The path of all merges of a branch; empty for a leaf. */
export function branchPath({ desk, byBranch, from }: TreePaths, node: number): string {
  return byBranch.slice(from[node]!, from[node]! + desk.size[node]! - 1).join("");
}

/**
 * The path of the merges between the clusters of a cut and the smaller ones that these were split into.
 *
 * @param nodes Of the cut. @param drawn Nodes that are drawn as branches of their own.
 */
export function splitPath(
  { desk: { tree }, byMerge }: TreePaths,
  nodes: readonly number[],
  drawn: ReadonlySet<number>,
): string {
  const n = tree.ids.length;
  const pieces: string[] = [];
  const open = nodes.filter((node) => !drawn.has(node));
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node < n || drawn.has(node)) continue;
    pieces.push(byMerge[node - n]!);
    open.push(tree.left[node - n]!, tree.right[node - n]!);
  }
  return pieces.join("");
}

/** The path of the merges above the cut with so many clusters. */
export function crownPath({ byMerge }: TreePaths, nClusters: number): string {
  return byMerge.slice(byMerge.length + 1 - nClusters).join("");
}

function cut(value: number): number {
  return Math.round(value * 100) / 100;
}
