import type { DailyPrices, Market } from "lib/core/data_set.ts";
import { MS_PER_DAY } from "lib/core/day.ts";
import type { ContractTaxonomy, EventKind } from "lib/taxonomy/contract_taxonomy.ts";
import { dailyPrices, market } from "../universe/daily_prices.ts";

/** One contract of a made event. */
export interface MadeContract {
  /** Text of its ticker. */
  readonly text: string;
  readonly label?: string;
  readonly outcome?: string;
  /** The venue's event, by default the made event itself. */
  readonly repetition?: string;
  /** Day of the scheduled end. */
  readonly ends?: number;
  readonly negRisk?: boolean;
  readonly closes?: readonly (readonly [day: number, close: number])[];
}

/** A made event. */
export interface MadeEvent {
  readonly name: string;
  readonly kind: EventKind;
  readonly contracts: readonly MadeContract[];
}

/** Markets with closes and the taxonomy that links them. */
export interface MadeUniverse {
  readonly markets: Market[];
  readonly prices: DailyPrices;
  readonly taxonomy: ContractTaxonomy;
}

/** A universe of events, in the order given; a ticker is a text within an event. */
export function made(events: readonly MadeEvent[]): MadeUniverse {
  const listed = events.flatMap((event, e) => event.contracts.map((one) => ({ ...one, e })));
  const keys = [...new Set(listed.map(({ e, text }) => `${e} ${text}`))];
  const tickerOf = ({ e, text }: { e: number; text: string }) => keys.indexOf(`${e} ${text}`);
  const end = (m: number) => listed[m]!.ends ?? Infinity;
  const tickers = keys.map((key, t) => {
    const own = [...listed.keys()].filter((m) => tickerOf(listed[m]!) === t);
    return {
      tickerId: `t ${key}`,
      text: listed[own[0]!]!.text,
      event: listed[own[0]!]!.e,
      markets: own.sort((a, b) => (end(a) === end(b) ? 0 : end(a) - end(b)) || a - b),
    };
  });
  return {
    markets: listed.map(({ label, outcome, repetition, ends, negRisk, e }, m) =>
      market({
        marketId: `poly:${m}`,
        eventId: repetition ?? `event ${e}`,
        groupItemTitle: label ?? null,
        outcome: outcome ?? "Yes",
        negRisk: negRisk ?? null,
        closesAtMs: ends === undefined ? null : ends * MS_PER_DAY,
      })
    ),
    prices: dailyPrices(listed.map(({ closes }) => closes ?? [])),
    taxonomy: {
      links: listed.map((one, m) => ({
        market: m,
        ticker: tickerOf(one),
        event: one.e,
        method: "venue",
        confidence: 1,
        period: null,
      })),
      tickers,
      events: events.map(({ name, kind }, e) => ({
        eventId: `e${e}`,
        name,
        kind,
        tickers: [...tickers.keys()].filter((t) => tickers[t]!.event === e),
        slugs: [],
        description: null,
      })),
    },
  };
}
