import { resampledDays } from "../backtest/resampled_days.ts";
import { moments } from "../backtest/return_moments.ts";
import type { Random } from "../core/random.ts";
import { dateColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { drawnInterval, type Interval } from "./drawn_intervals.ts";
import { type MarketRegimes, type Regime, REGIMES } from "./regimes.ts";
import { nullBand } from "./shift_null.ts";

/** `07_regimes`: date, regime, stock_return, volatility, level; a row a session. */
export function regimeTable({ day, regime, stockReturn, volatility, level }: MarketRegimes): Table {
  return table({
    date: dateColumn(day),
    regime: stringColumn(regime),
    stock_return: numberColumn(stockReturn),
    volatility: numberColumn(volatility),
    level: numberColumn(level),
  });
}

/** What one series did in the sessions of one regime. */
export interface RegimeRow {
  readonly name: string;
  readonly regime: Regime;
  /** Sessions of the regime with a return. */
  readonly nSessions: number;
  /** Mean return a year. */
  readonly mean: Interval;
  /** Standard deviation a year. */
  readonly volatility: Interval;
  /** Mean excess over the bill and its deviation, a year. */
  readonly sharpe: Interval;
  /** Correlation of its returns with those of stocks. */
  readonly correlation: Interval;
}

/** Risk-on less risk-off of one series, beside what labels at other times give. */
export interface RegimeDifference {
  readonly name: string;
  readonly measure: "mean" | "sharpe" | "correlation";
  readonly value: number;
  /** 2.5th and 97.5th percentile over turned labels. */
  readonly nullLow: number;
  readonly nullHigh: number;
  /** Two-sided: twice the share of turned labels on the rarer side, the true labels counted too. */
  readonly pValue: number;
  readonly nShifts: number;
}

/** Values at the ends of the sessions of some regimes, one for each. */
export interface RegimeNavs {
  readonly series: readonly { readonly name: string; readonly nav: Float64Array }[];
  readonly stocks: Float64Array;
  /** What a T-bill earns from the session before to each, as `sessionRates` gives it; null for idle cash. */
  readonly rates: Float64Array | null;
}

/** What series did by regime, and whether regimes differ. */
export interface RegimeEvidence {
  /** Sessions a year, counted on their own days. */
  readonly sessionsPerYear: number;
  /** A row a series and regime. */
  readonly rows: readonly RegimeRow[];
  readonly differences: readonly RegimeDifference[];
}

/** Returns of what is measured, session by session. */
interface Returns {
  readonly own: Float64Array;
  readonly excess: Float64Array;
  readonly stocks: Float64Array;
}

/**
 * What series did in each regime, with intervals, and whether risk-on and risk-off differ by more than chance.
 *
 * A return runs from the end of a session to the end of the next, weekends inside, under the label that
 * was known at its beginning. So all series have one calendar, and a year has as many returns as
 * there were sessions in it. Intervals resample blocks of the regime's sessions. A regime is a few
 * long spells, which happen to hold what they hold: the null turns the labels along the sessions, which
 * keeps the spells and loses their timing.
 *
 * Shape: S series on T sessions → 3 S rows and 3 S differences. NaN: a session without a label, or with
 * an unknown value at either end, is not counted; a measure with fewer than three sessions or without variation is NaN.
 * Cost: O(S · (draws + T) · T).
 *
 * @param navs Values at the end of each session's day. @param options.random Source of the resampling.
 * @param options.nDraws Resamples; 500 by default. @param options.meanBlockSessions Mean length of a block; 10 by default.
 * @throws {RangeError} If a series has not one value a session, or a known value is not above 0.
 */
export function regimeEvidence(
  { day, regime }: Pick<MarketRegimes, "day" | "regime">,
  { series, stocks, rates }: RegimeNavs,
  { random, nDraws = 500, meanBlockSessions = 10 }: {
    readonly random: Random;
    readonly nDraws?: number;
    readonly meanBlockSessions?: number;
  },
): RegimeEvidence {
  const n = day.length, spanDays = n < 2 ? NaN : day[n - 1]! - day[0]!;
  const perYear = (n - 1) / spanDays * 365.25;
  const market = returnsOf("stocks", stocks, n);
  const bills = rates ?? new Float64Array(n);
  requireAll("T-bills", bills, n);
  const rows: RegimeRow[] = [], differences: RegimeDifference[] = [];
  for (const { name, nav } of series) {
    const own = returnsOf(name, nav, n);
    const all = { own, stocks: market, excess: own.map((gain, t) => gain - bills[t]!) };
    const known = Array.from(own.keys()).filter((t) =>
      regime[t] !== null && !Number.isNaN(own[t]! + all.excess[t]! + market[t]!)
    );
    for (const one of REGIMES) {
      const sessions = Int32Array.from(known.filter((t) => regime[t] === one));
      const measures = intervals(all, sessions, { perYear, random, nDraws, meanBlockSessions });
      rows.push({ name, regime: one, nSessions: sessions.length, ...measures });
    }
    const labelled = known.map((t) => ({ t, regime: regime[t]! }));
    differences.push(...differencesOf(name, all, { labelled, perYear }));
  }
  return { sessionsPerYear: perYear, rows, differences };
}

/** Return that ends with each session; the first has none. */
function returnsOf(name: string, nav: Float64Array, n: number): Float64Array {
  requireAll(name, nav, n);
  const strange = nav.find((value) => value <= 0 || value === Infinity);
  if (strange !== undefined) {
    throw new RangeError(
      `Cannot measure "${name}" by regime as its values must be finite and above 0: got ${strange}`,
    );
  }
  return Float64Array.from(nav, (value, t) => t === 0 ? NaN : value / nav[t - 1]! - 1);
}

function requireAll(name: string, values: Float64Array, n: number): void {
  if (values.length === n) return;
  throw new RangeError(
    `Cannot measure "${name}" by regime as it must have a value for each of ${n} sessions: got ${values.length}`,
  );
}

interface Measures {
  readonly mean: number;
  readonly volatility: number;
  readonly sharpe: number;
  readonly correlation: number;
}

const UNKNOWN: Measures = { mean: NaN, volatility: NaN, sharpe: NaN, correlation: NaN };

function measured(
  { own, excess, stocks }: Returns,
  sessions: Int32Array,
  perYear: number,
): Measures {
  if (sessions.length < 3) return UNKNOWN;
  const of = (values: Float64Array) => Float64Array.from(sessions, (t) => values[t]!);
  const gains = of(own), market = of(stocks);
  const [gain, above, held] = [moments(gains), moments(of(excess)), moments(market)];
  let product = 0;
  for (let k = 0; k < gains.length; ++k) {
    product += (gains[k]! - gain.mean) * (market[k]! - held.mean);
  }
  const varies = gain.deviation > 0;
  return {
    mean: gain.mean * perYear,
    volatility: gain.deviation * Math.sqrt(perYear),
    sharpe: varies && above.deviation > 0 ? above.mean / above.deviation * Math.sqrt(perYear) : NaN,
    correlation: varies && held.deviation > 0
      ? product / (gains.length - 1) / gain.deviation / held.deviation
      : NaN,
  };
}

/** The measures of some sessions with the intervals of their resampled blocks. */
function intervals(
  returns: Returns,
  sessions: Int32Array,
  { perYear, random, nDraws, meanBlockSessions }: {
    readonly perYear: number;
    readonly random: Random;
    readonly nDraws: number;
    readonly meanBlockSessions: number;
  },
): Record<keyof Measures, Interval> {
  const n = sessions.length, draws: Measures[] = [];
  if (n > 0) {
    const { rows } = resampledDays(n, { nDraws, meanBlockDays: meanBlockSessions, random });
    for (let b = 0; b < nDraws; ++b) {
      const drawn = rows.subarray(b * n, (b + 1) * n).map((row) => sessions[row]!);
      draws.push(measured(returns, drawn, perYear));
    }
  }
  const value = measured(returns, sessions, perYear);
  const of = (measure: keyof Measures) =>
    drawnInterval(value[measure], Float64Array.from(draws, (draw) => draw[measure]));
  return {
    mean: of("mean"),
    volatility: of("volatility"),
    sharpe: of("sharpe"),
    correlation: of("correlation"),
  };
}

/** Risk-on less risk-off under every turn of the labels along the sessions that have one. */
function differencesOf(
  name: string,
  returns: Returns,
  { labelled, perYear }: {
    readonly labelled: readonly { readonly t: number; readonly regime: Regime }[];
    readonly perYear: number;
  },
): RegimeDifference[] {
  const n = labelled.length;
  const all = Array.from({ length: n }, (_, offset) => {
    const of = (regime: Regime) => {
      const own = labelled.filter((_, k) => labelled[(k + offset) % n]!.regime === regime);
      return measured(returns, Int32Array.from(own, ({ t }) => t), perYear);
    };
    return { on: of("risk-on"), off: of("risk-off") };
  });
  return (["mean", "sharpe", "correlation"] as const).map((measure) => {
    const [value = NaN, ...draws] = all.map(({ on, off }) => on[measure] - off[measure]);
    const known = Float64Array.from(draws.filter((draw) => !Number.isNaN(draw)));
    const nAbove = known.filter((draw) => draw >= value).length;
    const nBelow = known.filter((draw) => draw <= value).length;
    const isTested = !Number.isNaN(value) && known.length > 0;
    return {
      ...{ name, measure, value, ...nullBand(known) },
      pValue: isTested ? Math.min(1, 2 * (1 + Math.min(nAbove, nBelow)) / (1 + known.length)) : NaN,
      nShifts: known.length,
    };
  });
}
