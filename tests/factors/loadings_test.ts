import assert from "node:assert/strict";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import { componentFits, componentModel } from "lib/factors/component_model.ts";
import type { ContractLoadings } from "lib/factors/judged_loadings.ts";
import { loadingDiscoveries } from "lib/factors/loading_discoveries.ts";
import { contractLoadings } from "lib/factors/loadings.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
// golden: scikit-learn, statsmodels and numpy, made by tests/golden/factors/loadings.py
import golden from "../golden/factors/loadings.json" with { type: "json" };

const K = 4;
const PANEL: FactorPanel = {
  factors: Array.from({ length: K }, (_, f) => ({
    symbol: `F${f}`,
    name: `Factor ${f}`,
    group: "rates",
    kind: "price",
  })),
  fromDay: Int32Array.from({ length: golden.moves.length / K }, (_, s) => 100 + s),
  day: Int32Array.from({ length: golden.moves.length / K }, (_, s) => 101 + s),
  moves: Float64Array.from(golden.moves),
};
const CONTRACTS: SessionMoves[] = golden.contracts.map(({ session, move }, market) => ({
  marketId: `m${market}`,
  market,
  session: Int32Array.from(session),
  move: Float64Array.from(move),
}));
const RIDGE = {
  estimator: "ridge",
  alphas: [golden.alpha, golden.alpha],
  block: golden.block,
  coverage: golden.coverage,
} as const;
const OLS = {
  estimator: "ols",
  minObservationsPerFactor: 5,
  lag: golden.lag,
  coverage: golden.coverage,
} as const;

function assertRows(
  found: ContractLoadings,
  wanted: readonly Readonly<Record<string, readonly number[]>>[],
): void {
  wanted.forEach((one, j) => {
    for (const [name, numbers] of Object.entries(one)) {
      numbers.forEach((want, f) => {
        const got = (found[name as keyof ContractLoadings] as Float64Array)[j * K + f]!;
        assert.ok(
          Math.abs(got - want) <= 1e-9 * Math.max(Math.abs(want), 1e-3),
          `${name} ${j} ${f}`,
        );
      });
    }
  });
}

Deno.test("contractLoadings() by least squares match statsmodels and dense matrices", () => {
  const found = contractLoadings(PANEL, CONTRACTS, OLS);
  assert.deepEqual([found.estimator, found.marketIds, found.symbols], [
    "ols",
    ["m0", "m1"],
    ["F0", "F1", "F2", "F3"],
  ]);
  assertRows(found, golden.ols);
  assert.ok(found.kept.every((share) => share === 1));
});

Deno.test("contractLoadings() by ridge match scikit-learn and dense matrices, corrected and not", () => {
  assertRows(contractLoadings(PANEL, CONTRACTS, RIDGE), golden.ridge);
  assertRows(contractLoadings(PANEL, CONTRACTS, { ...RIDGE, isCorrected: true }), golden.corrected);
});

Deno.test("contractLoadings() by ridge take their errors from the draws where some are asked for", () => {
  const limit = contractLoadings(PANEL, CONTRACTS, RIDGE);
  const drawn = contractLoadings(PANEL, CONTRACTS, { ...RIDGE, draws: 4000, seed: 7 });
  const again = contractLoadings(PANEL, CONTRACTS, { ...RIDGE, draws: 4000, seed: 7 });
  assert.deepEqual(drawn, again);
  assert.deepEqual(drawn.beta, limit.beta);
  drawn.error.forEach((error, at) => {
    assert.notEqual(error, limit.error[at]);
    assert.ok(Math.abs(error / limit.error[at]! - 1) < 0.05);
  });
});

Deno.test("componentModel() matches scikit-learn's PCA and LinearRegression", () => {
  const model = componentModel(PANEL, CONTRACTS, { minObservationsPerFactor: 5, coverage: 0.9 });
  golden.components.forEach((one, j) => {
    assert.equal(model.nComponents[j], one.m);
    assert.ok(Math.abs(model.r2[j]! - one.r2) < 1e-12);
    assert.ok(Math.abs(model.r2Adjusted[j]! - one.r2Adjusted) < 1e-12);
  });
  assertRows(model.loadings, golden.components.map(({ beta }) => ({ beta })));
});

