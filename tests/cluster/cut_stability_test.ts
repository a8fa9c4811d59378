import assert from "node:assert/strict";
import {
  cutOffset,
  type CutRepetitions,
  meanOver,
  resampledCuts,
  shiftedCuts,
} from "lib/cluster/cut_stability.ts";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { resampledJaccard, shiftedStability } from "lib/cluster/stability.ts";
import { windowTree } from "lib/cluster/window_tree.ts";
import { meanKnown } from "lib/stats/mean_known.ts";
import { chosenOf, FIT, planted, windowOf } from "./planted.ts";

const { moves } = planted({
  ...{ sizes: [8, 6, 5], nLoose: 3, days: 60, loading: 0.8, missing: 0.08, seed: 7 },
});
const MOST = 7;
const REPEATED: CutRepetitions = {
  ...{ moves, minOverlap: FIT.minOverlap, maxClusters: MOST, blockDays: 5, seed: 7 },
  ...{ from: 0, to: 4 },
};

function cutsOf(job: CutRepetitions): Float64Array[] {
  const { tree, correlation } = windowTree(job.moves, { minOverlap: job.minOverlap });
  return resampledCuts({ ...job, tree, kept: correlation.kept });
}

function wardOf(nClusters: number, panel = moves) {
  const window = windowOf(panel);
  const fit = { ...FIT, nClusters, methods: ["ward"] as const };
  return { window, fit, fits: fitMethods(window, fit), seed: 7, blockDays: 5 };
}

Deno.test("cutOffset() puts the cuts one after the other", () => {
  assert.deepEqual([2, 3, 4, 5].map(cutOffset), [0, 2, 5, 9]);
});

Deno.test("resampledCuts() gives at every cut exactly what Ward's clusters get by themselves", () => {
  const found = cutsOf(REPEATED);
  assert.deepEqual(found.map((one) => one.length), Array(4).fill(cutOffset(MOST + 1)));
  for (let k = 2; k <= MOST; ++k) {
    const [ward] = resampledJaccard({ ...wardOf(k), from: 0, to: 4 });
    assert.equal(ward!.length, k);
    ward!.forEach((values, c) => {
      assert.deepEqual(found.map((one) => one[cutOffset(k) + c]!), [...values], `${k}, ${c}`);
    });
  }
});

Deno.test("resampledCuts() finds a planted cut again, and not those beside it", () => {
  const { moves: three } = planted({ sizes: [8, 6, 5], days: 60, loading: 0.9, seed: 3 });
  const sure = meanOver(cutsOf({ ...REPEATED, moves: three }));
  assert.deepEqual([...sure.subarray(cutOffset(3), cutOffset(4))], [1, 1, 1]);
  assert.ok(meanKnown(sure.subarray(cutOffset(7), cutOffset(8))) < 0.8);
});

Deno.test("resampledCuts() does not depend on how repetitions are split", () => {
  const parts = [[0, 1], [1, 4]].flatMap(([from, to]) =>
    cutsOf({ ...REPEATED, from: from!, to: to! })
  );
  assert.deepEqual(parts, cutsOf(REPEATED));
});

Deno.test("shiftedCuts() gives at every cut exactly what Ward reaches in the shifted panels", () => {
  const found = shiftedCuts({ ...REPEATED, from: 1, to: 4, resamples: 2 });
  assert.deepEqual(found.map((one) => one.length), [MOST - 1, MOST - 1, MOST - 1]);
  for (let k = 2; k <= MOST; ++k) {
    const [ward] = shiftedStability({ ...wardOf(k), from: 1, to: 4, resamples: 2 });
    assert.deepEqual(found.map((one) => one[k - 2]!), [...ward!]);
  }
});

Deno.test("resampledCuts() and shiftedCuts() take hardly any markets, and cuts beyond their leaves", () => {
  for (const n of [0, 1, 2, 4]) {
    const few = { ...REPEATED, moves: chosenOf(moves, [...Array(n).keys()]) };
    const found = cutsOf(few);
    assert.equal(found.length, 4);
    for (let k = 2; k <= MOST; ++k) {
      const [ward] = resampledJaccard({ ...wardOf(k, few.moves), from: 0, to: 4 });
      const own = found[0]!.subarray(cutOffset(k), cutOffset(k + 1));
      assert.deepEqual([...own.subarray(0, ward!.length)], ward!.map((values) => values[0]!));
      assert.ok(own.subarray(ward!.length).every(Number.isNaN));
    }
    const [none] = shiftedCuts({ ...few, to: 1, resamples: 1 });
    assert.equal(none!.length, MOST - 1);
    assert.equal(none!.every(Number.isNaN), n < 2);
    assert.deepEqual(cutsOf({ ...few, maxClusters: 1 })[0], new Float64Array(0));
  }
});

Deno.test("meanOver() leaves out what is unknown", () => {
  const lists = [Float64Array.of(1, NaN, NaN), Float64Array.of(3, 5, NaN)];
  assert.deepEqual([...meanOver(lists)], [2, 5, NaN]);
  assert.deepEqual(meanOver([]), new Float64Array(0));
});

Deno.test("shiftedCuts() refuses no resampling", () => {
  assert.throws(() => shiftedCuts({ ...REPEATED, resamples: 0 }), {
    name: "RangeError",
    message: "Cannot judge stability as resamples must be a whole number >= 1: got 0",
  });
});
