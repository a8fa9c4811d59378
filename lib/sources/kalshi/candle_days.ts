import { dayOf } from "../../core/day.ts";
import type { DayPoint } from "../live/fact.ts";
import type { Candle } from "./candle.ts";

/** Days out of candles. */
export interface CandleDays {
  readonly points: readonly DayPoint[];
  /** Days on which contracts were traded for dollars that the candles do not say, increasing. */
  readonly unpricedDays: readonly number[];
}

/**
 * Daily values out of the hourly candles of UTC days: daily candles would end at midnight in New York.
 *
 * The close is the mark of the last hour of the day that has one, and the quotes are of that hour.
 * Volume in dollars is the sum of contracts times their hour's mean price, and unknown where an hour's
 * is; open interest is that of the last hour that says it, at a dollar a contract. An hour without a
 * candle says nothing. A candle belongs to the day in which it was over, so nothing looks ahead.
 *
 * @param candles Increasing by time.
 * @param options.widestMark Widest book of which the middle is a price, probability.
 */
export function candleDays(
  candles: readonly Candle[],
  { widestMark }: { readonly widestMark: number },
): CandleDays {
  const byDay = Map.groupBy(candles, ({ endMs }) => dayOf(endMs - 1));
  const unpricedDays: number[] = [];
  const points = [...byDay].map(([day, hours]) => {
    const marked = hours.findLast((hour) => markOf(hour, widestMark) !== null);
    const { bid, ask } = marked ?? hours.at(-1)!;
    if (hours.some(isUnpriced)) unpricedDays.push(day);
    return {
      day,
      close: marked === undefined ? null : markOf(marked, widestMark),
      bid: bid !== null && bid > 0 ? bid : null,
      ask: ask !== null && ask > 0 && ask < 1 ? ask : null,
      volumeUsd: volumeUsd(hours),
      openInterest: hours.findLast((hour) => hour.openInterest !== null)?.openInterest ?? null,
    };
  });
  return { points, unpricedDays };
}

/**
 * The price of a contract at the end of an hour; `null` where the hour tells none.
 *
 * The middle of a book with two sides, even where there was a trade: trades jump between bid and ask,
 * and returns of such prices earn money that nobody could. In a book wider than `widestMark` the middle
 * says little, and the hour's last trade is taken if there was one. So it is where a side is empty or
 * the sides have met.
 */
function markOf({ bid, ask, lastTrade, volume }: Candle, widestMark: number): number | null {
  const trade = volume !== null && volume > 0 ? lastTrade : null;
  if (bid === null || ask === null || !(0 < bid && bid < ask && ask < 1)) return trade;
  const isWide = rounded(ask - bid) > widestMark;
  return isWide && trade !== null ? trade : rounded((bid + ask) / 2);
}

function volumeUsd(hours: readonly Candle[]): number | null {
  let sum = 0;
  for (const { volume, meanTrade } of hours) {
    if (volume === null || (volume > 0 && meanTrade === null)) return null;
    sum += volume * (meanTrade ?? 0);
  }
  return rounded(sum);
}

function isUnpriced({ volume, meanTrade }: Candle): boolean {
  return volume !== null && volume > 0 && meanTrade === null;
}

/** To eight decimals: prices have six, counts two, and the rest is the computer's rounding. */
function rounded(x: number): number {
  return Math.round(x * 1e8) / 1e8;
}
