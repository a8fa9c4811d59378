import assert from "node:assert/strict";
import { macroFits } from "lib/factors/macro_fits.ts";
import { shiftMeasures } from "lib/factors/factor_cluster_study.ts";
import { turnedMeanR2 } from "lib/factors/fit_evidence.ts";
import { provenPrior } from "lib/factors/proven_prior.ts";
import { turnedLoadings } from "lib/factors/turned_loadings.ts";
import {
  macroFitsInParallel,
  shiftMeasuresInParallel,
  turnedLoadingsInParallel,
  turnedMeansInParallel,
} from "lib/parallel/factors.ts";
import { madeContracts, noisePanel } from "../factors/made_factors.ts";
import { plantedLoadings } from "../factors/planted_loadings.ts";

const OPTIONS = { alphas: [0.1, 1, 10], folds: 5, shifts: 5, oosShifts: 2, seed: 1 };

Deno.test("macroFitsInParallel() is macroFits(), with any number of workers", async () => {
  const panel = noisePanel(120, 4, 1);
  const contracts = [
    // 100 of all sessions share a job, the others fill more than one
    ...madeContracts(panel, { count: 100, n: 120, beta: 0.3, seed: 2 }),
    ...madeContracts(panel, { count: 150, n: 80, beta: 0.3, seed: 3 }),
  ].map((contract, market) => ({ ...contract, market, marketId: `poly:${market}` }));
  const mixed = contracts.toSorted((a, b) => a.market * 7919 % 251 - b.market * 7919 % 251);
  const here = macroFits(panel, mixed, OPTIONS);
  for (const workers of [1, 2]) {
    assert.deepEqual(await macroFitsInParallel(panel, mixed, OPTIONS, { workers }), here);
  }
  assert.deepEqual(await macroFitsInParallel(panel, [], OPTIONS, { workers: 2 }), []);
});

const PANEL = noisePanel(100, 3, 4);
const CONTRACTS = madeContracts(PANEL, { count: 6, n: 60, beta: 0.5, seed: 5 });

Deno.test("turnedMeansInParallel() is turnedMeanR2(), odd numbers of turns and none included", async () => {
  const options = { alpha: 1, seed: 3 };
  const here = turnedMeanR2(PANEL, CONTRACTS, { ...options, from: 0, to: 5 });
  assert.ok(new Set(here).size === 5 && here.every((r2) => r2 > 0 && r2 < 1));
  for (const workers of [1, 2]) {
    for (const count of [5, 4, 1, 0]) {
      const found = await turnedMeansInParallel(PANEL, CONTRACTS, { ...options, count }, {
        workers,
      });
      assert.deepEqual(found, here.slice(0, count));
    }
  }
});

Deno.test("turnedLoadingsInParallel() is turnedLoadings(), in the order of the turns", async () => {
  const options = {
    estimator: "ols",
    coverage: 0.9,
    minObservationsPerFactor: 5,
    seed: 3,
  } as const;
  const here = turnedLoadings(PANEL, CONTRACTS, { ...options, from: 0, to: 5 });
  for (const workers of [1, 2]) {
    for (const count of [5, 0]) {
      const found = await turnedLoadingsInParallel(
        ...[PANEL, CONTRACTS, { ...options, count }, { workers }] as const,
      );
      assert.deepEqual(found, here.slice(0, count));
    }
  }
});

Deno.test("shiftMeasuresInParallel() is shiftMeasures() of each set, in their order", async () => {
  const { set, shifted } = plantedLoadings({
    ...{ nContracts: 60, symbols: ["A", "B", "C"], strength: 5, nGroups: 3, seed: 1 },
  });
  const sets = [0, 1, 2].map(shifted);
  const options = { k: 3, starts: 3, seed: 7, prior: provenPrior(set, sets) };
  const here = sets.map((one) => shiftMeasures(one, options));
  assert.equal(here[0]!.length, 6);
  assert.notDeepEqual(here[0], here[1]);
  for (const workers of [1, 2]) {
    assert.deepEqual(await shiftMeasuresInParallel(sets, options, { workers }), here);
  }
  assert.deepEqual(await shiftMeasuresInParallel([], options, { workers: 2 }), []);
});
