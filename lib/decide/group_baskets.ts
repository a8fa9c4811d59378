import type { BasketDecision } from "../baskets/basket_decision.ts";
import { type BasketContract, decidedBasket } from "../baskets/basket_of.ts";
import { type BasketCovariance, basketCovariance } from "../baskets/contract_risk.ts";
import type { ContractRisk } from "../baskets/contract_risk.ts";
import type { HoldableContract } from "../baskets/holdable.ts";
import { type BasketLimits, basketLimits } from "../baskets/limit_caps.ts";
import { type FlaggedGroup, mergedGroups } from "../baskets/merged_groups.ts";
import { sidePrice } from "../baskets/side.ts";
import type { WeightingInput } from "../baskets/weighting.ts";
import type { Settings } from "../core/settings.ts";
import type { Taxonomy } from "../taxonomy/lexical_theme.ts";
import type { ContractGroup, GroupingKey } from "./grouping.ts";
import type { BasketMethod } from "./method_list.ts";

/** A group that a basket is made of, with its contracts and their joint risk. */
export interface BasketPool {
  readonly id: string;
  /** Untrusted where it comes from titles. */
  readonly name: string;
  readonly mergedFrom: readonly string[];
  /** By market id. */
  readonly contracts: readonly BasketContract[];
  /** What the weightings see of the contracts at some places. */
  readonly inputOf: (kept: Int32Array) => WeightingInput;
}

/** What the pools of a grouping are made from. */
export interface PoolInputs {
  readonly holdables: readonly HoldableContract[];
  /** Of the holdable contracts, in their order. */
  readonly risk: ContractRisk;
  readonly taxonomy: Taxonomy;
  readonly settings: Settings;
}

/**
 * The pools of a grouping: groups of themes that are too small joined with their families, clusters
 * of either kind that are too small flagged.
 */
export function basketPools(
  key: GroupingKey,
  groups: readonly ContractGroup[],
  { holdables, risk, taxonomy, settings }: PoolInputs,
): { readonly pools: readonly BasketPool[]; readonly flagged: readonly FlaggedGroup[] } {
  const minMarkets = settings.baskets.min_markets.value;
  if (key === "clusters" || key === "factors" || key === "everything") {
    const isLarge = ({ members }: ContractGroup) => members.length >= minMarkets;
    return {
      pools: groups.filter(isLarge).map((group) =>
        poolOf({ ...group, mergedFrom: [] }, holdables, risk)
      ),
      flagged: groups.filter((group) => !isLarge(group))
        .map(({ id, name, members }) => ({ id, name, nMembers: members.length })),
    };
  }
  const families = new Map(taxonomy.themes.map(({ id, family }) => [id, family]));
  const names = new Map(taxonomy.families.map(({ id, name }) => [id, name]));
  const merged = mergedGroups(groups, {
    familyOf: (id) => families.get(id) ?? null,
    familyName: (family) => names.get(family) ?? family,
    minMarkets,
  });
  return {
    pools: merged.groups.map((group) => poolOf(group, holdables, risk)),
    flagged: merged.flagged,
  };
}

function poolOf(
  { id, name, members, mergedFrom }: ContractGroup & { readonly mergedFrom: readonly string[] },
  holdables: readonly HoldableContract[],
  risk: ContractRisk,
): BasketPool {
  const sorted = [...members].sort((a, b) =>
    holdables[a.contract]!.marketId < holdables[b.contract]!.marketId ? -1 : 1
  );
  const contracts = sorted.map(({ contract, side }): BasketContract => {
    const { marketId, venue, eventId, tickerId, volumeUsd, liquidityUsd } = holdables[contract]!;
    return { marketId, venue, eventId, tickerId, side, volumeUsd, liquidityUsd };
  });
  const places = sorted.map(({ contract }) => contract);
  const sides = sorted.map(({ side }) => side);
  let joint: BasketCovariance | undefined;
  const inputOf = (kept: Int32Array): WeightingInput => ({
    ids: Array.from(kept, (i) => contracts[i]!.marketId),
    volumeUsd: Float64Array.from(kept, (i) => contracts[i]!.volumeUsd),
    volatility: Float64Array.from(
      kept,
      (i) => risk.volatility[places[i]!]! / sidePrice(risk.price[places[i]!]!, sides[i]!),
    ),
    // most weightings never ask for it
    get covariance() {
      joint ??= basketCovariance(risk, places, sides);
      const n = contracts.length, chosen = new Float64Array(kept.length ** 2);
      kept.forEach((i, a) =>
        kept.forEach((j, b) => chosen[a * kept.length + b] = joint!.covariance[i * n + j]!)
      );
      return chosen;
    },
  });
  return { id, name, mergedFrom, contracts, inputOf };
}

/** What a method decides for one pool. */
export function poolDecision(
  { id, name, mergedFrom, contracts, inputOf }: BasketPool,
  method: Pick<BasketMethod, "grouping" | "weighting" | "capsLiquidity">,
  { decidedOn, settings }: { readonly decidedOn: number; readonly settings: Settings },
): BasketDecision {
  return decidedBasket({ id, name }, contracts, {
    ...{ weighting: method.weighting, capsLiquidity: method.capsLiquidity },
    ...{ decidedOn, mergedFrom, inputOf, limits: limitsOf(method.grouping, settings) },
  });
}

/** All markets in one have no largest number and no least weight: anyone holds them who chooses nothing. */
function limitsOf(grouping: GroupingKey, { baskets }: Settings): BasketLimits {
  const limits = basketLimits(baskets);
  return grouping === "everything" ? { ...limits, maxMarkets: Infinity, minWeight: 0 } : limits;
}
