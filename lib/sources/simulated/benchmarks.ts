import { normalDraws, randomStream } from "../../core/random.ts";
import { dateColumn, numberColumn, stringColumn, type Table, table } from "../../core/table.ts";
import { drawDrivers, type Drivers, volatilityPath } from "./drivers.ts";
import { type FactorList, type SimulatedSeries, simulatedSeries } from "../../core/factor_list.ts";
import { type Sessions, sessions } from "../../core/sessions.ts";

/** One macro series with the latent path behind it. */
export interface SeriesPath {
  readonly series: SimulatedSeries;
  readonly sessions: Sessions;
  /** Index of each session within the day grid of the drivers. */
  readonly row: Int32Array;
  /** Close per session, unrounded. */
  readonly close: Float64Array;
  /** Log-price martingale at each session's close. */
  readonly atClose: Float64Array;
  /** The same at the end of every UTC day: what a round-the-clock market has seen. */
  readonly atDayEnd: Float64Array;
  /** Variance of the move of each UTC day, log units squared. */
  readonly dayVariance: Float64Array;
  /** Variance from the day's start to its close, 0 on days without a session. */
  readonly closeVariance: Float64Array;
  /** Sure log growth per session. */
  readonly driftPerSession: number;
  /** Log units for one unit of each driver. */
  readonly weights: readonly number[];
}

/** All macro series and the drivers behind them. */
export interface MacroPaths {
  readonly drivers: Drivers;
  readonly series: readonly SeriesPath[];
}

/** Draws the drivers and every series of the list over `nDays` days. */
export function drawMacro(
  list: FactorList,
  { seed, firstDay, nDays }: { seed: number; firstDay: number; nDays: number },
): MacroPaths {
  const range = { from: firstDay, to: firstDay + nDays };
  const closes = new Map<string, Sessions>();
  for (const [name, calendar] of Object.entries(list.calendars)) {
    closes.set(name, sessions({ ...calendar, holidays: list.holidays[calendar.holidays]! }, range));
  }
  const minutes = [...closes.values()].flatMap((at) => [...new Set(at.minute)]);
  const drivers = drawDrivers(list, { seed, firstDay, nDays, minutes });
  const series = simulatedSeries(list).map((one) =>
    drawSeries(one, { seed, drivers, at: closes.get(one.calendar)! })
  );
  return { drivers, series };
}

function drawSeries(
  series: SimulatedSeries,
  { seed, drivers, at }: { seed: number; drivers: Drivers; at: Sessions },
): SeriesPath {
  const { annual_vol, annual_drift, reversion, start, loadings } = series.simulation;
  const sessionsPerYear = 365.25 * at.day.length / drivers.nDays;
  const perSession = annual_vol / Math.sqrt(sessionsPerYear);
  const own = Math.sqrt(1 - Object.values(loadings).reduce((sum, b) => sum + b * b, 0));
  const ownVol = volatilityPath(seed, `series/${series.symbol}/volatility`, drivers.nDays);
  const draw = normalDraws(randomStream(seed, `series/${series.symbol}/path`));
  const weights = drivers.names.map((name) => perSession * (loadings[name] ?? 0));
  const width = drivers.minutes.length, nDays = drivers.nDays;
  const atDayEnd = new Float64Array(nDays), dayVariance = new Float64Array(nDays);
  const closeVariance = new Float64Array(nDays);
  const row = at.day.map((day) => day - drivers.firstDay);
  const atClose = new Float64Array(row.length), close = new Float64Array(row.length);
  const growth = Math.log1p(annual_drift) / sessionsPerYear;
  const driftPerSession = growth - (series.kind === "price" ? perSession * perSession / 2 : 0);
  let ownLevel = 0, deviation = 0;
  for (let i = 0, s = 0; i < nDays; ++i) {
    const slot = row[s] === i ? drivers.minutes.indexOf(at.minute[s]!) : -1;
    const ownSd = slot >= 0 ? perSession * own * ownVol[i]! : 0;
    if (slot >= 0) ownLevel += ownSd * draw();
    let end = ownLevel,
      struck = ownLevel,
      endVariance = ownSd * ownSd,
      struckVariance = endVariance;
    for (let f = 0; f < weights.length; ++f) {
      const weight = weights[f]!;
      if (weight === 0) continue;
      end += weight * drivers.path[f]![i * width + width - 1]!;
      endVariance += weight * weight * drivers.variance[f]![i]!;
      if (slot < 0) continue;
      struck += weight * drivers.path[f]![i * width + slot]!;
      struckVariance += weight * weight * drivers.varianceTo[f]![i * width + slot]!;
    }
    atDayEnd[i] = end;
    dayVariance[i] = endVariance;
    if (slot < 0) continue;
    closeVariance[i] = struckVariance;
    deviation = (1 - reversion) * deviation + struck - (s > 0 ? atClose[s - 1]! : 0);
    atClose[s] = struck;
    close[s] = start * Math.exp(deviation + driftPerSession * (s + 1));
    ++s;
  }
  return {
    series,
    sessions: at,
    row,
    close,
    atClose,
    atDayEnd,
    dayVariance,
    closeVariance,
    driftPerSession,
    weights,
  };
}

/** `benchmarks.parquet` of the data contract, for the first `nDays` of the paths. */
export function benchmarksTable(macro: MacroPaths, nDays: number): Table {
  const sorted = macro.series.slice().sort((a, b) => a.series.symbol < b.series.symbol ? -1 : 1);
  const symbol: string[] = [], kind: string[] = [], day: number[] = [], close: number[] = [];
  for (const { series, sessions: at, row, close: closes } of sorted) {
    for (let s = 0; s < row.length && row[s]! < nDays; ++s) {
      symbol.push(series.symbol);
      kind.push(series.kind);
      day.push(at.day[s]!);
      close.push(Number(closes[s]!.toPrecision(7)));
    }
  }
  return table({
    symbol: stringColumn(symbol),
    date: dateColumn(day),
    close: numberColumn(close),
    kind: stringColumn(kind),
  });
}
