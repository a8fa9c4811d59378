import { type ClusterBlob, clusterBlob } from "./factor_cluster_blob.ts";
import {
  type FactorClusterEvidence,
  factorClusterEvidence,
  type FactorClusterMeasures,
  strongestOfShifts,
} from "./factor_cluster_evidence.ts";
import { clusterNames } from "./factor_cluster_names.ts";
import { clusterProfiles } from "./factor_cluster_profiles.ts";
import { factorClusterStability } from "./factor_cluster_stability.ts";
import type { NamedFactorFit } from "./factor_cluster_tables.ts";
import { type FactorClusterOptions, factorClusters } from "./factor_clusters.ts";
import { type ProvenPrior, provenPrior } from "./proven_prior.ts";
import { completeLoadings, type LoadingSet, selectLoadings } from "./shrunk_loadings.ts";

/** Everything known of the clusters of one set of loadings. */
export interface FactorClusterStudy {
  /** The contracts that were divided: those with all loadings known, in the real and the shifted sets. */
  readonly set: LoadingSet;
  readonly prior: ProvenPrior;
  /** By method. */
  readonly named: readonly NamedFactorFit[];
  readonly evidence: readonly FactorClusterEvidence[];
  /** The largest cluster of each method. */
  readonly blobs: readonly ClusterBlob[];
}

/** How the clusters of loadings are studied. */
export interface FactorStudyOptions extends Omit<FactorClusterOptions, "prior"> {
  /** Refits by other seeds, and drawings of events. */
  readonly seeds: number;
  readonly resamples: number;
}

/**
 * Contracts divided by their loadings, with the null of each number beside it.
 *
 * Real and shifted loadings go through the same map; that is why the prior is made here.
 *
 * Cost: (1 + shifts + `seeds` + 0.63 · `resamples`) fits of all methods.
 *
 * @param set Contracts, of several of one event those the caller wants, see `onePerEvent`.
 * @param shifted Their loadings on shifted moves, one set a shift, contracts in the same order.
 * @param options.measured What the methods make of each shifted set, where workers measured it with
 * `shiftMeasures`; measured here by default.
 * @throws {RangeError} If a shifted set is of other contracts, or an option is out of range.
 */
export function factorClusterStudy(
  set: LoadingSet,
  shifted: readonly LoadingSet[],
  options: FactorStudyOptions & {
    readonly measured?: readonly (readonly FactorClusterMeasures[])[];
  },
): FactorClusterStudy {
  const { sets: [own, ...nulls] } = comparable(set, shifted);
  const { seeds, resamples, measured, ...fit } = options;
  const prior = provenPrior(own!, nulls);
  const withPrior = { ...fit, prior };
  const fits = factorClusters(own!, withPrior);
  const measures = measured ?? nulls.map((one) => shiftMeasures(one, withPrior));
  const stability = factorClusterStability(own!, fits, { ...withPrior, seeds, resamples });
  return {
    set: own!,
    prior,
    named: fits.map((fit) => {
      const strongestNull = strongestOfShifts(fit.method, measures);
      const profiles = clusterProfiles(own!, fit.partition, { strongestNull });
      return { fit, profiles, names: clusterNames(profiles) };
    }),
    evidence: factorClusterEvidence(fits, measures, stability),
    blobs: fits.map(({ partition }) => clusterBlob(own!, partition, nulls)),
  };
}

/**
 * What each method makes of one shifted set, without the labels: small to send from a worker.
 *
 * @param options.prior That of the real loadings: `provenPrior` of `comparable` sets.
 */
export function shiftMeasures(
  shifted: LoadingSet,
  options: FactorClusterOptions,
): FactorClusterMeasures[] {
  return factorClusters(shifted, options).map((
    { method, silhouette, largestShare, largestDistance, strongestProfile },
  ) => ({ method, silhouette, largestShare, largestDistance, strongestProfile }));
}

/**
 * The real set and its shifts, all of the contracts whose loadings are known in every one.
 *
 * @throws {RangeError} If a shifted set is not of the same contracts in the same order.
 */
export function comparable(
  set: LoadingSet,
  shifted: readonly LoadingSet[],
): { readonly sets: readonly LoadingSet[]; readonly kept: Int32Array } {
  const all = [set, ...shifted];
  for (const one of shifted) {
    const at = set.marketIds.findIndex((id, i) => one.marketIds[i] !== id);
    if (at >= 0 || one.marketIds.length !== set.marketIds.length) {
      throw new RangeError(
        `Cannot compare with shifts as each must have the same contracts in the same order: got "${
          one.marketIds[Math.max(at, 0)]
        }" for "${set.marketIds[Math.max(at, 0)]}"`,
      );
    }
  }
  const times = new Uint32Array(set.marketIds.length);
  for (const one of all) for (const i of completeLoadings(one)) ++times[i]!;
  const kept = Int32Array.from(times.keys()).filter((i) => times[i] === all.length);
  return { sets: all.map((one) => selectLoadings(one, kept)), kept };
}
