import assert from "node:assert/strict";
import { cellAt, type Table } from "lib/core/table.ts";
import { factorBlock } from "lib/factors/factor_block.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import type { ContractLoadings } from "lib/factors/judged_loadings.ts";
import { factorTable, fitTable, loadingTable } from "lib/factors/loading_tables.ts";

const rowsOf = ({ nRows, columns }: Table) =>
  Array.from(
    { length: nRows },
    (_, row) => Object.values(columns).map((column) => cellAt(column, row)),
  );

const LOADINGS: ContractLoadings = {
  estimator: "ols",
  marketIds: ["a", "b", "c"],
  symbols: ["SPY", "TLT"],
  beta: Float64Array.of(1, -2, NaN, NaN, 0, 5),
  error: Float64Array.of(1, 1, NaN, NaN, 1, 1),
  df: Float64Array.of(9, 9, NaN, NaN, 9, 9),
  ciLow: Float64Array.of(0, -3, NaN, NaN, -1, 4),
  ciHigh: Float64Array.of(2, -1, NaN, NaN, 1, 6),
  pValue: Float64Array.of(0.3, 0.1, NaN, NaN, 1, 0.01),
  kept: Float64Array.of(1, 1, NaN, NaN, 1, 1),
};

Deno.test("loadingTable() has a row for each loading that was estimated", () => {
  const made = loadingTable([
    {
      model: "ols us",
      loadings: LOADINGS,
      qValue: Float64Array.of(0.4, 0.2, NaN, NaN, 1, 0.04),
      eventOf: ["x", "x", null],
    },
    {
      model: "ridge us",
      loadings: { ...LOADINGS, marketIds: ["d", "e", "f"], beta: LOADINGS.beta.map((b) => b / 2) },
      qValue: LOADINGS.pValue,
      eventOf: ["y", "y", "y"],
    },
  ]);
  assert.deepEqual(Object.keys(made.columns), [
    "market_id",
    "event_id",
    "model",
    "factor",
    "beta",
    "ci_low",
    "ci_high",
    "p_value",
    "q_value",
  ]);
  assert.deepEqual(rowsOf(made).slice(0, 5), [
    ["a", "x", "ols us", "SPY", 1, 0, 2, 0.3, 0.4],
    ["a", "x", "ols us", "TLT", -2, -3, -1, 0.1, 0.2],
    ["c", null, "ols us", "SPY", 0, -1, 1, 1, 1],
    ["c", null, "ols us", "TLT", 5, 4, 6, 0.01, 0.04],
    ["d", "y", "ridge us", "SPY", 0.5, 0, 2, 0.3, 0.3],
  ]);
  assert.equal(made.nRows, 8);
  assert.equal(loadingTable([]).nRows, 0);
});

Deno.test("fitTable() has a row for each fit, and nothing where it is not estimable", () => {
  const fit = {
    marketId: "a",
    n: 40,
    alpha: 4,
    df: 12.5,
    r2: 0.4,
    r2Adjusted: NaN,
    r2Oos: -1.5,
    nullR2: 0.39,
    nullPercentile: 0.6,
    signR2: 0.41,
    signPercentile: 0.45,
    residualAutocorrelation: -0.1,
  };
  const made = fitTable([{ model: "seed", fits: [] }, { model: "ridge", fits: [fit] }]);
  assert.deepEqual(
    Object.keys(made.columns).join(" "),
    [
      "model market_id n alpha df r2 r2_adjusted r2_oos null_r2",
      "null_percentile sign_r2 sign_percentile residual_autocorrelation",
    ].join(" "),
  );
  assert.deepEqual(rowsOf(made), [[
    "ridge",
    "a",
    40,
    4,
    12.5,
    0.4,
    null,
    -1.5,
    0.39,
    0.6,
    0.41,
    0.45,
    -0.1,
  ]]);
});

Deno.test("factorTable() says what a factor is and how it stands to the components", () => {
  const panel: FactorPanel = {
    factors: [
      { symbol: "SPY", name: "US stocks", group: "US equity", kind: "price" },
      { symbol: "^VIX", name: "Volatility", group: "volatility", kind: "level" },
    ],
    fromDay: Int32Array.of(0, 1, 2, 3),
    day: Int32Array.of(1, 2, 3, 4),
    moves: Float64Array.of(1, -3, 1, -1, -1, 1, -1, 3),
  };
  const block = factorBlock(panel), made = factorTable(panel, block);
  assert.deepEqual(
    Object.keys(made.columns).join(" "),
    [
      "symbol name group kind n_sessions sd vif",
      "component_1 component_2 component_3",
    ].join(" "),
  );
  const [stocks, volatility] = rowsOf(made);
  assert.deepEqual(stocks!.slice(0, 6), ["SPY", "US stocks", "US equity", "price", 4, 1]);
  assert.deepEqual(volatility!.slice(0, 5), ["^VIX", "Volatility", "volatility", "level", 4]);
  // correlation −2/√5: the two share (1 + 2/√5)/2 of their variance in the first component
  const first = Math.sqrt((1 + 2 / Math.sqrt(5)) / 2);
  assert.ok(Math.abs((stocks![6] as number) - 5) < 1e-9);
  assert.ok(Math.abs((stocks![7] as number) - first) < 1e-12);
  assert.ok(Math.abs((volatility![7] as number) + first) < 1e-12);
  assert.deepEqual([stocks![9], volatility![9]], [null, null]);
});
