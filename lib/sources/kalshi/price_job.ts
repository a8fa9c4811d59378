import type { Answer, Ask, Reply } from "../../fetch/ask.ts";
import { askText } from "../../fetch/ask.ts";
import type { Span } from "../live/spans.ts";
import { answered } from "./answered.ts";
import { type CandleReading, readBatch, readCandles } from "./candle_answer.ts";
import type { Tier } from "./market_record.ts";
import { batchAsk, candlesAsk, type PricedContract } from "./price_ask.ts";
import { readTrades, tradesAsk } from "./trade_answer.ts";

/** Days of a contract in one answer whose trades are asked for; more are no accident but a change. */
const MOST_TRADE_DAYS = 3;

/** A span of one contract, or of several of the live tier. */
export interface PriceRequest {
  readonly contracts: readonly PricedContract[];
  readonly span: Span;
  /** The tier that is asked first. */
  readonly tier: Tier;
  /** UTC day of the run. */
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
 * only while it moves, and a first 404 is kept for good.
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
function* askBatch(
  { contracts, span, widestMark }: PriceRequest,
): Generator<Ask, CandleReading | null, Reply> {
  const ask = batchAsk(contracts, span);
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
  const { span, tier: first, widestMark } = request;
  const second = first === "live" ? "archive" : "live";
  const { edition } = request;
  for (
    const [tier, of] of [[first, ""], [second, edition], [first, edition]] as const
  ) {
    const ask = candlesAsk(contract, span, { tier, edition: of });
    const answer: Answer | null = ask === null ? null : yield* answered(ask);
    if (answer === null || answer.status === 404) continue;
    yield* askTrades(request, readCandles(answer, { tier, widestMark }), tier);
    return;
  }
  throw new Error(
    `Cannot ask for the prices of ${contract.marketId} as one tier must have it: got 404 of both`,
  );
}

function* askTrades(
  { contracts, edition }: PriceRequest,
  { unpriced }: CandleReading,
  tier: Tier,
): Generator<Ask, void, Reply> {
  for (const { marketId, ticker } of contracts) {
    const days = unpriced.filter(({ subject }) => subject === marketId);
    if (days.length > MOST_TRADE_DAYS) continue;
    for (const day of days) {
      const answer = yield* answered(tradesAsk(day, { ticker, tier, edition: "" }));
      const reading = readTrades(answer);
      if (reading.facts.length > 0 || reading.oddities.length > 0) continue;
      const other = tier === "live" ? "archive" : "live";
      yield* answered(tradesAsk(day, { ticker, tier: other, edition }));
    }
  }
}
