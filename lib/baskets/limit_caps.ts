import type { Venue } from "../core/market_id.ts";
import type { Settings } from "../core/settings.ts";
import type { CapGroup, WeightCaps } from "./weight_caps.ts";

/** What the limits of a basket ask of a contract. */
export interface LimitedContract {
  readonly marketId: string;
  readonly venue: Venue;
  /** Dollars traded up to the decision; NaN unknown. */
  readonly volumeUsd: number;
  /** Dollars resting in the book, else open interest; NaN unknown. */
  readonly liquidityUsd: number;
}

/** The limits that a basket keeps. Weights are shares of the basket. */
export interface BasketLimits {
  readonly minMarkets: number;
  readonly maxMarkets: number;
  readonly minWeight: number;
  readonly maxWeight: number;
  readonly maxVenueWeight: number;
  /** Times a contract's share of the basket's liquidity; `null` where liquidity limits nothing. */
  readonly liquidityMultiple: number | null;
}

/** The limits that `config/settings.yaml` sets. */
export function basketLimits(settings: Settings["baskets"]): BasketLimits {
  return {
    minMarkets: settings.min_markets.value,
    maxMarkets: settings.max_markets.value,
    minWeight: settings.min_weight.value,
    maxWeight: settings.max_weight.value,
    maxVenueWeight: settings.max_venue_weight.value,
    liquidityMultiple: settings.liquidity_multiple.value,
  };
}

/**
 * Upper limits of the contracts of a basket: `maxWeight`, the liquidity limit where it is lower, and
 * one group a venue where a venue has a limit below 1.
 *
 * The liquidity limit is `liquidityMultiple` times the contract's share of the known liquidity of
 * the basket. A contract of unknown liquidity has no such limit and counts in nobody's share, since
 * a guess for it would move the limits of all others.
 *
 * Cost: O(contracts).
 *
 * @param kept Indices of the contracts in the basket; the limits have their order.
 */
export function limitCaps(
  contracts: readonly LimitedContract[],
  kept: Int32Array,
  { maxWeight, maxVenueWeight, liquidityMultiple }: BasketLimits,
): WeightCaps {
  let knownUsd = 0;
  for (const i of kept) knownUsd += known(contracts[i]!.liquidityUsd);
  const upper = new Float64Array(kept.length).fill(maxWeight);
  if (liquidityMultiple !== null) {
    kept.forEach((i, k) => {
      const { liquidityUsd } = contracts[i]!;
      if (Number.isNaN(liquidityUsd)) return;
      const share = liquidityUsd > 0 ? liquidityUsd / knownUsd : 0;
      upper[k] = Math.min(maxWeight, liquidityMultiple * share);
    });
  }
  return { upper, groups: maxVenueWeight < 1 ? venueGroups(contracts, kept, maxVenueWeight) : [] };
}

function known(liquidityUsd: number): number {
  return Number.isNaN(liquidityUsd) ? 0 : liquidityUsd;
}

/** One group for each venue of the basket, by name. */
function venueGroups(
  contracts: readonly LimitedContract[],
  kept: Int32Array,
  cap: number,
): CapGroup[] {
  const members = new Map<Venue, number[]>();
  kept.forEach((i, k) => {
    const { venue } = contracts[i]!;
    members.set(venue, [...members.get(venue) ?? [], k]);
  });
  return [...members].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, positions]) => ({ name, members: Int32Array.from(positions), cap }));
}
