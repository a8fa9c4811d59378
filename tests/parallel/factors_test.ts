import assert from "node:assert/strict";
import { macroFits } from "lib/factors/macro_fits.ts";
import { macroFitsInParallel } from "lib/parallel/factors.ts";
import { madeContracts, noisePanel } from "../factors/made_factors.ts";

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
