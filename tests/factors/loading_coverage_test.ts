import assert from "node:assert/strict";
import { randomStream } from "lib/core/random.ts";
import type { ContractLoadings } from "lib/factors/judged_loadings.ts";
import { loadingDiscoveries } from "lib/factors/loading_discoveries.ts";
import { contractLoadings } from "lib/factors/loadings.ts";
import { loadingStability } from "lib/factors/loading_stability.ts";
import { leastSquares } from "lib/stats/least_squares.ts";
import { neweyWestErrors, neweyWestLag } from "lib/stats/newey_west.ts";
import { standardDesign } from "lib/factors/standard_design.ts";
import { fairTables, fairUniverse, plantedContracts } from "./fair_contracts.ts";

const TABLES = fairTables("default");
const US = fairUniverse(TABLES, { set: "us", minSessions: 45 });
const GLOBAL = fairUniverse(TABLES, { set: "global", minSessions: 90 });
const K = US.panel.factors.length;
const PLANTED = plantedContracts(US, { size: 0.5, random: randomStream(7, "planted") });

const OLS = { estimator: "ols", minObservationsPerFactor: 5, coverage: 0.9 } as const;

function ridge(contracts: typeof US.contracts, perObservation: number) {
  const alphas = contracts.map(({ move }) => perObservation * move.length);
  return { estimator: "ridge", alphas, block: 5, coverage: 0.9 } as const;
}

/** Share of the intervals that hold the truth, of those asked for. */
function share(
  { ciLow, ciHigh }: ContractLoadings,
  truth: (at: number) => number,
  isAsked: (at: number) => boolean = () => true,
): number {
  const asked = Array.from(ciLow.keys()).filter((at) => isAsked(at) && !Number.isNaN(ciLow[at]!));
  assert.ok(asked.length > 300, `${asked.length} intervals`);
  return asked.filter((at) => ciLow[at]! <= truth(at) && truth(at) <= ciHigh[at]!).length /
    asked.length;
}

function assertWithin(value: number, [low, high]: readonly [number, number], what: string): void {
  assert.ok(value >= low && value <= high, `${what}: ${value}`);
}

const found = contractLoadings(US.panel, PLANTED.contracts, OLS);

for (const [from, to] of [[45, 60], [60, 90], [90, 140], [140, 600]] as const) {
  Deno.test(`contractLoadings() by least squares hold 85 to 95 % of planted loadings at n = ${from} to ${to}`, () => {
    const isIn = (at: number) => {
      const n = US.contracts[Math.floor(at / K)]!.move.length;
      return n >= from && n < to;
    };
    const truth = (at: number) => PLANTED.beta[at]!;
    const zero = share(found, truth, (at) => isIn(at) && truth(at) === 0);
    const planted = share(found, truth, (at) => isIn(at) && truth(at) !== 0);
    assertWithin(zero, [0.87, 0.95], "zero loadings");
    assertWithin(planted, [0.87, 0.95], "planted loadings");
  });
}

Deno.test("intervals of plain Newey & West errors with normal quantiles hold too few", () => {
  let nHeld = 0, nAll = 0;
  US.contracts.filter(({ move }) => move.length < 60).forEach(({ session, move }) => {
    const fit = leastSquares(move, standardDesign(US.panel, session).standard);
    const errors = neweyWestErrors(fit, { lag: neweyWestLag(move.length) });
    for (let f = 1; f <= K; ++f) {
      nAll += 1;
      if (Math.abs(fit.coefficients[f]!) <= 1.6449 * errors[f]!) nHeld += 1;
    }
  });
  assertWithin(nHeld / nAll, [0.78, 0.85], "held");
});

Deno.test("contractLoadings() by least squares recover planted loadings, and discover few others", () => {
  let bias = 0, count = 0;
  PLANTED.beta.forEach((beta, at) => {
    if (beta === 0) return;
    bias += (found.beta[at]! - beta) / beta;
    count += 1;
  });
  assertWithin(bias / count, [-0.02, 0.02], "mean error as a share of the loading");
  const { qValue, nLoadings } = loadingDiscoveries(found, {
    rate: 0.05,
    eventOf: US.eventOf,
  });
  const nFalse = qValue.filter((q, at) => q <= 0.05 && PLANTED.beta[at] === 0).length;
  assert.ok(nLoadings > 0.3 * count, `${nLoadings} of ${count}`);
  assertWithin(nFalse / nLoadings, [0, 0.05], "false discoveries");
});

