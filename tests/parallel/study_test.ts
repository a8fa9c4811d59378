import assert from "node:assert/strict";
import { shiftedCurves as curvesHere } from "lib/cluster/cluster_count.ts";
import { resampledCuts, shiftedCuts } from "lib/cluster/cut_stability.ts";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { outOfSample as outOfSampleHere } from "lib/cluster/out_of_sample.ts";
import { shiftedFits as shiftedFitsHere } from "lib/cluster/shifted_fits.ts";
import { droppedAgreement, resampledJaccard, shiftedStability } from "lib/cluster/stability.ts";
import { WORKING_REPRESENTATION } from "lib/cluster/window_moves.ts";
import { windowTree } from "lib/cluster/window_tree.ts";
import { measureEvidence } from "lib/stats/measure_evidence.ts";
import { SEED_REPRESENTATION } from "lib/stats/representation.ts";
import { windowPersistence } from "lib/stats/window_persistence.ts";
import {
  cutStabilities,
  droppedAgreements,
  measureEvidences,
  outOfSample,
  resampledJaccards,
  shiftedCurves,
  shiftedCutStabilities,
  shiftedFits,
  shiftedStabilities,
  windowPersistences,
} from "lib/parallel/study.ts";
import { FIT, planted, pricesOf, windowOf } from "../cluster/planted.ts";

const PLAN = { sizes: [6, 5, 4], days: 50, loading: 0.7, seed: 7 };
const { moves, cluster } = planted(PLAN);
const window = windowOf(moves, cluster);
const job = { window, fits: fitMethods(window, FIT), fit: FIT, seed: 7 };
/** More repetitions than one job holds. */
const count = 10, all = { from: 0, to: count };

Deno.test("shiftedCurves() in workers are the curves of this thread", async () => {
  const options = { minOverlap: 20, maxClusters: 6, seed: 7 };
  const here = curvesHere(moves, { ...options, ...all });
  for (const workers of [1, 2]) {
    assert.deepEqual(await shiftedCurves(moves, { ...options, count }, { workers }), here);
  }
  assert.deepEqual(await shiftedCurves(moves, { ...options, count: 0 }, { workers: 2 }), []);
});

Deno.test("shiftedFits() in workers are the fits of this thread", async () => {
  const here = shiftedFitsHere({ ...job, ...all });
  for (const workers of [1, 2]) {
    assert.deepEqual(await shiftedFits({ ...job, count }, { workers }), here);
  }
  assert.deepEqual(await shiftedFits({ ...job, count: 0 }), job.fits.map(() => []));
});

Deno.test("droppedAgreements() and resampledJaccards() do not depend on the workers", async () => {
  const dropped = droppedAgreement({ ...job, ...all, share: 0.2 });
  const resampled = resampledJaccard({ ...job, ...all, blockDays: 5 });
  for (const workers of [1, 2]) {
    assert.deepEqual(await droppedAgreements({ ...job, count, share: 0.2 }, { workers }), dropped);
    assert.deepEqual(
      await resampledJaccards({ ...job, count, blockDays: 5 }, { workers }),
      resampled,
    );
  }
  assert.deepEqual(
    await resampledJaccards({ ...job, count: 0, blockDays: 5 }),
    job.fits.map(({ partition }) =>
      Array.from({ length: partition.nClusters }, () => new Float64Array(0))
    ),
  );
});

Deno.test("shiftedStabilities() do not depend on the workers", async () => {
  const options = { blockDays: 5, resamples: 2 };
  const here = shiftedStability({ ...job, ...options, from: 0, to: 3 });
  for (const workers of [1, 2]) {
    assert.deepEqual(await shiftedStabilities({ ...job, ...options, count: 3 }, { workers }), here);
  }
  assert.deepEqual(
    await shiftedStabilities({ ...job, ...options, count: 0 }),
    job.fits.map(() => new Float64Array(0)),
  );
});

Deno.test("cutStabilities() and shiftedCutStabilities() do not depend on the workers", async () => {
  const { tree, correlation } = windowTree(moves, FIT);
  const cuts = {
    ...{ moves, minOverlap: FIT.minOverlap, maxClusters: 6, blockDays: 5, seed: 7 },
    ...{ tree, kept: correlation.kept },
  };
  const here = resampledCuts({ ...cuts, from: 0, to: 5 });
  const nulls = shiftedCuts({ ...cuts, from: 0, to: 3, resamples: 2 });
  for (const workers of [1, 2]) {
    assert.deepEqual(await cutStabilities({ ...cuts, count: 5 }, { workers }), here);
    assert.deepEqual(
      await shiftedCutStabilities({ ...cuts, count: 3, resamples: 2 }, { workers }),
      nulls,
    );
  }
  assert.deepEqual(await cutStabilities({ ...cuts, count: 0 }), []);
  assert.deepEqual(await shiftedCutStabilities({ ...cuts, count: 0, resamples: 2 }), []);
});

Deno.test("outOfSample() in workers judges each window as this thread does", async () => {
  const { nClusters: _, ...fit } = FIT;
  const trials = ["next", "later"].map((draws) => ({
    ...{ window, next: planted({ ...PLAN, draws }).moves, fit, minNextOverlap: 20 },
    ...{ minClusters: 2, maxClusters: 5, shifts: 9, seed: 7 },
  }));
  const here = trials.map(outOfSampleHere);
  for (const workers of [1, 2]) assert.deepEqual(await outOfSample(trials, { workers }), here);
  assert.notDeepEqual(here[0], here[1]);
  assert.deepEqual(await outOfSample([]), []);
});

Deno.test("windowPersistences() and measureEvidences() in workers are those of this thread", async () => {
  const now = pricesOf(moves), next = pricesOf(planted({ ...PLAN, draws: "next" }).moves);
  const trials = [SEED_REPRESENTATION, WORKING_REPRESENTATION].map((representation) => ({
    ...{ now, next, tick: 0.001, minOverlap: 20, minNextOverlap: 20, shifts: 9, seed: 7 },
    representation,
  }));
  const persistences = trials.map(windowPersistence);
  const options = {
    ...{ tick: 0.001, minOverlap: 20, tailMove: 0.05, minTailDays: 5, shifts: 9, seed: 7 },
  };
  const measures = (["spearman", "pearson"] as const).map((kind) => ({
    kind,
    representation: SEED_REPRESENTATION,
  }));
  const evidences = measures.map((measure) => measureEvidence(now, measure, options));
  for (const workers of [1, 2]) {
    assert.deepEqual(await windowPersistences(trials, { workers }), persistences);
    assert.deepEqual(await measureEvidences(now, measures, options, { workers }), evidences);
  }
});

Deno.test("shiftedFits() passes on what goes wrong in a worker", async () => {
  const broken = { ...job, fit: { ...FIT, minOverlap: 2 }, count };
  for (const workers of [1, 2]) {
    await assert.rejects(shiftedFits(broken, { workers }), {
      name: "RangeError",
      message: "Cannot correlate markets as minOverlap must be a whole number >= 3: got 2",
    });
  }
});
