import type { HoldableContract } from "../baskets/holdable.ts";
import { otherSide, type Side } from "../baskets/side.ts";
import { correlationCurve } from "../cluster/cluster_count.ts";
import { clusterLabels } from "../cluster/cluster_labels.ts";
import { fitMethods, type MethodFit, windowCorrelation } from "../cluster/fit_methods.ts";
import { members } from "../cluster/partition.ts";
import { clusterPValues, shiftedFits } from "../cluster/shifted_fits.ts";
import { resampledJaccard } from "../cluster/stability.ts";
import { windowDays, windowPrices } from "../cluster/study_windows.ts";
import { windowMoves } from "../cluster/window_moves.ts";
import type { Market } from "../core/data_set.ts";
import type { Panel } from "../core/panel.ts";
import type { Settings } from "../core/settings.ts";
import { meanKnown } from "../stats/mean_known.ts";
import { contractTitle } from "../taxonomy/contract_title.ts";
import type { PointInTime } from "../universe/as_of.ts";
import { selectMarkets } from "../universe/select_markets.ts";
import { affirmativeSide } from "./held_side.ts";
import { sidePrices } from "./side_prices.ts";

/** Clusters of the prices of the contracts that may be held at one decision. */
export interface ClustersAt {
  /** Index in `clusters` of each contract's; −1 in none. */
  readonly cluster: Int32Array;
  /** Side of each contract on which its cluster moves together; `null` in none. */
  readonly sides: readonly (Side | null)[];
  /** By falling size, then first contract by market id. */
  readonly clusters: readonly ContractCluster[];
}

/** One cluster and what speaks for it. */
export interface ContractCluster {
  /** `cluster_01` is the largest. It says nothing about clusters of other decisions. */
  readonly id: string;
  /** Words that set its titles apart. Untrusted. */
  readonly name: string;
  readonly nContracts: number;
  /** Mean Jaccard index over resampled days, in [0, 1]. */
  readonly stability: number;
  /** Chance of a cluster as remarkable in shifted prices, for all clusters together. */
  readonly pValue: number;
}

/** How {@link clustersAt} is set. */
export interface ClusterOptions {
  readonly settings: Pick<Settings, "clustering" | "baskets" | "backtest">;
  /** Clip of the log-odds. */
  readonly tick: number;
  readonly seed: number;
  /** Day at whose end it is decided, the last of the window. */
  readonly day: number;
}

/**
 * The clusters of the contracts that may be held, by their prices of the last days up to a decision.
 *
 * One method, fixed beforehand, with the sides fitted. Among the numbers of clusters that leave
 * `baskets.min_markets` contracts a cluster on average, the highest mean silhouette of the Ward tree
 * decides: the seed plan's rule, kept as it is cheap. It is worth little, as noise has a highest
 * silhouette too; what a cluster is worth is said by its stability and its p-value. These come from
 * fits of the same method with the same number.
 *
 * Prices are taken of the affirmative outcome, to nine decimals, and sides are fitted to these. All
 * sides of a cluster can be turned at once: they are turned so that most of its contracts are held on
 * their affirmative side, and where as many are not, its first contract by market id. So whichever
 * outcome a venue quotes, the same claims are held. This rests on labels of outcomes: a contract
 * between two names has no affirmative side but the one that is quoted.
 *
 * A contract with too few or too still prices is in no cluster. With fewer than two clusters' worth of
 * others there is none.
 * Cost: (1 + shifts + bootstraps) fits, each O(contracts² × days).
 */
export function clustersAt(
  view: PointInTime,
  holdables: readonly HoldableContract[],
  options: ClusterOptions,
): ClustersAt {
  const window = heldWindow(view, holdables, options);
  const found = window === null ? null : judgedClusters(window.prices, options);
  if (window === null || found === null) {
    return {
      ...{ cluster: new Int32Array(holdables.length).fill(-1), clusters: [] },
      sides: holdables.map(() => null),
    };
  }
  const { contracts, markets } = window;
  const { partition, side } = found.fit;
  const turn = clusterTurns(found.fit);
  const cluster = new Int32Array(holdables.length).fill(-1);
  const sides: (Side | null)[] = holdables.map(() => null);
  partition.cluster.forEach((c, item) => {
    if (c < 0) return;
    cluster[contracts[item]!] = c;
    const affirmative = affirmativeSide(markets[item]!);
    sides[contracts[item]!] = side[item]! * turn[c]! > 0 ? affirmative : otherSide(affirmative);
  });
  const labels = clusterLabels(partition, markets.map(contractTitle));
  const clusters = members(partition).map((items, c): ContractCluster => ({
    id: `cluster_${String(c + 1).padStart(2, "0")}`,
    name: labels[c]!.label,
    nContracts: items.length,
    stability: found.stability[c]!,
    pValue: found.pValues[c]!,
  }));
  return { cluster, sides, clusters };
}

