import type { DailyPrices, Market } from "../core/data_set.ts";
import { type Table, table } from "../core/table.ts";
import type { DailyMoves } from "./daily_moves.ts";

/**
 * The checkpoint `01_returns`: one row per daily price with its one-day moves, sorted by market and
 * day. A move is missing where the day before has no price.
 *
 * Units: close in probability, change in points, logit_change in nats, simple_return in dollars per
 * dollar. Cost: O(rows); the columns share the arrays of `prices` and `moves`.
 */
export function returnsTable(
  markets: readonly Market[],
  prices: DailyPrices,
  moves: DailyMoves,
): Table {
  const codes = new Int32Array(prices.close.length);
  for (let j = 0; j < markets.length; ++j) {
    codes.fill(j, prices.offsets[j]!, prices.offsets[j + 1]!);
  }
  return table({
    market_id: { type: "string", codes, labels: markets.map((market) => market.marketId) },
    date: { type: "date", values: prices.day },
    close: { type: "number", values: prices.close },
    change: { type: "number", values: moves.change },
    logit_change: { type: "number", values: moves.logitChange },
    simple_return: { type: "number", values: moves.simpleReturn },
  });
}
