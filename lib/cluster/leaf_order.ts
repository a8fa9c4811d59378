import { pairAt, type PairMatrix } from "../core/pair_matrix.ts";
import { leafPaths, shortestLayout } from "./leaf_paths.ts";
import type { Linkage } from "./linkage.ts";
import { leavesInTreeOrder } from "./tree_walk.ts";

/** Leaves of a tree side by side, every cluster together. */
export interface LeafOrder {
  readonly order: Int32Array;
  /** Sum of the distances between neighbours, unknown ones by their stand-in. */
  readonly length: number;
  /** Whether no other order that the tree allows is shorter. */
  readonly optimal: boolean;
}

/**
 * The order of leaves with the least sum of distances between neighbours, out of the 2^(n − 1)
 * orders that the tree allows.
 *
 * An unknown or infinite distance stands as the largest known one. Trees of more than `maxLeaves`
 * leaves get `leafOrder()` and say `optimal: false`. The order begins with the smaller of its two
 * end leaves.
 *
 * Units: `length` is of the distance. NaN: as said above.
 * Cost: O(n³) time for a balanced tree, less for others; O(n²) memory.
 * Source: Bar-Joseph, Gifford & Jaakkola 2001.
 *
 * @param options.maxLeaves Most leaves that are ordered optimally; 1,200 by default.
 * @throws {RangeError} If tree and distances are not of equally many items, or maxLeaves is negative
 * or NaN.
 */
export function optimalLeafOrder(
  tree: Linkage,
  distance: PairMatrix,
  { maxLeaves = 1200 }: { readonly maxLeaves?: number } = {},
): LeafOrder {
  requireFit(tree, distance);
  if (!(maxLeaves >= 0)) {
    throw new RangeError(`Cannot order leaves as maxLeaves must be >= 0: got ${maxLeaves}`);
  }
  const n = tree.ids.length;
  if (n > maxLeaves) return leafOrder(tree, distance);
  if (n === 1) return { order: Int32Array.of(0), length: 0, optimal: true };
  const { leaves, start } = leavesInTreeOrder(tree);
  const far = largestKnown(distance);
  const near = new Float64Array(n * n);
  for (let a = 0; a < n; ++a) {
    for (let b = a + 1; b < n; ++b) {
      const d = pairAt(distance, leaves[a]!, leaves[b]!);
      near[a * n + b] = near[b * n + a] = d < Infinity ? d : far;
    }
  }
  const places = shortestLayout(tree, leafPaths(tree, start, near));
  const order = places.map((place) => leaves[place]!);
  if (order[0]! > order[n - 1]!) order.reverse();
  return { order, length: orderLength(order, distance, far), optimal: true };
}

/**
 * A good order of leaves in little time: going up the tree, the two sides of each merge are turned
 * so that the nearest two of their ends meet.
 *
 * Units, NaN: as `optimalLeafOrder()`. Cost: O(n²), for the largest known distance and no more.
 * Source: Gruvaeus & Wainer 1972.
 *
 * @throws {RangeError} If tree and distances are not of equally many items.
 */
export function leafOrder(tree: Linkage, distance: PairMatrix): LeafOrder {
  requireFit(tree, distance);
  const { ids, left, right } = tree;
  const n = ids.length;
  const far = largestKnown(distance);
  const gap = (i: number, j: number) => {
    const d = pairAt(distance, i, j);
    return d < Infinity ? d : far;
  };
  const first = Int32Array.from({ length: 2 * n - 1 }, (_, node) => node), last = first.slice();
  const turnLeft = new Uint8Array(n), turnRight = new Uint8Array(n);
  for (let m = 0; m < n - 1; ++m) {
    const a = left[m]!, b = right[m]!;
    let least = Infinity;
    for (const turnA of [0, 1]) {
      for (const turnB of [0, 1]) {
        const d = gap(turnA ? first[a]! : last[a]!, turnB ? last[b]! : first[b]!);
        if (d >= least) continue;
        least = d;
        turnLeft[m] = turnA;
        turnRight[m] = turnB;
      }
    }
    first[n + m] = turnLeft[m] ? last[a]! : first[a]!;
    last[n + m] = turnRight[m] ? first[b]! : last[b]!;
  }
  const order = new Int32Array(n);
  const open: { readonly node: number; readonly turned: boolean }[] = [
    { node: 2 * n - 2, turned: false },
  ];
  for (let at = 0; at < n;) {
    const { node, turned } = open.pop()!;
    const m = node - n;
    if (m < 0) {
      order[at++] = node;
      continue;
    }
    const a = { node: left[m]!, turned: (turnLeft[m] === 1) !== turned };
    const b = { node: right[m]!, turned: (turnRight[m] === 1) !== turned };
    open.push(...(turned ? [a, b] : [b, a]));
  }
  if (order[0]! > order[n - 1]!) order.reverse();
  return { order, length: orderLength(order, distance, far), optimal: n <= 2 };
}

/** Sum of the distances between neighbours in an order. */
function orderLength(order: Int32Array, distance: PairMatrix, far: number): number {
  let length = 0;
  for (let at = 1; at < order.length; ++at) {
    const d = pairAt(distance, order[at - 1]!, order[at]!);
    length += d < Infinity ? d : far;
  }
  return length;
}

function largestKnown({ values }: PairMatrix): number {
  let largest = 0;
  for (const d of values) if (d > largest && d < Infinity) largest = d;
  return largest;
}

function requireFit({ ids }: Linkage, distance: PairMatrix): void {
  if (ids.length !== distance.ids.length) {
    throw new RangeError(
      `Cannot order leaves as there must be a distance for each of ${ids.length}: got ${distance.ids.length}`,
    );
  }
}
