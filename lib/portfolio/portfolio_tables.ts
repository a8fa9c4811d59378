import {
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import type { PortfolioAssets } from "./asset_navs.ts";
import { DIFFERENCES, type PortfolioDifference } from "./portfolio_differences.ts";
import { mixtureKey } from "./portfolio_list.ts";
import type { MeasuredPortfolio } from "./portfolio_study.ts";
import { SESSION_MEASURES } from "./session_measures.ts";
import type { ModelSpanning, SleeveMeasure } from "./sleeve_evidence.ts";
import type { SleeveTradeCost } from "./sleeve_trade_costs.ts";
import type { StudyStart } from "./study_starts.ts";
import type { SleeveStudy } from "./value_study.ts";

/** The checkpoint `07_portfolios`: portfolio, date, nav, nav_gross; every calendar day. */
export function portfolioTable(
  measured: readonly MeasuredPortfolio[],
  { firstDay }: Pick<PortfolioAssets, "firstDay">,
): Table {
  const rows = measured.flatMap(({ portfolio }) =>
    Array.from(portfolio.nav, (nav, i) => ({
      ...{ key: portfolio.mixture.key, date: firstDay + i, nav },
      gross: portfolio.navGross[i]!,
    }))
  );
  return table({
    portfolio: stringColumn(rows.map(({ key }) => key)),
    date: dateColumn(rows.map(({ date }) => date)),
    nav: numberColumn(rows.map(({ nav }) => nav)),
    nav_gross: numberColumn(rows.map(({ gross }) => gross)),
  });
}

/**
 * The checkpoint `07_metrics`: portfolio, metric, value, ci_low, ci_high.
 *
 * After the resampled measures `annual_return_gross`, `worst_month`, `annual_traded`, and
 * `sessions` with `sessions_per_year`, which every annual number rests on. Null: unknown, and the
 * interval of a metric that has none.
 */
export function portfolioMetricTable(
  measured: readonly MeasuredPortfolio[],
  { sessionsPerYear }: Pick<PortfolioAssets, "sessionsPerYear">,
): Table {
  const rows = measured.flatMap((one) => {
    const portfolio = one.portfolio.mixture.key;
    const plain = (metric: string, value: number) => ({
      ...{ portfolio, metric, value, low: NaN, high: NaN },
    });
    return [
      ...SESSION_MEASURES.map((metric) => ({ portfolio, metric, ...one.measures[metric] })),
      plain("annual_return_gross", one.grossReturn),
      plain("worst_month", one.worstMonth),
      plain("annual_traded", one.annualTraded),
      plain("sessions", one.series.returns.length),
      plain("sessions_per_year", sessionsPerYear),
    ];
  });
  return table({
    portfolio: stringColumn(rows.map(({ portfolio }) => portfolio)),
    metric: stringColumn(rows.map(({ metric }) => metric)),
    ...intervalColumns(rows),
  });
}

/** The checkpoint `07_differences`: portfolio, against, measure, value, ci_low, ci_high, p, error. */
export function differenceTable(differences: readonly PortfolioDifference[]): Table {
  const rows = differences.flatMap(({ portfolio, against, differences, check }) => [
    ...DIFFERENCES.map((measure) => ({
      ...{ portfolio, against, measure, ...differences[measure], error: NaN },
    })),
    {
      ...{ portfolio, against, measure: "sharpe_by_formula", value: check.value },
      ...{ low: NaN, high: NaN, pValue: check.pValue, error: check.error },
    },
  ]);
  return table({
    portfolio: stringColumn(rows.map(({ portfolio }) => portfolio)),
    against: stringColumn(rows.map(({ against }) => against)),
    measure: stringColumn(rows.map(({ measure }) => measure)),
    ...intervalColumns(rows),
    p: numberColumn(rows.map(({ pValue }) => pValue)),
    error: numberColumn(rows.map(({ error }) => error)),
  });
}

/**
 * The checkpoint `07_factor_baskets`: first_date, last_date, n_sessions of a sleeve's own study, then
 * the columns of `07_differences`; only comparisons of that sleeve.
 */
export function sleeveDifferenceTable({ assets, differences, sleeve }: SleeveStudy): Table {
  const own = differenceTable(
    differences.filter(({ portfolio }) => portfolio === mixtureKey(sleeve)),
  );
  const repeated = (value: number) => Array.from({ length: own.nRows }, () => value);
  return table({
    first_date: dateColumn(repeated(assets.firstDay)),
    last_date: dateColumn(repeated(assets.firstDay + (assets.session.at(-1) ?? 0))),
    n_sessions: integerColumn(repeated(Math.max(assets.session.length - 1, 0))),
    ...own.columns,
  });
}

/**
 * The checkpoint `07_starts`: first_date, n_sessions, return_difference, return_ci_low,
 * return_ci_high, sharpe_difference, sharpe_ci_low, sharpe_ci_high.
 */
export function startTable(starts: readonly StudyStart[]): Table {
  const numbers = (of: (one: StudyStart) => number) => numberColumn(starts.map(of));
  return table({
    first_date: dateColumn(starts.map(({ firstDay }) => firstDay)),
    n_sessions: integerColumn(starts.map(({ nSessions }) => nSessions)),
    return_difference: numbers(({ annualReturn }) => annualReturn.value),
    return_ci_low: numbers(({ annualReturn }) => annualReturn.low),
    return_ci_high: numbers(({ annualReturn }) => annualReturn.high),
    sharpe_difference: numbers(({ sharpe }) => sharpe.value),
    sharpe_ci_low: numbers(({ sharpe }) => sharpe.low),
    sharpe_ci_high: numbers(({ sharpe }) => sharpe.high),
  });
}

/** The checkpoint `07_trade_costs`: sleeve_cost_rate, end_value, annual_return, against_cash. */
export function tradeCostTable(costs: readonly SleeveTradeCost[]): Table {
  return table({
    sleeve_cost_rate: numberColumn(costs.map(({ rate }) => rate)),
    end_value: numberColumn(costs.map(({ endValue }) => endValue)),
    annual_return: numberColumn(costs.map(({ annualReturn }) => annualReturn)),
    against_cash: numberColumn(costs.map(({ againstCash }) => againstCash)),
  });
}

/** The checkpoint `07_drawdowns`: the deepest drawdown of each portfolio; null: there is none. */
export function drawdownTable(measured: readonly MeasuredPortfolio[]): Table {
  return table({
    portfolio: stringColumn(measured.map(({ portfolio }) => portfolio.mixture.key)),
    depth: numberColumn(measured.map(({ drawdown }) => drawdown.depth)),
    peak_date: dateColumn(measured.map(({ drawdown }) => drawdown.peakDay)),
    trough_date: dateColumn(measured.map(({ drawdown }) => drawdown.troughDay)),
    recovery_date: dateColumn(measured.map(({ drawdown }) => drawdown.recoveryDay)),
    length_days: integerColumn(measured.map(({ drawdown }) => drawdown.lengthDays)),
    return_in_base_fall: numberColumn(measured.map(({ drawdown }) => drawdown.returnInBaseFall)),
    worst_month: dateColumn(measured.map(({ worstMonthDay }) => worstMonthDay)),
    worst_month_return: numberColumn(measured.map(({ worstMonth }) => worstMonth)),
  });
}

/**
 * The checkpoint `07_correlations`: series_a (sleeve), series_b, measure, value, ci_low, ci_high, n,
 * null_low, null_high.
 */
export function sleeveCorrelationTable(measures: readonly SleeveMeasure[]): Table {
  return table({
    series_a: stringColumn(measures.map(({ sleeve }) => sleeve)),
    series_b: stringColumn(measures.map((one) => one.with)),
    measure: stringColumn(measures.map(({ measure }) => measure)),
    ...intervalColumns(measures),
    n: integerColumn(measures.map(({ n }) => n)),
    null_low: numberColumn(measures.map(({ nullLow }) => nullLow)),
    null_high: numberColumn(measures.map(({ nullHigh }) => nullHigh)),
  });
}

/**
 * The checkpoint `07_spanning`: sleeve, model, term (`alpha`, a year, or an asset), value, ci_low,
 * ci_high, p, error, and n, lag and r2 of the regression.
 */
export function spanningTable(spannings: readonly ModelSpanning[]): Table {
  const rows = spannings.flatMap((one) => [
    { one, term: "alpha", ...one.alpha },
    ...one.betas.map((beta, j) => ({ one, term: one.assets[j]!, ...beta })),
  ]);
  return table({
    sleeve: stringColumn(rows.map(({ one }) => one.sleeve)),
    model: stringColumn(rows.map(({ one }) => one.model)),
    term: stringColumn(rows.map(({ term }) => term)),
    ...intervalColumns(rows),
    p: numberColumn(rows.map(({ pValue }) => pValue)),
    error: numberColumn(rows.map(({ error }) => error)),
    n: integerColumn(rows.map(({ one }) => one.n)),
    lag: integerColumn(rows.map(({ one }) => one.lag)),
    r2: numberColumn(rows.map(({ one }) => one.r2)),
  });
}

function intervalColumns(
  rows: readonly { readonly value: number; readonly low: number; readonly high: number }[],
) {
  return {
    value: numberColumn(rows.map(({ value }) => value)),
    ci_low: numberColumn(rows.map(({ low }) => low)),
    ci_high: numberColumn(rows.map(({ high }) => high)),
  };
}
