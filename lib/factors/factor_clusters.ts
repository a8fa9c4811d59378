import { dbscan, suggestedRadius } from "../cluster/dbscan.ts";
import { hdbscan } from "../cluster/hdbscan.ts";
import { kMeans } from "../cluster/kmeans.ts";
import { members, type Partition, partition } from "../cluster/partition.ts";
import { silhouettes } from "../cluster/silhouette.ts";
import { spectralClusters } from "../cluster/spectral.ts";
import { medianSorted } from "../core/quantile.ts";
import { randomStream } from "../core/random.ts";
import { meanKnown } from "../stats/mean_known.ts";
import { strongestProfile } from "./factor_cluster_profiles.ts";
import { localAffinity, pointDistance } from "./point_distance.ts";
import {
  type LoadingPrior,
  loadingPrior,
  type LoadingSet,
  shrunkLoadings,
} from "./shrunk_loadings.ts";

/** What stands for a contract: its loadings, the same shrunk by their errors, or each over its error. */
export type LoadingForm = "raw" | "shrunk" | "score";

/** The ways of dividing contracts by their loadings, in the order in which they are shown. */
export const FACTOR_CLUSTER_METHODS = [
  { key: "kmeans_raw", name: "k-means on loadings (the seed’s)", form: "raw" },
  { key: "kmeans_shrunk", name: "k-means on shrunk loadings", form: "shrunk" },
  { key: "kmeans_score", name: "k-means on t-scores", form: "score" },
  { key: "spectral_score", name: "Spectral on t-scores", form: "score" },
  { key: "dbscan_score", name: "DBSCAN on t-scores", form: "score" },
  { key: "hdbscan_score", name: "HDBSCAN on t-scores", form: "score" },
] as const satisfies readonly { key: string; name: string; form: LoadingForm }[];

/** Key of one of the methods. */
export type FactorClusterMethod = (typeof FACTOR_CLUSTER_METHODS)[number]["key"];

/** One method's clusters of contracts. */
export interface FactorClusterFit {
  readonly method: FactorClusterMethod;
  readonly partition: Partition;
  /** Silhouette of each contract; NaN where it is in no cluster. */
  readonly silhouettes: Float64Array;
  /** Their mean; NaN with fewer than two clusters. */
  readonly silhouette: number;
  /** Share of all contracts that the largest cluster holds. */
  readonly largestShare: number;
  /** Median over its contracts of the root mean square of their t-scores: 1 is what noise gives. */
  readonly largestDistance: number;
  /** Largest |z| of any cluster on any factor, see `clusterProfiles`. */
  readonly strongestProfile: number;
}

/** How contracts are divided. */
export interface FactorClusterOptions {
  /** Clusters of k-means and of the spectral method. */
  readonly k: number;
  /** Starts of k-means; 20 by default. */
  readonly starts?: number;
  /** Fewest contracts that make a dense place; 10 by default. */
  readonly minClusterSize?: number;
  readonly seed: number;
  /** Those to try, all by default. */
  readonly methods?: readonly FactorClusterMethod[];
  /** Spread of the real loadings, for sets of shifted moves; that of the set itself by default. */
  readonly prior?: LoadingPrior;
}

/**
 * Contracts divided by their loadings, by each method.
 *
 * Where fewer than k places differ, as when shrinkage leaves nothing, all contracts are one cluster
 * without a silhouette.
 *
 * A plain function of cloneable arguments, so that sets of shifted moves can be shared between workers.
 * Cost: for each form O(n² · K); k-means O(starts · steps · n · K); spectral a few hundred products of n².
 * Source: k-means on standardised loadings with k = 8 is the first engine's.
 *
 * @param set Contracts with all loadings known, see `completeLoadings` and `onePerEvent`.
 * @throws {RangeError} If a loading is unknown or an option is out of range.
 */
