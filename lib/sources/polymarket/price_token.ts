import type { KnownMarket } from "../live/venue.ts";

/**
 * Token of the quoted outcome, as paths and bodies may hold it; `null` where there is none yet or
 * it is not a whole number in decimal digits.
 *
 * The record of today comes first: a contract may be listed before it has tokens.
 */
export function tokenOf({ listing, state }: KnownMarket): string | null {
  const token = state.native.token || listing.market.tokenId || "";
  return /^[0-9]{1,80}$/.test(token) ? token : null;
}