Deno.test("componentFits() has the components as degrees of freedom, and no penalty or null", () => {
  const model = componentModel(PANEL, CONTRACTS, { minObservationsPerFactor: 5, coverage: 0.9 });
  const fits = componentFits(CONTRACTS, model);
  assert.deepEqual(fits.map(({ marketId }) => marketId), CONTRACTS.map(({ marketId }) => marketId));
  assert.deepEqual(fits.map(({ n }) => n), CONTRACTS.map(({ move }) => move.length));
  assert.deepEqual(fits.map(({ df }) => df), [...model.nComponents]);
  assert.deepEqual(fits.map(({ r2 }) => r2), [...model.r2]);
  assert.deepEqual(fits.map(({ r2Adjusted }) => r2Adjusted), [...model.r2Adjusted]);
  for (const { alpha, r2Oos, nullR2, nullPercentile, signR2, signPercentile } of fits) {
    assert.ok([alpha, r2Oos, nullR2, nullPercentile, signR2, signPercentile].every(Number.isNaN));
  }
});

Deno.test("componentModel() with every component is least squares, errors included", () => {
  const turned = { ...PANEL, moves: PANEL.moves.map((x, at) => independent(x, at)) };
  const whole = componentModel(turned, CONTRACTS, { ...OLS, minObservationsPerFactor: 1 });
  assert.deepEqual([...whole.nComponents], [4, 4]);
  const ols = contractLoadings(turned, CONTRACTS, OLS);
  for (const name of ["beta", "error", "df", "kept", "ciLow", "pValue"] as const) {
    ols[name].forEach((want, at) => {
      assert.ok(Math.abs(whole.loadings[name][at]! - want) < 1e-9, name);
    });
  }
});

/** Four waves of different length, whose effective rank is 4. */
function independent(_: number, at: number): number {
  const s = Math.floor(at / K);
  return Math.sin(2 * Math.PI * s * (at % K + 1) / (PANEL.moves.length / K));
}

Deno.test("loadingDiscoveries() match statsmodels' multipletests and count contracts and events", () => {
  const loadings = contractLoadings(PANEL, CONTRACTS, OLS);
  const apart = loadingDiscoveries(loadings, { rate: 0.1, eventOf: ["e0", "e1"] });
  golden.qValue.forEach((q, at) => assert.ok(Math.abs(apart.qValue[at]! - q) < 1e-9));
  const nLoadings = golden.qValue.filter((q) => q <= 0.1).length;
  assert.ok(nLoadings > 0);
  assert.deepEqual([apart.nTests, apart.nLoadings, apart.nEventsTested], [8, nLoadings, 2]);
  assert.equal(apart.nEvents, apart.nContracts);
  const together = loadingDiscoveries(loadings, { rate: 0.1, eventOf: ["e", "e"] });
  assert.deepEqual([together.nEvents, together.nEventsTested, together.nEventsAsOne], [1, 1, 1]);
  assert.equal(together.nContracts, apart.nContracts);
});

Deno.test("loadingDiscoveries() leaves out what was not estimated", () => {
  const pValue = Float64Array.of(NaN, NaN, 0.001, 0.5, 0.002, 0.9);
  const found = loadingDiscoveries(
    { pValue, marketIds: ["a", "b", "c"], symbols: ["F", "G"] },
    { rate: 0.05, eventOf: ["x", "y", "y"] },
  );
  assert.deepEqual([...found.qValue], [NaN, NaN, 0.004, 2 / 3, 0.004, 0.9]);
  const { qValue: _, ...counts } = found;
  assert.deepEqual(counts, {
    nTests: 4,
    nLoadings: 2,
    nContractsTested: 2,
    nContracts: 2,
    nEventsTested: 1,
    nEvents: 1,
    nEventsAsOne: 1,
  });
});

Deno.test("contractLoadings() turn with the sides of contract and factor, and scale with the contract", () => {
  for (const options of [OLS, RIDGE]) {
    const plain = contractLoadings(PANEL, CONTRACTS, options);
    const other = contractLoadings(
      { ...PANEL, moves: PANEL.moves.map((x, at) => at % K === 1 ? -40 * x + 3 : x) },
      CONTRACTS.map((one) => ({ ...one, move: one.move.map((y) => -2 * y) })),
      options,
    );
    plain.beta.forEach((beta, at) => {
      const side = at % K === 1 ? 2 : -2;
      assert.ok(Math.abs(other.beta[at]! - side * beta) < 1e-10);
      assert.ok(Math.abs(other.pValue[at]! - plain.pValue[at]!) < 1e-9);
    });
  }
});

