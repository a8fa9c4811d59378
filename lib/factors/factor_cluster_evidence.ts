import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import type { FactorClusterFit, FactorClusterMethod } from "./factor_clusters.ts";

/** What of a fit is held against the same method on shifted moves; small enough to keep for each shift. */
export type FactorClusterMeasures = Pick<
  FactorClusterFit,
  "method" | "silhouette" | "largestShare" | "largestDistance" | "strongestProfile"
>;

/** A method's clusters beside what the same method makes of shifted moves. */
export interface FactorClusterEvidence {
  readonly method: FactorClusterMethod;
  /** Clusters found. */
  readonly k: number;
  /** Contracts in a cluster, and those that were to be divided. */
  readonly n: number;
  readonly nContracts: number;
  readonly silhouette: number;
  /** 5th, 50th and 95th percentile of the silhouettes of shifted moves. */
  readonly nullLow: number;
  readonly nullMid: number;
  readonly nullHigh: number;
  /** Share of the shifts with a lower silhouette, ties counted half. */
  readonly nullPercentile: number;
  readonly nShifts: number;
  /** Share of the contracts in the largest cluster, and the median of that over the shifts. */
  readonly largestShare: number;
  readonly nullLargestShare: number;
  /** Distance of the largest cluster's contracts from 0, in errors, beside that of the shifts. */
  readonly largestDistance: number;
  readonly nullDistanceLow: number;
  readonly nullDistanceMid: number;
  readonly nullDistanceHigh: number;
  readonly distancePercentile: number;
  /** Mean adjusted Rand index with fits that differ in the seed alone; NaN not measured. */
  readonly seedAri: number;
  /** Mean over clusters of their Jaccard index when events are drawn anew; NaN not measured. */
  readonly jaccard: number;
}

/**
 * Each method's clusters against clusters of shifted moves.
 *
 * Unequal errors alone make one large cluster and a few far ones with a high silhouette, so a
 * silhouette means nothing but its place among those of shifted moves, which are measured as badly.
 * A shift whose loadings leave one cluster separates nothing and counts as a silhouette of 0.
 *
 * NaN: a method that found fewer than two clusters has no silhouette and no percentile; without a contract
 * to divide it has no null either.
 *
 * @param fits From `factorClusters` on the contracts' loadings.
 * @param shifted For each shift the same methods on the shifted moves, with the prior of the real ones.
 * @param stability Mean adjusted Rand and Jaccard indices by method, from `factorClusterStability`.
 */
export function factorClusterEvidence(
  fits: readonly FactorClusterFit[],
  shifted: readonly (readonly FactorClusterMeasures[])[],
  stability: ReadonlyMap<FactorClusterMethod, ClusterStability> = new Map(),
): FactorClusterEvidence[] {
  return fits.map((fit) => {
    const nulls = shiftsOf(fit.method, shifted);
    const none = fit.partition.ids.length === 0 ? NaN : 0;
    const silhouettes = nulls.map(({ silhouette }) => Number.isNaN(silhouette) ? none : silhouette);
    const distances = nulls.map(({ largestDistance }) => largestDistance);
    const [nullLow, nullMid, nullHigh] = nullQuantiles(silhouettes, [0.05, 0.5, 0.95]);
    const [low, mid, high] = nullQuantiles(distances, [0.05, 0.5, 0.95]);
    const own = stability.get(fit.method);
    return {
      method: fit.method,
      k: fit.partition.nClusters,
      n: fit.partition.cluster.filter((c) => c >= 0).length,
      nContracts: fit.partition.ids.length,
      silhouette: fit.silhouette,
      nullLow: nullLow!,
      nullMid: nullMid!,
      nullHigh: nullHigh!,
      nullPercentile: nullPercentile(fit.silhouette, silhouettes),
      nShifts: nulls.length,
      largestShare: fit.largestShare,
      nullLargestShare: nullQuantiles(nulls.map(({ largestShare }) => largestShare), [0.5])[0]!,
      largestDistance: fit.largestDistance,
      nullDistanceLow: low!,
      nullDistanceMid: mid!,
      nullDistanceHigh: high!,
      distancePercentile: nullPercentile(fit.largestDistance, distances),
      seedAri: own?.seedAri ?? NaN,
      jaccard: own === undefined ? NaN : own.jaccard,
    };
  });
}

/** How far a method finds its clusters again. */
export interface ClusterStability {
  /** Mean adjusted Rand index with fits by other seeds; NaN where none has two clusters. */
  readonly seedAri: number;
  /** Mean over the clusters of `clusterJaccard`. */
  readonly jaccard: number;
  /** Mean Jaccard index of each cluster's best match when events are drawn anew. */
  readonly clusterJaccard: Float64Array;
}

/** The largest |z| of each shift by one method, for `clusterProfiles`. */
export function strongestOfShifts(
  method: FactorClusterMethod,
  shifted: readonly (readonly FactorClusterMeasures[])[],
): Float64Array {
  return Float64Array.from(shiftsOf(method, shifted), ({ strongestProfile }) => strongestProfile);
}

function shiftsOf(
  method: FactorClusterMethod,
  shifted: readonly (readonly FactorClusterMeasures[])[],
): FactorClusterMeasures[] {
  return shifted.flatMap((fits) => fits.filter((fit) => fit.method === method));
}
