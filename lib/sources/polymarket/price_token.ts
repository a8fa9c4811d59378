import type { KnownMarket } from "../live/venue.ts";

/**
 * Token of the quoted outcome, as paths and bodies may hold it; `null` where there is none yet or
 * it is not a whole number in decimal digits, or the contract is a placeholder without a name.
 *
 * The record of today comes first: a contract may be listed before it has tokens.
 */
export function tokenOf(market: KnownMarket): string | null {
  if (isUnnamed(market)) return null;
  const { listing, state } = market;
  const token = state.native.token || listing.market.tokenId || "";
  return /^[0-9]{1,80}$/.test(token) ? token : null;
}

/** Whether a contract was listed as a placeholder, such as "Person X", and has not been opened since. */
export function isUnnamed({ listing, state }: KnownMarket): boolean {
  return listing.native.isPlaceholder === "yes" && state.native.isTradeable !== "yes";
}