Deno.test("contractLoadings() do not look beyond a contract's sessions, nor at other contracts", () => {
  const last = CONTRACTS[0]!.session.at(-1)!;
  const moves = PANEL.moves.map((x, at) => at < (last + 1) * K ? x : 1e6 * (1 + at % 7));
  for (const options of [OLS, { ...RIDGE, alphas: [golden.alpha] }]) {
    const alone = contractLoadings({ ...PANEL, moves }, CONTRACTS.slice(0, 1), options);
    const both = contractLoadings(
      PANEL,
      CONTRACTS,
      options.estimator === "ols" ? options : { ...options, alphas: [golden.alpha, 1] },
    );
    assert.deepEqual(alone.ciLow, both.ciLow.slice(0, K));
    assert.deepEqual(alone.beta, both.beta.slice(0, K));
  }
});

Deno.test("contractLoadings() give no number where none is estimable", () => {
  const still = { ...CONTRACTS[0]!, move: CONTRACTS[0]!.move.map(() => 0) };
  const short = {
    ...CONTRACTS[0]!,
    session: CONTRACTS[0]!.session.slice(0, 19),
    move: CONTRACTS[0]!.move.slice(0, 19),
  };
  const flat = { ...PANEL, moves: PANEL.moves.map((x, at) => at % K === 2 ? 5 : x) };
  const isUnknown = ({ beta, error, pValue, ciHigh }: ContractLoadings) =>
    [beta, error, pValue, ciHigh].every((values) => values.every(Number.isNaN));
  assert.ok(isUnknown(contractLoadings(PANEL, [still, short], OLS)));
  assert.ok(isUnknown(contractLoadings(flat, CONTRACTS, OLS)));
  assert.ok(isUnknown(contractLoadings(PANEL, [still], { ...RIDGE, alphas: [1] })));
  assert.ok(isUnknown(contractLoadings(PANEL, [short], { ...RIDGE, alphas: [NaN] })));
  const model = componentModel(PANEL, [still, short], {
    minObservationsPerFactor: 20,
    coverage: 0.9,
  });
  assert.ok(isUnknown(model.loadings) && model.r2.every(Number.isNaN));
  assert.deepEqual([still.move.length >= 40, still.move.length < 60], [true, true]);
  assert.deepEqual([...model.nComponents], [2, 0]);
  const tiny = { ...short, session: short.session.slice(0, 4), move: short.move.slice(0, 4) };
  assert.ok(isUnknown(contractLoadings(PANEL, [tiny], { ...RIDGE, alphas: [1e-6] })));
  const { nTests } = loadingDiscoveries(contractLoadings(PANEL, [], OLS), {
    rate: 0.05,
    eventOf: [],
  });
  assert.equal(nTests, 0);
});

Deno.test("contractLoadings() and loadingDiscoveries() refuse options without a meaning", () => {
  const refusals: [() => unknown, string][] = [
    [
      () => contractLoadings(PANEL, CONTRACTS, { ...OLS, coverage: 1 }),
      "Cannot give intervals as coverage must be in (0, 1): got 1",
    ],
    [
      () => contractLoadings(PANEL, CONTRACTS, { ...RIDGE, alphas: [1] }),
      "Cannot fit ridges as each of 2 contracts must have a penalty: got 1",
    ],
    [
      () => contractLoadings(PANEL, CONTRACTS, { ...RIDGE, alphas: [1, 0] }),
      "Cannot fit a ridge as its penalty must be above 0: got 0",
    ],
    [
      () => contractLoadings(PANEL, CONTRACTS, { ...RIDGE, block: 0 }),
      "Cannot resample residuals as block must be a whole number >= 1: got 0",
    ],
    [
      () => contractLoadings(PANEL, CONTRACTS, { ...RIDGE, draws: 0.5 }),
      "Cannot resample residuals as draws must be a whole number >= 1: got 0.5",
    ],
    [
      () =>
        loadingDiscoveries(contractLoadings(PANEL, CONTRACTS, OLS), { rate: 0.1, eventOf: ["e"] }),
      "Cannot count discoveries as each of 2 contracts must have an event: got 1",
    ],
    [
      () =>
        loadingDiscoveries(contractLoadings(PANEL, CONTRACTS, OLS), {
          rate: 5,
          eventOf: ["e", "f"],
        }),
      "Cannot count discoveries as the rate must be in (0, 1): got 5",
    ],
  ];
  for (const [act, message] of refusals) assert.throws(act, { name: "RangeError", message });
});
