import type { HoldableContract } from "../baskets/holdable.ts";
import type { Settings } from "../core/settings.ts";
import { type ClusterThemeOptions, themesByOthers } from "../taxonomy/cluster_themes.ts";
import { type HandLabels, handTheme } from "../taxonomy/hand_labels.ts";
import type { MarketWitnesses } from "../taxonomy/market_witnesses.ts";
import { reconciled, type ReconciliationRule } from "../taxonomy/reconcile.ts";
import type { PointInTime } from "../universe/as_of.ts";
import type { ClustersAt } from "./clusters_at.ts";
import type { WordsAt } from "./words_at.ts";

/** Themes of the contracts that may be held at one decision, one entry a contract. */
export interface ThemesAt {
  /** By a person's table; `null` where no row fits. */
  readonly hand: readonly (string | null)[];
  /** By the classifier, or a person in its place; `UNCATEGORIZED` where none fits. */
  readonly words: readonly string[];
  /** After words and prices are reconciled; `UNCATEGORIZED` where neither gives one. */
  readonly reconciled: readonly string[];
  /** Who decided the reconciled theme. */
  readonly rule: readonly ReconciliationRule[];
}

/** What {@link themesAt} joins. */
export interface ThemeInputs {
  readonly holdables: readonly HoldableContract[];
  readonly words: WordsAt;
  readonly clusters: ClustersAt;
  readonly handLabels: HandLabels;
  readonly settings: Pick<Settings, "classification" | "clustering">;
}

/**
 * The themes of the contracts that may be held: by hand, by words, and by words and prices together.
 *
 * The rules are those of `reconciled`, fed with the clusters of this decision: each event is held
 * against its cluster's other events, and only a stable cluster beyond noise overrules words. All
 * witnesses are contracts that may be held, so a contract that may not changes no theme, unless its
 * title is part of an event's text.
 *
 * Cost: O(clusters · themes) tables of counts.
 *
 * @throws {RangeError} If an event has two contracts that may be held.
 */
export function themesAt(view: Pick<PointInTime, "markets">, inputs: ThemeInputs): ThemesAt {
  const { holdables, words, handLabels } = inputs;
  const witnesses = holdables.map((contract, k) => witnessOf(contract, k, inputs));
  const final = new Map(
    reconciled(witnesses, themesByOthers(witnesses, limitsOf(inputs.settings)))
      .map((one) => [one.marketId, one]),
  );
  return {
    hand: holdables.map(({ market }) => handTheme(view.markets[market]!, handLabels)),
    words: holdables.map(({ market }) => words.themes[words.tree.links[market]!.event]!),
    reconciled: holdables.map(({ marketId }) => final.get(marketId)!.theme),
    rule: holdables.map(({ marketId }) => final.get(marketId)!.rule),
  };
}

function witnessOf(
  { market, marketId, eventId, nAlternatives }: HoldableContract,
  k: number,
  { words, clusters }: ThemeInputs,
): MarketWitnesses {
  const { event } = words.tree.links[market]!;
  const clusterId = clusters.cluster[k]!;
  const own = clusters.clusters[clusterId];
  return {
    ...{ marketId, eventId, nContracts: nAlternatives, clusterId, isStudied: clusterId >= 0 },
    clusterLabel: own?.name ?? "",
    clusterStability: own?.stability ?? NaN,
    clusterP: own?.pValue ?? NaN,
    ...{ theme: words.themes[event]!, confidence: words.confidence[event]! },
    isByPerson: words.byPerson?.has(event) ?? false,
  };
}

function limitsOf(
  { classification, clustering }: ThemeInputs["settings"],
): ClusterThemeOptions & { readonly pValues: "family" } {
  return {
    falseDiscoveryRate: classification.false_discovery_rate.value,
    minMembers: classification.min_theme_members.value,
    minShare: classification.min_theme_share.value,
    stableJaccard: clustering.stable_jaccard.value,
    pValues: "family",
  };
}
