import type { BasketDecision } from "../baskets/basket_decision.ts";
import { contractRisk } from "../baskets/contract_risk.ts";
import { type Eligibility, eligibility } from "../baskets/eligibility.ts";
import { eligibilityFunnel, type FunnelStep } from "../baskets/eligibility_funnel.ts";
import type { HoldableContract } from "../baskets/holdable.ts";
import { holdableContracts } from "../baskets/holdable_contracts.ts";
import type { FlaggedGroup } from "../baskets/merged_groups.ts";
import type { Side } from "../baskets/side.ts";
import type { Market } from "../core/data_set.ts";
import { twinPairs, withRejectedTwins } from "../taxonomy/twins.ts";
import type { PointInTime } from "../universe/as_of.ts";
import { type CandidatePool, candidatePool } from "./candidate_pool.ts";
import { clustersAt } from "./clusters_at.ts";
import type { DecideTools } from "./decide_tools.ts";
import { exclusionStep, withoutExcluded } from "./excluded_contracts.ts";
import { factorsAt } from "./factors_at.ts";
import { basketPools, poolDecision } from "./group_baskets.ts";
import type { GroupingKey } from "./grouping.ts";
import { type GroupRow, groupRows } from "./group_table.ts";
import { groupsAt } from "./groups_at.ts";
import { affirmativeSide, signedSide } from "./held_side.ts";
import { type MethodKey, METHODS } from "./method_list.ts";
import { themesAt } from "./themes_at.ts";
import type { WordsAt } from "./words_at.ts";

/** What one method decides on a day. */
export interface MethodDecision {
  readonly method: MethodKey;
  /** By basket as its groups came. */
  readonly baskets: readonly BasketDecision[];
  /** Groups that are too small for a basket. */
  readonly flagged: readonly FlaggedGroup[];
}

/** A contract that may be held, on the side that its words' theme is held on. */
export interface OfferedContract extends HoldableContract {
  readonly side: Side;
}

/** Everything that is decided on a day. */
export interface DatedDecisions {
  /** Day at whose end it is decided. */
  readonly day: number;
  /** In the order of the methods. */
  readonly methods: readonly MethodDecision[];
  readonly offered: readonly OfferedContract[];
  readonly funnel: readonly FunnelStep[];
  readonly groups: readonly GroupRow[];
  readonly pool: CandidatePool;
  /** Events that the classifier had no answer for. */
  readonly nUnanswered: number;
}

/** How {@link decideAt} is set. */
export interface DecideOptions {
  /** Day at whose end it is decided. */
  readonly day: number;
  readonly tools: DecideTools;
  /** Where risk is measured, and at the end of which day: the view, unless a look-ahead is planted. */
  readonly risk?: { readonly view: PointInTime; readonly day: number };
  /** The same of loadings on macro factors. */
  readonly loadings?: { readonly view: PointInTime; readonly day: number };
}

/**
 * What every method would hold after a day, by what was known at its end.
 *
 * Taxonomy, themes, clusters, loadings, sides, eligibility, risk and weights are made anew from the
 * view; no decision knows an earlier one. So a decision can be made in any order and on any machine, and a
 * look-ahead has no other way in than the view.
 *
 * Cost: contract taxonomy, clusters with their evidence, and a few hundred small optimisations;
 * about a third of a second for 6,000 markets.
 */
