import type { Linkage } from "../cluster/linkage.ts";
import type { Partition } from "../cluster/partition.ts";
import type { TreeShape } from "./tree_shape.ts";

/** Marks a node whose leaves belong to several clusters. */
export const MIXED = -2;

/**
 * The cluster that all leaves below a node share: its number, −1 where none belongs to a cluster,
 * {@link MIXED} where they differ.
 *
 * Shape: 2n − 1, leaves and then merges. Cost: O(n).
 */
export function branchClusters(tree: Linkage, { cluster }: Partition): Int32Array {
  const n = tree.ids.length;
  const of = new Int32Array(Math.max(2 * n - 1, 0));
  of.set(cluster);
  for (let m = 0; m < n - 1; ++m) {
    const a = of[tree.left[m]!]!, b = of[tree.right[m]!]!;
    of[n + m] = a === b ? a : MIXED;
  }
  return of;
}

/**
 * The largest branches that hold one cluster only, in the order of the page; or, where these are
 * more than `most`, the `most` branches that the highest merges leave.
 *
 * A cluster cut from the tree is one branch; one of another method may be several.
 *
 * @param clusters From {@link branchClusters}.
 */
export function clusterBranches(
  { tree, start }: TreeShape,
  clusters: Int32Array,
  most = Infinity,
): number[] {
  const n = tree.ids.length;
  if (n === 0) return [];
  const branches = new Set([2 * n - 2]);
  for (let node = 2 * n - 2; node >= n && branches.size < most; --node) {
    if (clusters[node] !== MIXED || !branches.delete(node)) continue;
    branches.add(tree.left[node - n]!).add(tree.right[node - n]!);
  }
  return [...branches].sort((a, b) => start[a]! - start[b]!);
}

/** Neighbouring leaves of one cluster. */
export interface ClusterRun {
  /** Number of the cluster, −1 for leaves of none. */
  readonly cluster: number;
  /** First place of the run, and the place after its last. */
  readonly from: number;
  readonly to: number;
  /** Whether no other run of its cluster is longer, nor as long and earlier. */
  readonly isMain: boolean;
}

/** Runs of equal clusters along an order of the leaves. */
export function clusterRuns(order: ArrayLike<number>, { cluster }: Partition): ClusterRun[] {
  const runs: { cluster: number; from: number; to: number }[] = [];
  for (let row = 0; row < order.length; ++row) {
    const c = cluster[order[row]!]!;
    const run = runs.at(-1);
    if (run !== undefined && run.cluster === c && c >= 0) run.to = row + 1;
    else runs.push({ cluster: c, from: row, to: row + 1 });
  }
  const main = new Map<number, { from: number; to: number }>();
  for (const run of runs) {
    const best = main.get(run.cluster);
    if (best === undefined || run.to - run.from > best.to - best.from) main.set(run.cluster, run);
  }
  return runs.map((run) => ({ ...run, isMain: main.get(run.cluster) === run }));
}

/**
 * The tree of some of the leaves: merges of sides that both hold a chosen leaf, at their heights.
 *
 * Cost: O(n).
 *
 * @param leaves The chosen leaves, which become 0, 1, … in this order.
 */
export function subtree(tree: Linkage, leaves: ArrayLike<number>): Linkage {
  const n = tree.ids.length, count = leaves.length;
  const becomes = new Int32Array(Math.max(2 * n - 1, 0)).fill(-1);
  for (let k = 0; k < count; ++k) becomes[leaves[k]!] = k;
  const nMerges = Math.max(count - 1, 0);
  const left = new Int32Array(nMerges), right = new Int32Array(nMerges);
  const height = new Float64Array(nMerges), size = new Int32Array(nMerges);
  const leavesBelow = (node: number) => node < count ? 1 : size[node - count]!;
  let made = 0;
  for (let m = 0; m < n - 1; ++m) {
    const a = becomes[tree.left[m]!]!, b = becomes[tree.right[m]!]!;
    if (a < 0 || b < 0) {
      becomes[n + m] = Math.max(a, b);
      continue;
    }
    left[made] = Math.min(a, b);
    right[made] = Math.max(a, b);
    height[made] = tree.height[m]!;
    size[made] = leavesBelow(a) + leavesBelow(b);
    becomes[n + m] = count + made++;
  }
  return { ids: Array.from(leaves, (i) => tree.ids[i]!), left, right, height, size };
}
