import assert from "node:assert/strict";
import { type Cell, cellAt, type Table } from "lib/core/table.ts";
import { portfolioAssets } from "lib/portfolio/asset_navs.ts";
import { portfolioDifferences } from "lib/portfolio/portfolio_differences.ts";
import {
  differenceTable,
  drawdownTable,
  portfolioMetricTable,
  portfolioTable,
  sleeveCorrelationTable,
  sleeveDifferenceTable,
  spanningTable,
  startTable,
  tradeCostTable,
} from "lib/portfolio/portfolio_tables.ts";
import { sleeveEvidence } from "lib/portfolio/sleeve_evidence.ts";
import { checksOf, goldenAssets, madeAssets, OPTIONS, studied, STUDY } from "./made_assets.ts";

const assets = goldenAssets(), measured = studied(assets);
const evidence = sleeveEvidence(assets, measured, STUDY);
const differences = portfolioDifferences(measured, { perYear: assets.sessionsPerYear });
const study = {
  ...{ assets, measured, differences, sleeve: "baskets", sleeveShare: 0.1, costRate: 0.001 },
};
const checks = checksOf(study);
const row = (from: Table, at: number): Record<string, Cell> =>
  Object.fromEntries(Object.entries(from.columns).map(([name, one]) => [name, cellAt(one, at)]));
const rows = (from: Table) => Array.from({ length: from.nRows }, (_, i) => row(from, i));

Deno.test("portfolioTable() has every day of every portfolio, net and gross", () => {
  const made = portfolioTable(measured, assets);
  assert.deepEqual(Object.keys(made.columns), ["portfolio", "date", "nav", "nav_gross"]);
  const nDays = assets.session.at(-1)! + 1;
  assert.equal(made.nRows, 12 * nDays);
  assert.deepEqual(row(made, nDays), {
    ...{ portfolio: "base_gold", date: assets.firstDay },
    ...{ nav: measured[1]!.portfolio.nav[0], nav_gross: 100 },
  });
});

Deno.test("portfolioMetricTable() has each metric once, and null for what has no interval", () => {
  const made = portfolioMetricTable(measured, assets), all = rows(made);
  assert.deepEqual(Object.keys(made.columns), [
    "portfolio",
    "metric",
    "value",
    "ci_low",
    "ci_high",
  ]);
  assert.equal(new Set(all.map((one) => `${one.portfolio} ${one.metric}`)).size, 12 * 12);
  const of = (portfolio: string, metric: string) =>
    all.find((one) => one.portfolio === portfolio && one.metric === metric)!;
  const { value, low, high } = measured[0]!.measures.sharpe;
  assert.deepEqual(of("base", "sharpe"), {
    ...{ portfolio: "base", metric: "sharpe", value, ci_low: low, ci_high: high },
  });
  assert.deepEqual(of("tbills", "sharpe").value, null);
  assert.deepEqual(of("base", "sessions"), {
    ...{ portfolio: "base", metric: "sessions", value: 280, ci_low: null, ci_high: null },
  });
});

Deno.test("differenceTable() has seven rows a comparison, the formula's with its error", () => {
  const all = rows(differenceTable(differences));
  assert.equal(all.length, 7 * 11);
  const [byDraws, byFormula] = ["sharpe", "sharpe_by_formula"].map((measure) =>
    all.find((one) =>
      one.portfolio === "base_baskets" && one.against === "base_cash" && one.measure === measure
    )!
  );
  assert.ok(Math.abs(Number(byDraws!.value) - Number(byFormula!.value)) < 1e-10);
  assert.ok(byDraws!.error === null && byFormula!.ci_low === null && Number(byFormula!.error) > 0);
});

Deno.test("sleeveDifferenceTable() has the sleeve's comparisons with the period", () => {
  const all = rows(sleeveDifferenceTable(study));
  const period = {
    ...{ first_date: assets.firstDay, last_date: assets.firstDay + assets.session.at(-1)! },
    n_sessions: 280,
  };
  const own = rows(differenceTable(differences)).filter(({ portfolio }) =>
    portfolio === "base_baskets"
  );
  assert.deepEqual(all, own.map((one) => ({ ...period, ...one })));
  assert.equal(all.length, 7 * 3);
});

