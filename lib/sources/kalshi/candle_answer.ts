import type { Answer } from "../../fetch/ask.ts";
import type { DaysFact, Oddity } from "../live/fact.ts";
import type { Span } from "../live/spans.ts";
import { takeCandles } from "./candle.ts";
import { candleDays } from "./candle_days.ts";
import { pathSpan, placeOf, rowsOf } from "./kalshi_page.ts";
import { isRecord, kalshiRow, shownValue } from "./kalshi_row.ts";
import { tickerOf } from "./kalshi_ticker.ts";
import type { Tier } from "./market_record.ts";

/** What candles say, with the days on which the volume in dollars has to be asked of the trades. */
export interface CandleReading {
  readonly facts: readonly DaysFact[];
  readonly oddities: readonly Oddity[];
  readonly unpriced: readonly { readonly subject: string; readonly day: number }[];
}

/** Options of the readers of candles. */
export interface CandleOptions {
  /** Widest book of which the middle is a price, probability. */
  readonly widestMark: number;
}

/**
 * Candles of many contracts in one answer. A contract that the answer does not name is unknown, and its
 * span stays unanswered; one that it names twice is refused. So it is with one that it names without any
 * candle, where contracts have ended: it may have gone to the archive. Where that was asked before and has
 * no such contract, neither leaves the span unanswered: its days are unknown.
 *
 * @throws {TypeError} If it is no such answer.
 */
export function readBatch(answer: Answer, { widestMark }: CandleOptions): CandleReading {
  const { path, subject } = answer.ask;
  if (answer.status === 404) return NOTHING;
  const wanted = new Set(subject.split(","));
  const { kind } = answer.ask;
  const mayHaveGone = kind === "kalshi_ended_batch_candles";
  const span = pathSpan(path, "start_ts", "end_ts");
  const rows = rowsOf(answer.value, "markets", path);
  const oddities: Oddity[] = [];
  const told = (oddity: Oddity) => void oddities.push(oddity);
  const found = new Map<string, readonly unknown[]>();
  rows.forEach((raw, row) => {
    const market = kalshiRow(raw, { place: placeOf(path), row, told });
    const ticker = market?.text("market_ticker") ?? null;
    if (market === null || ticker === null) {
      market?.tell("market_ticker", "must be a ticker");
      return;
    }
    const name = `kalshi:${ticker}`;
    const isKnown = wanted.has(name);
    if (!isKnown) market.tell("market_ticker", "was not asked for");
    else if (found.has(name)) market.tell("market_ticker", "comes twice");
    const candles = isKnown ? listOf(raw) : null;
    if (isKnown && candles === null) market.tell("candlesticks", "must be a list");
    if (candles !== null && !found.has(name)) found.set(name, candles);
  });
  if (kind === "kalshi_last_batch_candles" && rows.length === 0) {
    for (const name of wanted) found.set(name, []);
  }
  const said = [...found].filter(([, candles]) => candles.length > 0 || !mayHaveGone);
  const read = said.map(([name, candles]) =>
    readContract(candles, { subject: name, tier: "live", span, path, widestMark })
  );
  return {
    facts: read.flatMap((one) => one.facts),
    oddities: [...oddities, ...read.flatMap((one) => one.oddities)],
    unpriced: read.flatMap((one) => one.unpriced),
  };
}

/**
 * Candles of one contract. Without any the span is answered and its days are unknown; a 404 says that
 * the contract lives in the other tier, and answers nothing.
 *
 * @throws {TypeError} If it is no such answer, or of another contract.
 */
export function readCandles(
  answer: Answer,
  { tier, widestMark }: CandleOptions & { readonly tier: Tier },
): CandleReading {
  const { path, subject } = answer.ask;
  if (answer.status === 404) return NOTHING;
  const candles = rowsOf(answer.value, "candlesticks", path);
  const ticker = isRecord(answer.value) ? answer.value.ticker ?? null : null;
  if (ticker !== null && ticker !== tickerOf(subject)) {
    throw new TypeError(
      `Cannot read kalshi ${path} as it must be about ${subject}: got ${shownValue(ticker)}`,
    );
  }
  const span = pathSpan(path, "start_ts", "end_ts");
  return readContract(candles, { subject, tier, span, path, widestMark });
}

const NOTHING: CandleReading = { facts: [], oddities: [], unpriced: [] };

function readContract(
  rows: readonly unknown[],
  { subject, tier, span, path, widestMark }: CandleOptions & {
    readonly subject: string;
    readonly tier: Tier;
    readonly span: Span;
    readonly path: string;
  },
): CandleReading {
  const { candles, oddities } = takeCandles(rows, {
    place: placeOf(path),
    name: tickerOf(subject) ?? "",
    tier,
    span,
  });
  const { points, unpricedDays } = candleDays(candles, { widestMark });
  return {
    facts: [{ kind: "days", subject, ...span, rank: 1, points }],
    oddities,
    unpriced: unpricedDays.map((day) => ({ subject, day })),
  };
}

/** The candles of a contract in a batch; `null` where there is no list. */
function listOf(raw: unknown): readonly unknown[] | null {
  const candles = isRecord(raw) ? raw.candlesticks : undefined;
  if (candles === null) return [];
  return Array.isArray(candles) ? candles : null;
}
