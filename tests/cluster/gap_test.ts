import assert from "node:assert/strict";
import fc from "fast-check";
import { pairAt } from "lib/core/pair_matrix.ts";
import { cutByCount, fewestClusters } from "lib/cluster/cut.ts";
import { gapStatistic, withinDispersion } from "lib/cluster/gap.ts";
import { linkage, type LinkageMethod } from "lib/cluster/linkage.ts";
import { members } from "lib/cluster/partition.ts";
import golden from "../golden/cluster/trees.json" with { type: "json" };
import { anyDistances, distancesOf } from "./made_distances.ts";

Deno.test("withinDispersion() gives numpy's pooled sums of squares", () => {
  for (const { n, distances, cuts } of golden.cases) {
    const distance = distancesOf(distances);
    for (const { method, k, logWithin } of cuts) {
      const tree = linkage(distance, { method: method as LinkageMethod });
      const max = Math.min(n - 1, 20);
      const found = withinDispersion(distance, tree, { min: 1, max });
      assert.deepEqual(Array.from(found.nClusters), Array.from({ length: max }, (_, i) => i + 1));
      assert.ok(Math.abs(found.logWithin[k - 1]! - logWithin) < 1e-12);
    }
  }
});

Deno.test("withinDispersion() equals each cut's own sum, unknown pairs by their cluster's mean", () => {
  const any = anyDistances({ min: 2, max: 12, kinds: ["any", "any", "unknown"] });
  fc.assert(
    fc.property(any, (distance) => {
      const tree = linkage(distance, { method: "average" });
      const min = fewestClusters(tree), max = distance.ids.length;
      const { nClusters, logWithin } = withinDispersion(distance, tree, { min, max });
      nClusters.forEach((k, at) => {
        let sum = 0;
        for (const items of members(cutByCount(tree, k))) {
          const squares = items.flatMap((i, a) =>
            items.slice(a + 1).map((j) => pairAt(distance, i, j) ** 2)
          );
          const known = squares.filter((d) => !Number.isNaN(d));
          const mean = known.reduce((total, d) => total + d, 0) / known.length;
          if (squares.length > 0) sum += mean * squares.length / items.length;
        }
        const got = logWithin[at]!, want = Math.log(sum);
        assert.ok(got === want || Math.abs(got - want) < 1e-9, `got ${got}, want ${want}`);
      });
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("withinDispersion() of Ward falls by half of each squared height", () => {
  const distance = distancesOf(golden.cases[1]!.distances);
  const tree = linkage(distance, { method: "ward" });
  const { logWithin } = withinDispersion(distance, tree, { min: 1, max: 29 });
  for (let k = 1; k < 29; ++k) {
    const fall = Math.exp(logWithin[k - 1]!) - Math.exp(logWithin[k]!);
    assert.ok(Math.abs(fall - tree.height[29 - k]! ** 2 / 2) < 1e-9);
  }
});

Deno.test("gapStatistic() gives numpy's gaps, errors and choice", () => {
  const { logWithin, nulls, gap, error, chosen } = golden.gap;
  const found = gapStatistic(Float64Array.from(logWithin), {
    nullLogWithin: nulls.map((row) => Float64Array.from(row)),
  });
  assert.deepEqual(Array.from(found.nClusters), [1, 2, 3, 4, 5, 6, 7, 8]);
  gap.forEach((g, at) => assert.ok(Math.abs(found.gap[at]! - g) < 1e-12));
  error.forEach((e, at) => assert.ok(Math.abs(found.error[at]! - e) < 1e-12));
  assert.equal(found.chosen, chosen);
  assert.equal(chosen, 3);
});

Deno.test("gapStatistic() chooses by the rule of one standard error", () => {
  const nulls = (spread: number) =>
    [-1, 1].map((side) => Float64Array.of(3, 2, 1).map((x) => x + side * spread));
  const choose = (data: readonly number[], spread: number, min = 1) =>
    gapStatistic(Float64Array.from(data), { nullLogWithin: nulls(spread), min }).chosen;
  // gaps 0, 0.5, 0.4: up by more than the error of 0, then down
  assert.equal(choose([3, 1.5, 0.6], 0), 2);
  // an error of 0.5 · √1.5 covers the rise
  assert.equal(choose([3, 1.5, 0.6], 0.5), 1);
  // ever rising: the largest number judged
  assert.equal(choose([3, 1.5, 0], 0), 3);
  assert.equal(choose([3, 1.5, 0], 0, 4), 6);
  assert.equal(choose([3, 2, 1], 0), 1);
});

Deno.test("withinDispersion() is −Infinity without spread", () => {
  const distance = distancesOf([0, 0, 0]);
  const tree = linkage(distance, { method: "ward" });
  const { logWithin } = withinDispersion(distance, tree, { min: 1, max: 3 });
  assert.deepEqual(Array.from(logWithin), [-Infinity, -Infinity, -Infinity]);
});

Deno.test("withinDispersion() and gapStatistic() refuse what does not fit", () => {
  const distance = distancesOf([1, 2, 3]);
  const tree = linkage(distance, { method: "ward" });
  const refused = (run: () => unknown, message: string) =>
    assert.throws(run, { name: "RangeError", message });
  refused(
    () => withinDispersion(distancesOf([1]), tree, { min: 1, max: 2 }),
    "Cannot judge clusters as there must be a distance for each of 3 items: got 2",
  );
  refused(
    () => withinDispersion(distance, tree, { min: 1, max: 4 }),
    "Cannot cut a tree as nClusters must be in [1, 3]: got 4",
  );
  refused(
    () => withinDispersion(distance, tree, { min: 3, max: 2 }),
    "Cannot cut a tree as min must be <= max: got 3 > 2",
  );
  const two = Float64Array.of(1, 2);
  refused(
    () => gapStatistic(two, { nullLogWithin: [] }),
    "Cannot judge gaps as there must be numbers of clusters and null replicates: got 2 and 0",
  );
  refused(
    () => gapStatistic(two, { nullLogWithin: [Float64Array.of(1)] }),
    "Cannot judge gaps as each null replicate must have 2 values: got 1",
  );
  refused(
    () => gapStatistic(two, { nullLogWithin: [Float64Array.of(1, -Infinity)] }),
    "Cannot judge gaps as each log dispersion must be finite: got -Infinity",
  );
});
