import assert from "node:assert/strict";
import fc from "fast-check";
import { cutByCount } from "lib/cluster/cut.ts";
import { cutSilhouettes } from "lib/cluster/cut_silhouettes.ts";
import { linkage, type LinkageMethod } from "lib/cluster/linkage.ts";
import { clusterSilhouettes, meanSilhouette } from "lib/cluster/silhouette.ts";
import golden from "../golden/cluster/trees.json" with { type: "json" };
import { anyDistances, distancesOf } from "./made_distances.ts";

function assertClose(found: ArrayLike<number>, want: ArrayLike<number>): void {
  assert.equal(found.length, want.length);
  Array.from(found).forEach((x, i) => {
    assert.ok(Math.abs(x - want[i]!) < 1e-12, `at ${i}: got ${x}, want ${want[i]}`);
  });
}

for (const { n, distances, cuts } of golden.cases) {
  Deno.test(`cutSilhouettes() gives scikit-learn's means for ${n} items`, () => {
    const distance = distancesOf(distances);
    for (const { method, k, silhouette } of cuts) {
      const tree = linkage(distance, { method: method as LinkageMethod });
      assertClose([cutSilhouettes(distance, tree, { detailed: 1 }).mean[k - 2]!], [silhouette]);
    }
  });
}

Deno.test("cutSilhouettes() by hand: two pairs and their distances", () => {
  // (0,1) 1 apart, (2,3) 2 apart, 4 between the pairs
  const distance = distancesOf([1, 4, 4, 4, 4, 2]);
  const tree = linkage(distance, { method: "average" });
  const { mean, byCluster } = cutSilhouettes(distance, tree, { detailed: 3 });
  // k = 2: (4 − 1) / 4 and (4 − 2) / 4; k = 3: the pair 0,1, and two alone
  assert.deepEqual([...mean], [5 / 8, 3 / 8]);
  assert.deepEqual(byCluster.map((one) => [...one]), [[3 / 4, 1 / 2], [3 / 4, 0, 0]]);
});

Deno.test("cutSilhouettes() gives in one walk what each cut gives by itself", () => {
  const any = anyDistances({ min: 3, max: 16, kinds: ["any", "tied"] });
  fc.assert(
    fc.property(any, fc.constantFrom<LinkageMethod>("ward", "average", "single"), (d, method) => {
      const tree = linkage(d, { method }), n = d.ids.length, detailed = Math.min(n - 1, 9);
      const { mean, byCluster } = cutSilhouettes(d, tree, { detailed });
      assert.equal(byCluster.length, detailed - 1);
      for (let k = 2; k < n; ++k) {
        const cut = cutByCount(tree, k);
        assertClose([mean[k - 2]!], [meanSilhouette(d, cut)]);
        if (k <= detailed) assertClose(byCluster[k - 2]!, clusterSilhouettes(d, cut));
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("cutSilhouettes() has no cut of fewer than three leaves", () => {
  for (const distance of [distancesOf([]), distancesOf([1])]) {
    const tree = linkage(distance, { method: "ward" });
    assert.deepEqual(cutSilhouettes(distance, tree, { detailed: 60 }), {
      mean: new Float64Array(0),
      byCluster: [],
    });
  }
});

Deno.test("cutSilhouettes() refuses unknown distances and those of other items", () => {
  const tree = linkage(distancesOf([1, 2, 3]), { method: "ward" });
  assert.throws(() => cutSilhouettes(distancesOf([1, null, 3]), tree, { detailed: 2 }), {
    name: "RangeError",
    message: "Cannot judge cuts as every distance must be known: got NaN at pair 1",
  });
  assert.throws(() => cutSilhouettes(distancesOf([1]), tree, { detailed: 2 }), {
    name: "RangeError",
    message: "Cannot judge cuts as there must be a distance for each of 3 items: got 2",
  });
});
