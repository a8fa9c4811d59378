import type { ResampledDays } from "../backtest/resampled_days.ts";
import { ROUNDING } from "../backtest/return_moments.ts";
import type { SessionSeries } from "./session_series.ts";

/** Measures of a series of returns that are resampled. */
export const SESSION_MEASURES = [
  "annual_return",
  "volatility",
  "sharpe",
  "sortino",
  "max_drawdown",
  "calmar",
  "skewness",
] as const;

/** Name of such a measure. */
export type SessionMeasure = typeof SESSION_MEASURES[number];

/** One number for each measure: a share, a ratio, or NaN. */
export type MeasuredSessions = Readonly<Record<SessionMeasure, number>>;

/** Rows of a series in the order in which they are read. */
export interface ReadRows {
  readonly rows: Int32Array;
  /** First of them. */
  readonly from: number;
  /** After the last of them. */
  readonly to: number;
}

/**
 * The measures of a series in the order of some of its rows: all of them once, or a resampled draw.
 *
 * The conventions are those of `performance`, with a year of as many returns as the sessions give:
 * growth a year that gives the same end; deviation with n − 1; Sharpe and Sortino from the mean
 * excess over bills, the downside deviation about the bill over all returns; the depth of the deepest
 * fall from a peak, ≤ 0; the plain moment skewness.
 *
 * NaN: ratios whose denominator is nothing, and Sharpe and Sortino where a rate is unknown.
 * Cost: O(rows), two passes.
 *
 * @param options.perYear Returns in a year.
 */
export function sessionMeasures(
  { returns, excess }: SessionSeries,
  { rows, from, to }: ReadRows,
  { perYear }: { readonly perYear: number },
): MeasuredSessions {
  const n = to - from, root = Math.sqrt(perYear);
  let value = 1, peak = 1, deepest = 0, sum = 0, over = 0, downside = 0;
  for (let at = from; at < to; ++at) {
    const row = rows[at]!, gain = returns[row]!, above = excess[row]!;
    value *= 1 + gain;
    if (value > peak) peak = value;
    else if (value / peak - 1 < deepest) deepest = value / peak - 1;
    sum += gain;
    over += above;
    if (!(above >= 0)) downside += above * above;
  }
  const mean = sum / n, meanOver = over / n;
  let squares = 0, cubes = 0, squaresOver = 0;
  for (let at = from; at < to; ++at) {
    const row = rows[at]!, d = returns[row]! - mean, e = excess[row]! - meanOver;
    squares += d * d;
    cubes += d * d * d;
    squaresOver += e * e;
  }
  const deviation = Math.sqrt(squares / (n - 1)), deviationOver = Math.sqrt(squaresOver / (n - 1));
  const moves = deviation > ROUNDING, varies = moves && deviationOver > ROUNDING;
  const annual = value ** (perYear / n) - 1;
  return {
    annual_return: n < 1 ? NaN : annual,
    volatility: n < 2 ? NaN : moves ? deviation * root : 0,
    sharpe: varies ? meanOver / deviationOver * root : NaN,
    sortino: varies && downside > 0 ? meanOver / Math.sqrt(downside / n) * root : NaN,
    max_drawdown: n < 1 ? NaN : deepest,
    calmar: deepest < 0 ? annual / -deepest : NaN,
    skewness: moves ? cubes / n / (squares / n) ** 1.5 : NaN,
  };
}

/** The measures of a whole series, in its own order. */
export function wholeMeasures(
  series: SessionSeries,
  options: { readonly perYear: number },
): MeasuredSessions {
  const n = series.returns.length;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  return sessionMeasures(series, { rows, from: 0, to: n }, options);
}

/**
 * The measures of every resampled draw.
 *
 * Portfolios that are read at the same rows stay paired, so that draws may be subtracted.
 *
 * Shape: → one number a draw and measure. Cost: O(draws · sessions).
 *
 * @throws {RangeError} If the draws are not of as many rows as the series.
 */
export function drawnMeasures(
  series: SessionSeries,
  { nDays, nDraws, rows }: ResampledDays,
  options: { readonly perYear: number },
): Record<SessionMeasure, Float64Array> {
  if (nDays !== series.returns.length) {
    throw new RangeError(
      `Cannot resample returns as the draws must be of as many rows: got ${nDays} for ${series.returns.length}`,
    );
  }
  const draws = Object.fromEntries(
    SESSION_MEASURES.map((name) => [name, new Float64Array(nDraws)]),
  ) as Record<SessionMeasure, Float64Array>;
  for (let b = 0; b < nDraws; ++b) {
    const read = { rows, from: b * nDays, to: (b + 1) * nDays };
    const measured = sessionMeasures(series, read, options);
    for (const name of SESSION_MEASURES) draws[name][b] = measured[name];
  }
  return draws;
}
