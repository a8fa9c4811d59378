import { meanKnown } from "../stats/mean_known.ts";
import { cutByCount, cutHeight } from "./cut.ts";
import { cutSilhouettes } from "./cut_silhouettes.ts";
import { cutOffset, meanOver } from "./cut_stability.ts";
import { correlationDistance } from "./distance.ts";
import type { Linkage } from "./linkage.ts";
import type { WindowTree } from "./window_tree.ts";

/** What is known of every cut of a Ward tree; one value a cut, k = 2 … n − 1. */
export interface CutStudy {
  /** Numbers of clusters, rising by one. */
  readonly k: Int32Array;
  /** Height at which the cut is drawn. */
  readonly height: Float64Array;
  /** Mean silhouette over the leaves. */
  readonly silhouette: Float64Array;
  /** Mean over the clusters of their stability; NaN beyond {@link studiedCuts}. */
  readonly stability: Float64Array;
  /** The same in shifted panels, mean over the shifts; NaN beyond {@link studiedCuts}. */
  readonly nullStability: Float64Array;
  /** Clusters of the cuts up to {@link studiedCuts}, cut by cut. */
  readonly clusters: CutClusters;
}

/** One value for each cluster of each cut, as `cutByCount()` numbers them within a cut. */
export interface CutClusters {
  readonly k: Int32Array;
  /** Node of the tree: a leaf, or n + the number of the merge that made it. */
  readonly node: Int32Array;
  /** Leaves below the node. */
  readonly size: Int32Array;
  /** Mean silhouette of the members. */
  readonly silhouette: Float64Array;
  /** Mean Jaccard index with the best match in resampled panels; NaN unknown. */
  readonly stability: Float64Array;
}

/** Beyond so many clusters nobody reads a cut cluster by cluster. */
const MOST_STUDIED = 60;

/**
 * Most clusters of a cut that is studied cluster by cluster: 60, or one less than there are leaves; 1,
 * which is no cut, for a tree of two leaves or fewer.
 */
export function studiedCuts(tree: Linkage): number {
  return Math.max(Math.min(MOST_STUDIED, tree.ids.length - 1), 1);
}

/**
 * Every cut of a window's Ward tree with its height, silhouette and stability.
 *
 * Silhouettes are on 1 − ρ of the held sides, the distance of every method's, so that they are those of
 * `countCurve()`. A tree of fewer than three leaves has no cut.
 *
 * Cost: O(n²) in practice, 8 n² bytes.
 *
 * @param evidence.jaccards One list a resampling, as `resampledCuts()` gives them up to
 * {@link studiedCuts}. @param evidence.shifted One list a shift, as `shiftedCuts()` gives them.
 * @throws {RangeError} If a list is of another number of cuts.
 */
export function cutStudy(
  { tree, correlation }: Pick<WindowTree, "tree" | "correlation">,
  { jaccards, shifted }: {
    readonly jaccards: readonly Float64Array[];
    readonly shifted: readonly Float64Array[];
  },
): CutStudy {
  const n = tree.ids.length, most = studiedCuts(tree);
  requireLength(jaccards, cutOffset(most + 1));
  requireLength(shifted, most - 1);
  const plain = correlationDistance(correlation.held, { form: "one_minus" });
  const { mean, byCluster } = cutSilhouettes(plain, tree, { detailed: most });
  const known = meanOver(jaccards), nulls = meanOver(shifted);
  const of = (list: Float64Array, at: number) => list[at] ?? NaN;
  const k = Int32Array.from({ length: Math.max(n - 2, 0) }, (_, at) => at + 2);
  const studied = k.filter((count) => count <= most);
  const clusters = Array.from(studied, (count) => {
    const nodes = cutNodes(tree, count);
    return Array.from(nodes, (node, c) => ({ k: count, node, c }));
  }).flat();
  return {
    k,
    height: Float64Array.from(k, (count) => cutHeight(tree, count)),
    silhouette: mean,
    stability: Float64Array.from(
      k,
      (count) =>
        count > most ? NaN : meanKnown(known.subarray(cutOffset(count), cutOffset(count + 1))),
    ),
    nullStability: Float64Array.from(k, (_, at) => of(nulls, at)),
    clusters: {
      k: Int32Array.from(clusters, (one) => one.k),
      node: Int32Array.from(clusters, (one) => one.node),
      size: Int32Array.from(clusters, ({ node }) => node < n ? 1 : tree.size[node - n]!),
      silhouette: Float64Array.from(clusters, (one) => byCluster[one.k - 2]![one.c]!),
      stability: Float64Array.from(clusters, (one) => of(known, cutOffset(one.k) + one.c)),
    },
  };
}

/**
 * The node that each cluster of a cut is, clusters as `cutByCount()` numbers them.
 *
 * Cost: O(n).
 *
 * @throws {RangeError} As `cutByCount()`.
 */
export function cutNodes(tree: Linkage, nClusters: number): Int32Array {
  const { ids, left, right } = tree, n = ids.length, nMerges = n - nClusters;
  const { cluster } = cutByCount(tree, nClusters);
  const leafBelow = Int32Array.from({ length: n + nMerges }, (_, node) => node);
  const isJoined = new Uint8Array(n + nMerges);
  for (let m = 0; m < nMerges; ++m) {
    leafBelow[n + m] = leafBelow[left[m]!]!;
    isJoined[left[m]!] = isJoined[right[m]!] = 1;
  }
  const nodes = new Int32Array(nClusters);
  isJoined.forEach((joined, node) => {
    if (joined === 0) nodes[cluster[leafBelow[node]!]!] = node;
  });
  return nodes;
}

function requireLength(lists: readonly Float64Array[], length: number): void {
  const other = lists.find((list) => list.length !== length);
  if (other !== undefined) {
    throw new RangeError(
      `Cannot study cuts as each list must have ${length} values: got ${other.length}`,
    );
  }
}
