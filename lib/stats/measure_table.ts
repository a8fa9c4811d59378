import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { MeasureEvidence } from "./measure_evidence.ts";
import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";

/**
 * The checkpoint `02_measures`: a row for each way of correlating, with the columns measure, name,
 * n_pairs, mean_abs, null_low, null_mid, null_high (5, 50 and 95 % of the shifts), null_percentile,
 * upper (99th percentile of |ρ|), null_upper, significant_share (q at most 5 %),
 * null_significant_share and n_shifts.
 *
 * NaN: what was not measured is null in the file.
 */
export function measureTable(measures: readonly MeasureEvidence[]): Table {
  const bands = measures.map((one) => nullQuantiles(one.nullMeanAbs, [0.05, 0.5, 0.95]));
  return table({
    measure: stringColumn(measures.map((one) => one.key)),
    name: stringColumn(measures.map((one) => one.name)),
    n_pairs: integerColumn(measures.map((one) => one.nPairs)),
    mean_abs: numberColumn(measures.map((one) => one.meanAbs)),
    null_low: numberColumn(bands.map(([low]) => low!)),
    null_mid: numberColumn(bands.map(([, mid]) => mid!)),
    null_high: numberColumn(bands.map(([, , high]) => high!)),
    null_percentile: numberColumn(
      measures.map((one) => nullPercentile(one.meanAbs, one.nullMeanAbs)),
    ),
    upper: numberColumn(measures.map((one) => one.upper)),
    null_upper: numberColumn(measures.map((one) => nullQuantiles(one.nullUpper, [0.5])[0]!)),
    significant_share: numberColumn(measures.map((one) => one.significantShare)),
    null_significant_share: numberColumn(measures.map((one) => one.nullSignificantShare)),
    n_shifts: integerColumn(measures.map((one) => one.nullMeanAbs.length)),
  });
}