Deno.test("startTable() and tradeCostTable() have a row a start and a rate", () => {
  const [start] = checks.starts, made = rows(startTable(checks.starts));
  assert.deepEqual(made[0], {
    ...{ first_date: assets.firstDay, n_sessions: 280 },
    return_difference: start!.annualReturn.value,
    return_ci_low: start!.annualReturn.low,
    return_ci_high: start!.annualReturn.high,
    sharpe_difference: start!.sharpe.value,
    sharpe_ci_low: start!.sharpe.low,
    sharpe_ci_high: start!.sharpe.high,
  });
  assert.equal(made.length, checks.starts.length);
  assert.deepEqual(
    rows(tradeCostTable(checks.tradeCosts)),
    checks.tradeCosts.map(({ rate, endValue, annualReturn, againstCash }) => ({
      ...{ sleeve_cost_rate: rate, end_value: endValue },
      ...{ annual_return: annualReturn, against_cash: againstCash },
    })),
  );
  assert.equal(checks.tradeCosts.length, 2);
});

Deno.test("drawdownTable() dates the deepest fall of each portfolio", () => {
  const all = rows(drawdownTable(measured));
  assert.equal(all.length, 12);
  for (const { depth, peak_date, trough_date, return_in_base_fall } of all.slice(0, 6)) {
    assert.ok(Number(depth) < 0 && Number(peak_date) < Number(trough_date));
    assert.ok(Number(return_in_base_fall) < 0);
  }
  assert.equal(all[0]!.depth, all[0]!.return_in_base_fall);
});

Deno.test("sleeveCorrelationTable() holds the sleeve against each asset and the mixture", () => {
  const made = sleeveCorrelationTable(evidence.measures), all = rows(made);
  assert.deepEqual(Object.keys(made.columns), [
    ...["series_a", "series_b", "measure", "value", "ci_low", "ci_high"],
    ...["n", "null_low", "null_high"],
  ]);
  assert.deepEqual([...new Set(all.map(({ series_b }) => series_b))], [
    ...["stocks", "bonds", "gold", "crypto", "base"],
  ]);
  assert.equal(all.length, 5 * 10);
});

Deno.test("spanningTable() has alpha and each beta of both models", () => {
  const all = rows(spanningTable(evidence.spannings));
  assert.deepEqual(all.map(({ model, term }) => `${model} ${term}`), [
    ...["alpha", "stocks", "bonds"].map((term) => `stocks_bonds ${term}`),
    ...["alpha", "stocks", "bonds", "gold", "crypto"].map((term) => `four_assets ${term}`),
  ]);
  assert.ok(all.every(({ n, lag }) => n === 280 && lag === 5));
});

Deno.test("the tables of no portfolio have their columns and no row", () => {
  const none = portfolioAssets({ benchmarks: [], sleeves: [] }, OPTIONS);
  for (
    const made of [
      portfolioTable([], none),
      portfolioMetricTable([], none),
      differenceTable([]),
      drawdownTable([]),
      sleeveCorrelationTable([]),
      spanningTable([]),
      startTable([]),
      tradeCostTable([]),
      sleeveDifferenceTable({ ...study, assets: none, differences: [] }),
    ]
  ) {
    assert.equal(made.nRows, 0);
    assert.ok(Object.keys(made.columns).length >= 4);
  }
});

Deno.test("sleeveEvidence() leaves out a model whose assets are missing, and does not need bonds", () => {
  const { benchmarks, sleeves } = madeAssets({ sleeves: 2, nDays: 120 });
  const few = benchmarks.filter(({ symbol }) => symbol !== "GLD");
  const from = portfolioAssets({ benchmarks: few, sleeves }, OPTIONS);
  const seen = sleeveEvidence(from, studied(from), { ...STUDY, nDraws: 20 });
  assert.deepEqual(seen.spannings.map(({ sleeve, model }) => `${sleeve} ${model}`), [
    "baskets stocks_bonds",
    "baskets_1 stocks_bonds",
  ]);
  const alone = portfolioAssets({
    benchmarks: few.filter(({ symbol }) => symbol !== "TLT"),
    sleeves,
  }, OPTIONS);
  const less = sleeveEvidence(alone, studied(alone), { ...STUDY, nDraws: 20 });
  assert.deepEqual(less.spannings, []);
  assert.deepEqual([...new Set(less.measures.map((one) => one.with))], ["stocks", "crypto"]);
});
