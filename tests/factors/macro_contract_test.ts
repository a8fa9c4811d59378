import assert from "node:assert/strict";
import { macroFits, type MacroOptions } from "lib/factors/macro_fits.ts";
import { madeContract, madeContracts, noisePanel } from "./made_factors.ts";

const ALPHAS = [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000];
const GRID: MacroOptions = { alphas: ALPHAS, folds: 5, shifts: 30, oosShifts: 10, seed: 1 };
const FIXED: MacroOptions = { fixedAlpha: 1, folds: 5, shifts: 30, oosShifts: 10, seed: 1 };
const SINGLE: MacroOptions = { fixedAlpha: 1, folds: 0, shifts: 0, oosShifts: 0, seed: 1 };

Deno.test("macroFits() explains k/(n − 1) of noise by least squares and adjusts it to nothing", () => {
  const panel = noisePanel(300, 41, 2);
  const contracts = madeContracts(panel, { count: 80, n: 105, beta: 0, seed: 3 });
  const fits = macroFits(panel, contracts, { ...SINGLE, fixedAlpha: 0 });
  assert.ok(Math.abs(mean(fits.map(({ r2 }) => r2)) - 41 / 104) < 0.02);
  assert.ok(Math.abs(mean(fits.map(({ r2Adjusted }) => r2Adjusted))) < 0.03);
});

Deno.test("macroFits() does not know an adjusted R² with as many factors as moves", () => {
  const panel = noisePanel(60, 6, 2);
  const adjusted = [7, 8].map((n) => {
    const contracts = madeContracts(panel, { count: 1, n, beta: 0, seed: 3 });
    return macroFits(panel, contracts, SINGLE)[0]!.r2Adjusted;
  });
  assert.deepEqual(adjusted.map(Number.isNaN), [true, false]);
});

Deno.test("macroFits() gives noise percentiles as of chance and nothing out of sample", () => {
  const panel = noisePanel(150, 8, 11);
  const contracts = madeContracts(panel, { count: 500, n: 60, beta: 0, seed: 12 });
  for (const options of [GRID, FIXED]) {
    const fits = macroFits(panel, contracts, { ...options, shifts: 59 });
    const share = mean(fits.map(({ nullPercentile }) => nullPercentile > 0.95 ? 1 : 0));
    assert.ok(Math.abs(median(fits.map(({ nullPercentile }) => nullPercentile)) - 0.5) < 0.05);
    // three standard errors of a share of 5 %
    assert.ok(Math.abs(share - 0.05) < 0.03, `${share}`);
    assert.ok(median(fits.map(({ r2Oos }) => r2Oos)) <= 0);
  }
});

Deno.test("macroFits() finds planted loadings", () => {
  const panel = noisePanel(200, 8, 21);
  const contracts = madeContracts(panel, { count: 40, n: 100, beta: 1, seed: 22 });
  const fits = macroFits(panel, contracts, GRID);
  for (const { beta, nullPercentile, r2Oos, nullR2Oos } of fits) {
    assert.equal(nullPercentile, 1);
    assert.ok(r2Oos > 0.1 && r2Oos > Math.max(...nullR2Oos), `${r2Oos}`);
    assert.ok(beta.slice(1).every((b) => Math.abs(b) < beta[0]! / 2));
  }
  // a penalty of 0.1 for each move, the usual choice here, takes a tenth of 1
  assert.ok(Math.abs(median(fits.map(({ beta }) => beta[0]!)) - 0.9) < 0.1);
});

Deno.test("macroFits() counts shifts that change nothing half", () => {
  // of 49 turns of a contract that repeats itself every five sessions, nine are no turns
  const session = Array.from({ length: 50 }, (_, t) => t);
  const cycle = madeContract(0, session, session.map((_, t) => [3, -1, 0, 1, -2][t % 5]!));
  const [fit] = macroFits(noisePanel(60, 4, 1), [cycle], { ...FIXED, shifts: 49 });
  const below = fit!.nullPercentile * 49 - 4.5;
  assert.ok(Math.abs(below - Math.round(below)) < 1e-9 && Math.round(below) % 10 === 0, `${below}`);
});

Deno.test("macroFits() draws other shifts for another seed, and the same again for the same", () => {
  const panel = noisePanel(60, 4, 1);
  const contracts = madeContracts(panel, { count: 2, n: 40, beta: 0, seed: 1 });
  const [one, again, other] = [1, 1, 2].map((seed) =>
    macroFits(panel, contracts, { ...GRID, shifts: 5, oosShifts: 5, seed })
  );
  assert.deepEqual(one, again);
  assert.notDeepEqual(one![0]!.nullR2Oos, other![0]!.nullR2Oos);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
