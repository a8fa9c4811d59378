import type { NamedFit } from "./cluster_tables.ts";
import { cutHeight } from "./cut.ts";
import type { Linkage } from "./linkage.ts";
import type { Partition } from "./partition.ts";

/** A tree with its clusters, as charts take it. */
export interface ClusteredTree {
  readonly tree: Linkage;
  /** Leaves top to bottom. */
  readonly order: ArrayLike<number>;
  /** Clusters of the same leaves. */
  readonly clusters: Partition;
  /** Height at which the tree was cut; NaN or Infinity where no line is to be drawn. */
  readonly cutHeight: number;
  /** Name of each cluster. */
  readonly labels: readonly string[];
  /** Mean bootstrap Jaccard index of each cluster; NaN unknown. */
  readonly stability: ArrayLike<number>;
  /** Title of each leaf. */
  readonly titles: readonly string[];
}

/**
 * The clusters of a fit put onto the leaves of its tree.
 *
 * The tree lacks the markets that could not be placed; the numbers of the clusters stay. The cut is
 * at the height where the tree has as many clusters; a tree that is not cut anywhere has none (NaN).
 *
 * @param named Clusters cut from this tree.
 * @param shown.kept For each leaf its market in the fit.
 * @param shown.titles For each leaf its title.
 * @param shown.nCut Clusters that the tree was cut into, before a person merged or split any.
 */
export function treeView(
  named: Pick<NamedFit, "fit" | "labels" | "stability">,
  shown: {
    readonly tree: Linkage;
    readonly order: ArrayLike<number>;
    readonly kept: ArrayLike<number>;
    readonly titles: readonly string[];
    readonly nCut?: number;
  },
): ClusteredTree {
  const { tree, order, kept, titles } = shown;
  const { cluster, nClusters } = named.fit.partition;
  const nCut = shown.nCut ?? nClusters;
  return {
    tree,
    order,
    clusters: {
      ids: tree.ids,
      cluster: Int32Array.from(kept, (item) => cluster[item]!),
      nClusters,
    },
    cutHeight: nCut > 1 && nCut < tree.ids.length ? cutHeight(tree, nCut) : NaN,
    labels: named.labels,
    stability: named.stability,
    titles,
  };
}
