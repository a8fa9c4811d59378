import assert from "node:assert/strict";
import { nullQuantiles } from "lib/core/null_percentile.ts";
import { factorFindings, type FactorStudy } from "lib/factors/factor_findings.ts";
import { pooledNull, r2View } from "lib/factors/factor_views.ts";
import {
  type FitEvidence,
  fitEvidence,
  fitVerdict,
  turnedMeanR2,
} from "lib/factors/fit_evidence.ts";
import type { MacroFit } from "lib/factors/macro_fit.ts";
import { macroFits } from "lib/factors/macro_fits.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";
import { simulate } from "lib/sources/simulated/simulate.ts";
import { fairTables, fairUniverse } from "./fair_contracts.ts";

/** A fit with what matters for evidence. */
function fit(part: Partial<MacroFit>): MacroFit {
  const none = new Float64Array(0);
  return {
    ...{ marketId: "a", n: 40, alpha: 1, df: 9, r2: 0.5, r2Adjusted: 0.3, r2Oos: -1 },
    ...{ nullR2: NaN, nullR2Draws: none, nullPercentile: NaN, nullR2Oos: none },
    ...{ signR2: NaN, signR2Draws: none, signPercentile: NaN, signR2Oos: none },
    ...{ residualAutocorrelation: 0, beta: none, predicted: none },
    ...part,
  };
}

const FITS = [
  fit({
    ...{
      r2: 0.5,
      r2Oos: 0.25,
      nullR2: 0.25,
      nullPercentile: 0.99,
      nullR2Oos: Float64Array.of(-0.1),
    },
    ...{ nullR2Draws: Float64Array.of(0.2, 0.3), signR2Draws: Float64Array.of(0.25, 0.5, 0.75) },
    ...{ signR2: 0.5, signPercentile: 0.96, signR2Oos: Float64Array.of(-0.5, NaN) },
  }),
  fit({
    ...{
      r2: 0.25,
      r2Oos: -0.5,
      nullR2: 0.75,
      nullPercentile: 0.97,
      nullR2Oos: Float64Array.of(-0.2),
    },
    ...{ nullR2Draws: Float64Array.of(0.7), signR2Draws: Float64Array.of(0.25, NaN, 0) },
    ...{ signR2: 0.125, signPercentile: 0.95, signR2Oos: Float64Array.of(-0.7, -0.6) },
  }),
  fit({ r2: NaN, r2Oos: NaN }),
];

Deno.test("fitEvidence() holds the mean against both nulls, draw by draw", () => {
  const found = fitEvidence(FITS, Float64Array.of(0.3, 0.375, 0.4, 0.5));
  assert.deepEqual(found, {
    ...{ nContracts: 2, meanR2: 0.375, nullMeanR2: Float64Array.of(0.3, 0.375, 0.4, 0.5) },
    percentile: 1.5 / 4,
    // one contract's second draw is not known
    signMeanR2: Float64Array.of(0.25, 0.5, 0.375),
    signPercentile: 1.5 / 3,
    ...{ ownNullR2: 0.5, ownSignR2: 0.3125 },
    // the second is not above 95 % of its signs; out of sample turned moves do not count
    ...{ aboveOwn: 0.5, medianOos: -0.125, nullMedianOos: -0.6, positiveOos: 0.5 },
  });
});

Deno.test("fitEvidence() of nothing knows nothing", () => {
  const none = new Float64Array(0);
  assert.deepEqual(fitEvidence([fit({ r2: NaN })], none), {
    ...{ nContracts: 0, meanR2: NaN, nullMeanR2: none, percentile: NaN, signMeanR2: none },
    ...{ signPercentile: NaN, ownNullR2: NaN, ownSignR2: NaN, aboveOwn: NaN, medianOos: NaN },
    ...{ nullMedianOos: NaN, positiveOos: NaN },
  });
});

Deno.test("fitVerdict() needs both nulls within the sample, and more than zero and both beyond it", () => {
  const verdict = (
    [percentile, signPercentile]: [number, number],
    [medianOos, nullMedianOos]: [number, number],
  ) => fitVerdict({ percentile, signPercentile }, { medianOos, nullMedianOos });
  assert.equal(verdict([1, 1], [0.1, 0.05]), "real");
  assert.equal(verdict([1, 1], [0.1, 0.1]), "in sample only");
  assert.equal(verdict([1, 1], [-0.1, -0.5]), "in sample only");
  assert.equal(verdict([1, 1], [NaN, NaN]), "in sample only");
  for (const within of [[1, 0.95], [0.95, 1], [NaN, 1], [1, NaN]] as [number, number][]) {
    assert.equal(verdict(within, [0.1, 0]), "noise");
  }
});

