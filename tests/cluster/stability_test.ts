import assert from "node:assert/strict";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { METHODS } from "lib/cluster/method_list.ts";
import {
  droppedAgreement,
  resampledJaccard,
  shiftedStability,
  shiftedWindow,
  shorterAgreement,
} from "lib/cluster/stability.ts";
import { chosenOf, FIT, type Plan, planted, windowOf } from "./planted.ts";

const PLAN: Plan = { sizes: [9, 8, 7], days: 80, loading: 0.85, missing: 0.05, seed: 7 };

function jobOf(plan: Plan) {
  const { moves, cluster } = planted(plan);
  const window = windowOf(moves, cluster);
  return { window, fits: fitMethods(window, FIT), fit: FIT, seed: 7, from: 0, to: 3 };
}

const job = jobOf(PLAN);
const loose = jobOf({ ...PLAN, sizes: [], nLoose: 24 });

Deno.test("resampledJaccard() is 1 where the days are all drawn once", () => {
  const all = resampledJaccard({ ...job, blockDays: 80 });
  assert.deepEqual(all.map((one) => one.length), job.fits.map((one) => one.partition.nClusters));
  for (const [m, clusters] of all.entries()) {
    for (const values of clusters) assert.deepEqual([...values], [1, 1, 1], METHODS[m]!.key);
  }
});

Deno.test("resampledJaccard() is high for planted clusters and low for what was read into noise", () => {
  const mean = (one: typeof job) => {
    const ward = resampledJaccard({ ...one, blockDays: 5 })[1]!;
    const values = ward.flatMap((list) => [...list]);
    return values.reduce((sum, x) => sum + x, 0) / values.length;
  };
  assert.ok(mean(job) > 0.9, `${mean(job)}`);
  assert.ok(mean(loose) < 0.6, `${mean(loose)}`);
});

Deno.test("resampledJaccard() and droppedAgreement() do not depend on how repetitions are split", () => {
  const ranges = [[0, 1], [1, 3]] as const;
  const whole = resampledJaccard({ ...loose, blockDays: 5 });
  const parts = ranges.map(([from, to]) => resampledJaccard({ ...loose, from, to, blockDays: 5 }));
  whole.forEach((clusters, m) =>
    clusters.forEach((values, c) => {
      assert.deepEqual([...values], parts.flatMap((part) => [...part[m]![c]!]));
    })
  );
  const dropped = droppedAgreement({ ...loose, share: 0.2 });
  const pieces = ranges.map(([from, to]) => droppedAgreement({ ...loose, from, to, share: 0.2 }));
  dropped.forEach((values, m) => {
    assert.deepEqual([...values], pieces.flatMap((part) => [...part[m]!]));
  });
});

Deno.test("droppedAgreement() is 1 where nobody is left out, and for planted clusters", () => {
  for (const values of droppedAgreement({ ...loose, share: 0 }).slice(0, -1)) {
    assert.ok(values.every((x) => x === 1 || Number.isNaN(x)));
  }
  const found = droppedAgreement({ ...job, share: 0.1 });
  METHODS.forEach(({ key, isCounted }, m) => {
    if (isCounted && key !== "seed_ward") assert.ok(found[m]!.every((x) => x > 0.9), key);
  });
  const ward = droppedAgreement({ ...loose, share: 0.2 })[1]!;
  assert.ok(ward.every((x) => x < 0.8), ward.join());
});

Deno.test("droppedAgreement() and shorterAgreement() leave one blob against itself open", () => {
  const fit = { ...FIT, nClusters: 1 };
  const fits = fitMethods(job.window, fit);
  const ward = fits.findIndex(({ method }) => method === "ward");
  assert.equal(fits[ward]!.partition.nClusters, 1);
  assert.deepEqual([...droppedAgreement({ ...job, fits, fit, share: 0.1 })[ward]!], [
    NaN,
    NaN,
    NaN,
  ]);
  assert.deepEqual(shorterAgreement({ window: job.window, fits, fit }, { days: 50 })[ward], {
    adjustedRand: NaN,
    adjustedMutualInformation: NaN,
  });
});

Deno.test("shiftedStability() is what noise reaches, below planted clusters", () => {
  const ward = 1, blockDays = 5, resamples = 4;
  const noise = shiftedStability({ ...job, blockDays, resamples });
  assert.deepEqual(noise.map((values) => values.length), METHODS.map(() => 3));
  const own = resampledJaccard({ ...job, blockDays, to: resamples })[ward]!
    .map((values) => values.reduce((sum, x) => sum + x, 0) / resamples);
  const real = own.reduce((sum, x) => sum + x, 0) / own.length;
  assert.ok(noise[ward]!.every((x) => x > 0.2 && x < 0.7), noise[ward]!.join());
  assert.ok(real > 0.9, `${real}`);
  // one blob is found again in noise as well, so its index says nothing
  const blob = { ...job, fit: { ...FIT, nClusters: 1 } };
  assert.deepEqual([...shiftedStability({ ...blob, blockDays, resamples })[ward]!], [1, 1, 1]);
});

