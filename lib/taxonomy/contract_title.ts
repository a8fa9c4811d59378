import type { Market } from "../core/data_set.ts";

/**
 * What a contract is about, for a reader and for its words: its question, else its event's title
 * with the outcome, else its slug; `null` where the source knows none of them.
 *
 * Untrusted text, as the venue wrote it.
 */
export function contractTitle(market: Market): string | null {
  const { question, eventTitle, groupItemTitle, outcome, slug } = market;
  if (question !== null) return question;
  if (eventTitle !== null) {
    const item = groupItemTitle ?? outcome;
    return item === null ? eventTitle : `${eventTitle}: ${item}`;
  }
  return slug === null ? null : slug.replaceAll("-", " ");
}

/** The same with the side that is held: `NO · …` where it is the complement of the quoted outcome. */
export function heldTitle(market: Market, side: number): string {
  const title = contractTitle(market) ?? market.marketId;
  return side < 0 ? `NO · ${title}` : title;
}

/** Reads a contract's title by its id; the id where no title or no such contract is known. */
export function titleReader(markets: readonly Market[]): (marketId: string) => string {
  const byId = new Map(markets.map((market) => [market.marketId, market]));
  return (marketId) => {
    const market = byId.get(marketId);
    return market === undefined ? marketId : contractTitle(market) ?? marketId;
  };
}