Deno.test("pooledNull() takes as many draws of each contract as of every other, of either null", () => {
  assert.deepEqual(pooledNull(FITS, "nullR2Draws"), Float64Array.of(0.2, 0.7));
  assert.deepEqual(pooledNull(FITS, "signR2Draws"), Float64Array.of(0.25, 0.5, 0.75, 0.25, NaN, 0));
  const model = { model: "seed", name: "Seed", fits: FITS };
  const { panels } = r2View(model, model, { set: "41 factors", shifts: 3 });
  assert.deepEqual(panels.map(({ second }) => second), [
    { name: "random signs", values: pooledNull(FITS, "signR2Draws") },
    { name: "random signs", values: pooledNull(FITS, "signR2Oos") },
  ]);
});

/** The first finding, of a study that holds nothing else. */
function firstFinding(seed: FitEvidence, ours: FitEvidence): string {
  const study = {
    ...{
      set: "41 factors",
      seed,
      ours,
      rate: 0.05,
      clusters: { set: { marketIds: [] } },
      periods: [],
    },
    block: { vif: [], participationRank: 1, entropyRank: 1, condition: 1 },
    ...{
      loadings: { nTests: 0 },
      themeFits: { themes: [] },
      stability: { all: { correlation: NaN } },
      signs: [],
      causality: [],
    },
    components: { components: [] },
  } as unknown as FactorStudy;
  return factorFindings(study).split("\n").find((line) => line !== "")!;
}

Deno.test("factorFindings() begins with the verdict, both nulls and which is the stricter", () => {
  const turned = Float64Array.of(0.3, 0.31, 0.32), found = fitEvidence(FITS, turned);
  const noise = firstFinding(found, found);
  assert.match(noise, /^- \*\*R² is not distinguishable from noise\.\*\* /);
  assert.match(noise, /2 contracts a mean R² of 0\.375\. /);
  assert.match(noise, /turned in time give 0\.310 \(0\.301 to 0\.319 in 18 of 20 turns\); /);
  assert.match(noise, /give 0\.375 \(0\.263 to 0\.487 in 18 of 20 draws\)\. /);
  assert.match(noise, /The signs are the stricter null: they leave sizes on their days/);
  assert.match(noise, /the median R² is −0\.13, with random signs −0\.60\. /);
  assert.match(
    noise,
    /0\.375 against 0\.500 turned and 0\.313 signed, .* −0\.600 signed; 50% of the contracts/,
  );
  const higher = { ...found, nullMeanR2: Float64Array.of(0.4) };
  assert.match(firstFinding(higher, found), /The signs, .*, are no stricter than the turns/);
  const passed = { ...found, percentile: 1, signPercentile: 1 };
  assert.match(
    firstFinding(passed, found),
    /slightly more than noise within the sample, and nothing on later sessions for the typical contract\.\*\*/,
  );
  const ahead = { ...found, medianOos: 0.1, nullMedianOos: 0 };
  assert.match(firstFinding(passed, ahead), /Factors explain more than noise/);
});

/** Evidence of the first engine's fit on all global factors. */
function seedEvidence(
  tables: Parameters<typeof fairUniverse>[0],
  { stride, draws, turns }: { stride: number; draws: number; turns: number },
): FitEvidence {
  const { panel, contracts } = fairUniverse(tables, {
    ...{ set: "global", minSessions: 30, perEvent: Infinity },
  });
  const some = contracts.filter((_, c) => c % stride === 0);
  const fits = macroFits(panel, some, {
    ...{ fixedAlpha: 1, folds: 0, shifts: draws, oosShifts: 0, seed: 7 },
  });
  return fitEvidence(fits, turnedMeanR2(panel, some, { alpha: 1, seed: 7, from: 0, to: turns }));
}

const AHEAD = { medianOos: -1, nullMedianOos: -1 };

Deno.test("fitVerdict() calls universes without common factors noise, where turns are too low a null", () => {
  const found = [1, 2, 3, 4, 5].map((seed) =>
    seedEvidence(fairTables("small", seed), { stride: 1, draws: 60, turns: 7 })
  );
  assert.deepEqual(found.map((one) => fitVerdict(one, AHEAD)), new Array(5).fill("noise"));
  for (const { signMeanR2, nullMeanR2 } of found) {
    const [signed, turned] = [signMeanR2, nullMeanR2].map((draws) =>
      nullQuantiles(draws, [0.5])[0]!
    );
    assert.ok(signed! - turned! > 0.01, `${signed} ${turned}`);
  }
});

Deno.test("fitVerdict() finds the common factors of the simulated universe within the sample", async () => {
  const { templates, factors } = await readTemplates();
  const options = { size: "default", seed: 7, structure: "full", templates, factors } as const;
  const found = seedEvidence(simulate(options).tables, { stride: 5, draws: 60, turns: 7 });
  assert.deepEqual([found.percentile, found.signPercentile], [1, 1]);
  assert.equal(fitVerdict(found, AHEAD), "in sample only");
});
