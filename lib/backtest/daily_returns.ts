import type { BenchmarkSeries } from "../core/data_set.ts";

/** Mean days in a calendar year: the periods a year of a series that has every calendar day. */
export const DAYS_PER_YEAR = 365.25;

/** What a NAV earned each day but its first, and how much of that was above the Treasury bill. */
export interface DailySeries {
  /** Simple returns. */
  readonly returns: Float64Array;
  /** Simple returns less the bill's rate of the same day. */
  readonly excess: Float64Array;
}

/**
 * Simple daily returns of a NAV: what the money grew by, not a difference of logarithms.
 *
 * A NAV of 0 stays there, so the returns after it are 0.
 *
 * Shape: n days → n − 1 returns, the first that of the second day. Cost: O(n).
 *
 * @throws {RangeError} If a NAV is not a finite number of at least 0.
 *
 * @example From 100 to 110 to 99
 * ```ts
 * import assert from "node:assert/strict";
 * import { dailyReturns } from "lib/backtest/daily_returns.ts";
 * const [up, down] = dailyReturns(Float64Array.of(100, 110, 99));
 * assert.ok(Math.abs(up! - 0.1) < 1e-15 && Math.abs(down! + 0.1) < 1e-15);
 * ```
 */
export function dailyReturns(nav: Float64Array): Float64Array {
  nav.forEach((value, i) => {
    if (value >= 0 && value < Infinity) return;
    throw new RangeError(
      `Cannot take returns as a NAV must be a finite number >= 0: got ${value} at ${i}`,
    );
  });
  const returns = new Float64Array(Math.max(nav.length - 1, 0));
  for (let i = 0; i < returns.length; ++i) {
    const before = nav[i]!, now = nav[i + 1]!;
    returns[i] = before === 0 && now === 0 ? 0 : now / before - 1;
  }
  return returns;
}

/**
 * A net NAV with the money before its first purchase in front, one day earlier.
 *
 * A ledger's net NAV begins after its first purchase was paid for. Measured from there, the one cost
 * that no basket escapes would be left out.
 *
 * Shape: n days → n + 1; none for none. Cost: O(n).
 *
 * @param options.start Money at the end of the day before the first trade date.
 */
export function navFromPurchase(
  nav: Float64Array,
  { start = 100 }: { readonly start?: number } = {},
): Float64Array {
  return nav.length === 0 ? nav.slice() : Float64Array.of(start, ...nav);
}

/**
 * Returns of a NAV and their excess over the Treasury bill.
 *
 * NaN: a day without a known rate has an unknown excess. Cost: O(n).
 *
 * @param nav One value a day.
 * @param rates Simple rate of each of the same days, as {@linkcode tbillRates} gives them; that of the
 *   first day is not used, since nothing was earned before it.
 * @throws {RangeError} If the lengths differ or a NAV is not a finite number of at least 0.
 */
export function dailySeries(nav: Float64Array, rates: Float64Array): DailySeries {
  if (rates.length !== nav.length) {
    throw new RangeError(
      `Cannot take excess returns as each day must have a rate: got ${rates.length} rates for ${nav.length} days`,
    );
  }
  const returns = dailyReturns(nav);
  return { returns, excess: returns.map((gain, i) => gain - rates[i + 1]!) };
}

/**
 * What a Treasury bill earns each calendar day, from a series of yields in percent a year.
 *
 * The rate of a day is the yield at the last close *before* that day, over 100 · 365.25: money lent
 * at the end of one day earns what was quoted then, so no rate looks ahead. A close stands over
 * weekends and holidays until the next one, and after the last one without limit. The yield of
 * `^IRX` is a bank discount on 360 days; taking it as a simple annual rate understates a bill at
 * 5 % by about 0.14 points a year.
 *
 * NaN: before the first close the rate is unknown, and so are the Sharpe ratios that rest on it. It is
 * not made zero, which would flatter every NAV. A universe without the series has no known rate.
 * Shape: → nDays rates. Units: percent a year → share a day. Cost: O(closes + days).
 *
 * @param benchmarks Series of a universe, or of a point-in-time view.
 * @param symbol Symbol of the yield, such as `^IRX`.
 * @param options.firstDay UTC day of the first rate.
 */
export function tbillRates(
  benchmarks: readonly BenchmarkSeries[],
  symbol: string,
  { firstDay, nDays }: { readonly firstDay: number; readonly nDays: number },
): Float64Array {
  const rates = new Float64Array(nDays).fill(NaN);
  const series = benchmarks.find((one) => one.symbol === symbol);
  if (!series) return rates;
  for (let i = 0, next = 0, latest = NaN; i < nDays; ++i) {
    for (; next < series.day.length && series.day[next]! < firstDay + i; ++next) {
      latest = series.close[next]!;
    }
    rates[i] = latest / 100 / DAYS_PER_YEAR;
  }
  return rates;
}

/**
 * NAV of money that earns a daily rate: of Treasury bills, or of cash where every rate is 0.
 *
 * Shape: n rates → n values, the first `start`; the first rate is not used. NaN: from the first
 * unknown rate on. Cost: O(n).
 */
export function cashNav(
  rates: Float64Array,
  { start = 100 }: { readonly start?: number } = {},
): Float64Array {
  const nav = new Float64Array(rates.length);
  for (let i = 0; i < nav.length; ++i) {
    nav[i] = i === 0 ? start : nav[i - 1]! * (1 + rates[i]!);
  }
  return nav;
}
