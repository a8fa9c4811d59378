import type { Answer } from "../../fetch/ask.ts";
import type { Reading } from "../live/fact.ts";
import { readBooks } from "./book_answer.ts";
import { type GammaOptions, gammaReader } from "./gamma_page.ts";
import { readClobMarket, readResolutions } from "./outcome_answer.ts";
import { readClobPrices, readDataPrices } from "./price_answer.ts";
import { readTrades } from "./tape_answer.ts";

/**
 * What reads any answer of Polymarket, by the kind of its ask.
 *
 * @returns A reader that throws a TypeError where a page is no page, and a RangeError for an ask of a
 *   kind that is not Polymarket's.
 */
export function polymarketReader(options: GammaOptions): (answer: Answer) => Reading {
  const readers = new Map<string, (answer: Answer) => Reading>(Object.entries({
    ...gammaReader(options),
    data_prices: readDataPrices,
    clob_prices: readClobPrices,
    data_trades: readTrades,
    data_trades_end: readTrades,
    clob_books: readBooks,
    data_resolutions: readResolutions,
    clob_market: readClobMarket,
  }));
  return (answer) => {
    const reader = readers.get(answer.ask.kind);
    if (reader === undefined) {
      throw new RangeError(
        `Cannot read an answer of Polymarket as its kind must be one of ${
          [...readers.keys()].join(", ")
        }: got "${answer.ask.kind}"`,
      );
    }
    return reader(answer);
  };
}
