/** A venue's name as the data contract writes it. */
export type Venue = "polymarket" | "kalshi";

const PREFIX: Readonly<Record<Venue, string>> = { polymarket: "poly", kalshi: "kalshi" };

/**
 * Reads the venue out of a market id.
 *
 * An id is the venue's prefix, a colon and the venue's own name of the contract, so two venues
 * can never collide: `poly:253843`, `kalshi:CONTROLH-2026-D`.
 *
 * @returns The venue, or `undefined` where the text is no market id.
 */
export function venueOfMarketId(marketId: string): Venue | undefined {
  const [prefix, ...rest] = marketId.split(":");
  if (rest.join(":").trim() === "") return undefined;
  for (const [venue, known] of Object.entries(PREFIX)) {
    if (prefix === known) return venue as Venue;
  }
  return undefined;
}

/**
 * The market id of a venue's contract.
 *
 * @throws {RangeError} If `name` is empty.
 */
export function marketId(venue: Venue, name: string): string {
  if (name.trim() === "") {
    throw new RangeError(
      `Cannot make a market id as the contract's name must not be empty: got ""`,
    );
  }
  return `${PREFIX[venue]}:${name}`;
}
