import type { Policy } from "./ledger.ts";
import type { Performance } from "./performance.ts";
import { numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { DrawnInterval, ResampledMeasure } from "./bootstrap_intervals.ts";

/** A metric of the checkpoint `05_metrics`, as a reader sees it. */
export interface Metric {
  /** Name in the checkpoint. */
  readonly key: MetricKey;
  /** Name for a reader. */
  readonly name: string;
  readonly unit: string;
}

/** Keys of the metrics, in reading order. */
export type MetricKey = typeof METRICS[number]["key"];

/** Every metric of the checkpoint, in reading order. */
export const METRICS = [
  { key: "returns", name: "Daily returns", unit: "days" },
  { key: "periods_per_year", name: "Periods in a year", unit: "days" },
  { key: "cumulative_return", name: "Cumulative return", unit: "share" },
  { key: "annualized_return", name: "Annualized return", unit: "share a year" },
  { key: "volatility", name: "Volatility", unit: "share a year" },
  { key: "sharpe", name: "Sharpe ratio", unit: "annualized ratio" },
  { key: "sortino", name: "Sortino ratio", unit: "annualized ratio" },
  { key: "calmar", name: "Calmar ratio", unit: "ratio" },
  { key: "omega", name: "Omega ratio", unit: "ratio" },
  { key: "tail_ratio", name: "Tail ratio", unit: "ratio" },
  { key: "value_at_risk", name: "Value at risk, 95 %", unit: "share a day" },
  { key: "conditional_value_at_risk", name: "Mean of the worst 5 % of days", unit: "share a day" },
  { key: "skewness", name: "Skewness", unit: "ratio" },
  { key: "excess_kurtosis", name: "Excess kurtosis", unit: "ratio" },
  { key: "best_day", name: "Best day", unit: "share" },
  { key: "worst_day", name: "Worst day", unit: "share" },
  { key: "still_share", name: "Days without a move", unit: "share of days" },
  { key: "max_drawdown", name: "Deepest drawdown", unit: "share of the peak" },
  { key: "mean_difference", name: "Mean return less the benchmark's", unit: "share a year" },
  { key: "sharpe_difference", name: "Sharpe ratio less the benchmark's", unit: "annualized ratio" },
  {
    key: "probabilistic_sharpe",
    name: "Probability of a Sharpe ratio above 0",
    unit: "probability",
  },
  { key: "deflated_sharpe", name: "Deflated Sharpe ratio", unit: "probability" },
  {
    key: "best_of_trials_sharpe",
    name: "Best of the trials without skill",
    unit: "annualized ratio",
  },
  { key: "trials", name: "Configurations tried", unit: "configurations" },
  { key: "minimum_track_record", name: "Minimum track record", unit: "days" },
  { key: "overfitting_probability", name: "Probability of overfitting", unit: "probability" },
  { key: "overfitting_slope", name: "Out of sample for one in sample", unit: "ratio" },
  { key: "overfitting_loss", name: "Probability that the best one loses", unit: "probability" },
  { key: "mean_turnover", name: "Mean turnover, one way", unit: "share a month" },
  { key: "median_turnover", name: "Median turnover, one way", unit: "share a month" },
  { key: "unstable_months", name: "Months of unstable turnover", unit: "share of months" },
  { key: "herfindahl", name: "Herfindahl concentration", unit: "ratio" },
  { key: "effective_contracts", name: "Effective number of contracts", unit: "contracts" },
  { key: "effective_events", name: "Effective number of events", unit: "events" },
  { key: "settled_bets", name: "Settled positions", unit: "positions" },
  { key: "effective_bets", name: "Effective number of settled positions", unit: "positions" },
  { key: "hit_rate", name: "Hit rate", unit: "share of positions" },
  { key: "fair_hit_rate", name: "Hit rate of fair prices", unit: "share of positions" },
  { key: "brier", name: "Brier score", unit: "squared probability" },
  { key: "brier_reliability", name: "Brier score, reliability", unit: "squared probability" },
  { key: "brier_resolution", name: "Brier score, resolution", unit: "squared probability" },
  { key: "brier_uncertainty", name: "Brier score, uncertainty", unit: "squared probability" },
  { key: "log_score", name: "Log score", unit: "nats" },
  { key: "mean_correlation", name: "Mean correlation of baskets", unit: "correlation" },
] as const satisfies readonly { key: string; name: string; unit: string }[];

/** One value of a metric, with its interval where it has one. */
export interface MetricValue {
  readonly metric: MetricKey;
  readonly value: number;
  /** Ends of the 95 % interval; NaN where the metric has none. */
  readonly ciLow: number;
  readonly ciHigh: number;
}

/** A row of the checkpoint. */
export interface MetricRow extends MetricValue {
  readonly method: string;
  readonly policy: Policy;
  readonly basket: string;
}

const PERFORMANCE = [
  ["returns", "nReturns"],
  ["periods_per_year", "periodsPerYear"],
  ["cumulative_return", "cumulativeReturn"],
  ["annualized_return", "annualizedReturn"],
  ["volatility", "volatility"],
  ["sharpe", "sharpe"],
  ["sortino", "sortino"],
  ["calmar", "calmar"],
  ["omega", "omega"],
  ["tail_ratio", "tailRatio"],
  ["value_at_risk", "valueAtRisk"],
  ["conditional_value_at_risk", "conditionalValueAtRisk"],
  ["skewness", "skewness"],
  ["excess_kurtosis", "excessKurtosis"],
  ["best_day", "bestDay"],
  ["worst_day", "worstDay"],
  ["still_share", "stillShare"],
  ["max_drawdown", "maxDrawdown"],
] as const satisfies readonly (readonly [MetricKey, keyof Performance])[];

/** The measures of a NAV as metrics, with the intervals of those that were resampled. */
export function performanceMetrics(
  measured: Performance,
  intervals: Partial<Record<ResampledMeasure, DrawnInterval>> = {},
): MetricValue[] {
  return PERFORMANCE.map(([metric, field]) => {
    const drawn = (intervals as Partial<Record<keyof Performance, DrawnInterval>>)[field];
    return {
      ...{ metric, value: measured[field] },
      ...{ ciLow: drawn?.low ?? NaN, ciHigh: drawn?.high ?? NaN },
    };
  });
}

/**
 * The checkpoint `05_metrics`: method, policy, basket, metric, value, ci_low, ci_high.
 *
 * Sorted by method, policy and basket in the order of their names, then by {@link METRICS}.
 *
 * NaN: what is unknown is null in the file, and so is the interval of a metric that has none.
 * Cost: O(rows · log rows).
 *
 * @throws {RangeError} If a method, policy and basket has a metric twice.
 */
export function metricTable(rows: readonly MetricRow[]): Table {
  const place = new Map<string, number>(METRICS.map(({ key }, i) => [key, i]));
  const order = (a: MetricRow, b: MetricRow) =>
    compare(a.method, b.method) || compare(a.policy, b.policy) || compare(a.basket, b.basket) ||
    place.get(a.metric)! - place.get(b.metric)!;
  const sorted = rows.toSorted(order);
  for (let i = 1; i < sorted.length; ++i) {
    if (order(sorted[i - 1]!, sorted[i]!) !== 0) continue;
    const { method, policy, basket, metric } = sorted[i]!;
    throw new RangeError(
      `Cannot make the table of metrics as each must stand once: got "${metric}" of "${method}", "${policy}", "${basket}" twice`,
    );
  }
  return table({
    method: stringColumn(sorted.map(({ method }) => method)),
    policy: stringColumn(sorted.map(({ policy }) => policy)),
    basket: stringColumn(sorted.map(({ basket }) => basket)),
    metric: stringColumn(sorted.map(({ metric }) => metric)),
    value: numberColumn(sorted.map(({ value }) => value)),
    ci_low: numberColumn(sorted.map(({ ciLow }) => ciLow)),
    ci_high: numberColumn(sorted.map(({ ciHigh }) => ciHigh)),
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
