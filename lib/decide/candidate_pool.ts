import type { Market } from "../core/data_set.ts";
import type { Side } from "../baskets/side.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import { handTheme } from "../taxonomy/hand_labels.ts";
import type { BasketPool } from "./group_baskets.ts";
import type { DecideTools } from "./decide_tools.ts";
import type { GroupingKey } from "./grouping.ts";
import type { ThemesAt } from "./themes_at.ts";
import type { WordsAt } from "./words_at.ts";
import type { HoldableContract } from "../baskets/holdable.ts";
import { affirmativeSide } from "./held_side.ts";

/**
 * The contracts that an emergency rebalance may choose from until the next decision: all that were
 * listed and unsettled at the last one, in the groups that it made.
 */
export interface CandidatePool {
  readonly marketIds: readonly string[];
  /** Event and ticker of each, as places in the lists of ids. */
  readonly event: Int32Array;
  readonly eventIds: readonly string[];
  readonly ticker: Int32Array;
  readonly tickerIds: readonly string[];
  readonly groups: Readonly<Record<GroupingKey, PoolGroups>>;
}

/** The baskets of one grouping. */
export interface PoolGroups {
  /** Ids of the baskets. */
  readonly baskets: readonly string[];
  readonly names: readonly string[];
  readonly mergedFrom: readonly (readonly string[])[];
  /** Basket of each market of the pool, −1 in none. */
  readonly basketOf: Int16Array;
  /** 1 where the quoted outcome would be held, −1 its complement. */
  readonly side: Int8Array;
}

/** What a pool is made from. */
export interface CandidateInputs {
  readonly markets: readonly Market[];
  /** 1 for the markets of the view that may still be bought. */
  readonly isOpen: Int8Array;
  readonly holdables: readonly HoldableContract[];
  readonly words: WordsAt;
  readonly themesOf: ThemesAt;
  readonly pools: Readonly<Record<GroupingKey, readonly BasketPool[]>>;
  readonly tools: Pick<DecideTools, "heldSide" | "handLabels">;
}

/**
 * The pool of one decision.
 *
 * A contract belongs to the basket of its event's theme, whether or not it could be held at the
 * decision; where small themes are joined, to the joined basket. An event without a contract that
 * could be held has the theme of its words. A cluster of either kind has no contracts beside its
 * members.
 *
 * Cost: O(markets of the view).
 */
export function candidatePool(inputs: CandidateInputs): CandidatePool {
  const { markets, isOpen, words: { tree } } = inputs;
  const chosen = [...markets.keys()].filter((j) => isOpen[j] === 1);
  return {
    marketIds: chosen.map((j) => markets[j]!.marketId),
    event: Int32Array.from(chosen, (j) => tree.links[j]!.event),
    eventIds: tree.events.map(({ eventId }) => eventId),
    ticker: Int32Array.from(chosen, (j) => tree.links[j]!.ticker),
    tickerIds: tree.tickers.map(({ tickerId }) => tickerId),
    groups: {
      hand: themePool("hand", chosen, inputs),
      words: themePool("words", chosen, inputs),
      reconciled: themePool("reconciled", chosen, inputs),
      clusters: memberPool("clusters", chosen, inputs),
      factors: memberPool("factors", chosen, inputs),
      everything: allPool(chosen, inputs),
    },
  };
}

function emptyGroups(
  key: GroupingKey,
  chosen: readonly number[],
  { pools }: Pick<CandidateInputs, "pools">,
): { -readonly [Key in keyof PoolGroups]: PoolGroups[Key] } {
  return {
    baskets: pools[key].map(({ id }) => id),
    names: pools[key].map(({ name }) => name),
    mergedFrom: pools[key].map(({ mergedFrom }) => mergedFrom),
    basketOf: new Int16Array(chosen.length).fill(-1),
    side: new Int8Array(chosen.length).fill(1),
  };
}

function themePool(
  key: "hand" | "words" | "reconciled",
  chosen: readonly number[],
  inputs: CandidateInputs,
): PoolGroups {
  const { markets, words, holdables, themesOf, pools, tools } = inputs;
  const groups = emptyGroups(key, chosen, inputs);
  const basketOfTheme = new Map<string, number>();
  pools[key].forEach(({ id, mergedFrom }, b) => {
    for (const theme of mergedFrom.length > 0 ? mergedFrom : [id]) basketOfTheme.set(theme, b);
  });
  const themeOfEvent = [...words.themes];
  if (key === "reconciled") {
    holdables.forEach(({ market }, k) =>
      themeOfEvent[words.tree.links[market]!.event] = themesOf.reconciled[k]!
    );
  }
  chosen.forEach((j, at) => {
    const theme = key === "hand"
      ? handTheme(markets[j]!, tools.handLabels)
      : themeOfEvent[words.tree.links[j]!.event]!;
    const basket = theme === null || theme === UNCATEGORIZED ? undefined : basketOfTheme.get(theme);
    if (basket === undefined) return;
    groups.basketOf[at] = basket;
    groups.side[at] = signOf(tools.heldSide(markets[j]!, theme));
  });
  return groups;
}

function memberPool(
  key: "clusters" | "factors",
  chosen: readonly number[],
  inputs: CandidateInputs,
): PoolGroups {
  const groups = emptyGroups(key, chosen, inputs);
  const places = new Map(chosen.map((j, at) => [inputs.markets[j]!.marketId, at]));
  inputs.pools[key].forEach(({ contracts }, b) => {
    for (const { marketId, side } of contracts) {
      const at = places.get(marketId)!;
      groups.basketOf[at] = b;
      groups.side[at] = signOf(side);
    }
  });
  return groups;
}

function allPool(chosen: readonly number[], inputs: CandidateInputs): PoolGroups {
  const { markets, words, tools } = inputs;
  const groups = emptyGroups("everything", chosen, inputs);
  if (groups.baskets.length > 0) groups.basketOf.fill(0);
  chosen.forEach((j, at) => {
    const theme = words.themes[words.tree.links[j]!.event]!;
    groups.side[at] = signOf(
      theme === UNCATEGORIZED ? affirmativeSide(markets[j]!) : tools.heldSide(markets[j]!, theme),
    );
  });
  return groups;
}

function signOf(side: Side): number {
  return side === "yes" ? 1 : -1;
}
