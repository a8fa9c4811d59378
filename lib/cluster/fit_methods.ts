import type { Panel } from "../core/panel.ts";
import { type PairMatrix, pairMatrix, selectPairs } from "../core/pair_matrix.ts";
import { randomStream } from "../core/random.ts";
import { correlationMatrix } from "../stats/correlation_matrix.ts";
import { meanKnown } from "../stats/mean_known.ts";
import { effectiveDays } from "../stats/effective_days.ts";
import { cleanedCorrelation } from "../stats/random_matrix.ts";
import { coherence } from "./coherence.ts";
import { louvainCommunities } from "./communities.ts";
import { correlationGraph } from "./correlation_graph.ts";
import { cutByCount, fewestClusters } from "./cut.ts";
import { dbscan, suggestedRadius } from "./dbscan.ts";
import { correlationDistance } from "./distance.ts";
import { hdbscan } from "./hdbscan.ts";
import { kMeans } from "./kmeans.ts";
import { knownPairs } from "./known_pairs.ts";
import { linkage, type LinkageMethod } from "./linkage.ts";
import { type MethodKey, METHODS } from "./method_list.ts";
import { type Partition, partition } from "./partition.ts";
import { principalCoordinates } from "./principal_coordinates.ts";
import { alignedSides, heldCorrelation } from "./sides.ts";
import { silhouettes } from "./silhouette.ts";
import { spectralClusters } from "./spectral.ts";

/** What the methods are given: moves of one exposure an event, over one window. */
export interface WindowMoves {
  /** Moves in the working representation. */
  readonly moves: Panel;
  /** Daily point changes of the same markets and days, for the seed plan's recipe. */
  readonly seedMoves: Panel;
  /** Topic of each market by its wording; −1 unknown. */
  readonly topics: Int32Array;
  /** Days that a move of `moves` spans. */
  readonly stepDays: number;
}

/** How the methods are set. */
export interface FitOptions {
  /** Fewest common moves for a correlation. */
  readonly minOverlap: number;
  /** Clusters asked of the methods that must be told. */
  readonly nClusters: number;
  /** Least correlation that makes an edge. */
  readonly minEdge: number;
  /** Added multiple of an edge within a topic. */
  readonly topicBoost: number;
  /** Seed of the starts of k-means and of the order of Louvain. */
  readonly seed: number;
  /** The methods that are fitted; all of {@link METHODS} by default. */
  readonly methods?: readonly MethodKey[];
}

/** What one method found. */
export interface MethodFit {
  readonly method: MethodKey;
  /** Clusters of all markets of the window; those that could not be placed belong to none. */
  readonly partition: Partition;
  /** Held side of each market: +1 as quoted, −1 its complement. */
  readonly side: Int8Array;
  /** Mean silhouette on the distance that the method used; NaN with fewer than two clusters. */
  readonly silhouette: number;
  /** Silhouette of each market; NaN where it belongs to no cluster, or there is but one. */
  readonly silhouettes: Float64Array;
  /** Mean correlation of the held sides within each cluster; NaN with one member. */
  readonly within: Float64Array;
}

/** Correlations of one window, ready for clustering. */
export interface WindowCorrelation {
  /** Markets among which every correlation is known, as indices; the others are left out. */
  readonly kept: Int32Array;
  /** Correlations of the kept markets as quoted. */
  readonly rho: PairMatrix;
  /** Held sides of the kept markets. */
  readonly side: Int8Array;
  /** Correlations of the held sides. */
  readonly held: PairMatrix;
  /** Mean number of common moves of the kept markets; 0 with fewer than two of them. */
  readonly meanOverlap: number;
}

/**
 * Spearman correlations of a window's moves among the markets that all know each other, with sides.
 *
 * Cost: O(pairs × days).
 */
export function windowCorrelation(moves: Panel, minOverlap: number): WindowCorrelation {
  const { rho, overlap } = correlationMatrix(moves, { kind: "spearman", minOverlap });
  const { kept } = knownPairs(rho);
  const known = selectPairs(rho, kept);
  const side = alignedSides(known);
  const shared = selectPairs({ ids: rho.ids, values: Float64Array.from(overlap) }, kept).values;
  return {
    kept,
    rho: known,
    side,
    held: heldCorrelation(known, side),
    meanOverlap: shared.length === 0 ? 0 : meanKnown(shared),
  };
}

/**
 * Every method on one window.
 *
 * All are fitted in the same way wherever they are tried, on the real moves, on shifted ones and on
 * resampled days, sides included: only then is the comparison fair.
 *
 * No odd window ends a study. A tree has more clusters than asked where its parts share no known
 * pair, k-means has fewer where fewer points differ, and cleaning places no market where the
 * correlations are too far from any correlation matrix to be cleaned.
 *
 * NaN: a market without a known correlation to the others is placed by no method.
 *
 * @returns One fit a method, in the order of {@link METHODS} or of `options.methods`.
 */
export function fitMethods(window: WindowMoves, options: FitOptions): MethodFit[] {
  return fitWindow(window, options).fits;
}

/** What the methods found in a window, and the markets that they could place. */
export interface WindowFits {
  /** One a method, in the order asked for. */
  readonly fits: MethodFit[];
  /** Markets among which every correlation is known, as indices. */
  readonly kept: Int32Array;
}

/** {@link fitMethods}, with the markets that it could place. */
export function fitWindow(window: WindowMoves, options: FitOptions): WindowFits {
  const methods = options.methods ?? METHODS.map(({ key }) => key);
  const shared = prepare(window, options.minOverlap, methods.includes("seed_ward"));
  const fits = methods.map((method) => fitMethod(method, shared, options));
  return { fits, kept: shared.working.kept };
}

