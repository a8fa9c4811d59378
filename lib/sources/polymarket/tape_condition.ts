import type { KnownMarket } from "../live/venue.ts";
import { isUnnamed } from "./price_token.ts";

/**
 * Condition id in lower case, as paths may hold it; `null` where there is none, it is not one, or
 * the contract is a placeholder without a name.
 *
 * It has 64 digits, or 62 under the second protocol.
 */
export function conditionOf(market: KnownMarket): string | null {
  if (isUnnamed(market)) return null;
  const { listing, state } = market;
  const condition = (state.native.condition || listing.market.conditionId || "").toLowerCase();
  return /^0x(?:[0-9a-f]{62}|[0-9a-f]{64})$/.test(condition) ? condition : null;
}

/** A condition id in one form, to compare: short ones are padded to 64 digits where the chain has them. */
export function wholeCondition(condition: string): string {
  return condition.toLowerCase().padEnd(66, "0");
}
