import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import type { MeasureEvidence } from "lib/stats/measure_evidence.ts";
import { measureTable } from "lib/stats/measure_table.ts";

const LOGIT: MeasureEvidence = {
  key: "spearman_logit_1d",
  name: "1-day log-odds moves",
  nPairs: 21,
  meanAbs: 0.25,
  nullMeanAbs: Float64Array.of(0.4, 0.1, 0.3, 0, 0.2),
  upper: 0.75,
  nullUpper: Float64Array.of(0.5, NaN, 0.25),
  significantShare: 0.125,
  nullSignificantShare: 0.0625,
};
const UNKNOWN: MeasureEvidence = {
  key: "tail_points_1d",
  name: "1-day point changes, days of large moves",
  nPairs: 0,
  meanAbs: NaN,
  nullMeanAbs: Float64Array.of(NaN, NaN),
  upper: NaN,
  nullUpper: Float64Array.of(NaN, NaN),
  significantShare: NaN,
  nullSignificantShare: NaN,
};

Deno.test("measureTable() has a row for each measure, with the quantiles of its shifts", () => {
  const { nRows, columns } = measureTable([LOGIT, UNKNOWN]);
  assert.equal(nRows, 2);
  const cells = Object.entries(columns).map(([name, column]) => [name, cellAt(column, 0)] as const);
  const { null_low, null_high, ...row } = Object.fromEntries(cells);
  assert.deepEqual(cells.map(([name]) => name), [
    "measure",
    "name",
    "n_pairs",
    "mean_abs",
    "null_low",
    "null_mid",
    "null_high",
    "null_percentile",
    "upper",
    "null_upper",
    "significant_share",
    "null_significant_share",
    "n_shifts",
  ]);
  // 5 % of the four gaps between five sorted draws is a fifth of the first gap
  assert.ok(Math.abs(Number(null_low) - 0.02) < 1e-15);
  assert.ok(Math.abs(Number(null_high) - 0.38) < 1e-15);
  assert.deepEqual(row, {
    measure: "spearman_logit_1d",
    name: "1-day log-odds moves",
    n_pairs: 21,
    mean_abs: 0.25,
    null_mid: 0.2,
    null_percentile: 0.6,
    upper: 0.75,
    null_upper: 0.375,
    significant_share: 0.125,
    null_significant_share: 0.0625,
    n_shifts: 5,
  });
});

Deno.test("measureTable() leaves out what was not measured", () => {
  const { columns } = measureTable([LOGIT, UNKNOWN]);
  const known = Object.entries(columns).filter(([, column]) => cellAt(column, 1) !== null);
  assert.deepEqual(known.map(([name, column]) => [name, cellAt(column, 1)]), [
    ["measure", "tail_points_1d"],
    ["name", "1-day point changes, days of large moves"],
    ["n_pairs", 0],
    ["n_shifts", 2],
  ]);
});

Deno.test("measureTable() of no measure has columns of every type and no row", () => {
  const { nRows, columns } = measureTable([]);
  assert.equal(nRows, 0);
  assert.deepEqual(
    Object.values(columns).map(({ type }) => type),
    ["string", "string", "integer", ...new Array(9).fill("number"), "integer"],
  );
});
