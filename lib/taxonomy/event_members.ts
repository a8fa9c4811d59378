import type { Market } from "../core/data_set.ts";
import type { ContractTaxonomy } from "./contract_taxonomy.ts";

/** Ids of the contracts of each event, by the event's id; contracts in the order of the markets. */
export function eventMembers(
  markets: readonly Pick<Market, "marketId">[],
  { links, events }: Pick<ContractTaxonomy, "links" | "events">,
): ReadonlyMap<string, readonly string[]> {
  const members = new Map(events.map(({ eventId }): [string, string[]] => [eventId, []]));
  for (const { market, event } of links) {
    members.get(events[event]!.eventId)!.push(markets[market]!.marketId);
  }
  return members;
}
