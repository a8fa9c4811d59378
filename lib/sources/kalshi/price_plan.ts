import { dayOf, dayStartMs, MS_PER_DAY } from "../../core/day.ts";
import type { StateFact } from "../live/fact.ts";
import { missingSpans, type Span, windowsBack } from "../live/spans.ts";
import type { Job, Known, KnownMarket, PlanOptions } from "../live/venue.ts";
import { isTicker, tickerOf } from "./kalshi_ticker.ts";
import type { PricedContract } from "./price_ask.ts";
import { askPrices, type PriceRequest } from "./price_job.ts";

/** The exchange opened in July 2021. */
const EARLIEST_MS = Date.UTC(2021, 5, 30);
/** Contracts and candles that a batch may ask for. */
const N_TICKERS = 100;
const N_CANDLES = 10_000;
/** Contracts that wait for others with the same span; beyond it the span that came first goes. */
const N_WAITING = 2_000;

/**
 * Jobs for the days of each contract that has not ended which no answer covers: windows of whole days,
 * the newest first.
 *
 * Contracts of the live tier that miss the same span share a batch: all of them on a daily pull, the
 * outcomes of an event on the first. Left-out contracts are not among the known ones.
 *
 * Memory: at most {@link N_WAITING} contracts.
 */
export function openPriceJobs(known: Known, options: PlanOptions): Generator<Job> {
  return priceJobs(known, options, { areEnded: false });
}

/** The same for contracts of which trading has ended. Those of the archive share no batch: it has none. */
export function endedPriceJobs(known: Known, options: PlanOptions): Generator<Job> {
  return priceJobs(known, options, { areEnded: true });
}

function* priceJobs(
  known: Known,
  options: PlanOptions,
  { areEnded }: { readonly areEnded: boolean },
): Generator<Job> {
  const { edition, nowMs, settings: { kalshi } } = options;
  const frame = { edition, nowMs, widestMark: kalshi.widest_mark.value };
  const groups = new Map<string, { span: Span; contracts: PricedContract[] }>();
  let nWaiting = 0;
  const release = (key: string): Job => {
    const { contracts, span } = groups.get(key)!;
    groups.delete(key);
    nWaiting -= contracts.length;
    return priceJob({ ...frame, contracts, span, tier: "live" });
  };
  for (const market of known.markets()) {
    if (hasEnded(market.state) !== areEnded) continue;
    const contract = pricedContract(market);
    if (contract === null) continue;
    for (const span of missingWindows(market, options)) {
      if (market.state.native.tier === "archive") {
        yield priceJob({ ...frame, contracts: [contract], span, tier: "archive" });
        continue;
      }
      const key = `${span.fromMs} ${span.toMs}`;
      const group = groups.get(key) ?? { span, contracts: [] };
      groups.set(key, group);
      group.contracts.push(contract);
      ++nWaiting;
      if (group.contracts.length >= batchSize(span)) yield release(key);
      else if (nWaiting > N_WAITING) yield release(groups.keys().next().value!);
    }
  }
  for (const key of [...groups.keys()]) yield release(key);
}

/**
 * The time for which a contract's prices are wanted: whole UTC days from that of its opening to that of
 * its closing, within `sinceMs` and `untilMs`.
 *
 * A closed contract without a closing time is taken to its settlement or its scheduled end.
 *
 * @returns The span; empty where `toMs` is not above `fromMs`.
 */
export function wantedSpan(
  { listing: { market }, state, outcome }: KnownMarket,
  { sinceMs, untilMs }: Pick<PlanOptions, "sinceMs" | "untilMs">,
): Span {
  const opensAtMs = market.opensAtMs ?? market.createdAtMs ?? EARLIEST_MS;
  const fromMs = dayStartMs(dayOf(Math.max(opensAtMs, sinceMs ?? EARLIEST_MS, EARLIEST_MS)));
  const endMs = hasEnded(state)
    ? state.closedAtMs ?? outcome?.resolvedAtMs ?? state.closesAtMs ?? untilMs
    : untilMs;
  return { fromMs, toMs: Math.min(Math.ceil(endMs / MS_PER_DAY) * MS_PER_DAY, untilMs) };
}

function hasEnded({ status }: StateFact): boolean {
  return status === "closed" || status === "settled";
}

function missingWindows(market: KnownMarket, options: PlanOptions): Span[] {
  return missingSpans(wantedSpan(market, options), market.priced)
    .toReversed()
    .flatMap((span) => windowsBack(span, options.settings.kalshi.window_days.value));
}

/** Contracts that may share a batch: each has a candle an hour, and one for the start. */
function batchSize({ fromMs, toMs }: Span): number {
  const nCandles = (toMs - fromMs) / 3_600_000 + 1;
  return Math.max(1, Math.min(N_TICKERS, Math.floor(N_CANDLES / nCandles)));
}

function pricedContract({ marketId, listing, state }: KnownMarket): PricedContract | null {
  const ticker = tickerOf(marketId);
  const series = listing.native.series ?? null;
  if (ticker === null) return null;
  return {
    marketId,
    ticker,
    series: series !== null && isTicker(series) ? series : null,
    hasEnded: hasEnded(state),
  };
}

function priceJob(request: PriceRequest): Job {
  const { contracts } = request;
  const first = contracts[0]!.marketId;
  return {
    name: contracts.length === 1
      ? `prices of ${first}`
      : `prices of ${contracts.length} contracts from ${first}`,
    nAsks: 1,
    run: () => askPrices(request),
  };
}
