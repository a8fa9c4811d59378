import { type DataSet, type Market, rowsOf } from "lib/core/data_set.ts";
import { dayOf, formatDay, MS_PER_DAY } from "lib/core/day.ts";
import { hoursOfDay, quoteAt, tradingEndMs } from "../stubs/kalshi_quotes.ts";
import { statusOf, type World, type WorldMarket } from "../stubs/world.ts";

const N_SHORT_DAYS = 7, PRICE_ERROR = 1e-9;

/** What is compared, and how much of it there was: a comparison of nothing shows nothing. */
export interface Compared {
  /** Sentences about what is not as the venues' truth has it, at most 20 of a kind. */
  readonly differences: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * What was pulled in one go against all that the venues knew at their clock.
 *
 * One thing no answer tells, and so the truth is changed for it: the scheduled end of a contract of
 * Kalshi that is first seen later. Of one that has ended and could close early only the latest
 * expiration is known, which the stubs put a week after the schedule; one that is still open was
 * given 30 days more.
 *
 * @param options.untilDay First day that had not ended.
 */
export function compare(
  got: DataSet,
  world: World,
  { untilDay }: { readonly untilDay: number },
): Compared {
  const found = new Map<string, string[]>(), counts: Record<string, number> = {};
  const tell = (kind: string, text: string) => {
    found.set(kind, [...found.get(kind) ?? [], text]);
  };
  const seen = (kind: string) => counts[kind] = (counts[kind] ?? 0) + 1;
  const frame: Frame = { got, nowMs: world.nowMs(), untilDay, tell, seen };
  const wanted = [...world.markets("polymarket"), ...world.markets("kalshi")]
    .filter((one) => isWanted(one, frame));
  const indexOf = new Map(got.markets.map(({ marketId }, j) => [marketId, j]));
  const resolutionOf = new Map(got.resolutions.map((one) => [one.marketId, one]));
  for (const one of wanted) {
    const { marketId, venue } = one.market, j = indexOf.get(marketId);
    if (j === undefined) {
      tell("contract", `${marketId} is missing`);
      continue;
    }
    seen(`${venue} contracts`);
    compareListing(one, got.markets[j]!, frame);
    comparePrices(one, j, frame);
    compareActivity(one, j, frame);
    compareOutcome(one, resolutionOf.get(marketId), frame);
  }
  const names = new Set(wanted.map(({ market }) => market.marketId));
  for (const { marketId, question } of got.markets) {
    if (!names.has(marketId)) tell("contract", `${marketId} is none: ${question}`);
  }
  for (const { marketId } of got.resolutions) {
    if (!names.has(marketId)) tell("outcome", `${marketId} is no contract`);
  }
  compareBenchmarks(world, frame);
  const differences = [...found].flatMap(([kind, texts]) =>
    texts.slice(0, 20).map((text) => `${kind} (${texts.length}): ${text}`)
  );
  return { differences, counts };
}

interface Frame {
  readonly got: DataSet;
  readonly nowMs: number;
  readonly untilDay: number;
  readonly tell: (kind: string, text: string) => void;
  readonly seen: (kind: string) => void;
}

/** Contracts that are no week long are not wanted, nor those of which no day has ended yet. */
function isWanted(one: WorldMarket, { nowMs, untilDay }: Frame): boolean {
  const isShort = one.closesAtMs - one.opensAtMs < N_SHORT_DAYS * MS_PER_DAY;
  return statusOf(one, nowMs) !== "unborn" && !isShort && dayOf(one.opensAtMs) < untilDay;
}

function compareListing(one: WorldMarket, got: Market, { nowMs, tell }: Frame): void {
  const expected = { ...listed(one, nowMs) };
  for (const name of Object.keys(expected) as (keyof Market)[]) {
    if (Object.is(got[name], expected[name])) continue;
    tell(
      `${got.venue} ${name}`,
      `${got.marketId} has ${JSON.stringify(got[name])}, not ${JSON.stringify(expected[name])}`,
    );
  }
}

function listed(one: WorldMarket, nowMs: number): Market {
  const { market } = one;
  if (market.venue === "polymarket") return market;
  const status = statusOf(one, nowMs);
  const mayEndEarly = tradingEndMs(one) < one.closesAtMs || one.seed % 3 !== 0;
  const isOver = status === "ended" || status === "settled";
  const isProlonged = !isOver && one.closesAtMs <= nowMs;
  return {
    ...market,
    closesAtMs: isProlonged
      ? nowMs + 30 * MS_PER_DAY
      : isOver && mayEndEarly
      ? one.closesAtMs + 7 * MS_PER_DAY
      : market.closesAtMs,
    negRisk: market.negRisk ?? false,
  };
}

function comparePrices(one: WorldMarket, j: number, { got, untilDay, tell, seen }: Frame): void {
  const { marketId, venue } = one.market, { day, close, bid, ask } = one.days;
  const rowOf = rowsByDay(got.prices, j);
  day.forEach((d, row) => {
    if (d >= untilDay || Number.isNaN(close[row]!)) return;
    const at = rowOf.get(d);
    rowOf.delete(d);
    const place = `${marketId} on ${formatDay(d)}`;
    if (at === undefined) return tell("close", `${place} is missing`);
    seen(`${venue} closes`);
    const { prices } = got;
    if (!isNear(prices.close[at]!, close[row]!, PRICE_ERROR)) {
      tell("close", `${place} is ${prices.close[at]}, not ${close[row]}`);
    }
    const quote = venue === "kalshi"
      ? quoteAt(one, row, hoursOfDay(one, row).toMs)
      : { bid: NaN, ask: NaN };
    if (!isNear(prices.bid![at]!, quote.bid > 0 ? quote.bid / 1e6 : NaN, PRICE_ERROR)) {
      tell("bid", `${place} is ${prices.bid![at]}, not ${quote.bid / 1e6} (${bid[row]})`);
    }
    if (!isNear(prices.ask![at]!, quote.ask < 1e6 ? quote.ask / 1e6 : NaN, PRICE_ERROR)) {
      tell("ask", `${place} is ${prices.ask![at]}, not ${quote.ask / 1e6} (${ask[row]})`);
    }
  });
  for (const d of rowOf.keys()) tell("close", `${marketId} has one on ${formatDay(d)}`);
}

/**
 * Volumes where the world has them. A day without a trade is worth 0 until the settlement, also where
 * the world is silent, and before the first trade it may be unknown.
 */
function compareActivity(one: WorldMarket, j: number, { got, untilDay, tell, seen }: Frame): void {
  const { marketId, venue } = one.market, { day, volumeUsd, openInterest } = one.days;
  const rowOf = rowsByDay(got.activity, j);
  const firstTraded = day[volumeUsd.findIndex((usd) => usd > 0)] ?? Infinity;
  day.forEach((d, row) => {
    if (d >= untilDay) return;
    const at = rowOf.get(d), place = `${marketId} on ${formatDay(d)}`;
    rowOf.delete(d);
    const usd = at === undefined ? NaN : got.activity.volumeUsd[at]!, truth = volumeUsd[row]!;
    if (Number.isNaN(truth) ? usd > 0 : !isNear(usd, truth, Math.max(0.01, 1e-6 * truth))) {
      if (!(truth === 0 && Number.isNaN(usd) && d < firstTraded)) {
        tell(`${venue} volume`, `${place} is ${usd}, not ${truth}`);
      }
    } else if (truth > 0) seen(`${venue} volumes`);
    if (venue !== "kalshi") return;
    const open = at === undefined ? NaN : got.activity.openInterest![at]!;
    const interest = openInterest[row]!;
    if (Number.isNaN(interest) ? open > 0 : !isNear(open, interest, 0.01)) {
      tell("open interest", `${place} is ${open}, not ${interest}`);
    } else if (interest > 0) seen("kalshi open interest");
  });
  for (const [d, at] of rowOf) {
    const usd = got.activity.volumeUsd[at]!;
    const isInLife = d >= dayOf(one.opensAtMs) && d * MS_PER_DAY < one.resolvedAtMs && d < untilDay;
    if (usd !== 0 || !isInLife) {
      tell(`${venue} activity`, `${marketId} has ${usd} on ${formatDay(d)}`);
    }
  }
}

function compareOutcome(
  one: WorldMarket,
  got: DataSet["resolutions"][number] | undefined,
  { nowMs, tell, seen }: Frame,
): void {
  const { marketId, venue } = one.market;
  const expected = one.resolvedAtMs <= nowMs
    ? { resolvedAtMs: one.resolvedAtMs, payout: one.payout }
    : undefined;
  if (expected === undefined && got === undefined) return;
  seen(`${venue} outcomes`);
  if (got?.resolvedAtMs === expected?.resolvedAtMs && got?.payout === expected?.payout) return;
  tell("outcome", `${marketId} is ${JSON.stringify(got)}, not ${JSON.stringify(expected)}`);
}

/** Adjusted prices have a scale of their own, so their moves are compared, and the others' levels. */
function compareBenchmarks(world: World, { got, untilDay, tell, seen }: Frame): void {
  const bySymbol = new Map(got.benchmarks.map((one) => [one.symbol, one]));
  for (const truth of world.benchmarks) {
    const { symbol, kind } = truth, one = bySymbol.get(symbol);
    bySymbol.delete(symbol);
    const days = truth.day.filter((day) => day < untilDay);
    if (one === undefined || String(one.day) !== String(days)) {
      tell("benchmark", `${symbol} has other days`);
      continue;
    }
    if (one.kind !== kind) tell("benchmark", `${symbol} is a ${one.kind}, not a ${kind}`);
    const moves = (close: Float64Array) =>
      kind === "price" ? close.map((x, k) => k === 0 ? 0 : x / close[k - 1]! - 1) : close;
    const expected = moves(truth.close.subarray(0, days.length));
    moves(one.close).forEach((move, k) => {
      seen("benchmark days");
      if (isNear(move, expected[k]!, 1e-6)) return;
      tell("benchmark", `${symbol} on ${formatDay(days[k]!)} is ${move}, not ${expected[k]}`);
    });
  }
  for (const symbol of bySymbol.keys()) tell("benchmark", `${symbol} is none`);
}

function rowsByDay(
  daily: { readonly offsets: Uint32Array; readonly day: Int32Array },
  j: number,
): Map<number, number> {
  const { from, to } = rowsOf(daily, j), rows = new Map<number, number>();
  for (let row = from; row < to; ++row) rows.set(daily.day[row]!, row);
  return rows;
}

/** Whether two numbers are as near as that; unknown is near to unknown alone. */
function isNear(got: number, expected: number, error: number): boolean {
  return Object.is(got, expected) || Math.abs(got - expected) <= error;
}
