import { nullQuantiles } from "../core/null_percentile.ts";
import { type DailySeries, DAYS_PER_YEAR } from "./daily_returns.ts";
import type { ResampledDays } from "./resampled_days.ts";
import { ROUNDING } from "./return_moments.ts";

/** Measures that an interval is given for, as `Performance` names them. */
export const RESAMPLED_MEASURES = [
  "cumulativeReturn",
  "annualizedReturn",
  "volatility",
  "sharpe",
  "sortino",
  "calmar",
  "maxDrawdown",
] as const;

/** Name of such a measure. */
export type ResampledMeasure = typeof RESAMPLED_MEASURES[number];

/** Ends of a percentile interval, and the draws that gave a number. */
export interface DrawnInterval {
  readonly low: number;
  readonly high: number;
  readonly nKnown: number;
}

/** Intervals of a difference between two series of the same days. */
export interface DifferenceInterval {
  /** Of the mean return, annualized: that of the first less that of the second. */
  readonly meanReturn: DrawnInterval & { readonly value: number };
  /** Of the Sharpe ratio, annualized. */
  readonly sharpe: DrawnInterval & { readonly value: number };
}

/**
 * Percentile intervals of the measures of a series, all from the same resampled days.
 *
 * One draw is a history that the same days could have given in another order and number. It says
 * nothing of days unlike any that was seen. The interval of the deepest drawdown is that of such
 * histories, and need not lie around the one that happened.
 *
 * NaN: a draw without a measure (no loss, no move) does not count; `nKnown` says how many do. No draw
 * gives NaN. Cost: O(draws · days) for all measures, one pass a draw.
 * Source: Efron 1979, percentile intervals.
 *
 * @param series Returns and excess of the days that were resampled.
 * @param options.level Coverage.
 * @throws {RangeError} If the series and the resampled days differ in length or `level` is not in (0, 1).
 */
export function bootstrapIntervals(
  series: DailySeries,
  days: ResampledDays,
  { level = 0.95 }: { readonly level?: number } = {},
): Record<ResampledMeasure, DrawnInterval> {
  requireDays([series], days, level);
  const draws = RESAMPLED_MEASURES.map(() => new Float64Array(days.nDraws));
  for (let b = 0; b < days.nDraws; ++b) {
    const measured = drawnMeasures(series, days, b);
    for (let m = 0; m < draws.length; ++m) draws[m]![b] = measured[RESAMPLED_MEASURES[m]!];
  }
  return Object.fromEntries(
    RESAMPLED_MEASURES.map((name, m) => [name, interval(draws[m]!, level)]),
  ) as Record<ResampledMeasure, DrawnInterval>;
}

/**
 * Intervals of what one series earns more than another, with the same resampled days for both.
 *
 * Two baskets of one market rise and fall together, so their difference is known better than either:
 * two separate intervals that overlap prove nothing.
 *
 * NaN: the Sharpe ratio where either stands still. Cost: O(draws · days).
 *
 * @param pair The series, and the one it is held against.
 * @param options.level Coverage.
 * @throws {RangeError} If a series and the resampled days differ in length or `level` is not in (0, 1).
 */
export function differenceIntervals(
  pair: readonly [DailySeries, DailySeries],
  days: ResampledDays,
  { level = 0.95 }: { readonly level?: number } = {},
): DifferenceInterval {
  requireDays(pair, days, level);
  const mean = new Float64Array(days.nDraws), sharpe = new Float64Array(days.nDraws);
  for (let b = 0; b < days.nDraws; ++b) {
    const [own, other] = pair.map((one) => drawnMeasures(one, days, b));
    mean[b] = own!.meanReturn - other!.meanReturn;
    sharpe[b] = own!.sharpe - other!.sharpe;
  }
  const asSeen = { nDays: days.nDays, nDraws: 1, rows: identity(days.nDays) };
  const [own, other] = pair.map((one) => drawnMeasures(one, asSeen, 0));
  return {
    meanReturn: { value: own!.meanReturn - other!.meanReturn, ...interval(mean, level) },
    sharpe: { value: own!.sharpe - other!.sharpe, ...interval(sharpe, level) },
  };
}

function identity(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

function interval(draws: Float64Array, level: number): DrawnInterval {
  const tail = (1 - level) / 2;
  const [low, high] = nullQuantiles(draws, [tail, 1 - tail]) as [number, number];
  return { low, high, nKnown: draws.filter((draw) => !Number.isNaN(draw)).length };
}

type DrawnMeasures = Record<ResampledMeasure | "meanReturn", number>;

/** The measures of one draw, with the conventions of `performance`. */
function drawnMeasures(
  { returns, excess }: DailySeries,
  { nDays, rows }: ResampledDays,
  draw: number,
): DrawnMeasures {
  const first = draw * nDays, firstReturn = returns[rows[first]!]!;
  const firstExcess = excess[rows[first]!]!;
  let value = 1, peak = 1, maxDrawdown = 0, squares = 0;
  // moments about the first value, so that a series that stands still gives no trace of rounding
  let sum = 0, sumSquares = 0, above = 0, aboveSquares = 0;
  for (let at = first; at < first + nDays; ++at) {
    const row = rows[at]!, gain = returns[row]!, over = excess[row]!;
    value *= 1 + gain;
    if (value > peak) peak = value;
    else if (value / peak - 1 < maxDrawdown) maxDrawdown = value / peak - 1;
    const d = gain - firstReturn, e = over - firstExcess;
    sum += d;
    sumSquares += d * d;
    above += e;
    aboveSquares += e * e;
    if (!(over >= 0)) squares += over * over;
  }
  const root = Math.sqrt(DAYS_PER_YEAR), meanExcess = firstExcess + above / nDays;
  const deviation = Math.sqrt(Math.max(sumSquares - sum * sum / nDays, 0) / (nDays - 1));
  const aboveDeviation = Math.sqrt(Math.max(aboveSquares - above * above / nDays, 0) / (nDays - 1));
  const varies = deviation > ROUNDING && aboveDeviation > ROUNDING;
  const annualizedReturn = value ** (DAYS_PER_YEAR / nDays) - 1;
  return {
    ...{ cumulativeReturn: value - 1, annualizedReturn, maxDrawdown },
    volatility: deviation * root,
    sharpe: varies ? meanExcess / aboveDeviation * root : NaN,
    sortino: varies && squares !== 0 ? meanExcess / Math.sqrt(squares / nDays) * root : NaN,
    calmar: maxDrawdown < 0 ? annualizedReturn / -maxDrawdown : NaN,
    meanReturn: (firstReturn + sum / nDays) * DAYS_PER_YEAR,
  };
}

function requireDays(
  series: readonly DailySeries[],
  days: ResampledDays,
  level: number,
): void {
  for (const { returns, excess } of series) {
    if (returns.length === days.nDays && excess.length === days.nDays) continue;
    throw new RangeError(
      `Cannot bootstrap returns as they must be those of the ${days.nDays} resampled days: got ${returns.length} returns and ${excess.length} excess returns`,
    );
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`Cannot bootstrap returns as level must be in (0, 1): got ${level}`);
  }
}