export function decideAt(view: PointInTime, options: DecideOptions): DatedDecisions {
  const { day, tools } = options;
  const { settings, taxonomy, handLabels, corrections } = tools;
  const passed = eligibility(view, { day, settings });
  const eligible = withoutExcluded(passed, view.markets, corrections);
  const words = tools.readWords(view);
  const twins = eligibleTwins(view.markets, eligible, tools);
  const holdables = holdableContracts(view, eligible, { tree: words.tree, twins, settings });
  const risk = riskOf(view, holdables, options);
  const tick = settings.returns.tick.value;
  const clusters = clustersAt(view, holdables, { settings, tick, seed: tools.seed, day });
  const themesOf = themesAt(view, { holdables, words, clusters, handLabels, settings });
  const heldSide = signedSide(tools.heldSide, corrections, wordsThemes(view.markets, words));
  const sides = holdables.map(({ market }, k) =>
    heldSide(view.markets[market]!, themesOf.words[k]!)
  );
  const factors = loadingClusters(view, holdables, { ...options, sides });
  const grouped = { markets: view.markets, holdables, themesOf, clusters, factors, heldSide };
  const pooled = (key: GroupingKey) =>
    basketPools(key, groupsAt(key, { ...grouped, themes: taxonomy.themes }), {
      ...{ holdables, risk, taxonomy, settings },
    });
  const byGrouping = {
    hand: pooled("hand"),
    words: pooled("words"),
    clusters: pooled("clusters"),
    factors: pooled("factors"),
    reconciled: pooled("reconciled"),
    everything: pooled("everything"),
  };
  const methods = METHODS.map((method): MethodDecision => {
    const { pools, flagged } = byGrouping[method.grouping];
    const baskets = pools.map((pool) => poolDecision(pool, method, { decidedOn: day, settings }));
    return { method: method.key, baskets, flagged };
  });
  const pools = {
    hand: byGrouping.hand.pools,
    words: byGrouping.words.pools,
    clusters: byGrouping.clusters.pools,
    factors: byGrouping.factors.pools,
    reconciled: byGrouping.reconciled.pools,
    everything: byGrouping.everything.pools,
  };
  return {
    ...{ day, methods, nUnanswered: words.nUnanswered },
    funnel: [
      ...eligibilityFunnel(eligible),
      ...exclusionStep(passed, view.markets, corrections),
    ],
    offered: holdables.map((contract, k) => ({ ...contract, side: sides[k]! })),
    groups: groupRows({ decidedOn: day, ...grouped }, heldSide),
    pool: candidatePool({
      ...{ markets: view.markets, isOpen: eligible.answers.active, holdables, words },
      ...{ themesOf, pools, tools: { handLabels, heldSide } },
    }),
  };
}

/** Reads the theme by words of a contract of the view. */
function wordsThemes(
  markets: readonly Market[],
  { tree, themes }: WordsAt,
): (marketId: string) => string | undefined {
  let known: ReadonlyMap<string, string> | undefined;
  const read = () =>
    new Map(tree.links.map(({ market, event }) => [markets[market]!.marketId, themes[event]!]));
  return (marketId) => (known ??= read()).get(marketId);
}

/** Risk of the holdable contracts, measured in another view where a look-ahead is planted. */
function riskOf(
  view: PointInTime,
  holdables: readonly HoldableContract[],
  { day, tools: { settings }, risk }: DecideOptions,
) {
  const from = risk ?? { view, day };
  const chosen = from.view === view
    ? holdables.map(({ market }) => market)
    : placesOf(from.view.markets, holdables.map(({ marketId }) => marketId));
  const found = contractRisk(from.view, chosen, { day: from.day, settings });
  // what a dollar buys is known on the day, wherever risk is measured
  return { ...found, price: Float64Array.from(holdables, ({ price }) => price) };
}

/** Clusters of loadings, which are measured in another view where a look-ahead is planted. */
function loadingClusters(
  view: PointInTime,
  holdables: readonly HoldableContract[],
  { day, tools, loadings, sides }: DecideOptions & { readonly sides: readonly Side[] },
) {
  const { settings, factors: list, seed } = tools, from = loadings ?? { view, day };
  const places = placesOf(from.view.markets, holdables.map(({ marketId }) => marketId));
  const placed = holdables.map((contract, k) => ({ ...contract, market: places[k]! }));
  return factorsAt(from.view, placed, { settings, list, sides, seed, day: from.day });
}

function placesOf(markets: readonly Market[], ids: readonly string[]): number[] {
  const places = new Map(markets.map(({ marketId }, j) => [marketId, j]));
  return ids.map((id) => places.get(id)!);
}

/**
 * Accepted pairs of one question on two venues, among the contracts that may be held.
 *
 * Which outcome a venue quotes says nothing about the question, so a contract quoted by its denial is
 * read as its affirmation. A pair that a person rejected is none.
 */
export function eligibleTwins(
  markets: readonly Market[],
  { eligible }: Pick<Eligibility, "eligible">,
  { settings, aliases, corrections }: Pick<DecideTools, "settings" | "aliases" | "corrections">,
): (readonly [number, number])[] {
  const chosen = [...markets.keys()].filter((j) => eligible[j] === 1);
  const places = new Map(chosen.map((j) => [markets[j]!.marketId, j]));
  const asked = chosen.map((j) => affirmed(markets[j]!));
  const pairs = twinPairs(asked, { settings: settings.universe, aliases });
  return withRejectedTwins(pairs, corrections.rejectedTwins)
    .filter(({ accepted }) => accepted)
    .map(({ marketA, marketB }) => [places.get(marketA)!, places.get(marketB)!] as const);
}

function affirmed(market: Market): Market {
  return affirmativeSide(market) === "yes" ? market : { ...market, outcome: "Yes" };
}
