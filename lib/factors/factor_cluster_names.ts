import type { ClusterProfile } from "./factor_cluster_profiles.ts";

/** Name of a cluster whose mean loadings are those of noise. */
export const NO_COMMON_FACTOR = "no common factor";

/** Factors that a name holds at most. */
const MOST = 3;

/**
 * A name for each cluster: the signs of its most certain mean loadings, "+SPY −^TNX".
 *
 * Only loadings beyond what clusters of shifted moves show are named, at most three, the largest |z|
 * first, ties by symbol; a cluster without any is "no common factor". Two clusters may share a name
 * and differ in size of loading.
 *
 * @param profiles From `clusterProfiles`.
 * @returns One a cluster, in the order of their numbers.
 */
export function clusterNames(profiles: readonly ClusterProfile[]): string[] {
  const nClusters = profiles.reduce((most, { cluster }) => Math.max(most, cluster + 1), 0);
  const byCluster = Map.groupBy(profiles, ({ cluster }) => cluster);
  return Array.from({ length: nClusters }, (_, cluster) => {
    const named = (byCluster.get(cluster) ?? []).filter((one) => one.isDistinguishable)
      .sort((a, b) => Math.abs(b.z) - Math.abs(a.z) || (a.symbol < b.symbol ? -1 : 1))
      .slice(0, MOST);
    return named.length === 0
      ? NO_COMMON_FACTOR
      : named.map(({ mean, symbol }) => `${mean > 0 ? "+" : "−"}${symbol}`).join(" ");
  });
}
