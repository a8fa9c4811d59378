import assert from "node:assert/strict";
import fc from "fast-check";
import {
  chosenCount,
  correlationCurve,
  type CountCurve,
  countCurve,
  shiftedCurves,
} from "lib/cluster/cluster_count.ts";
import { cutByCount } from "lib/cluster/cut.ts";
import { correlationDistance } from "lib/cluster/distance.ts";
import { windowCorrelation } from "lib/cluster/fit_methods.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { meanSilhouette } from "lib/cluster/silhouette.ts";
import { dayRange, panel } from "lib/core/panel.ts";
import { chosenOf, marketNames, planted } from "./planted.ts";

const { moves } = planted({ sizes: [8, 7, 6], days: 70, loading: 0.8, missing: 0.05, seed: 7 });
const OPTIONS = { minOverlap: 20, maxClusters: 9 };

/** A curve of which only the dispersion matters. */
function curveOf(...logWithin: number[]): CountCurve {
  return {
    silhouette: new Float64Array(logWithin.length - 1),
    logWithin: Float64Array.from(logWithin),
    quartileHeight: 1,
  };
}

Deno.test("correlationCurve() is countCurve() of correlations that are known", () => {
  const { held } = windowCorrelation(moves, 20);
  assert.deepEqual(correlationCurve(held, { maxClusters: 9 }), countCurve(moves, OPTIONS));
});

Deno.test("countCurve() gives the silhouettes of the cuts of one Ward tree", () => {
  const { silhouette, logWithin, quartileHeight } = countCurve(moves, OPTIONS);
  assert.deepEqual([silhouette.length, logWithin.length], [8, 9]);
  const { held } = windowCorrelation(moves, 20);
  const distance = correlationDistance(held, { form: "euclidean" });
  const tree = linkage(distance, { method: "ward" });
  const plain = correlationDistance(held, { form: "one_minus" });
  silhouette.forEach((s, at) => {
    assert.ok(Math.abs(s - meanSilhouette(plain, cutByCount(tree, at + 2))) < 1e-12);
  });
  const all = distance.values.reduce((sum, d) => sum + d * d, 0) / 21;
  assert.ok(Math.abs(logWithin[0]! - Math.log(all)) < 1e-12);
  logWithin.slice(1).forEach((value, at) => assert.ok(value < logWithin[at]!));
  assert.equal(quartileHeight, [...tree.height].sort((a, b) => a - b)[5]);
  assert.equal(silhouette.indexOf(Math.max(...silhouette)), 1);
});

Deno.test("countCurve() does not depend on the order of the markets", () => {
  const turned = countCurve(chosenOf(moves, [...Array(21).keys()].reverse()), OPTIONS);
  const plain = countCurve(moves, OPTIONS);
  plain.silhouette.forEach((s, at) => assert.ok(Math.abs(s - turned.silhouette[at]!) < 1e-12));
  plain.logWithin.forEach((w, at) => assert.ok(Math.abs(w - turned.logWithin[at]!) < 1e-12));
});

Deno.test("countCurve() is unknown for fewer than three markets and beyond their number", () => {
  for (const n of [0, 1, 2]) {
    const order = [...Array(n).keys()];
    const found = countCurve(chosenOf(moves, order), OPTIONS);
    assert.ok(found.silhouette.every(Number.isNaN) && found.logWithin.every(Number.isNaN));
    assert.deepEqual([found.silhouette.length, found.logWithin.length], [8, 9]);
    assert.ok(Number.isNaN(found.quartileHeight));
  }
  const four = countCurve(chosenOf(moves, [0, 1, 2, 3]), OPTIONS);
  assert.deepEqual([...four.logWithin].map(Number.isNaN), [
    ...[false, false, false],
    ...[true, true, true, true, true, true],
  ]);
});

Deno.test("shiftedCurves() does not depend on how the shifts are split", () => {
  const options = { ...OPTIONS, seed: 7 };
  const all = shiftedCurves(moves, { ...options, from: 0, to: 5 });
  const parts = [[0, 1], [1, 4], [4, 5]].flatMap(([from, to]) =>
    shiftedCurves(moves, { ...options, from: from!, to: to! })
  );
  assert.deepEqual(parts, all);
  assert.equal(new Set(all.map((one) => one.quartileHeight)).size, 5);
  assert.deepEqual(shiftedCurves(moves, { ...options, from: 3, to: 3 }), []);
});

