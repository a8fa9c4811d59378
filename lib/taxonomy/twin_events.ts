import type { TwinPair } from "./twins.ts";

/** How many accepted pairs of twins the taxonomy keeps as two events. */
export interface TwinEvents {
  readonly nAcceptedTwins: number;
  readonly nInTwoEvents: number;
}

/**
 * Counts the accepted pairs, and those of them whose contracts are of two events of the taxonomy.
 *
 * Such a pair is one exposure under two names: a basket that holds one an event would hold it twice.
 *
 * @param contracts Every contract with its event.
 * @throws {RangeError} If a contract of an accepted pair is not listed.
 */
export function twinEvents(
  pairs: readonly Pick<TwinPair, "marketA" | "marketB" | "accepted">[],
  contracts: readonly { readonly marketId: string; readonly eventId: string }[],
): TwinEvents {
  const events = new Map(contracts.map(({ marketId, eventId }) => [marketId, eventId]));
  const eventOf = (marketId: string) => {
    const eventId = events.get(marketId);
    if (eventId !== undefined) return eventId;
    throw new RangeError(
      `Cannot count twins as each contract must have an event: got none for "${marketId}"`,
    );
  };
  const accepted = pairs.filter((pair) => pair.accepted);
  return {
    nAcceptedTwins: accepted.length,
    nInTwoEvents: accepted.filter(({ marketA, marketB }) => eventOf(marketA) !== eventOf(marketB))
      .length,
  };
}
