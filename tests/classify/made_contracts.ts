import type { Market } from "lib/core/data_set.ts";
import { market } from "../universe/daily_prices.ts";
import type { ContractTaxonomy } from "lib/taxonomy/contract_taxonomy.ts";

/** A contract quoted by its Yes, of which only the given is known besides. */
export function madeMarket(marketId: string, known: Partial<Market> = {}): Market {
  return market({ marketId, outcome: "Yes", ...known });
}

/** Two events: "b" with tickers of contracts 0 and 2, "a" with one of contract 1. */
export const TWO_EVENTS: ContractTaxonomy = {
  links: [
    { market: 0, ticker: 1, event: 1, method: "venue", confidence: 1, period: null },
    { market: 1, ticker: 0, event: 0, method: "title", confidence: 0.7, period: "by May 2" },
    { market: 2, ticker: 2, event: 1, method: "venue", confidence: 1, period: null },
  ],
  tickers: [
    { tickerId: "t0", text: "US strikes Iran", event: 0, markets: [1] },
    { tickerId: "t1", text: "Vance wins", event: 1, markets: [0] },
    { tickerId: "t2", text: "Newsom wins", event: 1, markets: [2] },
  ],
  events: [
    {
      eventId: "a",
      name: "US strikes Iran",
      kind: "binary",
      tickers: [0],
      slugs: ["us-strikes-iran"],
      description: null,
    },
    {
      eventId: "b",
      name: "Presidential election",
      kind: "categorical",
      tickers: [1, 2],
      slugs: ["presidential-election-2028"],
      description: "Resolves to the winner.",
    },
  ],
};