interface Shared {
  readonly nItems: number;
  readonly ids: readonly string[];
  readonly working: WindowCorrelation;
  readonly distance: PairMatrix;
  readonly euclidean: PairMatrix;
  /** Correlations of the seed plan's moves; `null` where its recipe is not asked for. */
  readonly seedRho: PairMatrix | null;
  readonly topics: Int32Array;
  readonly nDays: number;
}

function prepare(window: WindowMoves, minOverlap: number, needsSeed: boolean): Shared {
  const working = windowCorrelation(window.moves, minOverlap);
  const seedRho = needsSeed
    ? correlationMatrix(window.seedMoves, { kind: "spearman", minOverlap }).rho
    : null;
  return {
    nItems: window.moves.markets.length,
    ids: window.moves.markets,
    working,
    distance: correlationDistance(working.held, { form: "one_minus" }),
    euclidean: correlationDistance(working.held, { form: "euclidean" }),
    seedRho: seedRho && selectPairs(seedRho, working.kept),
    topics: window.topics,
    nDays: effectiveDays(working.meanOverlap, window.stepDays),
  };
}

function fitMethod(method: MethodKey, shared: Shared, options: FitOptions): MethodFit {
  const { working, distance, seedRho } = shared;
  const isSeed = method === "seed_ward";
  const found = working.kept.length < 2
    ? partition(working.held.ids, new Int32Array(working.kept.length).fill(-1))
    : clustersOf(method, shared, options);
  const side = new Int8Array(shared.nItems).fill(1);
  const labels = new Int32Array(shared.nItems).fill(-1);
  working.kept.forEach((item, k) => {
    labels[item] = found.cluster[k]!;
    if (!isSeed) side[item] = working.side[k]!;
  });
  const silhouettesOf = new Float64Array(shared.nItems).fill(NaN);
  if (found.nClusters >= 2) {
    const own = isSeed ? correlationDistance(seedRho!, { form: "one_minus" }) : distance;
    const values = silhouettes(own, found);
    working.kept.forEach((item, k) => silhouettesOf[item] = values[k]!);
  }
  const whole = partition(shared.ids, labels);
  return {
    method,
    partition: whole,
    side,
    silhouette: meanKnown(silhouettesOf),
    silhouettes: silhouettesOf,
    within: coherence(isSeed ? working.rho : working.held, found).byCluster,
  };
}

/** Fewest members of a cluster that a density method may form. */
const MIN_POINTS = 3;
/** Coordinates that k-means works in, at most. */
const MAX_DIMENSION = 20;

function clustersOf(method: MethodKey, shared: Shared, options: FitOptions): Partition {
  const { working, distance, euclidean } = shared;
  const { held } = working;
  const k = Math.min(options.nClusters, held.ids.length);
  const random = randomStream(options.seed, method);
  switch (method) {
    case "seed_ward":
      return treeClusters(correlationDistance(shared.seedRho!, { form: "one_minus" }), "ward", k);
    case "ward":
      return treeClusters(euclidean, "ward", k);
    case "ward_one_minus":
      return treeClusters(distance, "ward", k);
    case "ward_cleaned": {
      const rho = cleanedOrNull(held, shared.nDays);
      return rho === null
        ? partition(held.ids, new Int32Array(held.ids.length).fill(-1))
        : treeClusters(correlationDistance(rho, { form: "euclidean" }), "ward", k);
    }
    case "average":
    case "complete":
    case "single":
      return treeClusters(distance, method, k);
    case "k_means": {
      const dimension = Math.min(k, MAX_DIMENSION, held.ids.length - 1);
      const { coordinates } = principalCoordinates(euclidean, { dimension, random });
      const most = Math.min(k, distinctPoints(coordinates, dimension));
      const { labels } = kMeans(coordinates, { dimension, k: most, random });
      return partition(held.ids, labels);
    }
    case "spectral":
      return spectralClusters(affinity(held), { k, random });
    case "dbscan":
      return dbscan(distance, {
        radius: suggestedRadius(distance, { minPoints: MIN_POINTS }),
        minPoints: MIN_POINTS,
      });
    case "hdbscan":
      return hdbscan(distance, { minClusterSize: MIN_POINTS }).partition;
    case "louvain":
      return communities(held, { minRho: options.minEdge }, random);
    case "hybrid":
      return communities(held, {
        minRho: options.minEdge,
        topics: working.kept.map((item) => shared.topics[item]!),
        boost: options.topicBoost,
      }, random);
    case "wording":
      return partition(held.ids, working.kept.map((item) => shared.topics[item]!));
  }
}

function treeClusters(distance: PairMatrix, method: LinkageMethod, k: number): Partition {
  const tree = linkage(distance, { method });
  return cutByCount(tree, Math.max(k, fewestClusters(tree)));
}

/** Cleaned correlations; null where the eigenvalues within the noise have a negative mean. */
function cleanedOrNull(held: PairMatrix, nDays: number): PairMatrix | null {
  try {
    return cleanedCorrelation(held, { nDays }).rho;
  } catch (error) {
    // every pair is known and shares moves, so no other value can be out of range
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function distinctPoints(coordinates: Float64Array, dimension: number): number {
  const points = new Set<string>();
  for (let at = 0; at < coordinates.length; at += dimension) {
    points.add(coordinates.subarray(at, at + dimension).join());
  }
  return points.size;
}

/** Correlations of the held sides as similarities: what is not alike is 0. */
function affinity({ ids, values }: PairMatrix): PairMatrix {
  return pairMatrix(ids, values.map((r) => Math.max(r, 0)));
}

function communities(
  held: PairMatrix,
  graph: Parameters<typeof correlationGraph>[1],
  random: () => number,
): Partition {
  return louvainCommunities(held.ids, correlationGraph(held, graph), { random }).partition;
}