Deno.test("contractLoadings() discover nothing where no factor is, whatever the estimator", () => {
  const runs = [
    { universe: US, options: OLS },
    { universe: US, options: ridge(US.contracts, 1) },
    { universe: GLOBAL, options: ridge(GLOBAL.contracts, 10) },
  ];
  for (const { universe: { panel, contracts, eventOf }, options } of runs) {
    const loadings = contractLoadings(panel, contracts, options);
    const all = loadingDiscoveries(loadings, { rate: 0.05, eventOf });
    assert.ok(all.nTests >= 7000);
    assert.deepEqual([all.nLoadings, all.nContracts, all.nEvents, all.nEventsAsOne], [0, 0, 0, 0]);
    assertWithin(share(loadings, () => 0), [0.88, 0.94], "zero loadings");
  }
});

Deno.test("contractLoadings() by ridge hold the penalised loading, and the loading itself only where little is taken", () => {
  for (const [perObservation, held] of [[0.01, [0.87, 0.95]], [1, [0, 0.3]]] as const) {
    const options = ridge(US.contracts, perObservation);
    const loadings = contractLoadings(US.panel, PLANTED.contracts, options);
    const truth = (at: number) => PLANTED.beta[at]!;
    const own = share(loadings, truth, (at) => truth(at) !== 0);
    assertWithin(own, held, `the loading at ${perObservation}`);
    const penalised = penalisedLoadings(options.alphas);
    assertWithin(share(loadings, (at) => penalised[at]!), [0.87, 0.95], "the penalised loading");
  }
});

Deno.test("contractLoadings() by ridge hold more of the loadings once corrected by a step", () => {
  const options = ridge(US.contracts, 0.1), truth = (at: number) => PLANTED.beta[at]!;
  const held = [false, true].map((isCorrected) =>
    share(
      contractLoadings(US.panel, PLANTED.contracts, { ...options, isCorrected }),
      truth,
      (at) => truth(at) !== 0,
    )
  );
  assert.ok(held[1]! > held[0]! + 0.03, held.join(" "));
  assertWithin(held[1]!, [0.85, 0.95], "corrected");
});

Deno.test("loadingStability() sees what comes back, and nothing where nothing is", () => {
  const options = { nShifts: 60, seed: 7, themeOf: () => null } as const;
  const alphas = US.contracts.map(({ move }) => move.length);
  const noise = loadingStability(US.panel, US.contracts, {
    ...options,
    estimator: "ridge",
    alphas,
  });
  assert.ok(noise.all.percentile > 0.01 && noise.all.percentile < 0.99);
  assert.ok(Math.abs(noise.all.correlation) < 0.06 && Math.abs(noise.signAgreement - 0.5) < 0.03);
  const real = loadingStability(US.panel, PLANTED.contracts, {
    ...options,
    estimator: "ols",
    minObservationsPerFactor: 5,
  });
  assert.ok(real.all.nContracts > 200);
  assert.equal(real.all.percentile, 1);
  assert.ok(real.all.correlation > 0.4 && real.signAgreement > 0.6);
  assert.ok(Math.abs(real.nullCorrelation.reduce((sum, r) => sum + r, 0) / 60) < 0.05);
});

/** What the same penalty would make of the planted loadings without noise: ridge of their own moves. */
function penalisedLoadings(alphas: readonly number[]): Float64Array {
  const pure = PLANTED.contracts.map((contract, j) => ({
    ...contract,
    move: contract.move.map((y, t) => y - US.contracts[j]!.move[t]!),
  }));
  const options = { ...ridge(US.contracts, 1), alphas };
  return contractLoadings(US.panel, pure, options).beta.map((beta) =>
    Number.isNaN(beta) ? 0 : beta
  );
}