interface HeldWindow {
  /** Days × contracts that prices can place: prices of their affirmative outcomes. */
  readonly prices: Panel;
  /** Their indices among the contracts that may be held, and their listings. */
  readonly contracts: readonly number[];
  readonly markets: readonly Market[];
}

/** The window's prices of the contracts that may be held, by market; `null` without one of them. */
function heldWindow(
  view: PointInTime,
  holdables: readonly HoldableContract[],
  { settings, tick, day }: ClusterOptions,
): HeldWindow | null {
  const order = [...holdables.keys()].sort((a, b) => holdables[a]!.market - holdables[b]!.market);
  const held = selectMarkets(view, order.map((k) => holdables[k]!.market));
  // one contract stands for its event already
  const apart = held.markets.map((market) => ({ ...market, eventId: market.marketId }));
  const boundaryDay = day + 1, fromDay = boundaryDay - windowDays(settings.clustering);
  const { exposures, now } = windowPrices(
    { ...held, markets: apart, prices: sidePrices(held.prices, held.markets.map(affirmativeSide)) },
    { fromDay, boundaryDay, toDay: boundaryDay },
    settings.clustering,
    { tick },
  );
  if (exposures.length === 0) return null;
  return {
    prices: now,
    contracts: exposures.map(({ market }) => order[market]!),
    markets: exposures.map(({ market }) => held.markets[market]!),
  };
}

/** The clusters with their evidence; `null` where there are too few contracts for two. */
function judgedClusters(
  prices: Panel,
  { settings: { clustering, baskets, backtest }, tick, seed }: ClusterOptions,
): { fit: MethodFit; stability: readonly number[]; pValues: Float64Array } | null {
  const topics = new Int32Array(prices.markets.length).fill(-1);
  const window = windowMoves(prices, topics, { tick });
  const minOverlap = clustering.min_window_overlap_days.value;
  const { held } = windowCorrelation(window.moves, minOverlap);
  const most = Math.floor(held.ids.length / baskets.min_markets.value);
  const max = Math.min(clustering.max_clusters.value, most);
  if (max < 2) return null;
  const min = Math.min(clustering.min_clusters.value, max);
  const nClusters = clearestCount(correlationCurve(held, { maxClusters: max }).silhouette, min);
  const fit = {
    ...{ minOverlap, nClusters, seed, methods: [backtest.cluster_method.value] },
    ...{ minEdge: clustering.min_edge.value, topicBoost: clustering.topic_boost.value },
  };
  const fits = fitMethods(window, fit);
  const job = { window, fits, fit, seed, from: 0 };
  const jaccards = resampledJaccard({
    ...{ ...job, to: backtest.cluster_bootstraps.value, blockDays: clustering.block_days.value },
  })[0]!;
  const shifted = shiftedFits({ ...job, to: backtest.cluster_shifts.value })[0]!;
  return {
    fit: fits[0]!,
    stability: jaccards.map(meanKnown),
    pValues: clusterPValues(fits[0]!, shifted),
  };
}

/** The number of clusters from `min` on with the highest silhouette, the least of equals. */
function clearestCount(silhouette: Float64Array, min: number): number {
  let best = min;
  for (let k = min + 1; k <= silhouette.length + 1; ++k) {
    if (silhouette[k - 2]! > silhouette[best - 2]!) best = k;
  }
  return best;
}

/** For each cluster 1, or −1 where all its sides are to be turned. */
function clusterTurns({ partition, side }: MethodFit): number[] {
  return members(partition).map((items) => {
    const sum = items.reduce((total, item) => total + side[item]!, 0);
    return (sum === 0 ? side[items[0]!]! : sum) > 0 ? 1 : -1;
  });
}
