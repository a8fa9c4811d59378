import { dayStartMs, parseDay } from "../../core/day.ts";
import type { Ask, Reply } from "../../fetch/ask.ts";
import type { Job, Known, PlanOptions } from "../live/venue.ts";
import { answered } from "./answered.ts";
import { tickerOf } from "./kalshi_ticker.ts";
import { readMarkets } from "./market_answer.ts";

/** Tickers in one path. */
const N_TICKERS = 100;

/**
 * Asks by ticker for the contracts without an outcome that no list of today showed: those settled long
 * after they closed, paused ones, and those on their way between two statuses. What the live tier does
 * not have is asked of the archive: after a long pause much has gone there, which the walks of the series
 * would only tell after the prices.
 */
export function* followUpJobs(known: Known, { edition }: PlanOptions): Generator<Job> {
  const todayMs = dayStartMs(parseDay(edition));
  let tickers: string[] = [];
  for (const { marketId, outcome, seenAtMs } of known.markets()) {
    const ticker = tickerOf(marketId);
    if (ticker === null || outcome !== null || seenAtMs >= todayMs) continue;
    tickers.push(ticker);
    if (tickers.length < N_TICKERS) continue;
    yield followUpJob(tickers, edition);
    tickers = [];
  }
  if (tickers.length > 0) yield followUpJob(tickers, edition);
}

function followUpJob(tickers: readonly string[], edition: string): Job {
  return {
    name: `records of ${tickers.length} contracts from ${tickers[0]}`,
    nAsks: 1,
    run: () => askByTicker(tickers, edition),
  };
}

function* askByTicker(
  tickers: readonly string[],
  edition: string,
): Generator<Ask, void, Reply> {
  const live = yield* answered(tickersAsk(tickers, { isArchive: false, edition }));
  const { facts } = readMarkets(live, { tier: "live", minScheduledDays: 0 });
  const seen = new Set(facts.map(({ subject }) => tickerOf(subject)));
  const absent = tickers.filter((ticker) => !seen.has(ticker));
  if (absent.length > 0) yield* answered(tickersAsk(absent, { isArchive: true, edition }));
}

function tickersAsk(
  tickers: readonly string[],
  { isArchive, edition }: { readonly isArchive: boolean; readonly edition: string },
): Ask {
  const list = tickers.map((ticker) => encodeURIComponent(ticker)).join(",");
  return {
    host: "kalshi",
    path: `${isArchive ? "/historical/markets" : "/markets"}?limit=1000&tickers=${list}`,
    body: null,
    format: "json",
    kind: isArchive ? "kalshi_archive_markets" : "kalshi_markets",
    subject: "",
    edition,
  };
}
