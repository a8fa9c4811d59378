import { type KalshiAccess, kalshiAccess } from "./kalshi_access.ts";
import { type KalshiCatalogue, kalshiCatalogue } from "./kalshi_catalogue.ts";
import {
  cutoffRecord,
  listArchive,
  listEvents,
  listFeeChanges,
  listMarkets,
  listSeries,
} from "./kalshi_lists.ts";
import {
  eventRecord,
  type KalshiRecord,
  liveMarkets,
  marketRecord,
  seriesRecord,
} from "./kalshi_records.ts";
import { badRequest, KalshiRefusal, notFound, wholeNumber } from "./kalshi_reply.ts";
import { candlesAnswer, candlesBatch, listTrades, marketIn, orderBook } from "./kalshi_trading.ts";
import { seriesTickerOf } from "./kalshi_catalogue.ts";
import type { World } from "./world.ts";

/**
 * Kalshi's Trade API v2 below `/kalshi`, which stands for
 * `https://external-api.kalshi.com/trade-api/v2`: what section 7 of the sheet says, with the
 * contents of a world as of its clock. Parlays and very short contracts are served too, as noise.
 */
export function kalshiStub(
  world: World,
  access: KalshiAccess = {},
): (request: Request) => Response {
  const catalogue = kalshiCatalogue(world);
  const admit = kalshiAccess(access);
  return (request) => {
    const headers = { date: new Date(world.nowMs()).toUTCString() };
    try {
      const url = new URL(request.url);
      const below = url.pathname.replace(/^\/(kalshi|trade-api\/v2)(?=\/|$)/, "");
      const isSigned = admit(request, below);
      const value = answer(catalogue, {
        parts: below.split("/").slice(1).map(decodeURIComponent),
        query: url.searchParams,
        isSigned,
      });
      return Response.json(inLanguage(value, request.headers.get("accept-language")), { headers });
    } catch (error) {
      if (!(error instanceof KalshiRefusal)) throw error;
      const { status, code, message } = error;
      const body = status === 429 ? { error: message } : { error: { code, message } };
      return Response.json(body, { status, headers });
    }
  };
}

interface Question {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly isSigned: boolean;
}

function answer(catalogue: KalshiCatalogue, question: Question): KalshiRecord {
  const { parts, query } = question;
  switch (parts[0]) {
    case "series":
      return seriesAnswer(catalogue, question);
    case "events":
      if (parts.length === 1) return listEvents(catalogue, query);
      return eventAnswer(catalogue, question);
    case "markets":
      return marketsAnswer(catalogue, question);
    case "historical":
      return historicalAnswer(catalogue, question);
  }
  throw notFound();
}

function seriesAnswer(catalogue: KalshiCatalogue, { parts, query }: Question): KalshiRecord {
  if (parts.length === 1) return listSeries(catalogue, query);
  if (parts.length === 2 && parts[1] === "fee_changes") return listFeeChanges(catalogue, query);
  const one = catalogue.seriesOf(parts[1]!);
  if (one === undefined) throw notFound();
  if (parts.length === 2) {
    const withVolume = query.get("include_volume") === "true";
    const nowMs = catalogue.nowMs();
    return { series: seriesRecord(one, nowMs, { withVolume, withMetadata: false }) };
  }
  const [, , kind, ticker, last] = parts;
  if (parts.length !== 5 || kind !== "markets" || last !== "candlesticks") throw notFound();
  const market = marketIn(catalogue, ticker!, "live");
  if (seriesTickerOf(market.eventName) !== one.ticker) throw notFound();
  return candlesAnswer(catalogue, market, { query, tier: "live" });
}

function eventAnswer(catalogue: KalshiCatalogue, { parts, query }: Question): KalshiRecord {
  const event = catalogue.eventOf(parts[1]!);
  if (parts.length !== 2 || event === undefined || event.createdAtMs > catalogue.nowMs()) {
    throw notFound();
  }
  if (query.get("with_nested_markets") === "true") {
    return { event: eventRecord(event, catalogue, { withMarkets: true }) };
  }
  return {
    event: eventRecord(event, catalogue, { withMarkets: false }),
    markets: liveMarkets(event, catalogue),
  };
}

function marketsAnswer(
  catalogue: KalshiCatalogue,
  { parts, query, isSigned }: Question,
): KalshiRecord {
  const [, ticker, kind] = parts;
  if (ticker === undefined) return listMarkets(catalogue, query);
  if (parts.length === 2) {
    if (ticker === "trades") return listTrades(catalogue, query, "live");
    if (ticker === "candlesticks") return candlesBatch(catalogue, query);
    if (ticker === "orderbooks") return books(catalogue, query, isSigned);
    return { market: marketRecord(marketIn(catalogue, ticker, "live"), catalogue) };
  }
  if (parts.length !== 3 || kind !== "orderbook") throw notFound();
  const depth = wholeNumber(query, "depth") ?? 0;
  if (depth > 100) throw badRequest("invalid parameter depth: at most 100");
  return orderBook(catalogue, ticker, depth);
}

function books(
  catalogue: KalshiCatalogue,
  query: URLSearchParams,
  isSigned: boolean,
): KalshiRecord {
  if (!isSigned) throw new KalshiRefusal(401, "unauthorized", "unauthorized");
  const tickers = query.getAll("tickers");
  if (tickers.length > 100) throw badRequest("tickers: at most 100");
  return {
    orderbooks: tickers.map((ticker) => ({ ticker, ...orderBook(catalogue, ticker, 0) })),
  };
}

function historicalAnswer(catalogue: KalshiCatalogue, { parts, query }: Question): KalshiRecord {
  const [, kind, ticker, last] = parts;
  if (parts.length === 2 && kind === "cutoff") return cutoffRecord(catalogue.nowMs());
  if (parts.length === 2 && kind === "trades") return listTrades(catalogue, query, "historical");
  if (kind !== "markets") throw notFound();
  if (ticker === undefined) return listArchive(catalogue, query);
  const market = marketIn(catalogue, ticker, "historical");
  if (parts.length === 3) return { market: marketRecord(market, catalogue) };
  if (parts.length !== 4 || last !== "candlesticks") throw notFound();
  return candlesAnswer(catalogue, market, { query, tier: "historical" });
}

/** Spanish and Portuguese clients get other texts, so a client must ask for English. */
function inLanguage(value: KalshiRecord, language: string | null): KalshiRecord {
  const [, code] = /^(es|pt)\b/.exec(language ?? "") ?? [];
  if (code === undefined) return value;
  return JSON.parse(
    JSON.stringify(value),
    (name, one) => name === "title" || name === "rules_primary" ? `[${code}] ${one}` : one,
  );
}
