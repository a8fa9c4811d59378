import { nullQuantiles } from "../core/null_percentile.ts";
import { dailySeries, DAYS_PER_YEAR } from "./daily_returns.ts";
import { maxDrawdown } from "./drawdown.ts";
import { moments, standsStill } from "./return_moments.ts";

/** What a NAV did, and at what risk. Shares, not percent. */
export interface Performance {
  /** Daily returns that the numbers rest on. */
  readonly nReturns: number;
  /** Returns in a year, to be printed beside what is annualized. */
  readonly periodsPerYear: number;
  /** End over start, less 1. */
  readonly cumulativeReturn: number;
  /** Growth a year that gives the same end. */
  readonly annualizedReturn: number;
  /** Standard deviation of the returns, a year. */
  readonly volatility: number;
  /** Mean excess over its standard deviation, a year. */
  readonly sharpe: number;
  /** Mean excess over its downside deviation, a year. */
  readonly sortino: number;
  /** Annualized return over the deepest drawdown. */
  readonly calmar: number;
  /** Sum of the gains above the bill over the sum of the losses below it. */
  readonly omega: number;
  /** Size of the return that 5 % of days exceed over that which 5 % of days fall short of. */
  readonly tailRatio: number;
  /** Return that 5 % of days fall short of: a loss is negative. */
  readonly valueAtRisk: number;
  /** Mean of the worst 5 % of days. */
  readonly conditionalValueAtRisk: number;
  readonly skewness: number;
  /** 0 for a normal distribution. */
  readonly excessKurtosis: number;
  readonly bestDay: number;
  readonly worstDay: number;
  /** Share of days on which the NAV did not move at all. */
  readonly stillShare: number;
  /** Deepest drawdown, ≤ 0. */
  readonly maxDrawdown: number;
}

/**
 * The measures of a NAV against the Treasury bill.
 *
 * Where the conventions part, ours are: a year has 365.25 days, as the NAV has every calendar day
 * (√252 on such a series understates the volatility by 17 %); the annualized return counts the days
 * elapsed, as ffn does, and not the observations over 252 of empyrical and quantstats; the Sharpe
 * ratio takes arithmetic means; Sortino's downside deviation is about the bill and over all days, as
 * in empyrical and quantstats, not the deviation among the losses; the value at risk is the
 * historical quantile (R-7) as in empyrical, not quantstats' normal one, which a resolution jump makes
 * nonsense. A winning jump makes the tail ratio and the mean large; skewness and kurtosis tell.
 *
 * NaN: ratios whose denominator is nothing — Sharpe, Sortino and Omega where the NAV stands still
 * (cash has none, neither 0 nor Infinity), Sharpe and Sortino where the excess does, Sortino and Omega
 * without a day below the bill, Calmar without a drawdown, the tail ratio where the fifth percentile is no loss; Sharpe, Sortino and
 * Omega where a rate is unknown; everything but the drawdown for fewer than two values, the volatility
 * for fewer than three. Cost: O(n log n).
 * Source: Sharpe 1994; Sortino & Price 1994; Keating & Shadwick 2002; Young 1991.
 *
 * @param nav One value for each calendar day; a ledger's net NAV through `navFromPurchase`.
 * @param rates The bill's rate of each of these days; zeros to measure against idle cash.
 * @param options.periodsPerYear Returns in a year, 365.25 for daily values.
 * @throws {RangeError} If the lengths differ or a NAV is not a finite number of at least 0.
 *
 * @example Cash has a return of 0 and no Sharpe ratio
 * ```ts
 * import assert from "node:assert/strict";
 * import { performance } from "lib/backtest/performance.ts";
 * const cash = performance(new Float64Array(30).fill(100), new Float64Array(30));
 * assert.equal(cash.annualizedReturn, 0);
 * assert.ok(Number.isNaN(cash.sharpe));
 * ```
 */
export function performance(
  nav: Float64Array,
  rates: Float64Array,
  { periodsPerYear = DAYS_PER_YEAR }: { readonly periodsPerYear?: number } = {},
): Performance {
  const { returns, excess } = dailySeries(nav, rates);
  const n = returns.length, root = Math.sqrt(periodsPerYear);
  const own = moments(returns), above = moments(excess), { gains, losses, squares } = sides(excess);
  const varies = own.deviation > 0 && above.deviation > 0;
  const growth = n === 0 ? NaN : nav[n]! / nav[0]!;
  const annualizedReturn = growth ** (periodsPerYear / n) - 1, depth = maxDrawdown(nav);
  const [low, high] = nullQuantiles(returns, [0.05, 0.95]) as [number, number];
  return {
    ...{ nReturns: n, periodsPerYear, cumulativeReturn: growth - 1, annualizedReturn },
    volatility: own.deviation * root,
    sharpe: varies ? above.mean / above.deviation * root : NaN,
    sortino: varies && squares !== 0 ? above.mean / Math.sqrt(squares / n) * root : NaN,
    calmar: depth < 0 ? annualizedReturn / -depth : NaN,
    omega: losses === 0 || standsStill(returns) ? NaN : gains / losses,
    tailRatio: low < 0 ? Math.abs(high) / -low : NaN,
    valueAtRisk: low,
    conditionalValueAtRisk: meanOfWorst(returns),
    ...{ skewness: own.skewness, excessKurtosis: own.excessKurtosis },
    bestDay: n === 0 ? NaN : returns.reduce((most, gain) => Math.max(most, gain)),
    worstDay: n === 0 ? NaN : returns.reduce((least, gain) => Math.min(least, gain)),
    stillShare: returns.filter((gain) => gain === 0).length / n,
    maxDrawdown: depth,
  };
}

/** Sums of what is above 0, of what is below it, and of the squares of the latter. */
function sides(excess: Float64Array): { gains: number; losses: number; squares: number } {
  let gains = 0, losses = 0, squares = 0;
  for (const gain of excess) {
    if (gain > 0) gains += gain;
    else {
      losses -= gain;
      squares += gain * gain;
    }
  }
  return { gains, losses, squares };
}

/** Mean of the lowest ⌊0.05 (n − 1)⌋ + 1 returns, empyrical's count. */
function meanOfWorst(returns: Float64Array): number {
  if (returns.length === 0) return NaN;
  const worst = returns.slice().sort().subarray(0, Math.floor((returns.length - 1) * 0.05) + 1);
  return worst.reduce((sum, gain) => sum + gain, 0) / worst.length;
}
