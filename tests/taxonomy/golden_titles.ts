import type { Market } from "lib/core/data_set.ts";
import { market } from "../universe/daily_prices.ts";

interface GoldenMarket {
  readonly ticker: string;
  readonly venue?: "kalshi";
  readonly question?: string;
  readonly eventTitle?: string;
  readonly eventSlug?: string;
  readonly slug?: string;
  readonly groupItemTitle?: string;
  readonly negRisk?: boolean;
  readonly closes?: string;
}

interface Golden {
  readonly titles: readonly (readonly [title: string, text: string])[];
  readonly events: readonly {
    readonly event: string;
    readonly kind: string;
    readonly markets: readonly GoldenMarket[];
  }[];
}

/** The hand-checked titles. */
export function goldenTitles(): Golden {
  const url = new URL("../golden/taxonomy/titles.json", import.meta.url);
  return JSON.parse(Deno.readTextFileSync(url));
}

/** Contracts of all golden events with what must come out for each. */
export function goldenMarkets(): {
  market: Market;
  ticker: string;
  event: string;
  kind: string;
}[] {
  return goldenTitles().events.flatMap(({ event, kind, markets }, k) =>
    markets.map(({ ticker, closes, venue, ...fields }, i) => ({
      market: market({
        marketId: `${venue === "kalshi" ? "kalshi:KX" : "poly:"}${100 * k + i}`,
        ...fields,
        closesAtMs: closes === undefined ? null : Date.parse(closes),
      }),
      ticker,
      event,
      kind,
    }))
  );
}
