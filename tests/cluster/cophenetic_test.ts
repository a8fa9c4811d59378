import assert from "node:assert/strict";
import fc from "fast-check";
import { pairAt } from "lib/core/pair_matrix.ts";
import { copheneticCorrelation, copheneticDistances } from "lib/cluster/cophenetic.ts";
import { linkage, type LinkageMethod } from "lib/cluster/linkage.ts";
import golden from "../golden/cluster/trees.json" with { type: "json" };
import { anyDistances, distancesOf } from "./made_distances.ts";

Deno.test("copheneticDistances() gives scipy's", () => {
  let nCompared = 0;
  for (const { distances, trees } of golden.cases) {
    for (const want of trees) {
      const tree = linkage(distancesOf(distances), { method: want.method as LinkageMethod });
      const { values } = copheneticDistances(tree);
      const sum = values.reduce((total, d) => total + d, 0);
      assert.ok(Math.abs(sum / want.copheneticSum - 1) < 1e-12);
      want.cophenetic?.forEach((d, at) => {
        assert.ok(Math.abs(values[at]! - d) < 1e-12 * d);
        ++nCompared;
      });
    }
  }
  assert.equal(nCompared, 4 * (10 + 435));
});

Deno.test("copheneticCorrelation() gives scipy's", () => {
  for (const { distances, trees } of golden.cases) {
    for (const want of trees) {
      const distance = distancesOf(distances);
      const tree = linkage(distance, { method: want.method as LinkageMethod });
      const found = copheneticCorrelation(tree, distance);
      assert.ok(Math.abs(found - want.copheneticCorrelation) < 1e-12, `${found}`);
    }
  }
  const { distances } = golden.fixture;
  const tree = linkage(distancesOf(distances), { method: "ward" });
  // golden: scipy 1.17.1 cophenet on the six points of the Ward fixture
  assert.ok(Math.abs(copheneticCorrelation(tree, distancesOf(distances)) - 0.922867) < 5e-7);
});

Deno.test("copheneticDistances() is an ultrametric", () => {
  const any = anyDistances({ min: 3, max: 9, kinds: ["any", "tied", "unknown"] });
  for (const method of ["ward", "average", "complete", "single"] as const) {
    fc.assert(
      fc.property(any, (distance) => {
        const found = copheneticDistances(linkage(distance, { method }));
        for (let i = 0; i < found.ids.length; ++i) {
          for (let j = i + 1; j < found.ids.length; ++j) {
            for (let k = j + 1; k < found.ids.length; ++k) {
              const three = [pairAt(found, i, j), pairAt(found, i, k), pairAt(found, j, k)];
              three.sort((a, b) => a < b ? -1 : a > b ? 1 : 0);
              assert.equal(three[1], three[2]);
            }
          }
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  }
});

Deno.test("copheneticDistances() of single linkage are the largest that stay within the distances", () => {
  const any = anyDistances({ min: 2, max: 9, kinds: ["any", "tied"] });
  fc.assert(
    fc.property(any, (distance) => {
      const { values } = copheneticDistances(linkage(distance, { method: "single" }));
      values.forEach((d, at) => assert.ok(d <= distance.values[at]!));
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("copheneticCorrelation() leaves out unknown and infinite pairs", () => {
  // {0, 1, 2} joined; 3 known to nobody
  const distance = distancesOf([1, 2, null, 4, null, null]);
  const tree = linkage(distance, { method: "average" });
  assert.deepEqual(Array.from(copheneticDistances(tree).values), [
    1,
    3,
    Infinity,
    3,
    Infinity,
    Infinity,
  ]);
  // Pearson of (1, 2, 4) and (1, 3, 3): 8/3 over the root of 14/3 times 8/3
  const want = (8 / 3) / Math.sqrt(14 / 3 * 8 / 3);
  assert.ok(Math.abs(copheneticCorrelation(tree, distance) - want) < 1e-14);
});

Deno.test("copheneticCorrelation() is NaN where nothing varies", () => {
  for (const values of [[], [1], [1, 1, 1], [null, null, null]]) {
    const distance = distancesOf(values);
    const tree = linkage(distance, { method: "average" });
    assert.ok(Number.isNaN(copheneticCorrelation(tree, distance)));
  }
});

Deno.test("copheneticCorrelation() refuses the distances of other items", () => {
  const tree = linkage(distancesOf([1]), { method: "average" });
  assert.throws(() => copheneticCorrelation(tree, distancesOf([1, 2, 3])), {
    name: "RangeError",
    message: "Cannot compare a tree as it must have one leaf for each of 3 items: got 2",
  });
});