export function factorClusters(
  set: LoadingSet,
  options: FactorClusterOptions,
): FactorClusterFit[] {
  const { methods = FACTOR_CLUSTER_METHODS.map(({ key }) => key) } = options;
  const prior = options.prior ?? loadingPrior(set);
  const placed = Map.groupBy(
    FACTOR_CLUSTER_METHODS.filter(({ key }) => methods.includes(key)),
    ({ form }) => form,
  );
  return [...placed].flatMap(([form, list]) => {
    const points = loadingPoints(set, form, prior);
    const distance = pointDistance(set.marketIds, points, set.symbols.length);
    return list.map(({ key }) => {
      const random = randomStream(options.seed, `factor clusters ${key}`);
      const found = divide(key, { points, distance, options, random });
      return fitOf(set, key, found, silhouettes(distance, found));
    });
  });
}

/**
 * Where each contract stands: loadings in standard deviations of their factor, the same shrunk, or
 * t-scores.
 *
 * Shrunk loadings keep the unit of the raw ones, so that factors on which contracts do not differ
 * weigh little. Shape: n × K. NaN: refused. A factor on which all loadings are equal is 0.
 *
 * @throws {RangeError} If a loading or an error is unknown.
 */
export function loadingPoints(
  set: LoadingSet,
  form: LoadingForm,
  prior: LoadingPrior = loadingPrior(set),
): Float64Array {
  const bad = set.beta.findIndex((b, at) => Number.isNaN(b + set.error[at]!));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot place contracts as all loadings must be known: got none of "${
        set.marketIds[Math.floor(bad / set.symbols.length)]
      }" on ${set.symbols[bad % set.symbols.length]}`,
    );
  }
  if (form === "score") return set.beta.map((beta, at) => beta / set.error[at]!);
  const values = form === "raw" ? set.beta : shrunkLoadings(set, prior);
  const { centre, scale } = form === "raw" ? loadingPrior(set) : prior;
  return values.map((value, at) => {
    const f = at % set.symbols.length;
    return scale[f]! > 0 ? (value - centre[f]!) / scale[f]! : 0;
  });
}

/** Root mean square of each contract's t-scores: about 1 where its loadings are noise. */
export function loadingDistances({ marketIds, symbols, beta, error }: LoadingSet): Float64Array {
  const nFactors = symbols.length;
  return Float64Array.from(marketIds, (_, i) => {
    let sum = 0;
    for (let at = i * nFactors; at < (i + 1) * nFactors; ++at) {
      sum += (beta[at]! / error[at]!) ** 2;
    }
    return Math.sqrt(sum / nFactors);
  });
}

function divide(
  method: FactorClusterMethod,
  { points, distance, options, random }: {
    readonly points: Float64Array;
    readonly distance: ReturnType<typeof pointDistance>;
    readonly options: FactorClusterOptions;
    readonly random: () => number;
  },
): Partition {
  const { k, starts = 20, minClusterSize = 10 } = options;
  const { ids } = distance, n = ids.length;
  const dimension = n === 0 ? 1 : points.length / n;
  if (nPlaces(points, dimension, k) < k) return partition(ids, new Int32Array(n));
  switch (method) {
    case "spectral_score":
      return spectralClusters(localAffinity(distance), { k, random, starts });
    case "dbscan_score": {
      const minPoints = minClusterSize;
      return dbscan(distance, { radius: suggestedRadius(distance, { minPoints }), minPoints });
    }
    case "hdbscan_score":
      return hdbscan(distance, { minClusterSize }).partition;
    default:
      return partition(ids, kMeans(points, { dimension, k, starts, random }).labels);
  }
}

function fitOf(
  set: LoadingSet,
  method: FactorClusterMethod,
  found: Partition,
  each: Float64Array,
): FactorClusterFit {
  const largest = members(found)[0] ?? [];
  const distances = loadingDistances(set);
  const near = largest.map((i) => distances[i]!).sort((a, b) => a - b);
  return {
    method,
    partition: found,
    silhouettes: each,
    silhouette: meanKnown(each),
    largestShare: set.marketIds.length === 0 ? NaN : largest.length / set.marketIds.length,
    largestDistance: near.length === 0 ? NaN : medianSorted(near),
    strongestProfile: strongestProfile(set, found),
  };
}

/** How many places differ, counted up to `enough`. */
function nPlaces(points: Float64Array, dimension: number, enough: number): number {
  const seen = new Set<string>();
  for (let at = 0; at < points.length && seen.size < enough; at += dimension) {
    seen.add(points.subarray(at, at + dimension).join());
  }
  return seen.size;
}
