import assert from "node:assert/strict";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { METHODS } from "lib/cluster/method_list.ts";
import { seedAgreement } from "lib/cluster/seed_agreement.ts";
import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
import { chosenOf, FIT, type Plan, planted, windowOf } from "./planted.ts";

const PLAN: Plan = { sizes: [9, 8, 7], days: 60, loading: 0.85, seed: 7 };

function jobOf(plan: Plan, fit = FIT) {
  const { moves, cluster } = planted(plan);
  const window = windowOf(moves, cluster);
  return { window, fits: fitMethods(window, fit), fit };
}

Deno.test("seedAgreement() is 1 for planted clusters and lower where starts decide", () => {
  const clear = seedAgreement(jobOf(PLAN), { seeds: 3 });
  const noise = seedAgreement(
    jobOf({ ...PLAN, sizes: [], nLoose: 40, loading: 0 }, { ...FIT, nClusters: 6, minEdge: 0.01 }),
    { seeds: 3 },
  );
  const drawing = ["k_means", "spectral", "louvain", "hybrid"];
  METHODS.forEach(({ key, isCounted }, m) => {
    if (isCounted || drawing.includes(key)) assert.equal(clear[m], 1, key);
    if (!drawing.includes(key) && !Number.isNaN(noise[m]!)) assert.equal(noise[m], 1, key);
  });
  const of = (key: string) => noise[METHODS.findIndex((one) => one.key === key)]!;
  assert.ok(of("k_means") < 0.9 && of("louvain") < 0.9, `${of("k_means")} ${of("louvain")}`);
});

Deno.test("seedAgreement() is the mean over the seeds that follow, around the last of them", () => {
  const fit = { ...FIT, nClusters: 6, seed: 2 ** 32 - 2 };
  const job = jobOf({ ...PLAN, sizes: [], nLoose: 30, loading: 0 }, fit);
  const means = METHODS.findIndex(({ key }) => key === "k_means");
  const [x, y] = [2 ** 32 - 1, 0].map((seed) =>
    adjustedRandIndex(
      job.fits[means]!.partition.cluster,
      fitMethods(job.window, { ...fit, seed })[means]!.partition.cluster,
    )
  );
  assert.equal(seedAgreement(job, { seeds: 2 })[means], (x! + y!) / 2);
});

Deno.test("seedAgreement() leaves one cluster and hardly any markets open", () => {
  const ward = METHODS.findIndex(({ key }) => key === "ward");
  const blob = jobOf(PLAN, { ...FIT, nClusters: 1 });
  assert.equal(blob.fits[ward]!.partition.nClusters, 1);
  assert.equal(seedAgreement(blob, { seeds: 1 })[ward], NaN);
  for (const n of [0, 1]) {
    const window = windowOf(chosenOf(blob.window.moves, [...Array(n).keys()]));
    const found = seedAgreement({ window, fits: fitMethods(window, FIT), fit: FIT }, { seeds: 1 });
    assert.deepEqual([...found], METHODS.map(() => NaN));
  }
});

Deno.test("seedAgreement() refuses no seed", () => {
  assert.throws(() => seedAgreement(jobOf(PLAN), { seeds: 0 }), {
    name: "RangeError",
    message: "Cannot compare seeds as their number must be a whole number >= 1: got 0",
  });
});
