import { MS_PER_DAY } from "lib/core/day.ts";
import { candlesOf, type CandleWindow, type Tier } from "./kalshi_candles.ts";
import { isArchived, type KalshiCatalogue } from "./kalshi_catalogue.ts";
import { count, dollars, lastRow, quoteNow, type Trade, tradesOfDay } from "./kalshi_quotes.ts";
import { isoTime, type KalshiRecord } from "./kalshi_records.ts";
import { badRequest, csv, notFound, pageFrom, pageLimit, wholeNumber } from "./kalshi_reply.ts";
import { shownDays, statusOf, type WorldMarket } from "./world.ts";
import { hexOf } from "./world_hash.ts";

/** A contract of one tier. */
export function marketIn(catalogue: KalshiCatalogue, ticker: string, tier: Tier): WorldMarket {
  const one = catalogue.marketOf(ticker), nowMs = catalogue.nowMs();
  if (one === undefined || statusOf(one, nowMs) === "unborn") throw notFound();
  if (isArchived(one, nowMs) !== (tier === "historical")) throw notFound();
  return one;
}

/** Candles of one contract, at most 5,000 that the window could hold. */
export function candlesAnswer(
  catalogue: KalshiCatalogue,
  one: WorldMarket,
  { query, tier }: { readonly query: URLSearchParams; readonly tier: Tier },
): KalshiRecord {
  const window = windowOf(query);
  checkSize(window, { nMarkets: 1, most: 5_000 });
  const candlesticks = candlesOf(one, window, { tier, nowMs: catalogue.nowMs() });
  return { ticker: one.name, candlesticks };
}

/** Candles of up to 100 contracts of the live tier; names that are not in it are left out. */
export function candlesBatch(catalogue: KalshiCatalogue, query: URLSearchParams): KalshiRecord {
  const tickers = csv(query, "market_tickers");
  if (tickers === undefined) throw badRequest("market_tickers is required");
  if (tickers.length > 100) throw badRequest("market_tickers: at most 100");
  const window = windowOf(query), nowMs = catalogue.nowMs();
  checkSize(window, { nMarkets: tickers.length, most: 10_000 });
  return {
    markets: tickers.map((name) => catalogue.marketOf(name))
      .filter((one) => one !== undefined)
      .filter((one) => statusOf(one, nowMs) !== "unborn" && !isArchived(one, nowMs))
      .map((one) => ({
        market_ticker: one.name,
        candlesticks: candlesOf(one, window, { tier: "live", nowMs }),
      })),
  };
}

function windowOf(query: URLSearchParams): CandleWindow {
  const startTs = wholeNumber(query, "start_ts"), endTs = wholeNumber(query, "end_ts");
  const minutes = wholeNumber(query, "period_interval");
  if (startTs === undefined || endTs === undefined || minutes === undefined) {
    throw badRequest("start_ts, end_ts and period_interval are required");
  }
  if (![1, 60, 1440].includes(minutes)) throw badRequest("invalid period_interval");
  if (endTs < startTs) throw badRequest("end_ts must not be before start_ts");
  const withLatestBefore = query.get("include_latest_before_start") === "true";
  return { startTs, endTs, minutes, withLatestBefore };
}

function checkSize(
  { startTs, endTs, minutes }: CandleWindow,
  { nMarkets, most }: { readonly nMarkets: number; readonly most: number },
): void {
  const wanted = (endTs - startTs) / (60 * minutes) * nMarkets;
  if (wanted <= most) return;
  throw badRequest(
    `requested time range with candlesticks: ${wanted.toFixed(6)}, max candlesticks: ${most}`,
  );
}

