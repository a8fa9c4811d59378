import type { Answer } from "../../fetch/ask.ts";
import type { Fact, ListingFact, Oddity, Reading } from "../live/fact.ts";
import { readEnd } from "./kalshi_list.ts";
import { kalshiPage, pathParameter, placeOf } from "./kalshi_page.ts";
import { type KalshiRow, kalshiRow } from "./kalshi_row.ts";
import { followedFacts, marketFacts } from "./market_facts.ts";
import { takeMarket, tickerField, type Tier } from "./market_record.ts";

/** Options of the readers of records. */
export interface RecordOptions {
  /** Contracts that were to live for less are left out, days. */
  readonly minScheduledDays: number;
}

/**
 * Events with the contracts nested in them, so that each has its event's title and series.
 *
 * The exchange nests no archived contracts. An event without any, and every event on a list of one
 * series, therefore leaves a listing of its own, `kalshi event:KXFED-25JAN`, which is no contract: it
 * only says what the archive's records do not, the event's title and whether one outcome alone can come
 * true.
 *
 * @throws {TypeError} If it is no page of events.
 */
export function readEvents(answer: Answer, { minScheduledDays }: RecordOptions): Reading {
  const { rows } = kalshiPage(answer, "events");
  const place = placeOf(answer.ask.path);
  const isOfSeries = pathParameter(answer.ask.path, "series_ticker") !== null;
  const facts: Fact[] = [];
  const oddities: Oddity[] = [];
  const told = (oddity: Oddity) => void oddities.push(oddity);
  rows.forEach((raw, row) => {
    const event = kalshiRow(raw, { place, row, told });
    if (event === null) return;
    const series = tickerField(event, "series_ticker");
    const words = { title: event.text("title"), isExclusive: event.flag("mutually_exclusive") };
    const nested = event.list("markets") ?? [];
    nested.forEach((inner, k) => {
      const record = kalshiRow(inner, { place, row, within: `markets.${k}`, told });
      const market = record === null ? null : takeMarket(record);
      if (record === null || market === null) return;
      const context = { tier: "live", series, event: words, minScheduledDays } as const;
      facts.push(...marketFacts(market, record, context));
    });
    const ticker = tickerField(event, "event_ticker");
    if (ticker === null) event.tell("event_ticker", "an event must have a ticker");
    else if (isOfSeries || nested.length === 0) facts.push(eventListing(ticker, series, words));
  });
  const end = readEnd(answer, "events");
  return { facts: [...facts, ...end.facts], oddities: [...oddities, ...end.oddities] };
}

/**
 * Contracts of a page of records: of a series of the archive, with their listings, or asked for by
 * ticker, when their first record is known and is left alone.
 *
 * @throws {TypeError} If it is no page of markets.
 */
export function readMarkets(
  answer: Answer,
  { tier, minScheduledDays }: RecordOptions & { readonly tier: Tier },
): Reading {
  const { path } = answer.ask;
  const { rows } = kalshiPage(answer, "markets");
  const series = pathParameter(path, "series_ticker");
  const facts: Fact[] = [];
  const oddities: Oddity[] = [];
  const read = (record: KalshiRow) => {
    const market = takeMarket(record);
    if (market === null) return [];
    return series === null
      ? followedFacts(market, record, tier)
      : marketFacts(market, record, { tier, series, event: null, minScheduledDays });
  };
  rows.forEach((raw, row) => {
    const told = (oddity: Oddity) => void oddities.push(oddity);
    const record = kalshiRow(raw, { place: placeOf(path), row, told });
    if (record !== null) facts.push(...read(record));
  });
  const end = readEnd(answer, "markets");
  return { facts: [...facts, ...end.facts], oddities: [...oddities, ...end.oddities] };
}

function eventListing(
  ticker: string,
  series: string | null,
  { title, isExclusive }: { readonly title: string | null; readonly isExclusive: boolean | null },
): ListingFact {
  const subject = `kalshi event:${ticker}`;
  return {
    kind: "listing",
    subject,
    market: {
      marketId: subject,
      venue: "kalshi",
      question: null,
      description: null,
      slug: null,
      eventId: ticker,
      eventSlug: ticker.toLowerCase(),
      eventTitle: title,
      outcome: null,
      groupItemTitle: null,
      negRisk: isExclusive,
      createdAtMs: null,
      opensAtMs: null,
      closesAtMs: null,
      conditionId: null,
      tokenId: null,
    },
    leftOut: "an event, no contract",
    native: series === null ? { event: ticker } : { event: ticker, series },
  };
}
