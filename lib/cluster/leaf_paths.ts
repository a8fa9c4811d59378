import type { Linkage } from "./linkage.ts";
import type { TreeOrder } from "./tree_walk.ts";

/** What the shortest layouts of a tree are made of; leaves are named by their place on the tree. */
export interface LeafPaths {
  /** Where each node's stretch of places begins. */
  readonly start: Int32Array;
  /** Distances between places, an n × n square. */
  readonly near: Float64Array;
  /**
   * For two places the length of the shortest layout of the smallest cluster that holds both, with
   * these two at its ends; an n × n square.
   */
  readonly shortest: Float64Array;
}

/** A stretch of places [from, to), split between two children at `split`. */
interface Stretch {
  readonly from: number;
  readonly split: number;
  readonly to: number;
}

/**
 * Lengths of the shortest layouts of every cluster for every pair of ends.
 *
 * Cost: O(n³) time for a balanced tree; the loops run along rows.
 * Source: Bar-Joseph, Gifford & Jaakkola 2001, section 3, with the minimum over both inner ends
 * taken one end at a time.
 */
export function leafPaths(tree: Linkage, start: TreeOrder["start"], near: Float64Array): LeafPaths {
  const n = tree.ids.length;
  const shortest = new Float64Array(n * n);
  const reach = new Float64Array(n), ends = new Float64Array(n);
  for (let m = 0; m < n - 1; ++m) {
    const a = stretchOf(tree, start, tree.left[m]!), b = stretchOf(tree, start, tree.right[m]!);
    for (let i = a.from; i < a.to; ++i) {
      // from end i of the left side over its other end k to the right side's first place l
      reach.fill(Infinity, b.from, b.to);
      const inner = otherEnds(a, i);
      for (let k = inner.from; k < inner.to; ++k) {
        const before = shortest[i * n + k]!, row = k * n;
        for (let l = b.from; l < b.to; ++l) {
          const path = before + near[row + l]!;
          if (path < reach[l]!) reach[l] = path;
        }
      }
      // and on to the right side's end j
      ends.fill(Infinity, b.from, b.to);
      for (let l = b.from; l < b.to; ++l) {
        const outer = otherEnds(b, l), before = reach[l]!, row = l * n;
        for (let j = outer.from; j < outer.to; ++j) {
          const path = before + shortest[row + j]!;
          if (path < ends[j]!) ends[j] = path;
        }
      }
      for (let j = b.from; j < b.to; ++j) shortest[i * n + j] = shortest[j * n + i] = ends[j]!;
    }
  }
  return { start, near, shortest };
}

/** The places in the order of a shortest layout of the whole tree. */
export function shortestLayout(tree: Linkage, paths: LeafPaths): Int32Array {
  const n = tree.ids.length;
  const { start, near, shortest } = paths;
  const layout = new Int32Array(n);
  const root = stretchOf(tree, start, 2 * n - 2);
  let ends = { i: 0, j: 0 }, least = Infinity;
  for (let i = root.from; i < root.split; ++i) {
    for (let j = root.split; j < root.to; ++j) {
      if (shortest[i * n + j]! >= least) continue;
      least = shortest[i * n + j]!;
      ends = { i, j };
    }
  }
  const open = [{ node: 2 * n - 2, at: 0, ...ends }];
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    const { node, at, i, j } = task;
    if (node < n) {
      layout[at] = i;
      continue;
    }
    const left = tree.left[node - n]!, right = tree.right[node - n]!;
    const isLeftFirst = i < stretchOf(tree, start, node).split;
    const first = isLeftFirst ? left : right, second = isLeftFirst ? right : left;
    const a = stretchOf(tree, start, first), b = stretchOf(tree, start, second);
    const ka = otherEnds(a, i), lb = otherEnds(b, j);
    let join = { k: i, l: j }, shortestJoin = Infinity;
    for (let k = ka.from; k < ka.to; ++k) {
      for (let l = lb.from; l < lb.to; ++l) {
        const path = shortest[i * n + k]! + near[k * n + l]! + shortest[l * n + j]!;
        if (path >= shortestJoin) continue;
        shortestJoin = path;
        join = { k, l };
      }
    }
    open.push({ node: first, at, i, j: join.k });
    open.push({ node: second, at: at + a.to - a.from, i: join.l, j });
  }
  return layout;
}

function stretchOf({ ids, left, size }: Linkage, start: Int32Array, node: number): Stretch {
  const n = ids.length, from = start[node]!;
  if (node < n) return { from, split: from, to: from + 1 };
  const child = left[node - n]!;
  return {
    from,
    split: from + (child < n ? 1 : size[child - n]!),
    to: from + size[node - n]!,
  };
}

/** Where a layout of the stretch that ends at `place` may begin: on the other side of its split. */
function otherEnds({ from, split, to }: Stretch, place: number): { from: number; to: number } {
  return place < split ? { from: split, to } : { from, to: split === from ? to : split };
}
