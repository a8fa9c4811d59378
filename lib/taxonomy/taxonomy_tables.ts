import type { Market } from "../core/data_set.ts";
import {
  boolColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import { contractTitle } from "./contract_title.ts";
import type { ContractTaxonomy } from "./contract_taxonomy.ts";

/**
 * A row for each contract in the order of the markets: market_id, ticker_id, event_id, method,
 * confidence, period (null where the title named no time), title (null where the source has no words;
 * untrusted).
 *
 * @throws {RangeError} If the taxonomy is of another list of markets.
 */
export function contractTable(
  markets: readonly Market[],
  { links, tickers, events }: ContractTaxonomy,
): Table {
  if (markets.length !== links.length) {
    throw new RangeError(
      `Cannot list contracts as the taxonomy must be of these markets: got ${links.length} links for ${markets.length} markets`,
    );
  }
  return table({
    market_id: stringColumn(links.map(({ market }) => markets[market]!.marketId)),
    ticker_id: stringColumn(links.map(({ ticker }) => tickers[ticker]!.tickerId)),
    event_id: stringColumn(links.map(({ event }) => events[event]!.eventId)),
    method: stringColumn(links.map(({ method }) => method)),
    confidence: numberColumn(links.map(({ confidence }) => confidence)),
    period: stringColumn(links.map(({ period }) => period)),
    title: stringColumn(links.map(({ market }) => contractTitle(markets[market]!))),
  });
}

/**
 * A row for each ticker by id: ticker_id, ticker_text, event_id, is_binary (whether it is its event's
 * only ticker), market_count.
 */
export function tickerTable({ tickers, events }: ContractTaxonomy): Table {
  return table({
    ticker_id: stringColumn(tickers.map(({ tickerId }) => tickerId)),
    ticker_text: stringColumn(tickers.map(({ text }) => text)),
    event_id: stringColumn(tickers.map(({ event }) => events[event]!.eventId)),
    is_binary: boolColumn(tickers.map(({ event }) => events[event]!.tickers.length === 1)),
    market_count: integerColumn(tickers.map(({ markets }) => markets.length)),
  });
}

/**
 * A row for each event by id: event_id, event_name, theme, kind, is_categorical (whether it has several
 * tickers, so ladders too), ticker_count, market_count.
 *
 * @param themes Theme of each event, in the order of the events; left out, all are null.
 * @throws {RangeError} If there is not one theme an event.
 */
export function eventTable(
  { events, tickers }: ContractTaxonomy,
  themes?: readonly (string | null)[],
): Table {
  if (themes !== undefined && themes.length !== events.length) {
    throw new RangeError(
      `Cannot list events as each must have one theme or null: got ${themes.length} for ${events.length} events`,
    );
  }
  const nMarkets = (list: readonly number[]) =>
    list.reduce((sum, ticker) => sum + tickers[ticker]!.markets.length, 0);
  return table({
    event_id: stringColumn(events.map(({ eventId }) => eventId)),
    event_name: stringColumn(events.map(({ name }) => name)),
    theme: stringColumn(themes ?? events.map(() => null)),
    kind: stringColumn(events.map(({ kind }) => kind)),
    is_categorical: boolColumn(events.map((event) => event.tickers.length > 1)),
    ticker_count: integerColumn(events.map((event) => event.tickers.length)),
    market_count: integerColumn(events.map((event) => nMarkets(event.tickers))),
  });
}
