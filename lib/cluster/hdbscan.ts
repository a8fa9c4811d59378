import type { PairMatrix } from "../core/pair_matrix.ts";
import { coreDistances, requireDistances } from "./core_distances.ts";
import { chosenClusters, condensedTree } from "./hdbscan_tree.ts";
import { linkage } from "./linkage.ts";
import { type Partition, partition } from "./partition.ts";

/** Clusters that last over a range of densities. */
export interface Hdbscan {
  /** −1 is noise. */
  readonly partition: Partition;
  /** How deep each item lies in its cluster, in [0, 1]; 0 for noise and beside coinciding items. */
  readonly probabilities: Float64Array;
  /** Stability of each cluster: Σ over its items of the density range that it holds them. */
  readonly stability: Float64Array;
}

/**
 * HDBSCAN: DBSCAN at every radius at once, with those clusters that last longest.
 *
 * It needs no radius and leaves items that belong nowhere as noise. All items together are never
 * one cluster, so data without parts give no cluster at all.
 *
 * Units: stability in inverses of the distance. NaN: an unknown pair counts as infinitely far; parts
 * without a known pair between them separate at density 0.
 * Cost: O(n²) time, one copy of the distances.
 * Source: Campello, Moulavi & Sander, PAKDD 2013; probabilities as in scikit-learn, whose labels
 * and probabilities ours equal where no distances tie.
 *
 * @param options.minClusterSize Fewest items of a cluster, >= 2.
 * @param options.minSamples Items that make a place dense, the item itself counted;
 * `minClusterSize` by default.
 * @throws {RangeError} If an option is out of range or a distance is negative or infinite.
 */
export function hdbscan(
  distance: PairMatrix,
  { minClusterSize, minSamples = minClusterSize }: { minClusterSize: number; minSamples?: number },
): Hdbscan {
  if (!(Number.isInteger(minClusterSize) && minClusterSize >= 2)) {
    throw new RangeError(
      `Cannot run HDBSCAN as minClusterSize must be a whole number >= 2: got ${minClusterSize}`,
    );
  }
  requireDistances(distance);
  const { ids } = distance, n = ids.length;
  const reachability = mutualReachability(distance, coreDistances(distance, minSamples));
  if (n < 2) {
    return {
      partition: partition(ids, new Int32Array(n).fill(-1)),
      probabilities: new Float64Array(n),
      stability: new Float64Array(0),
    };
  }
  const tree = condensedTree(linkage(reachability, { method: "single" }), minClusterSize);
  const chosen = chosenClusters(tree);
  const labels = tree.itemCluster.map((cluster) => chosen[cluster]!);
  const found = partition(ids, labels);
  const stability = new Float64Array(found.nClusters);
  labels.forEach((label, i) => {
    if (label >= 0) stability[found.cluster[i]!] = tree.stability[label]!;
  });
  const probabilities = Float64Array.from(labels, (label, i) => {
    if (label < 0) return 0;
    const lambda = tree.itemLambda[i]!, death = tree.death[label]!;
    return lambda >= death ? 1 : lambda / death;
  });
  return { partition: found, probabilities, stability };
}

/** The radius at which two items are dense and within reach; NaN where there is none. */
function mutualReachability({ ids, values }: PairMatrix, core: Float64Array): PairMatrix {
  const n = ids.length;
  const reach = new Float64Array(values.length);
  for (let i = 0, at = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j, ++at) {
      const radius = Math.max(values[at]!, core[i]!, core[j]!);
      reach[at] = radius === Infinity ? NaN : radius;
    }
  }
  return { ids, values: reach };
}
