import { meanKnown } from "../stats/mean_known.ts";
import { coherence } from "./coherence.ts";
import { correlationDistance } from "./distance.ts";
import type { MethodFit, WindowCorrelation } from "./fit_methods.ts";
import { type Partition, partition } from "./partition.ts";
import { silhouettes } from "./silhouette.ts";

/**
 * A fit with other clusters in place of its own, and with everything that follows from clusters
 * measured anew, in the same way as `fitMethods()` does.
 *
 * For a person's clusters: what comes after must be of them and not of the method's.
 *
 * NaN: as in {@link MethodFit}. Cost: O(n²).
 *
 * @param found Clusters of the same markets; a market that the window could not place stays without.
 * @param correlation Of the window that was fitted.
 * @throws {RangeError} If the markets differ, a market without known correlations is placed, or the
 * method is the seed plan's, whose distance is of other moves.
 */
export function replacedClusters(
  fit: MethodFit,
  found: Partition,
  { kept, held }: Pick<WindowCorrelation, "kept" | "held">,
): MethodFit {
  const { ids } = fit.partition;
  if (fit.method === "seed_ward") {
    throw new RangeError(
      "Cannot replace clusters as the method must be measured on held sides: got seed_ward",
    );
  }
  if (found.ids.length !== ids.length || found.ids.some((id, i) => id !== ids[i])) {
    throw new RangeError(
      `Cannot replace clusters as they must be of the ${ids.length} markets of the fit: got ${found.ids.length}`,
    );
  }
  const isKept = new Set(kept);
  const lost = found.cluster.findIndex((c, item) => c >= 0 && !isKept.has(item));
  if (lost >= 0) {
    throw new RangeError(
      `Cannot replace clusters as their members must have known correlations: got ${
        JSON.stringify(ids[lost])
      }`,
    );
  }
  const placed = partition(held.ids, Array.from(kept, (item) => found.cluster[item]!));
  const each = new Float64Array(ids.length).fill(NaN);
  if (placed.nClusters >= 2) {
    const values = silhouettes(correlationDistance(held, { form: "one_minus" }), placed);
    kept.forEach((item, k) => each[item] = values[k]!);
  }
  return {
    ...fit,
    partition: partition(ids, found.cluster),
    silhouette: meanKnown(each),
    silhouettes: each,
    within: coherence(held, placed).byCluster,
  };
}
