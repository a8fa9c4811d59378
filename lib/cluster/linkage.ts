import type { PairMatrix } from "../core/pair_matrix.ts";
import { nearestNeighbourChain } from "./linkage_chain.ts";
import { greedyMerges } from "./linkage_greedy.ts";
import {
  joinAverage,
  joinComplete,
  joinWard,
  knownAverage,
  type LinkageRule,
} from "./linkage_rules.ts";
import { emptyMerges, type LinkageWork, linkageWork, type Merges } from "./linkage_work.ts";
import { spanningTree } from "./spanning_tree.ts";

/**
 * A binary tree over items. Leaves are the nodes 0 … n − 1 in the order of `ids`; merge m makes the
 * node n + m out of the nodes `left[m]` < `right[m]`, as scipy numbers them.
 */
export interface Linkage {
  /** Names of the leaves. */
  readonly ids: readonly string[];
  /** n − 1 nodes each. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Never falling; Infinity where the two sides share no known pair. */
  readonly height: Float64Array;
  /** Leaves below each merge. */
  readonly size: Int32Array;
}

/** What the distance between two clusters is. */
export type LinkageMethod = "ward" | "average" | "complete" | "single";

/** Ward squares distances; beyond this a square could overflow. */
const LARGEST_WARD = 1e150;

/** Distances that the chain reads to find all neighbours, in n²: about three rows a merge. */
const CHAIN_READS = 1.5;

/**
 * Hierarchical clustering: joins the nearest two clusters until one is left.
 *
 * The distance between clusters is the mean (`average`), largest (`complete`) or smallest
 * (`single`) distance between their items, or the growth of the sum of squares (`ward`, which
 * assumes Euclidean distances). Over full matrices all four equal scipy's `linkage`.
 *
 * An unknown distance is never taken for a number. `average`, `complete` and `single` look at the
 * known pairs only; in Ward's recurrence an unknown distance takes the known one's value. Clusters
 * without any known pair join last, at height Infinity. Equal distances are decided by the order of
 * the items and by nothing else.
 *
 * ```ts
 * import { pairMatrix } from "lib/core/pair_matrix.ts";
 * import { linkage } from "lib/cluster/linkage.ts";
 *
 * const distance = pairMatrix(["a", "b", "c"], Float64Array.of(1, 4, 6));
 * const tree = linkage(distance, { method: "average" });
 * console.assert(tree.height.join() === "1,5");
 * ```
 *
 * Shape: n items → n − 1 merges. Units: of the distance. NaN: an unknown pair.
 * Cost: O(n²) time; a copy of the distances except for `single`, and as much again where
 * `average` must count known pairs. With unknown pairs `ward` is O(n²) in practice, not at worst.
 * Source: Müllner 2011; Lance & Williams 1967; Prim 1957 for `single`.
 *
 * @throws {RangeError} If there is no item, or a distance is negative, infinite or, for Ward, above
 * 1e150.
 */
export function linkage(
  distance: PairMatrix,
  { method }: { readonly method: LinkageMethod },
): Linkage {
  if (distance.ids.length === 0) {
    throw new RangeError("Cannot link items as there must be at least one: got none");
  }
  return treeOf(distance.ids, mergesOf(distance, method));
}

function mergesOf(distance: PairMatrix, method: LinkageMethod): Merges {
  switch (method) {
    case "ward": {
      const masked = requireDistances(distance, LARGEST_WARD);
      const work = linkageWork(distance, { squared: true });
      const { x, y, height } = agglomerate(work, { join: joinWard, ordered: masked });
      return { x, y, height: height.map(Math.sqrt) };
    }
    case "average": {
      const masked = requireDistances(distance, Number.MAX_VALUE);
      const join = masked ? knownAverage(distance) : joinAverage;
      return agglomerate(linkageWork(distance, { squared: false }), { join, ordered: false });
    }
    case "complete": {
      requireDistances(distance, Number.MAX_VALUE);
      const work = linkageWork(distance, { squared: false });
      return agglomerate(work, { join: joinComplete, ordered: false });
    }
    case "single":
      requireDistances(distance, Number.MAX_VALUE);
      return spanningTree(distance);
    default:
      throw new RangeError(
        `Cannot link items as method must be "ward", "average", "complete" or "single": got ${
          JSON.stringify(method)
        }`,
      );
  }
}

/**
 * Joins all clusters: nearest pair first as long as that is cheap, then along the chain.
 *
 * @param options.ordered Whether distances depend on the order of the merges, so that the chain,
 * which merges in another order, may not be used.
 */
function agglomerate(
  work: LinkageWork,
  { join, ordered }: { readonly join: LinkageRule; readonly ordered: boolean },
): Merges {
  const n = work.size.length;
  const merges = emptyMerges(n);
  const maxReads = ordered ? Infinity : CHAIN_READS * n * n;
  const nMade = greedyMerges(work, merges, { join, maxReads });
  nearestNeighbourChain(work, merges, { join, nMade });
  return merges;
}

/** Checks every distance; tells whether some are unknown. */
function requireDistances({ ids, values }: PairMatrix, largest: number): boolean {
  let masked = false;
  for (let at = 0; at < values.length; ++at) {
    const d = values[at]!;
    if (d >= 0 && d <= largest) continue;
    if (d === d) {
      const [i, j] = itemsOf(at, ids.length);
      throw new RangeError(
        `Cannot link items as distances must be NaN or in [0, ${largest}]: got ${d} for ` +
          `${JSON.stringify(ids[i])} and ${JSON.stringify(ids[j])}`,
      );
    }
    masked = true;
  }
  return masked;
}

/** The two items of a place in the condensed matrix. */
function itemsOf(at: number, n: number): readonly [number, number] {
  let i = 0, left = at;
  for (; left >= n - i - 1; ++i) left -= n - i - 1;
  return [i, i + 1 + left];
}

/** Sorts merges by height and numbers their nodes. */
function treeOf(ids: readonly string[], merges: Merges): Linkage {
  const n = ids.length;
  const order = Int32Array.from({ length: n - 1 }, (_, m) => m).sort((a, b) =>
    // two infinite heights give NaN, then the order of the merges counts as for equal ones
    merges.height[a]! - merges.height[b]! || a - b
  );
  const left = new Int32Array(n - 1), right = new Int32Array(n - 1), size = new Int32Array(n - 1);
  const parent = Int32Array.from({ length: 2 * n - 1 }, (_, node) => node);
  order.forEach((merge, m) => {
    const a = rootOf(parent, merges.x[merge]!), b = rootOf(parent, merges.y[merge]!);
    left[m] = Math.min(a, b);
    right[m] = Math.max(a, b);
    parent[a] = parent[b] = n + m;
    size[m] = (a < n ? 1 : size[a - n]!) + (b < n ? 1 : size[b - n]!);
  });
  return { ids, left, right, height: Float64Array.from(order, (m) => merges.height[m]!), size };
}

/** The node a node now belongs to; halves the path on the way. */
function rootOf(parent: Int32Array, node: number): number {
  let at = node;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}
