import { dayOf, dayStartMs, MS_PER_DAY } from "../../core/day.ts";
import type { Ask, Failure, Reply } from "../../fetch/ask.ts";
import type { Reading } from "../live/fact.ts";
import { missingSpans, type Span, windowsBack } from "../live/spans.ts";
import type { Job, Known, KnownMarket, PlanOptions } from "../live/venue.ts";
import { notAnswered } from "./history_rows.ts";
import { readDataPrices } from "./price_answer.ts";
import { wantedSpan } from "./price_span.ts";
import { tokenOf } from "./price_token.ts";

/** The venue's series of three-hour buckets begins on 2022-11-18. */
const EARLIEST_MS = Date.UTC(2022, 10, 18);

/** One contract's missing prices. */
interface Series {
  readonly subject: string;
  readonly token: string;
  readonly bucketSeconds: number;
  /** At most 15 days each, the newest first. */
  readonly windows: readonly Span[];
  readonly nowMs: number;
  readonly edition: string;
}

/**
 * One job for each contract that has a token and days without an answer: windows of whole days,
 * counted back from the closing time, the newest first.
 *
 * The data interface is asked. Where it fails, or has no point in a window, the window is asked of
 * the order-book interface at once. Its series ranks below, because its stamps are
 * less exactly documented: it stands where the first has no point, and a window that only it answered
 * is asked of the first again by the next pull.
 */
export function* priceJobs(known: Known, options: PlanOptions): Generator<Job> {
  const { window_days, bucket_seconds } = options.settings.polymarket;
  for (const market of known.markets()) {
    const token = tokenOf(market);
    if (token === null) continue;
    const windows = missingWindows(market, options, window_days.value);
    if (windows.length === 0) continue;
    const series: Series = {
      subject: market.marketId,
      token,
      bucketSeconds: bucket_seconds.value,
      windows,
      nowMs: options.nowMs,
      edition: options.edition,
    };
    yield {
      name: `prices of ${market.marketId}`,
      nAsks: windows.length,
      run: () => askSeries(series),
    };
  }
}

/**
 * Windows to ask for. A missing span that begins within a day, as when a contract closed later than
 * it first said, is asked for from that day's midnight: no day is in two parts.
 */
function missingWindows(market: KnownMarket, options: PlanOptions, windowDays: number): Span[] {
  const wanted = wantedSpan(market, options, { earliestMs: EARLIEST_MS });
  return missingSpans(wanted, market.priced)
    .map(({ fromMs, toMs }) => ({ fromMs: dayStartMs(dayOf(fromMs)), toMs }))
    .toReversed()
    .flatMap((span) => windowsBack(span, windowDays));
}

function* askSeries(series: Series): Generator<Ask, void, Reply> {
  for (const window of series.windows) {
    const nPoints = yield* askData(series, window);
    if (nPoints === null || nPoints === 0) yield* askClob(series, window);
  }
}

/** How many points the data interface has in a window; `null` where it did not answer. */
function* askData(series: Series, window: Span): Generator<Ask, number | null, Reply> {
  let nPoints = 0;
  let fromMs = window.fromMs;
  while (fromMs < window.toMs) {
    const reply = yield dataAsk(series, { fromMs, toMs: window.toMs });
    if (!reply.isAnswer) {
      if (reply.failure.status === 400) throw refused(series, reply.failure);
      return null;
    }
    const read = covered(readDataPrices(reply.answer));
    if (read === null) {
      throw new Error(
        `Cannot read the prices of ${series.subject} as a page must hold the rows of a day: ` +
          `got part of a day (GET data ${reply.answer.ask.path})`,
      );
    }
    nPoints += read.nPoints;
    fromMs = read.toMs;
  }
  return nPoints;
}

function* askClob(series: Series, window: Span): Generator<Ask, void, Reply> {
  const reply = yield clobAsk(series, window);
  if (!reply.isAnswer) throw refused(series, reply.failure);
}

function covered({ facts }: Reading): { readonly toMs: number; readonly nPoints: number } | null {
  const fact = facts[0];
  return fact?.kind === "days" ? { toMs: fact.toMs, nPoints: fact.points.length } : null;
}

function refused({ subject }: Series, failure: Failure): Error {
  return notAnswered(`the prices of ${subject}`, failure);
}

/**
 * A day that has only just ended may still be without its close and is asked for once more
 * (`priced_spans.ts`): its answer is one of the day, not one for ever.
 */
function editionOf({ nowMs, edition }: Series, { toMs }: Span): string {
  return toMs + MS_PER_DAY > nowMs ? edition : "";
}

function dataAsk(series: Series, window: Span): Ask {
  const { subject, token, bucketSeconds } = series;
  const { start, end } = wholeSeconds(window);
  return {
    host: "data",
    path: `/v2/prices-history?token_id=${token}&start=${start}&end=${end}` +
      `&bucket_seconds=${bucketSeconds}&limit=10000`,
    body: null,
    format: "json",
    kind: "data_prices",
    subject,
    edition: editionOf(series, window),
  };
}

function clobAsk(series: Series, window: Span): Ask {
  const { subject, token, bucketSeconds } = series;
  const { start, end } = wholeSeconds(window);
  return {
    host: "clob",
    path: `/prices-history?market=${token}&startTs=${start}&endTs=${end}` +
      `&fidelity=${bucketSeconds / 60}`,
    body: null,
    format: "json",
    kind: "clob_prices",
    subject,
    edition: editionOf(series, window),
  };
}

function wholeSeconds({ fromMs, toMs }: Span): { start: number; end: number } {
  return { start: Math.floor(fromMs / 1000), end: Math.ceil(toMs / 1000) };
}