/** `/markets/trades` and `/historical/trades`: newest first, of one contract or of all. */
export function listTrades(
  catalogue: KalshiCatalogue,
  query: URLSearchParams,
  tier: Tier,
): KalshiRecord {
  const limit = pageLimit(query, { usual: 100, most: 1000 });
  const nowMs = catalogue.nowMs();
  const minMs = (wholeNumber(query, "min_ts") ?? 0) * 1_000;
  const maxMs = Math.min(nowMs, (wholeNumber(query, "max_ts") ?? Infinity) * 1_000);
  const ticker = query.get("ticker") ?? "";
  const all: { readonly one: WorldMarket; readonly trade: Trade; readonly id: string }[] = [];
  for (const one of traded(catalogue, ticker)) {
    if (statusOf(one, nowMs) === "unborn") continue;
    if (isArchived(one, nowMs) !== (tier === "historical")) continue;
    for (let row = 0; row <= lastRow(one, maxMs); ++row) {
      if ((one.days.day[row]! + 1) * MS_PER_DAY < minMs) continue;
      for (const [k, trade] of tradesOfDay(one, row).entries()) {
        if (trade.atMs < minMs || trade.atMs > maxMs) continue;
        all.push({ one, trade, id: `${one.name} ${one.days.day[row]} ${k}` });
      }
    }
  }
  if (query.get("is_block_trade") === "true") all.length = 0;
  all.sort((a, b) => b.trade.atMs - a.trade.atMs || (a.id < b.id ? -1 : 1));
  const page = pageFrom(query, {
    limit,
    length: all.length,
    member: (position) => all[position]!,
    isWanted: () => true,
  });
  return { trades: page.rows.map(tradeRecord), cursor: page.cursor };
}

function* traded(catalogue: KalshiCatalogue, ticker: string): Generator<WorldMarket> {
  if (ticker !== "") {
    const one = catalogue.marketOf(ticker);
    if (one !== undefined) yield one;
    return;
  }
  for (let k = 0; k < catalogue.nMarkets(); ++k) yield catalogue.market(k);
}

function tradeRecord(
  { one, trade, id }: { readonly one: WorldMarket; readonly trade: Trade; readonly id: string },
): KalshiRecord {
  const hex = hexOf(id, 32);
  const side = Number.parseInt(hex[0]!, 16) % 2 === 0 ? "yes" : "no";
  return {
    trade_id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    ticker: one.name,
    count_fp: count(trade.hundredths),
    yes_price_dollars: dollars(trade.micros),
    no_price_dollars: dollars(1e6 - trade.micros),
    taker_outcome_side: side,
    taker_book_side: side === "yes" ? "bid" : "ask",
    taker_side: side,
    created_time: isoTime(trade.atMs, true),
    is_block_trade: false,
  };
}

/**
 * The order book of a contract: bids only, ascending, so that the best is the last. An unknown
 * ticker has an empty one, and so has a contract that is not open.
 *
 * Its resting orders cost their makers what the world's last day that has ended says, within the
 * rounding of ten sizes; 100 dollars where the world does not say.
 */
export function orderBook(
  catalogue: KalshiCatalogue,
  ticker: string,
  depth: number,
): KalshiRecord {
  const empty = { orderbook_fp: { yes_dollars: [], no_dollars: [] } };
  const one = catalogue.marketOf(ticker), nowMs = catalogue.nowMs();
  if (one === undefined || statusOf(one, nowMs) !== "open") return empty;
  const { bid, ask } = quoteNow(one, nowMs);
  if (bid === 0 && ask === 1e6) return empty;
  const row = shownDays(one.days, nowMs) - 1;
  const known = row < 0 ? NaN : one.days.liquidityUsd[row]!;
  const restingUsd = Number.isNaN(known) ? 100 : known;
  const side = (best: number) => {
    const step = Math.min(10_000, Math.floor(best / 5));
    const prices = Array.from({ length: 5 }, (_, k) => best - (4 - k) * step)
      .filter((price, k, all) => price > 0 && price !== all[k + 1]);
    return prices.map((price) => [
      dollars(price),
      count(Math.round(restingUsd / 2 / prices.length / price * 1e8)),
    ]).filter(([, size]) => size !== "0.00").slice(depth === 0 ? 0 : -depth);
  };
  return { orderbook_fp: { yes_dollars: side(bid), no_dollars: side(1e6 - ask) } };
}
