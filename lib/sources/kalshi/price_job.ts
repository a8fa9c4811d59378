import { dayEndMs } from "../../core/day.ts";
import type { Answer, Ask, Reply } from "../../fetch/ask.ts";
import { askText } from "../../fetch/ask.ts";
import type { Span } from "../live/spans.ts";
import { answered } from "./answered.ts";
import { type CandleReading, readBatch, readCandles } from "./candle_answer.ts";
import { isNotFound } from "./kalshi_page.ts";
import type { Tier } from "./market_record.ts";
import { batchAsk, candlesAsk, type PricedContract, spanEdition } from "./price_ask.ts";
import { readTrades, tradesAsk } from "./trade_answer.ts";

/** Days of a contract in one answer whose trades are asked for; more are no accident but a change. */
const MOST_TRADE_DAYS = 3;

/** A span of one contract, or of several of the live tier. */
export interface PriceRequest {
  readonly contracts: readonly PricedContract[];
  readonly span: Span;
  /** The tier that is asked first. */
  readonly tier: Tier;
  /** Clock of the run, UTC milliseconds, and its UTC day. */
  readonly nowMs: number;
  readonly edition: string;
  readonly widestMark: number;
}

/**
 * Asks for the candles of a span: of several contracts in a batch, and alone for each that the batch
 * does not name; of the other tier where one says that it has no such contract. Then asks for the
 * trades of the rare day whose candles tell contracts but no dollars.
 *
 * A batch that is refused is asked for contract by contract. The ask of the second tier is of the day
 * of the run, and the first is then asked once more for that day: that neither has a contract may be so
 * only while it moves, and a first 404 is kept for good. An ended contract of an unknown series can be
 * asked of the live tier in batches only, which may have no candles of it: once the archive says that it
 * has no such contract, a last batch of the day is taken at its word; of a span that has only just ended
 * it was asked for already, and that one is asked for again on the next day.
 *
 * @throws {Error} If a contract was not answered, once all others were asked for.
 */
export function* askPrices(request: PriceRequest): Generator<Ask, void, Reply> {
  const { contracts, tier } = request;
  let rest = contracts;
  const failures: unknown[] = [];
  const isAlone = contracts.length === 1 && contracts[0]!.series !== null;
  if (tier === "live" && !isAlone) {
    const reading = yield* askBatch(request);
    const found = new Set(reading?.facts.map(({ subject }) => subject));
    rest = contracts.filter(({ marketId }) => !found.has(marketId));
    if (reading !== null) yield* askTrades(request, reading, "live");
  }
  for (const contract of rest) {
    try {
      yield* askAlone(request, contract);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** What a batch says; `null` where it was refused. */
function* askBatch(request: PriceRequest): Generator<Ask, CandleReading | null, Reply> {
  const { contracts, span, widestMark } = request;
  const ask = batchAsk(contracts, span, { edition: spanEdition(span, request) });
  const reply = yield ask;
  if (reply.isAnswer) return readBatch(reply.answer, { widestMark });
  const { isPassing, reason } = reply.failure;
  if (!isPassing) return null;
  throw new Error(
    `Cannot ask for the prices of ${contracts.length} contracts as an answer must come: got ` +
      `${reason} (${askText(ask).slice(0, 200)})`,
  );
}

function* askAlone(
  request: PriceRequest,
  contract: PricedContract,
): Generator<Ask, void, Reply> {
  const { span, tier: first, widestMark, edition } = request;
  const second = first === "live" ? "archive" : "live";
  const own = spanEdition(span, request);
  const tries: readonly (readonly [Tier, string])[] = [
    [first, own],
    [second, edition],
    ...own === edition ? [] : [[first, edition] as const],
  ];
  let isUnknown = false;
  for (const [tier, of] of tries) {
    const ask = candlesAsk(contract, span, { tier, edition: of });
    if (ask === null) continue;
    const answer: Answer = yield* answered(ask);
    if (answer.status === 404) {
      isUnknown = isNotFound(answer);
      continue;
    }
    yield* askTrades(request, readCandles(answer, { tier, widestMark }), tier);
    return;
  }
  const mayBeLast = contract.series === null && contract.hasEnded && isUnknown;
  if (mayBeLast && own !== edition) {
    const answer = yield* answered(batchAsk([contract], span, { edition, isLast: true }));
    const reading = readBatch(answer, { widestMark });
    if (reading.facts.length > 0) return yield* askTrades(request, reading, "live");
  }
  throw new Error(
    `Cannot ask for the prices of ${contract.marketId} as one tier must have it: got 404 of both`,
  );
}

function* askTrades(
  request: PriceRequest,
  { unpriced }: CandleReading,
  tier: Tier,
): Generator<Ask, void, Reply> {
  const { contracts, edition } = request;
  for (const { marketId, ticker } of contracts) {
    const days = unpriced.filter(({ subject }) => subject === marketId);
    if (days.length > MOST_TRADE_DAYS) continue;
    for (const day of days) {
      const own = spanEdition({ toMs: dayEndMs(day.day) }, request);
      const answer = yield* answered(tradesAsk(day, { ticker, tier, edition: own }));
      const reading = readTrades(answer);
      if (reading.facts.length > 0 || reading.oddities.length > 0) continue;
      const other = tier === "live" ? "archive" : "live";
      yield* answered(tradesAsk(day, { ticker, tier: other, edition }));
    }
  }
}
