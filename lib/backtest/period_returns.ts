import { dayRange } from "../core/panel.ts";
import { formatDay, monthStart, parseDay } from "../core/day.ts";
import { dailySeries, DAYS_PER_YEAR } from "./daily_returns.ts";
import { moments } from "./return_moments.ts";

/** What a NAV earned in a calendar month or year. */
export interface PeriodReturn {
  /** First day of the month or year. */
  readonly startDay: number;
  /** Simple return from the end of the period before, or from the first value. */
  readonly value: number;
  /** Days of the period that have a return. */
  readonly nDays: number;
  /** Whether the NAV covers the period from end to end. */
  readonly isWhole: boolean;
}

/**
 * Returns of a NAV by calendar month or year, in time order.
 *
 * The value of a day belongs to its end, so January's return is that from the close of 31 December.
 * Chained, the periods give the cumulative return: a part of a period is kept, and marked as such.
 *
 * NaN: after a NAV of 0. Cost: O(n).
 *
 * @param nav One value for each calendar day.
 * @param options.firstDay UTC day of the first value.
 */
export function periodReturns(
  nav: Float64Array,
  { firstDay, by }: { readonly firstDay: number; readonly by: "month" | "year" },
): PeriodReturn[] {
  const startOf = (day: number, periods = 0) =>
    by === "month" ? monthStart(day, periods) : yearStart(day, periods);
  const found: PeriodReturn[] = [];
  for (let from = 0; from < nav.length - 1;) {
    const startDay = startOf(firstDay + from + 1), nextDay = startOf(firstDay + from + 1, 1);
    const to = Math.min(nextDay - 1 - firstDay, nav.length - 1);
    found.push({
      startDay,
      value: nav[to]! / nav[from]! - 1,
      nDays: to - from,
      isWhole: to - from === nextDay - startDay,
    });
    from = to;
  }
  return found;
}

function yearStart(day: number, years: number): number {
  const year = Number(formatDay(day).slice(0, 4)) + years;
  return parseDay(`${String(year).padStart(4, "0")}-01-01`);
}

/** Measures of the days up to each day, one a day of the NAV. */
export interface RollingRisk {
  readonly days: Int32Array;
  /** Annualized. NaN until the window is full. */
  readonly volatility: Float64Array;
  /** Annualized, over the bill. NaN until the window is full, and where nothing moved in it. */
  readonly sharpe: Float64Array;
}

/**
 * Volatility and Sharpe ratio of the last `windowDays` returns at each day.
 *
 * Each window is summed anew: a running sum of squares would leave a trace of a past jump in every
 * later window. No day sees a later one.
 *
 * Shape: n days → n. Cost: O(n · windowDays).
 *
 * @throws {RangeError} If `windowDays` is not a whole number of at least 2, the lengths differ or a
 *   NAV is not a finite number of at least 0.
 */
export function rollingRisk(
  nav: Float64Array,
  rates: Float64Array,
  { firstDay, windowDays }: { readonly firstDay: number; readonly windowDays: number },
): RollingRisk {
  if (!(Number.isInteger(windowDays) && windowDays >= 2)) {
    throw new RangeError(
      `Cannot roll over days as windowDays must be a whole number >= 2: got ${windowDays}`,
    );
  }
  const { returns, excess } = dailySeries(nav, rates), root = Math.sqrt(DAYS_PER_YEAR);
  const volatility = new Float64Array(nav.length).fill(NaN), sharpe = volatility.slice();
  for (let i = windowDays; i < nav.length; ++i) {
    const own = moments(returns.subarray(i - windowDays, i));
    const above = moments(excess.subarray(i - windowDays, i));
    volatility[i] = own.deviation * root;
    if (own.deviation > 0 && above.deviation > 0) {
      sharpe[i] = above.mean / above.deviation * root;
    }
  }
  return { days: dayRange(firstDay, firstDay + nav.length), volatility, sharpe };
}