Deno.test("shiftedStability() is the mean over clusters of each shifted panel, split or not", () => {
  const options = { blockDays: 5, resamples: 2 };
  const whole = shiftedStability({ ...loose, ...options });
  const parts = ([[0, 2], [2, 3]] as const).map(([from, to]) =>
    shiftedStability({ ...loose, ...options, from, to })
  );
  whole.forEach((values, m) =>
    assert.deepEqual([...values], parts.flatMap((part) => [...part[m]!]), METHODS[m]!.key)
  );
  const window = shiftedWindow(loose.window, { seed: 7, number: 2 });
  const own = { ...loose, window, fits: fitMethods(window, FIT), from: 4, to: 6, blockDays: 5 };
  const clusters = resampledJaccard(own)[1]!.map(([x, y]) => (x! + y!) / 2);
  const mean = clusters.reduce((sum, x) => sum + x, 0) / clusters.length;
  assert.ok(Math.abs(whole[1]![2]! - mean) < 1e-12);
});

Deno.test("shiftedStability() of hardly any markets is unknown, and refuses no resampling", () => {
  for (const n of [0, 1]) {
    const window = windowOf(chosenOf(job.window.moves, [...Array(n).keys()]));
    const few = { ...job, window, fits: fitMethods(window, FIT), blockDays: 5, resamples: 2 };
    for (const values of shiftedStability(few)) assert.deepEqual([...values], [NaN, NaN, NaN]);
  }
  assert.throws(() => shiftedStability({ ...job, blockDays: 5, resamples: 0 }), {
    name: "RangeError",
    message: "Cannot judge stability as resamples must be a whole number >= 1: got 0",
  });
});

Deno.test("shorterAgreement() compares with the last days alone", () => {
  const same = shorterAgreement(job, { days: 80 });
  assert.deepEqual(
    same.map((one) => one.adjustedRand),
    job.fits.map(({ partition }) => partition.nClusters < 2 ? NaN : 1),
  );
  const ward = shorterAgreement(job, { days: 50 })[1]!;
  assert.deepEqual(ward, { adjustedRand: 1, adjustedMutualInformation: 1 });
  // other clusters before the last forty days: these are found, not those of the whole
  const late = planted({ ...PLAN, seed: 9, missing: 0 }), { moves } = late;
  const early = planted({ ...PLAN, seed: 3, missing: 0 }).moves.values.map((x) => 3 * x);
  const values = moves.values.map((x, cell) => cell < 40 * 24 ? early[cell]! : x);
  const window = windowOf({ ...moves, values });
  const fits = fitMethods(window, FIT);
  const changed = shorterAgreement({ window, fits, fit: FIT }, { days: 40 })[1]!;
  assert.ok(changed.adjustedRand < 0.7, `${changed.adjustedRand}`);
  assert.equal(
    shorterAgreement({ window, fits: fitMethods(windowOf(moves), FIT), fit: FIT }, { days: 40 })[1]!
      .adjustedRand,
    1,
  );
});

Deno.test("resampledJaccard(), droppedAgreement() and shorterAgreement() take hardly any markets", () => {
  for (const n of [0, 1, 2]) {
    const window = windowOf(chosenOf(job.window.moves, [...Array(n).keys()]));
    const few = { ...job, window, fits: fitMethods(window, FIT) };
    assert.equal(resampledJaccard({ ...few, blockDays: 5 }).length, METHODS.length);
    assert.equal(droppedAgreement({ ...few, share: 0.5 })[1]!.length, 3);
    const [ward] = shorterAgreement(few, { days: 0 }).slice(1);
    assert.ok(Number.isNaN(ward!.adjustedRand));
  }
});

Deno.test("resampledJaccard() gives one method alone what it gives it among all", () => {
  const all = resampledJaccard({ ...job, blockDays: 5 });
  METHODS.forEach(({ key }, m) => {
    const fit = { ...FIT, methods: [key] };
    const alone = { ...job, fit, fits: fitMethods(job.window, fit), blockDays: 5 };
    assert.deepEqual(resampledJaccard(alone), [all[m]], key);
  });
});

Deno.test("resampledJaccard() refuses blocks of no day", () => {
  assert.throws(() => resampledJaccard({ ...job, blockDays: 0 }), {
    name: "RangeError",
    message: "Cannot resample days as blockDays must be a whole number >= 1: got 0",
  });
});
