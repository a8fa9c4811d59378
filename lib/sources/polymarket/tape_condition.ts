import type { KnownMarket } from "../live/venue.ts";

/**
 * Condition id in lower case, as paths may hold it; `null` where there is none or it is not one.
 *
 * It has 64 digits, or 62 under the second protocol.
 */
export function conditionOf({ listing, state }: KnownMarket): string | null {
  const condition = (state.native.condition || listing.market.conditionId || "").toLowerCase();
  return /^0x(?:[0-9a-f]{62}|[0-9a-f]{64})$/.test(condition) ? condition : null;
}

/** A condition id in one form, to compare: short ones are padded to 64 digits where the chain has them. */
export function wholeCondition(condition: string): string {
  return condition.toLowerCase().padEnd(66, "0");
}
