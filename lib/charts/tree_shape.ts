import type { Linkage } from "../cluster/linkage.ts";

/** Where the nodes of a tree stand on the page: leaves along it, heights across it. */
export interface TreeShape {
  readonly tree: Linkage;
  /** First edge of each node's leaves along the page; leaves 0 … n − 1, then the merges. */
  readonly start: Float64Array;
  /** Last edge of each node's leaves. */
  readonly end: Float64Array;
  /** Where the stem of each node stands: half-way between those of its two sides. */
  readonly middle: Float64Array;
  /** Height at which each node joins, 0 for leaves. */
  readonly height: Float64Array;
}

/** A point of a tree's line, in the units of its shape; NaN lifts the pen. */
export interface TreePoint {
  readonly height: number;
  readonly along: number;
}

const PEN_UP: TreePoint = { height: NaN, along: NaN };

/**
 * The places of leaves and merges for one order of the leaves.
 *
 * Cost: O(n).
 *
 * @param order Leaves from first to last along the page.
 * @param options.extent Room of each leaf along the page, 1 by default; folded leaves share a row.
 * @param options.centred Merges whose stem stands in the middle of all their leaves' room instead.
 * @throws {RangeError} If `order` does not hold each leaf once, or if branches would cross in it.
 */
export function treeShape(
  tree: Linkage,
  order: ArrayLike<number>,
  { extent, centred }: {
    readonly extent?: ArrayLike<number>;
    readonly centred?: ReadonlySet<number>;
  } = {},
): TreeShape {
  const n = tree.ids.length;
  const nNodes = Math.max(2 * n - 1, 0);
  const start = new Float64Array(nNodes), end = new Float64Array(nNodes);
  const middle = new Float64Array(nNodes), height = new Float64Array(nNodes);
  const rank = leafRanks(order, n);
  const first = new Int32Array(nNodes), last = new Int32Array(nNodes);
  let at = 0;
  for (let row = 0; row < n; ++row) {
    const leaf = order[row]!;
    first[leaf] = last[leaf] = rank[leaf]!;
    start[leaf] = at;
    at += extent?.[leaf] ?? 1;
    end[leaf] = at;
    middle[leaf] = (start[leaf]! + at) / 2;
  }
  for (let m = 0; m < n - 1; ++m) {
    const a = tree.left[m]!, b = tree.right[m]!, node = n + m;
    const [upper, lower] = first[a]! < first[b]! ? [a, b] : [b, a];
    if (last[upper]! + 1 !== first[lower]!) {
      throw new RangeError(
        `Cannot draw a tree as its order must keep the ${
          tree.size[m]
        } leaves of merge ${m} together: got others between them`,
      );
    }
    first[node] = first[upper]!;
    last[node] = last[lower]!;
    start[node] = start[upper]!;
    end[node] = end[lower]!;
    middle[node] = centred?.has(node)
      ? (start[node]! + end[node]!) / 2
      : (middle[upper]! + middle[lower]!) / 2;
    height[node] = tree.height[m]!;
  }
  return { tree, start, end, middle, height };
}

/** Place of each leaf in the order. */
function leafRanks(order: ArrayLike<number>, n: number): Int32Array {
  if (order.length !== n) {
    throw new RangeError(
      `Cannot draw a tree as its order must hold each of ${n} leaves once: got ${order.length}`,
    );
  }
  const rank = new Int32Array(n).fill(-1);
  for (let row = 0; row < n; ++row) {
    const leaf = order[row]!;
    if (rank[leaf] !== -1) {
      throw new RangeError(
        `Cannot draw a tree as its order must hold each of ${n} leaves once: got ${leaf} at place ${row}`,
      );
    }
    rank[leaf] = row;
  }
  return rank;
}

/**
 * The merges of `nodes` as one line: for each, from the one side up, across and down to the other.
 *
 * Merges at an infinite height are left out, so sides that share no known pair stay apart.
 *
 * @param nodes Nodes to draw; leaves among them give nothing.
 * @param options.hang How far a leaf hangs below its merge; down to 0 by default.
 */
export function treeLine(
  { tree, middle, height }: TreeShape,
  nodes: Iterable<number>,
  { hang = Infinity } = {},
): TreePoint[] {
  const n = tree.ids.length;
  const points: TreePoint[] = [];
  const foot = (node: number, top: number) => node < n ? Math.max(0, top - hang) : height[node]!;
  for (const node of nodes) {
    const top = height[node]!;
    if (node < n || !Number.isFinite(top)) continue;
    const a = tree.left[node - n]!, b = tree.right[node - n]!;
    if (points.length > 0) points.push(PEN_UP);
    points.push(
      { height: foot(a, top), along: middle[a]! },
      { height: top, along: middle[a]! },
      { height: top, along: middle[b]! },
      { height: foot(b, top), along: middle[b]! },
    );
  }
  return points;
}

/**
 * Folded branches as one outline: for each node a wedge from its stem to the leaves below it.
 *
 * @param options.share Part of a node's room along the page that its wedge takes; all by default.
 * @param options.foot Height at which a wedge ends; 0 by default.
 */
export function treeWedges(
  { start, end, middle, height }: TreeShape,
  nodes: Iterable<number>,
  { share = () => 1, foot = () => 0 }: {
    readonly share?: (node: number) => number;
    readonly foot?: (node: number) => number;
  } = {},
): TreePoint[] {
  const points: TreePoint[] = [];
  for (const node of nodes) {
    const half = (end[node]! - start[node]!) / 2, centre = start[node]! + half;
    const apex = Number.isFinite(height[node]!) ? height[node]! : 0;
    if (points.length > 0) points.push(PEN_UP);
    points.push(
      { height: apex, along: middle[node]! },
      { height: foot(node), along: centre - half * share(node) },
      { height: foot(node), along: centre + half * share(node) },
      { height: apex, along: middle[node]! },
    );
  }
  return points;
}

/**
 * The `count` highest merges at finite heights, and the nodes with leaves of their own below them
 * that these leave folded.
 */
export function topMerges(
  tree: Linkage,
  count: number,
): { readonly merges: number[]; readonly folded: number[] } {
  const n = tree.ids.length, nMerges = tree.height.length;
  const nFinite = nMerges + 1 - unjoinedParts(tree);
  const from = Math.max(nFinite - count, 0);
  const merges: number[] = [], folded: number[] = [];
  for (let m = from; m < nMerges; ++m) {
    if (m < nFinite) merges.push(n + m);
    for (const side of [tree.left[m]!, tree.right[m]!]) {
      if (side >= n && side < n + from) folded.push(side);
    }
  }
  return { merges, folded };
}

/** Height of the lowest merge below each node, itself included; Infinity for leaves. */
export function lowestMerges(tree: Linkage): Float64Array {
  const n = tree.ids.length;
  const lowest = new Float64Array(Math.max(2 * n - 1, 0)).fill(Infinity);
  tree.height.forEach((h, m) => {
    lowest[n + m] = Math.min(h, lowest[tree.left[m]!]!, lowest[tree.right[m]!]!);
  });
  return lowest;
}

/** Height of the last merge of sides that share a known pair; 1 where there is none above 0. */
export function topHeight({ height }: Linkage): number {
  let top = 0;
  for (const h of height) if (Number.isFinite(h)) top = Math.max(top, h);
  return top > 0 ? top : 1;
}

/** Number of parts of a tree that share no known pair with each other; 1 if all hangs together. */
export function unjoinedParts({ height }: Linkage): number {
  let parts = 1;
  for (const h of height) if (!Number.isFinite(h)) ++parts;
  return parts;
}
