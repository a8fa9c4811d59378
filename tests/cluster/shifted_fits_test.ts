import assert from "node:assert/strict";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { METHODS } from "lib/cluster/method_list.ts";
import { partition } from "lib/cluster/partition.ts";
import { clusterPValues, type ShiftedFit, shiftedFits } from "lib/cluster/shifted_fits.ts";
import { chosenOf, FIT, marketNames, planted, windowOf } from "./planted.ts";

const { moves, cluster } = planted({ sizes: [9, 8], days: 60, loading: 0.7, nLoose: 4, seed: 7 });
const window = windowOf(moves, cluster);
const job = { window, fits: fitMethods(window, FIT), fit: FIT, seed: 7, from: 0, to: 6 };

function shift(...clusters: [size: number, within: number][]): ShiftedFit {
  return {
    silhouette: 0,
    sizes: Int32Array.from(clusters, ([size]) => size),
    within: Float64Array.from(clusters, ([, within]) => within),
  };
}

Deno.test("clusterPValues() counts shifts with a cluster as large and as tight", () => {
  const found = partition(marketNames(9), [0, 0, 0, 0, 1, 1, 1, 2, -1]);
  const within = Float64Array.of(0.3, 0.5, NaN);
  const shifted = [
    shift([4, 0.3], [3, 0.1]), // reaches the first
    shift([5, 0.6]), // reaches both
    shift([2, 0.9], [4, 0.29]), // too small or too loose
    shift(), // places nobody
  ];
  assert.deepEqual([...clusterPValues({ partition: found, within }, shifted)], [3 / 5, 2 / 5, NaN]);
  assert.deepEqual([...clusterPValues({ partition: found, within }, [])], [1, 1, NaN]);
});

Deno.test("shiftedFits() gives for each method and shift what it finds in noise", () => {
  const found = shiftedFits(job);
  assert.deepEqual(found.map((one) => one.length), METHODS.map(() => 6));
  for (const { sizes, within } of found[1]!) {
    assert.equal(sizes.length, 3);
    assert.equal(sizes.reduce((sum, size) => sum + size, 0), 21);
    assert.equal(within.length, 3);
  }
  // the planted clusters are tighter than anything there
  const real = job.fits[1]!;
  assert.ok(found[1]!.every((one) => one.silhouette < real.silhouette));
  assert.deepEqual([...clusterPValues(real, found[1]!)].slice(0, 2), [1 / 7, 1 / 7]);
});

Deno.test("shiftedFits() does not depend on how the shifts are split", () => {
  const parts = [[0, 2], [2, 2], [2, 6]].map(([from, to]) =>
    shiftedFits({ ...job, from: from!, to: to! })
  );
  const whole = shiftedFits(job);
  assert.deepEqual(METHODS.map((_, m) => parts.flatMap((part) => part[m]!)), whole);
});

Deno.test("shiftedFits() of no market and of one finds no cluster", () => {
  for (const n of [0, 1]) {
    const few = windowOf(chosenOf(moves, [...Array(n).keys()]));
    const found = shiftedFits({ ...job, window: few, fits: fitMethods(few, FIT) });
    assert.ok(found.flat().every((one) => one.sizes.length === 0));
  }
});
