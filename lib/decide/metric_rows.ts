import type { BasketCorrelation } from "../backtest/basket_correlation.ts";
import type { BasketReplay } from "../backtest/basket_replay.ts";
import { DAYS_PER_YEAR } from "../backtest/daily_returns.ts";
import type { MeasuredNav } from "../backtest/measured_navs.ts";
import { type MetricKey, type MetricRow, performanceMetrics } from "../backtest/metric_table.ts";
import type { Overfitting } from "../backtest/overfitting.ts";
import { minimumTrackRecord, probabilisticSharpe } from "../backtest/sharpe_evidence.ts";
import { SLEEVE } from "./method_list.ts";
import type { MethodStudy } from "./method_study.ts";
import type { BenchmarkDifference } from "./tear_sheet.ts";

/**
 * The rows of `05_metrics`: performance of every basket, and for the sleeves what is known beyond it.
 *
 * @param replays With their measures, one each; baskets that never held anything have no row.
 * @param studies Sleeves of any policy.
 * @param overfitting Of the methods of the default policy; it stands with each of them.
 */
export function metricRows(
  replays: readonly BasketReplay[],
  measured: readonly MeasuredNav[],
  { studies, differences, correlation, overfitting, nTrials }: {
    readonly studies: readonly MethodStudy[];
    /** Of the default policy's sleeves against the benchmark. */
    readonly differences: readonly BenchmarkDifference[];
    /** Of the baskets of one method; `null` where it has fewer than two. */
    readonly correlation: { readonly method: string; readonly of: BasketCorrelation | null };
    readonly overfitting: Overfitting | null;
    readonly nTrials: number;
  },
): MetricRow[] {
  const rows = replays.flatMap(({ method, policy, basket, ledger }, k) => {
    if (ledger.nav.length === 0) return [];
    const { performance, intervals, sample } = measured[k]!;
    return [
      ...performanceMetrics(performance, intervals),
      plain("probabilistic_sharpe", probabilisticSharpe(sample)),
      plain("minimum_track_record", minimumTrackRecord(sample)),
    ].map((value) => ({ method, policy, basket, ...value }));
  });
  const { of } = correlation;
  return [
    ...rows,
    ...of === null ? [] : [{
      ...{ method: correlation.method, policy: "cash" as const, basket: SLEEVE },
      ...interval("mean_correlation", { value: of.mean, low: of.meanLow, high: of.meanHigh }),
    }],
    ...differences.flatMap(({ method, meanReturn, sharpe }) =>
      [interval("mean_difference", meanReturn), interval("sharpe_difference", sharpe)]
        .map((value) => ({ method, policy: "cash" as const, basket: SLEEVE, ...value }))
    ),
    ...studies.flatMap((study) => {
      const { method, policy, basket } = study.replay;
      return studyMetrics(study, nTrials, policy === "cash" ? overfitting : null)
        .map((value) => ({ method, policy, basket, ...value }));
    }),
  ];
}

function plain(metric: MetricKey, value: number) {
  return { metric, value, ciLow: NaN, ciHigh: NaN };
}

function interval(
  metric: MetricKey,
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
) {
  return { metric, value, ciLow: low, ciHigh: high };
}

function studyMetrics(study: MethodStudy, nTrials: number, overfitting: Overfitting | null) {
  const { deflated, turnover, bets, nBets } = study;
  return [
    plain("trials", nTrials),
    plain("deflated_sharpe", deflated.probability),
    plain("best_of_trials_sharpe", deflated.benchmark * Math.sqrt(DAYS_PER_YEAR)),
    plain("mean_turnover", turnover.mean),
    plain("median_turnover", turnover.median),
    plain("unstable_months", turnover.unstableShare),
    plain("herfindahl", study.herfindahl),
    plain("effective_contracts", study.effectiveContracts),
    plain("effective_events", study.effectiveEvents),
    ...overfitting === null ? [] : [
      plain("overfitting_probability", overfitting.probability),
      plain("overfitting_slope", overfitting.slope),
      plain("overfitting_loss", overfitting.probabilityOfLoss),
    ],
    plain("settled_bets", nBets),
    ...bets === null ? [] : [
      plain("effective_bets", bets.hits.effectiveItems),
      interval("hit_rate", bets.hits),
      interval("fair_hit_rate", { value: bets.fairRate, low: bets.fairLow, high: bets.fairHigh }),
      plain("brier", bets.brier),
      plain("brier_reliability", bets.reliability),
      plain("brier_resolution", bets.resolution),
      plain("brier_uncertainty", bets.uncertainty),
      plain("log_score", bets.logScore),
    ],
  ];
}
