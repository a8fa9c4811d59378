import { fewestClusters } from "../../cluster/cut.ts";
import type { Linkage } from "../../cluster/linkage.ts";
import { topHeight, type TreeShape, treeShape } from "../../charts/tree_shape.ts";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import { nodeHues } from "./dendrogram_hues.ts";

/** A tree as the desk works with it. Nodes are leaves 0 … n − 1, then the merges. */
export interface DeskTree {
  readonly tree: Linkage;
  readonly shape: TreeShape;
  /** Leaves from first to last along the page. */
  readonly order: readonly number[];
  /** By node: the place of its first leaf in `order`, and its number of leaves. */
  readonly first: Int32Array;
  readonly size: Int32Array;
  /** By node: its colour among the palette's, the same at every cut. */
  readonly hue: Uint8Array;
  /** Fewest clusters of a cut. */
  readonly fewest: number;
  /** Height of the last merge of sides that share a known pair. */
  readonly top: number;
  readonly leafOf: ReadonlyMap<string, number>;
  /** Node by its first place and its number of leaves. */
  readonly nodeAt: ReadonlyMap<number, number>;
}

/**
 * The tree of a view. Cost: O(n).
 *
 * @throws {RangeError} If the order of the leaves does not fit the tree.
 */
export function deskTree(
  view: Pick<DendrogramView, "marketIds" | "left" | "right" | "height" | "order">,
): DeskTree {
  const n = view.marketIds.length;
  const size = new Int32Array(Math.max(2 * n - 1, 0)).fill(1);
  view.left.forEach((a, m) => size[n + m] = size[a]! + size[view.right[m]!]!);
  const tree: Linkage = {
    ids: view.marketIds,
    left: Int32Array.from(view.left),
    right: Int32Array.from(view.right),
    height: Float64Array.from(view.height, (h) => h ?? Infinity),
    size: size.slice(n),
  };
  const shape = treeShape(tree, view.order);
  const first = Int32Array.from(shape.start);
  const nodeAt = new Map<number, number>();
  for (let node = 0; node < size.length; ++node) {
    nodeAt.set(spot(first[node]!, size[node]!, n), node);
  }
  return {
    ...{ tree, shape, order: view.order, first, size },
    hue: nodeHues(tree, { first, size }),
    fewest: fewestClusters(tree),
    top: topHeight(tree),
    leafOf: new Map(view.marketIds.map((id, leaf) => [id, leaf])),
    nodeAt,
  };
}

/** Leaves below a node, in the order of the page. */
export function leavesBelow({ order, first, size }: DeskTree, node: number): readonly number[] {
  return order.slice(first[node]!, first[node]! + size[node]!);
}

/** Leaves below several nodes. */
export function leavesOf(desk: DeskTree, nodes: readonly number[]): readonly number[] {
  return nodes.flatMap((node) => leavesBelow(desk, node));
}

/**
 * The fewest nodes that cover a set of contracts and nothing else, along the page.
 *
 * @returns `null` where a contract is not in the tree, or there is none. Cost: O(members · depth).
 */
export function nodesOf(desk: DeskTree, marketIds: readonly string[]): readonly number[] | null {
  const n = desk.tree.ids.length;
  const places: number[] = [];
  for (const id of new Set(marketIds)) {
    const leaf = desk.leafOf.get(id);
    if (leaf === undefined) return null;
    places.push(desk.first[leaf]!);
  }
  if (places.length === 0) return null;
  places.sort((a, b) => a - b);
  const last = places.at(-1)!;
  const whole = last - places[0]! + 1 === places.length
    ? desk.nodeAt.get(spot(places[0]!, places.length, n))
    : undefined;
  if (whole !== undefined) return [whole];
  const inside = new Uint8Array(n);
  for (const place of places) inside[place] = 1;
  return coverOf(desk, inside);
}

/** The largest nodes all of whose leaves are marked. */
function coverOf({ tree, first, size }: DeskTree, inside: Uint8Array): number[] {
  const n = tree.ids.length;
  const isWhole = new Uint8Array(size.length), isPart = new Uint8Array(size.length);
  const found: number[] = [];
  for (let node = 0; node < size.length; ++node) {
    const a = tree.left[node - n]!, b = tree.right[node - n]!;
    isWhole[node] = node < n ? inside[first[node]!]! : isWhole[a]! & isWhole[b]!;
    if (node >= n && isWhole[node] === 1) isPart[a] = isPart[b] = 1;
  }
  for (let node = 0; node < size.length; ++node) {
    if (isWhole[node] === 1 && isPart[node] === 0) found.push(node);
  }
  return found.sort((a, b) => first[a]! - first[b]!);
}

function spot(first: number, size: number, n: number): number {
  return first * (n + 1) + size;
}
