import { MS_PER_DAY } from "lib/core/day.ts";
import golden from "../golden/universe/price_nulls.json" with { type: "json" };
import { dailyPrices, market } from "./daily_prices.ts";

/** The small universe of tests/golden/universe/price_nulls.py: 24 markets in 9 events, with holes. */
export const MARKETS = golden.markets.map(({ marketId, eventId, endDay }) =>
  market({ marketId, eventId, closesAtMs: endDay === null ? null : endDay * MS_PER_DAY })
);

/** Its daily closes. */
export const PRICES = dailyPrices(
  MARKETS.map((_, j) =>
    (golden.prices as [number, number, number][])
      .filter(([owner]) => owner === j)
      .map(([, day, close]) => [day, close] as const)
  ),
);