Deno.test("chosenCount() finds planted clusters, and one group among independent markets", () => {
  const choice = (one: typeof moves) =>
    chosenCount(
      countCurve(one, OPTIONS),
      shiftedCurves(one, { ...OPTIONS, seed: 7, from: 0, to: 20 }),
      { min: 2, max: 8 },
    );
  assert.deepEqual([choice(moves).nClusters, choice(moves).unbounded], [3, 3]);
  const loose = planted({ sizes: [], nLoose: 21, days: 70, loading: 0, seed: 7 }).moves;
  assert.equal(choice(loose).unbounded, 1);
});

Deno.test("chosenCount() takes the first number that the next does not exceed by its error", () => {
  // equal nulls have no error; gaps are 0, 1, 2, 1.5, 3, 2
  const curve = curveOf(5, 3, 1, 0.5, -2, -2), nulls = [curveOf(5, 4, 3, 2, 1, 0)];
  const found = chosenCount(curve, nulls, { min: 2, max: 4 });
  assert.deepEqual([...found.gap], [0, 1, 2, 1.5, 3, 2]);
  assert.deepEqual([...found.gapError], [0, 0, 0, 0, 0, 0]);
  assert.deepEqual([found.unbounded, found.nClusters], [3, 3]);
  const later = chosenCount(curve, nulls, { min: 4, max: 5 });
  assert.deepEqual([later.unbounded, later.nClusters], [3, 5]);
  const earlier = chosenCount(curve, nulls, { min: 1, max: 2 });
  assert.deepEqual([earlier.unbounded, earlier.nClusters], [3, 2]);
});

Deno.test("chosenCount() within bounds is the unbounded number wherever that lies within", () => {
  const value = fc.double({ min: -3, max: 3, noNaN: true });
  const row = fc.array(value, { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(row, fc.array(row, { minLength: 1, maxLength: 4 }), (own, others) => {
      const curve = curveOf(...own), nulls = others.map((one) => curveOf(...one));
      for (let min = 1; min <= 6; ++min) {
        for (let max = min; max <= 6; ++max) {
          const { unbounded, nClusters } = chosenCount(curve, nulls, { min, max });
          assert.ok(nClusters >= min && nClusters <= max);
          if (unbounded >= min && unbounded <= max) assert.equal(nClusters, unbounded);
        }
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("chosenCount() of few or equal markets judges the numbers that can be", () => {
  const equal = curveOf(2, 1, 0, -Infinity, NaN), null_ = curveOf(3, 2.5, 2, 1, NaN);
  const found = chosenCount(equal, [null_], { min: 8, max: 20 });
  assert.deepEqual([...found.gap], [1, 1.5, 2, NaN, NaN]);
  assert.deepEqual([found.nClusters, found.unbounded], [2, 3]);
  const none = chosenCount(curveOf(NaN, NaN), [null_], { min: 8, max: 20 });
  assert.deepEqual([none.nClusters, none.unbounded], [1, 1]);
  assert.ok(none.gap.every(Number.isNaN));
  const rise = (i: number) => Math.sin(i * 1.7);
  const alike = panel(
    dayRange(0, 30),
    marketNames(5),
    Float64Array.from({ length: 150 }, (_, cell) => rise(Math.floor(cell / 5))),
  );
  const nulls = shiftedCurves(alike, { ...OPTIONS, seed: 7, from: 0, to: 3 });
  assert.ok(chosenCount(countCurve(alike, OPTIONS), nulls, { min: 2, max: 4 }).nClusters >= 1);
});

Deno.test("chosenCount() refuses to judge without a null", () => {
  assert.throws(() => chosenCount(curveOf(2, 1), [], { min: 1, max: 2 }), {
    name: "RangeError",
    message:
      "Cannot judge gaps as there must be numbers of clusters and null replicates: got 2 and 0",
  });
});
