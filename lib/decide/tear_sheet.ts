import { type DifferenceInterval, differenceIntervals } from "../backtest/bootstrap_intervals.ts";
import { type DailySeries, dailySeries, navFromPurchase } from "../backtest/daily_returns.ts";
import { deepestDrawdowns } from "../backtest/drawdown.ts";
import { periodReturns, rollingRisk } from "../backtest/period_returns.ts";
import { resampledDays } from "../backtest/resampled_days.ts";
import type { SettledBets } from "../backtest/settled_bets.ts";
import { formatDay } from "../core/day.ts";
import { randomStream } from "../core/random.ts";
import type { Settings } from "../core/settings.ts";
import {
  boolColumn,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import type { MethodStudy } from "./method_study.ts";

/** The checkpoint `05_periods`: returns of each sleeve by month and by year, after costs. */
export function periodTable(studies: readonly MethodStudy[]): Table {
  const rows = studies.flatMap(({ method, replay: { ledger } }) =>
    (["year", "month"] as const).flatMap((by) =>
      // the day before the first trade is worth 100, so that the first purchase's cost counts
      periodReturns(navFromPurchase(ledger.nav), { firstDay: ledger.firstDay - 1, by })
        .filter(({ nDays }) => nDays > 0)
        .map((period) => ({ method: method.key, by, ...period }))
    )
  );
  return table({
    method: stringColumn(rows.map(({ method }) => method)),
    period: stringColumn(rows.map(({ by }) => by)),
    start: dateColumn(rows.map(({ startDay }) => startDay)),
    return: numberColumn(rows.map(({ value }) => value)),
    n_days: integerColumn(rows.map(({ nDays }) => nDays)),
    is_whole: boolColumn(rows.map(({ isWhole }) => isWhole)),
  });
}

const MONTHS = [
  ...["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
];

/** Returns of a method after costs in percent, a year a row; missing where it held nothing yet. */
export function monthTable(study: MethodStudy | undefined): Table {
  const returnsBy = (by: "month" | "year") => {
    if (study === undefined) return [];
    const { ledger } = study.replay;
    return periodReturns(navFromPurchase(ledger.nav), { firstDay: ledger.firstDay - 1, by })
      .filter(({ nDays }) => nDays > 0)
      .map(({ startDay, value }) => ({ start: formatDay(startDay), percent: 100 * value }));
  };
  const months = returnsBy("month"), years = returnsBy("year");
  const cell = (year: string, month: number) =>
    months.find(({ start }) => start.startsWith(`${year}-${String(month + 1).padStart(2, "0")}`));
  const names = years.map(({ start }) => start.slice(0, 4));
  return table({
    year: stringColumn(names),
    ...Object.fromEntries(
      MONTHS.map((name, month) => [
        name,
        numberColumn(names.map((year) => cell(year, month)?.percent ?? null)),
      ]),
    ),
    all: numberColumn(years.map(({ percent }) => percent)),
  });
}

/** Days of a rolling window: a quarter. */
const ROLLING_DAYS = 91;

/** The checkpoint `05_rolling`: volatility and Sharpe ratio of each sleeve over the last quarter. */
export function rollingTable(
  studies: readonly MethodStudy[],
  ratesFrom: (firstDay: number) => Float64Array,
): Table {
  const rows = studies.map(({ method, replay: { ledger } }) => {
    const firstDay = ledger.firstDay - 1;
    const risk = rollingRisk(navFromPurchase(ledger.nav), ratesFrom(firstDay), {
      ...{ firstDay, windowDays: ROLLING_DAYS },
    });
    return { method: method.key, ...risk };
  });
  return table({
    method: stringColumn(rows.flatMap(({ method, days }) => Array(days.length).fill(method))),
    date: dateColumn(rows.flatMap(({ days }) => Array.from(days))),
    volatility: numberColumn(rows.flatMap(({ volatility }) => Array.from(volatility))),
    sharpe: numberColumn(rows.flatMap(({ sharpe }) => Array.from(sharpe))),
  });
}

/** The deepest drawdowns of a method's net value. */
export function drawdownTable(study: MethodStudy | undefined): Table {
  const rows = study === undefined
    ? []
    : deepestDrawdowns(navFromPurchase(study.replay.ledger.nav), {
      ...{ firstDay: study.replay.ledger.firstDay - 1, nDeepest: 5 },
    });
  return table({
    peak: dateColumn(rows.map(({ peakDay }) => peakDay)),
    trough: dateColumn(rows.map(({ troughDay }) => troughDay)),
    recovery: dateColumn(rows.map(({ recoveryDay }) => recoveryDay)),
    depth: numberColumn(rows.map(({ depth }) => depth)),
    days: integerColumn(rows.map(({ lengthDays }) => lengthDays)),
  });
}

/** Prices paid against what was paid out, by bins of the price. */
export function calibrationTable(bets: SettledBets | null | undefined): Table {
  const bins = bets?.calibration.filter(({ nBets }) => nBets > 0) ?? [];
  return table({
    from: numberColumn(bins.map(({ from }) => from)),
    to: numberColumn(bins.map(({ to }) => to)),
    positions: integerColumn(bins.map(({ nBets }) => nBets)),
    events: integerColumn(bins.map(({ nEvents }) => nEvents)),
    mean_price: numberColumn(bins.map(({ meanPrice }) => meanPrice)),
    paid: numberColumn(bins.map(({ meanPayout }) => meanPayout)),
    low: numberColumn(bins.map(({ low }) => low)),
    high: numberColumn(bins.map(({ high }) => high)),
  });
}

/** What a method earns more than the benchmark on the days that both have. */
export interface BenchmarkDifference extends DifferenceInterval {
  readonly method: string;
}

/**
 * Each sleeve against the benchmark's, with the same resampled days for both: choosing against holding
 * all markets alike.
 *
 * @param ratesFrom The bill's rates from a day on.
 * @returns By method as given, without the benchmark; empty where it was never held.
 */
export function benchmarkDifferences(
  studies: readonly MethodStudy[],
  { ratesFrom, settings: { backtest }, seed }: {
    readonly ratesFrom: (firstDay: number) => Float64Array;
    readonly settings: Settings;
    readonly seed: number;
  },
): BenchmarkDifference[] {
  const benchmark = studies.find(({ method }) => method.origin === "benchmark");
  if (benchmark === undefined) return [];
  return studies.filter((one) => one !== benchmark).map((one) => {
    const firstDay = Math.max(
      one.replay.ledger.firstDay,
      benchmark.replay.ledger.firstDay,
    );
    const pair = [one, benchmark].map((study) => seriesFrom(study, firstDay, ratesFrom)) as [
      DailySeries,
      DailySeries,
    ];
    const days = resampledDays(pair[0].returns.length, {
      nDraws: backtest.bootstrap_draws.value,
      meanBlockDays: backtest.bootstrap_block_days.value,
      random: randomStream(seed, `difference ${pair[0].returns.length} days`),
    });
    return { method: one.method.key, ...differenceIntervals(pair, days) };
  });
}

function seriesFrom(
  { replay: { ledger } }: MethodStudy,
  firstDay: number,
  ratesFrom: (firstDay: number) => Float64Array,
): DailySeries {
  return dailySeries(ledger.nav.slice(firstDay - ledger.firstDay), ratesFrom(firstDay));
}
