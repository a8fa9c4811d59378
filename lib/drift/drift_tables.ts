import {
  boolColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import type { ContractDrift } from "./contract_drift.ts";
import type { LongshotCurve } from "./longshot_curve.ts";

/**
 * The checkpoint `06_drift`: a row for each sample and bin, in the order of the study.
 *
 * sample, by, bin, drift_points_per_day, ci_low, ci_high, p_value, q_value; price_points_per_day and
 * settlement_points_per_day, the two parts of the drift; jump_points (payout less last price, a settled
 * contract), jump_low, jump_high; stay_points (earned in the bin over a contract's whole stay), stay_low,
 * stay_high; return_per_day (one-day holds, mean), return_low, return_high; money_return_per_day (change of
 * value over money at stake); n_contracts, n_events, effective_events, n_days, n_settled, n_open, n_lost.
 * Points are percent of the payout, returns shares. Null: not estimable or not measured.
 */
export function driftTable({ rows }: ContractDrift): Table {
  const texts = (of: (row: typeof rows[number]) => string) => stringColumn(rows.map(of));
  const numbers = (of: (row: typeof rows[number]) => number) => numberColumn(rows.map(of));
  const counts = (of: (row: typeof rows[number]) => number) => integerColumn(rows.map(of));
  return table({
    sample: texts(({ sample }) => sample),
    by: texts(({ by }) => by),
    bin: texts(({ bin }) => bin),
    drift_points_per_day: numbers(({ drift }) => drift.value),
    ci_low: numbers(({ drift }) => drift.low),
    ci_high: numbers(({ drift }) => drift.high),
    p_value: numbers(({ drift }) => drift.pValue),
    q_value: numbers(({ qValue }) => qValue),
    price_points_per_day: numbers(({ pricePart }) => pricePart),
    settlement_points_per_day: numbers(({ settlementPart }) => settlementPart),
    jump_points: numbers(({ jump }) => jump.value),
    jump_low: numbers(({ jump }) => jump.low),
    jump_high: numbers(({ jump }) => jump.high),
    stay_points: numbers(({ stay }) => stay.value),
    stay_low: numbers(({ stay }) => stay.low),
    stay_high: numbers(({ stay }) => stay.high),
    return_per_day: numbers(({ oneDayReturn }) => oneDayReturn.value),
    return_low: numbers(({ oneDayReturn }) => oneDayReturn.low),
    return_high: numbers(({ oneDayReturn }) => oneDayReturn.high),
    money_return_per_day: numbers(({ moneyReturn }) => moneyReturn.value),
    n_contracts: counts(({ nContracts }) => nContracts),
    n_events: counts(({ nEvents }) => nEvents),
    effective_events: numbers(({ drift }) => drift.effectiveClusters),
    n_days: counts(({ nDays }) => nDays),
    n_settled: counts(({ nSettled }) => nSettled),
    n_open: counts(({ nOpen }) => nOpen),
    n_lost: counts(({ nLost }) => nLost),
  });
}

/**
 * The checkpoint `06_longshot`: a row for each rule and bin with a sample.
 *
 * rule, peeks (whether its days are known only afterwards), price_low, price_high (of the price a week
 * before), mean_price, paid_share, ci_low, ci_high, fair_low, fair_high (95 % of what fair prices give),
 * n_samples, n_contracts, n_events, effective_n; and of the whole rule, repeated: gain_points (payout less
 * price), slope, slope_low, slope_high, slope_p, brier, reliability, fair_reliability.
 */
export function longshotTable(curves: readonly LongshotCurve[]): Table {
  const rows = curves.flatMap((curve) => curve.bins.map((bin) => ({ curve, bin })));
  const numbers = (of: (row: typeof rows[number]) => number) => numberColumn(rows.map(of));
  const counts = (of: (row: typeof rows[number]) => number) => integerColumn(rows.map(of));
  return table({
    rule: stringColumn(rows.map(({ curve }) => curve.rule)),
    peeks: boolColumn(rows.map(({ curve }) => curve.peeks)),
    price_low: numbers(({ bin }) => bin.priceLow),
    price_high: numbers(({ bin }) => bin.priceHigh),
    mean_price: numbers(({ bin }) => bin.meanPrice),
    paid_share: numbers(({ bin }) => bin.paidShare),
    ci_low: numbers(({ bin }) => bin.low),
    ci_high: numbers(({ bin }) => bin.high),
    fair_low: numbers(({ bin }) => bin.fairLow),
    fair_high: numbers(({ bin }) => bin.fairHigh),
    n_samples: counts(({ bin }) => bin.nSamples),
    n_contracts: counts(({ bin }) => bin.nContracts),
    n_events: counts(({ bin }) => bin.nEvents),
    effective_n: numbers(({ bin }) => bin.effectiveN),
    gain_points: numbers(({ curve }) => curve.gain.value),
    slope: numbers(({ curve }) => curve.slope.value),
    slope_low: numbers(({ curve }) => curve.slope.low),
    slope_high: numbers(({ curve }) => curve.slope.high),
    slope_p: numbers(({ curve }) => curve.slope.pValue),
    brier: numbers(({ curve }) => curve.brier.score.value),
    reliability: numbers(({ curve }) => curve.brier.reliability),
    fair_reliability: numbers(({ curve }) => curve.brier.fairReliability),
  });
}
