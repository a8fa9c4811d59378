import assert from "node:assert/strict";
import {
  loadingSet,
  marginalBetas,
  marginalLoadings,
  selectFactors,
} from "lib/factors/marginal_loadings.ts";
import { contractLoadings } from "lib/factors/loadings.ts";
import { falseDiscovery } from "lib/stats/false_discovery.ts";
import { madeContract, madeContracts, madePanel, noisePanel } from "./made_factors.ts";
// golden: numpy, scipy and statsmodels, made by tests/golden/factors/marginal_loadings.py
import golden from "../golden/factors/marginal_loadings.json" with { type: "json" };

const OPTIONS = { coverage: 0.9, minSessions: 10 };
const PANEL = madePanel(golden.moves, golden.k);
const CONTRACTS = golden.contracts.map(({ session, move }, c) => madeContract(c, session, move));

Deno.test("marginalLoadings() match dense matrices and statsmodels' false discovery rates", () => {
  const rows = marginalLoadings(PANEL, CONTRACTS, OPTIONS);
  assert.deepEqual(
    rows.map(({ marketId, symbol }) => `${symbol} ${marketId}`),
    ["F0", "F1", "F2"].flatMap((symbol) => [0, 1, 2].map((c) => `${symbol} poly:${c}`)),
  );
  rows.forEach((row, at) => {
    for (const name of ["beta", "low", "high", "qValue"] as const) {
      const gap = Math.abs(row[name] - golden.rows[at]![name]);
      assert.ok(gap < 1e-9, `${at} ${name} ${row[name]}`);
    }
  });
});

Deno.test("marginalBetas() are the loadings alone, in the same order", () => {
  const rows = marginalLoadings(PANEL, CONTRACTS, OPTIONS);
  const betas = marginalBetas(PANEL, CONTRACTS, OPTIONS);
  assert.equal(betas.length, rows.length);
  betas.forEach((beta, at) => assert.ok(Math.abs(beta - rows[at]!.beta) < 1e-11, `${at}`));
});

Deno.test("marginalLoadings() by hand: four sessions of a factor of −1 and 1", () => {
  const panel = madePanel([-1, 1, -1, 1], 1);
  const [beta] = marginalBetas(panel, [madeContract(0, [0, 1, 2, 3], [1, 5, 3, 7])], {
    minSessions: 4,
  });
  assert.equal(beta, 2);
});

Deno.test("marginalLoadings() adjust for all contracts and series together, each series fitted by itself", () => {
  const panel = noisePanel(90, 3, 5);
  const contracts = madeContracts(panel, { count: 5, n: 70, beta: 0.4, seed: 6 });
  const rows = marginalLoadings(panel, contracts, OPTIONS);
  const pValues = ["F0", "F1", "F2"].flatMap((symbol) => [
    ...contractLoadings(selectFactors(panel, [symbol]), contracts, {
      ...{ estimator: "ols", coverage: 0.9, minObservationsPerFactor: 10 },
    }).pValue,
  ]);
  assert.deepEqual(rows.map(({ qValue }) => qValue), [...falseDiscovery(pValues)]);
  assert.deepEqual(Object.keys(rows[0]!).sort(), [
    "beta",
    "high",
    "low",
    "marketId",
    "qValue",
    "symbol",
  ]);
});

Deno.test("marginalBetas() and marginalLoadings() agree on what is not estimable", () => {
  const session = Array.from({ length: 30 }, (_, t) => t);
  const lively = session.map((t) => Math.sin(t * t));
  // the second factor stands still at a number that binary fractions do not hold
  const panel = madePanel(session.flatMap((t) => [Math.cos(t * t), 0.1]), 2);
  const contracts = [
    madeContract(0, session, lively),
    madeContract(1, session, lively.map(() => 0.3)),
    madeContract(2, session.slice(0, 9), lively.slice(0, 9)),
    madeContract(3, session.slice(0, 10), lively.slice(0, 10)),
    madeContract(4, [], []),
  ];
  const isKnown = [true, false, false, true, false, false, false, false, false, false];
  assert.deepEqual(
    Array.from(marginalBetas(panel, contracts, OPTIONS), (b) => !Number.isNaN(b)),
    isKnown,
  );
  const rows = marginalLoadings(panel, contracts, OPTIONS);
  for (const name of ["beta", "low", "high", "qValue"] as const) {
    assert.deepEqual(rows.map((row) => !Number.isNaN(row[name])), isKnown, name);
  }
});

Deno.test("selectFactors() takes columns in the order asked for and leaves out what is not there", () => {
  const panel = madePanel([1, 2, 3, 4, 5, 6], 3);
  const found = selectFactors(panel, ["F2", "none", "F0"]);
  assert.deepEqual(found.factors.map(({ symbol }) => symbol), ["F2", "F0"]);
  assert.deepEqual([...found.moves], [3, 1, 6, 4]);
  assert.deepEqual([found.day, found.fromDay], [panel.day, panel.fromDay]);
  assert.deepEqual(selectFactors(panel, []).moves.length, 0);
  assert.deepEqual(marginalLoadings(selectFactors(panel, ["none"]), CONTRACTS, OPTIONS), []);
  assert.equal(marginalBetas(selectFactors(panel, []), CONTRACTS, OPTIONS).length, 0);
});

Deno.test("loadingSet() takes the loadings with their errors and the events", () => {
  const found = contractLoadings(PANEL, CONTRACTS, {
    ...{ estimator: "ols", coverage: 0.9, minObservationsPerFactor: 5 },
  });
  const { marketIds, symbols, beta, error } = found;
  const eventIds = ["x", "x", "y"];
  assert.deepEqual(loadingSet(found, eventIds), { marketIds, eventIds, symbols, beta, error });
});
