import { dayOf, MS_PER_DAY } from "../../core/day.ts";
import type { Answer, Ask } from "../../fetch/ask.ts";
import type { Oddity, Reading } from "../live/fact.ts";
import { kalshiPage, pathSpan, placeOf } from "./kalshi_page.ts";
import { kalshiRow } from "./kalshi_row.ts";
import { tickerOf } from "./kalshi_ticker.ts";
import type { Tier } from "./market_record.ts";

/**
 * The ask for the trades of one contract on one UTC day.
 *
 * `max_ts` is the midnight that ends the day, as whole seconds cannot say the last instant before it;
 * a trade at that midnight is passed over by the reader.
 */
export function tradesAsk(
  { subject, day }: { readonly subject: string; readonly day: number },
  { ticker, tier, edition }: {
    readonly ticker: string;
    readonly tier: Tier;
    readonly edition: string;
  },
): Ask {
  const place = tier === "live" ? "/markets/trades" : "/historical/trades";
  return {
    host: "kalshi",
    path: `${place}?ticker=${encodeURIComponent(ticker)}&limit=1000` +
      `&min_ts=${day * 86_400}&max_ts=${(day + 1) * 86_400}`,
    body: null,
    format: "json",
    kind: "kalshi_trades",
    subject,
    edition,
  };
}

/**
 * The dollars that were paid for Yes on a day, out of all its trades: for the rare day whose candles
 * tell contracts but no mean price.
 *
 * They stand in one answer or remain unknown: a day of more than 1,000 trades, one with a faulty trade,
 * and one without any, which contradicts its candles, have no volume.
 *
 * @throws {TypeError} If it is no page of trades.
 */
export function readTrades(answer: Answer): Reading {
  const { path, subject } = answer.ask;
  const { rows, nextCursor } = kalshiPage(answer, "trades");
  const { fromMs } = pathSpan(path, "min_ts", "max_ts");
  const toMs = fromMs + MS_PER_DAY;
  const oddities: Oddity[] = [];
  const told = (oddity: Oddity) => void oddities.push(oddity);
  const place = placeOf(path);
  if (nextCursor !== null) {
    told({
      place,
      row: 0,
      column: "cursor",
      value: subject,
      reason: "more trades than a page holds",
    });
  }
  const dollars = new Map<string, number>();
  rows.forEach((raw, row) => {
    const trade = kalshiRow(raw, { place, row, told });
    if (trade === null) return;
    const [id, ticker] = [trade.text("trade_id"), trade.text("ticker")];
    const [count, price] = [trade.count("count_fp"), trade.price("yes_price_dollars")];
    const atMs = trade.instant("created_time");
    if (id === null || count === null || price === null || atMs === null) {
      trade.tell("trade_id", "a trade must have an id, a count, a price and a time");
    } else if (ticker !== null && ticker !== tickerOf(subject)) {
      trade.tell("ticker", "was not asked for");
    } else if (atMs >= fromMs && atMs < toMs) dollars.set(id, count * price);
  });
  if (oddities.length > 0 || dollars.size === 0) return { facts: [], oddities };
  const sum = [...dollars.values()].reduce((total, usd) => total + usd, 0);
  const point = {
    day: dayOf(fromMs),
    close: null,
    bid: null,
    ask: null,
    volumeUsd: Math.round(sum * 1e8) / 1e8,
    openInterest: null,
  };
  return { facts: [{ kind: "days", subject, fromMs, toMs, rank: 2, points: [point] }], oddities };
}
