import assert from "node:assert/strict";
import fc from "fast-check";
import { pairAt, type PairMatrix } from "lib/core/pair_matrix.ts";
import { cutByCount, fewestClusters } from "lib/cluster/cut.ts";
import { linkage, type LinkageMethod } from "lib/cluster/linkage.ts";
import { type Partition, partition } from "lib/cluster/partition.ts";
import {
  clusterSilhouettes,
  meanSilhouette,
  silhouetteByCount,
  silhouettes,
} from "lib/cluster/silhouette.ts";
import golden from "../golden/cluster/trees.json" with { type: "json" };
import { anyDistances, distancesOf } from "./made_distances.ts";

function assertClose(found: number, want: number, tolerance = 1e-12): void {
  const isFine = Number.isNaN(want) ? Number.isNaN(found) : Math.abs(found - want) < tolerance;
  assert.ok(isFine, `got ${found}, want ${want}`);
}

/** The definition over known pairs, pair by pair. */
function byDefinition(distance: PairMatrix, { cluster, nClusters }: Partition): number[] {
  return Array.from(cluster, (own, i) => {
    const meanTo = (c: number) => {
      const known = Array.from(cluster, (_, j) => j)
        .filter((j) => j !== i && cluster[j] === c)
        .map((j) => pairAt(distance, i, j)).filter((d) => !Number.isNaN(d));
      return known.reduce((sum, d) => sum + d, 0) / known.length;
    };
    if (own < 0 || nClusters < 2) return NaN;
    if (cluster.filter((c) => c === own).length === 1) return 0;
    const a = meanTo(own);
    const others = Array.from({ length: nClusters }, (_, c) => c).filter((c) => c !== own)
      .map(meanTo).filter((b) => !Number.isNaN(b));
    if (others.length === 0) return NaN;
    const b = Math.min(...others);
    return a === b ? 0 : (b - a) / Math.max(a, b);
  });
}

for (const { n, distances, cuts } of golden.cases) {
  Deno.test(`silhouettes() and meanSilhouette() give scikit-learn's for ${n} items`, () => {
    const distance = distancesOf(distances);
    for (const { labels, silhouette, samples } of cuts) {
      const groups = partition(distance.ids, labels);
      assertClose(meanSilhouette(distance, groups), silhouette);
      const found = silhouettes(distance, groups);
      samples?.forEach((s, i) => assertClose(found[i]!, s));
    }
  });

  Deno.test(`silhouetteByCount() gives in one pass what each cut gives, for ${n} items`, () => {
    const distance = distancesOf(distances);
    for (const method of ["ward", "average", "single"] as LinkageMethod[]) {
      const tree = linkage(distance, { method });
      const { nClusters, silhouette } = silhouetteByCount(distance, tree, {
        min: 1,
        max: Math.min(n, 40),
      });
      assert.equal(nClusters.length, Math.min(n, 40));
      nClusters.forEach((k, at) => {
        assert.equal(k, at + 1);
        assertClose(silhouette[at]!, meanSilhouette(distance, cutByCount(tree, k)));
      });
    }
  });
}

Deno.test("meanSilhouette() of the Ward fixture", () => {
  const distance = distancesOf(golden.fixture.distances);
  const groups = cutByCount(linkage(distance, { method: "ward" }), 3);
  // golden: scikit-learn 1.9.1 silhouette_score
  assertClose(meanSilhouette(distance, groups), 0.698681, 5e-7);
});

Deno.test("silhouettes() follows its definition over known pairs", () => {
  const any = anyDistances({ min: 1, max: 10, kinds: ["any", "tied", "unknown"] });
  fc.assert(
    fc.property(any, fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 10 }), (d, labels) => {
      const groups = partition(d.ids, labels.slice(0, d.ids.length));
      const want = byDefinition(d, groups);
      silhouettes(d, groups).forEach((s, i) => assertClose(s, want[i]!));
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("silhouetteByCount() equals each cut's with unknown pairs, too", () => {
  const any = anyDistances({ min: 2, max: 14, kinds: ["any", "any", "unknown"] });
  fc.assert(
    fc.property(any, (distance) => {
      const tree = linkage(distance, { method: "average" });
      const min = fewestClusters(tree), max = distance.ids.length;
      const { nClusters, silhouette } = silhouetteByCount(distance, tree, { min, max });
      nClusters.forEach((k, at) =>
        assertClose(silhouette[at]!, meanSilhouette(distance, cutByCount(tree, k)))
      );
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("silhouettes() by hand: one alone, one of no cluster", () => {
  const distance = distancesOf([1, 3, 4, 9, 3, 4, 9, 1, 9, 9]);
  const groups = partition(distance.ids, [0, 0, 1, 2, -1]);
  // item 0: a = 1, b = 3; items 2 and 3 are alone
  assert.deepEqual(Array.from(silhouettes(distance, groups)), [2 / 3, 2 / 3, 0, 0, NaN]);
  assert.deepEqual(Array.from(clusterSilhouettes(distance, groups)), [2 / 3, 0, 0]);
  assert.equal(meanSilhouette(distance, groups), (2 / 3 + 2 / 3) / 4);
});

Deno.test("clusterSilhouettes() weighted by size give the mean", () => {
  const distance = distancesOf(golden.cases[1]!.distances);
  const groups = cutByCount(linkage(distance, { method: "average" }), 6);
  const sizes = new Float64Array(6);
  groups.cluster.forEach((c) => sizes[c]! += 1);
  const sum = clusterSilhouettes(distance, groups).reduce((s, x, c) => s + x * sizes[c]!, 0);
  assertClose(sum / 30, meanSilhouette(distance, groups));
});

Deno.test("silhouettes() of equal, of unknown and of undivided items", () => {
  const equal = distancesOf([0, 0, 0, 0, 0, 0]), unknown = distancesOf([1, null, null]);
  assert.deepEqual(Array.from(silhouettes(equal, partition(equal.ids, [0, 0, 1, 1]))), [
    0,
    0,
    0,
    0,
  ]);
  assert.deepEqual(Array.from(silhouettes(unknown, partition(unknown.ids, [0, 0, 1]))), [
    NaN,
    NaN,
    0,
  ]);
  assert.ok(Number.isNaN(meanSilhouette(equal, partition(equal.ids, [0, 0, 0, 0]))));
  assert.ok(Number.isNaN(meanSilhouette(distancesOf([]), partition(["0"], [0]))));
});

Deno.test("silhouettes() and silhouetteByCount() refuse what does not fit", () => {
  const distance = distancesOf([1, 2, 3]);
  const tree = linkage(distance, { method: "ward" });
  assert.throws(() => silhouettes(distance, partition(["0"], [0])), {
    name: "RangeError",
    message: "Cannot judge clusters as there must be a distance for each of 1 items: got 3",
  });
  assert.throws(() => silhouetteByCount(distance, tree, { min: 2, max: 4 }), {
    name: "RangeError",
    message: "Cannot cut a tree as nClusters must be in [1, 3]: got 4",
  });
  assert.throws(() => silhouetteByCount(distance, tree, { min: 0, max: 2 }), {
    name: "RangeError",
    message: "Cannot cut a tree as nClusters must be in [1, 3]: got 0",
  });
  assert.throws(() => silhouetteByCount(distance, tree, { min: 3, max: 2 }), {
    name: "RangeError",
    message: "Cannot cut a tree as min must be <= max: got 3 > 2",
  });
});
