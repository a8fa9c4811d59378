import assert from "node:assert/strict";
import fc from "fast-check";
import { cutByCount, cutByHeight, cutHeight, fewestClusters } from "lib/cluster/cut.ts";
import { linkage, type LinkageMethod } from "lib/cluster/linkage.ts";
import { partition } from "lib/cluster/partition.ts";
import golden from "../golden/cluster/trees.json" with { type: "json" };
import { anyDistances, distancesOf } from "./made_distances.ts";

for (const { n, distances, cuts } of golden.cases) {
  Deno.test(`cutByCount() and cutByHeight() give scipy's fcluster for ${n} items`, () => {
    for (const { method, k, height, labels } of cuts) {
      const tree = linkage(distancesOf(distances), { method: method as LinkageMethod });
      const want = partition(tree.ids, labels);
      assert.deepEqual(cutByCount(tree, k), want);
      assert.deepEqual(cutByHeight(tree, height), want);
      assert.ok(Math.abs(cutHeight(tree, k) - height) < 1e-12 * height);
    }
  });
}

Deno.test("cutByCount() cuts the six points of the Ward fixture into three", () => {
  const tree = linkage(distancesOf(golden.fixture.distances), { method: "ward" });
  const { cluster, nClusters } = cutByCount(tree, 3);
  assert.deepEqual([Array.from(cluster), nClusters], [[0, 0, 0, 1, 1, 2], 3]);
});

Deno.test("cutByCount() gives exactly the asked number, each cut refining the one above", () => {
  const any = anyDistances({ min: 1, max: 12, kinds: ["any", "tied", "unknown"] });
  fc.assert(
    fc.property(any, (distance) => {
      const tree = linkage(distance, { method: "average" });
      for (let k = fewestClusters(tree); k <= tree.ids.length; ++k) {
        const found = cutByCount(tree, k);
        assert.equal(new Set(found.cluster).size, k);
        assert.equal(found.nClusters, k);
        if (k === fewestClusters(tree)) continue;
        const above = cutByCount(tree, k - 1), parent = new Map<number, number>();
        found.cluster.forEach((c, i) => {
          assert.ok((parent.get(c) ?? above.cluster[i]) === above.cluster[i]);
          parent.set(c, above.cluster[i]!);
        });
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("cutHeight() is a height that gives the asked number", () => {
  const any = anyDistances({ min: 1, max: 12, kinds: ["any", "unknown"] });
  fc.assert(
    fc.property(any, (distance) => {
      const tree = linkage(distance, { method: "complete" });
      for (let k = fewestClusters(tree); k <= tree.ids.length; ++k) {
        const at = tree.ids.length - k;
        // a line cannot part merges of equal height
        if (at > 0 && tree.height[at - 1] === tree.height[at]) continue;
        const found = cutByHeight(tree, cutHeight(tree, k));
        assert.deepEqual(found, cutByCount(tree, k));
      }
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("cutHeight() lies halfway, and on the last merge where nothing finite is above", () => {
  const tree = linkage(distancesOf([1, 4, 6]), { method: "average" });
  assert.deepEqual([1, 2, 3].map((k) => cutHeight(tree, k)), [5, 3, 0.5]);
  const apart = linkage(distancesOf([1, null, null]), { method: "average" });
  assert.deepEqual([2, 3].map((k) => cutHeight(apart, k)), [1, 0.5]);
  assert.equal(cutHeight(linkage(distancesOf([]), { method: "ward" }), 1), 0);
});

Deno.test("cutByHeight() takes in its height, and strangers only at Infinity", () => {
  const tree = linkage(distancesOf([1, null, null]), { method: "average" });
  assert.deepEqual([0.9, 1, 1e9, Infinity].map((h) => cutByHeight(tree, h).nClusters), [
    3,
    2,
    2,
    1,
  ]);
});

Deno.test("cutByCount() and cutByHeight() refuse impossible cuts", () => {
  const tree = linkage(distancesOf([1, null, null]), { method: "average" });
  for (const k of [0, 1, 4, 2.5, NaN]) {
    assert.throws(() => cutByCount(tree, k), {
      name: "RangeError",
      message: `Cannot cut a tree as nClusters must be in [2, 3]: got ${k}`,
    });
    assert.throws(() => cutHeight(tree, k), RangeError);
  }
  for (const height of [-1, NaN]) {
    assert.throws(() => cutByHeight(tree, height), {
      name: "RangeError",
      message: `Cannot cut a tree as height must be >= 0: got ${height}`,
    });
  }
});
