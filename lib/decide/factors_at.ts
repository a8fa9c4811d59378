import type { HoldableContract } from "../baskets/holdable.ts";
import type { Side } from "../baskets/side.ts";
import { windowDays } from "../cluster/study_windows.ts";
import { members, type Partition } from "../cluster/partition.ts";
import type { FactorList } from "../core/factor_list.ts";
import type { Settings } from "../core/settings.ts";
import { contractMoves } from "../factors/contract_moves.ts";
import { clusterNames } from "../factors/factor_cluster_names.ts";
import { clusterProfiles } from "../factors/factor_cluster_profiles.ts";
import { factorClusters } from "../factors/factor_clusters.ts";
import type { FactorPanel } from "../factors/factor_panel.ts";
import { macroFactors } from "../factors/macro_factors.ts";
import { completeLoadings, type LoadingSet, selectLoadings } from "../factors/shrunk_loadings.ts";
import type { PointInTime } from "../universe/as_of.ts";
import { selectMarkets } from "../universe/select_markets.ts";
import { loadingsAt } from "./loadings_at.ts";
import { sidePrices } from "./side_prices.ts";

/** Clusters of the loadings of the contracts that may be held at one decision. */
export interface FactorsAt {
  /** Index in `clusters` of each contract's; −1 in none. */
  readonly cluster: Int32Array;
  /** Side of each contract whose loadings are compared, and that would be held. */
  readonly sides: readonly Side[];
  /** By falling size, then first contract by market id. */
  readonly clusters: readonly FactorCluster[];
}

/** One cluster of loadings. */
export interface FactorCluster {
  /** `factor_0` is the largest. It says nothing about clusters of other decisions. */
  readonly id: string;
  /** Signs of its most certain mean loadings, "+SPY −^TNX". No evidence: noise has names too. */
  readonly name: string;
  readonly nContracts: number;
}

/** How {@link factorsAt} is set. */
export interface FactorOptions {
  readonly settings: Pick<Settings, "factors" | "clustering" | "returns">;
  /** Of `config/factors.yaml`. */
  readonly list: FactorList;
  /** Side of each contract that would be held, in their order. */
  readonly sides: readonly Side[];
  readonly seed: number;
  /** Day at whose end it is decided, the last of the window. */
  readonly day: number;
}

/** The first engine's nine: forty-one factors and a window of sixty sessions fit anything. */
const FACTOR_SET = "us";
/** |z| of a mean loading from which on it is in a name. */
const NAMED = 2;

/**
 * The first engine's clusters of the contracts that may be held, by what was known at a decision.
 *
 * Each contract's log-odds moves are regressed on the moves of nine US series over the same sessions, in
 * the window that clusters of prices have; loadings are shrunk by their errors towards the mean contract,
 * and k-means divides them into the first engine's eight. What is compared are moves of the side that
 * would be held, that of the words' theme as for all markets in one: so contracts of a cluster load alike
 * on what is held, and the answer does not depend on the outcome that a venue quotes. The first engine
 * held the quoted outcome of every contract.
 *
 * Moves of factors lie beside those of contracts as in {@link macroFactors} with overlapping timing: an
 * interval counts once the close after it is known. Nothing says that these clusters are more than noise,
 * and where loadings differ by no more than their errors all contracts are one cluster.
 *
 * A contract with fewer than `min_sessions` moves, or without any movement, is in no cluster. Without
 * `min_set_share` of the nine series, or with fewer than `seed_clusters` contracts, there is none.
 * Cost: O(contracts · (sessions · 81 + starts · steps · 72) + contracts²).
 */
export function factorsAt(
  view: PointInTime,
  holdables: readonly HoldableContract[],
  options: FactorOptions,
): FactorsAt {
  const { sides } = options;
  const cluster = new Int32Array(holdables.length).fill(-1);
  const panel = factorWindow(view, options);
  const held = panel === null ? null : heldLoadings(view, holdables, { ...options, panel });
  if (held === null) return { cluster, sides, clusters: [] };
  const { set, contracts } = held, k = options.settings.factors.seed_clusters.value;
  if (contracts.length < k) return { cluster, sides, clusters: [] };
  const [found] = factorClusters(set, { k, seed: options.seed, methods: ["kmeans_shrunk"] });
  found!.partition.cluster.forEach((c, item) => cluster[contracts[item]!] = c);
  return { cluster, sides, clusters: namedClusters(set, found!.partition, k) };
}

/** Moves of the factors in the window; `null` where the source has too few of them. */
function factorWindow(
  { benchmarks }: PointInTime,
  { settings, list, day }: FactorOptions,
): FactorPanel | null {
  const { panel } = macroFactors(benchmarks, {
    ...{ list, sets: [FACTOR_SET], settings, timing: "overlap" },
    ...{ from: day + 1 - windowDays(settings.clustering), to: day + 1 },
  });
  const nWanted = list.sets[FACTOR_SET]!.symbols.length;
  const least = settings.factors.min_set_share.value * nWanted;
  return panel.factors.length === 0 || panel.factors.length < least ? null : panel;
}

/** Loadings of the held sides, by market id, and which of the contracts they belong to. */
function heldLoadings(
  view: PointInTime,
  holdables: readonly HoldableContract[],
  { settings, sides, panel }: FactorOptions & { readonly panel: FactorPanel },
): { readonly set: LoadingSet; readonly contracts: readonly number[] } {
  const order = [...holdables.keys()].sort((a, b) => holdables[a]!.market - holdables[b]!.market);
  const held = selectMarkets(view, order.map((j) => holdables[j]!.market));
  const prices = sidePrices(held.prices, order.map((j) => sides[j]!));
  const { moves } = contractMoves({ ...held, prices }, panel, {
    ...{ representation: "logit", tick: settings.returns.tick.value },
    minSessions: Math.max(settings.factors.min_sessions.value, panel.factors.length + 2),
  });
  const all = loadingsAt(panel, moves, {
    alpha: settings.factors.seed_alpha.value,
    eventOf: (market) => holdables[order[market]!]!.eventId,
  });
  const known = completeLoadings(all);
  return {
    set: selectLoadings(all, known),
    contracts: Array.from(known, (i) => order[moves[i]!.market]!),
  };
}

function namedClusters(set: LoadingSet, found: Partition, k: number): FactorCluster[] {
  const profiles = clusterProfiles(set, found, { strongestNull: [] });
  const names = clusterNames(
    profiles.map((one) => ({ ...one, isDistinguishable: Math.abs(one.z) >= NAMED })),
  );
  const width = String(k - 1).length;
  return members(found).map(({ length: nContracts }, c) => ({
    ...{ id: `factor_${String(c).padStart(width, "0")}`, name: names[c]!, nContracts },
  }));
}
