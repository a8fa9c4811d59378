import { dayEndMs, MS_PER_DAY } from "lib/core/day.ts";
import { count, dollars, hoursOfDay, quoteAt, type Trade } from "./kalshi_quotes.ts";
import { tradesOfDay } from "./kalshi_quotes.ts";
import type { WorldMarket } from "./world.ts";

/** The window of a request for candles, as it came: seconds and minutes. */
export interface CandleWindow {
  readonly startTs: number;
  readonly endTs: number;
  readonly minutes: number;
  readonly withLatestBefore: boolean;
}

/** Names of the keys: the two tiers differ. */
export type Tier = "live" | "historical";

type Candle = Record<string, unknown>;

/**
 * Candles of a contract whose end lies in [startTs, endTs], both included, and is not after
 * `nowMs`. The time of a candle is the inclusive end of its period. A day without a price in the
 * world has none.
 */
export function candlesOf(
  one: WorldMarket,
  window: CandleWindow,
  { tier, nowMs }: { readonly tier: Tier; readonly nowMs: number },
): Candle[] {
  const { startTs, endTs, minutes, withLatestBefore } = window;
  const intervalMs = minutes * 60_000;
  const candles: Candle[] = [];
  const { day, close } = one.days;
  let previous: number | undefined;
  for (let row = 0; row < day.length; ++row) {
    if (dayEndMs(day[row]!) < startTs * 1_000 - 30 * MS_PER_DAY) continue;
    if (day[row]! * MS_PER_DAY > Math.min(endTs * 1_000, nowMs)) break;
    if (Number.isNaN(close[row]!)) continue;
    const trades = tradesOfDay(one, row);
    if (dayEndMs(day[row]!) < startTs * 1_000) {
      previous = trades.at(-1)?.micros ?? previous;
      continue;
    }
    const ends = periodEnds(one, row, intervalMs);
    let at = 0;
    for (const [k, endMs] of ends.entries()) {
      const from = at;
      while (at < trades.length && trades[at]!.atMs <= endMs) ++at;
      const within = trades.slice(from, at);
      if (endMs > nowMs || endMs > endTs * 1_000) break;
      if (endMs >= startTs * 1_000) {
        candles.push(candle(one, row, {
          startMs: k === 0 ? endMs : ends[k - 1]!,
          endMs,
          isLast: k === ends.length - 1,
          within,
          previous,
          tier,
        }));
      }
      previous = within.at(-1)?.micros ?? previous;
    }
  }
  if (withLatestBefore && previous !== undefined && candles[0]?.end_period_ts !== startTs) {
    const before = candles[0]?.price as Record<string, unknown> | undefined;
    const name = tier === "live" ? "previous_dollars" : "previous";
    candles.unshift({
      end_period_ts: startTs,
      price: { [name]: before?.[name] ?? dollars(previous) },
      yes_bid: {},
      yes_ask: {},
    });
  }
  return candles;
}

/** Ends of the periods of a day, increasing. */
function periodEnds(one: WorldMarket, row: number, intervalMs: number): number[] {
  if (intervalMs === MS_PER_DAY) return [dayEndMs(one.days.day[row]!)];
  const { fromMs, toMs } = hoursOfDay(one, row);
  return Array.from(
    { length: (toMs - fromMs) / intervalMs },
    (_, k) => fromMs + (k + 1) * intervalMs,
  );
}

function candle(one: WorldMarket, row: number, { startMs, endMs, isLast, within, previous, tier }: {
  readonly startMs: number;
  readonly endMs: number;
  readonly isLast: boolean;
  readonly within: readonly Trade[];
  readonly previous: number | undefined;
  readonly tier: Tier;
}): Candle {
  const from = quoteAt(one, row, startMs), to = quoteAt(one, row, endMs);
  const { volumeUsd, openInterest } = one.days;
  const interest = isLast ? openInterest[row]! : row === 0 ? 0 : openInterest[row - 1]!;
  const suffix = tier === "live" ? "_fp" : "";
  const made: Candle = { end_period_ts: endMs / 1_000 };
  if (!Number.isNaN(interest)) made[`open_interest${suffix}`] = count(Math.round(interest * 100));
  if (!Number.isNaN(volumeUsd[row]!)) {
    made[`volume${suffix}`] = count(within.reduce((sum, { hundredths }) => sum + hundredths, 0));
  }
  made.price = tradePrices(within, previous, tier);
  made.yes_bid = ohlc(tier, [from.bid, to.bid]);
  made.yes_ask = ohlc(tier, [from.ask, to.ask]);
  return made;
}

function ohlc(tier: Tier, values: readonly number[]): Candle {
  const open = dollars(values[0]!), close = dollars(values.at(-1)!);
  const low = dollars(Math.min(...values)), high = dollars(Math.max(...values));
  return tier === "live"
    ? { open_dollars: open, high_dollars: high, low_dollars: low, close_dollars: close }
    : { open, high, low, close };
}

/** Without a trade the live tier leaves the keys out and the archive writes nulls. */
function tradePrices(within: readonly Trade[], previous: number | undefined, tier: Tier): Candle {
  const last = previous === undefined ? null : dollars(previous);
  if (within.length === 0) {
    if (tier === "live") return last === null ? {} : { previous_dollars: last };
    return { open: null, low: null, high: null, close: null, mean: null, previous: last };
  }
  const size = within.reduce((sum, one) => sum + one.hundredths, 0);
  const paid = within.reduce((sum, one) => sum + one.hundredths * one.micros, 0);
  const mean = dollars(Math.round(paid / size));
  const prices = ohlc(tier, within.map(({ micros }) => micros));
  return tier === "live"
    ? { ...prices, mean_dollars: mean, ...(last === null ? {} : { previous_dollars: last }) }
    : { ...prices, mean, previous: last };
}
