import assert from "node:assert/strict";
import fc from "fast-check";
import { dbscan, suggestedRadius } from "lib/cluster/dbscan.ts";
import { partition } from "lib/cluster/partition.ts";
import { type PairMatrix, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import golden from "../golden/cluster/density.json" with { type: "json" };

function onLine(places: readonly number[]): PairMatrix {
  const values = places.flatMap((x, i) => places.slice(i + 1).map((y) => Math.abs(x - y)));
  return pairMatrix(places.map(String), Float64Array.from(values));
}

for (const { name, n, distance, dbscan: cases } of golden) {
  Deno.test(`dbscan() gives scikit-learn's labels and core items, ${name}`, () => {
    // golden: tests/golden/cluster/density.py
    const ids = Array.from({ length: n }, (_, i) => String(i));
    const given = pairMatrix(ids, Float64Array.from(distance));
    for (const { radius, minPoints, labels, core } of cases) {
      const found = dbscan(given, { radius, minPoints });
      assert.deepEqual(found.cluster, partition(ids, labels).cluster);
      assert.deepEqual([...found.isCore.keys()].filter((i) => found.isCore[i] === 1), core);
    }
  });
}

Deno.test("dbscan() gives a border item to the cluster that is found first", () => {
  // 3 is within 1 of the core items 4 and 2, and with two neighbours it is none itself
  const places = [3, 4, 4.5, 5, 2, 1.5, 1];
  const found = dbscan(onLine(places), { radius: 1, minPoints: 4 });
  assert.deepEqual([...found.isCore], [0, 1, 0, 0, 1, 0, 0]);
  assert.deepEqual([...found.cluster], [0, 0, 0, 0, 1, 1, 1]);
  const turned = dbscan(onLine(places.toReversed()), { radius: 1, minPoints: 4 });
  assert.deepEqual([...turned.cluster], [0, 0, 0, 1, 1, 1, 0]);
});

Deno.test("dbscan() counts the item itself and a distance equal to the radius", () => {
  assert.deepEqual([...dbscan(onLine([0, 1]), { radius: 1, minPoints: 2 }).cluster], [0, 0]);
  assert.deepEqual([...dbscan(onLine([0, 1]), { radius: 1, minPoints: 3 }).cluster], [-1, -1]);
  assert.deepEqual([...dbscan(onLine([0, 9]), { radius: 1, minPoints: 1 }).cluster], [0, 1]);
});

Deno.test("dbscan() takes an unknown pair for no neighbours", () => {
  const given = pairMatrix(["a", "b", "c"], Float64Array.of(NaN, NaN, 0.5));
  assert.deepEqual([...dbscan(given, { radius: 1, minPoints: 2 }).cluster], [-1, 0, 0]);
});

Deno.test("dbscan() joins core items within the radius and leaves no noise near one", () => {
  const places = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 });
  fc.assert(
    fc.property(
      places,
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
      (at, radius, minPoints) => {
        const given = onLine(at);
        const { cluster, isCore } = dbscan(given, { radius, minPoints });
        at.forEach((x, i) => {
          const near = at.flatMap((y, j) => Math.abs(x - y) <= radius ? [j] : []);
          assert.equal(isCore[i] === 1, near.length >= minPoints);
          const cores = near.filter((j) => isCore[j] === 1);
          if (isCore[i] === 1) cores.forEach((j) => assert.equal(cluster[j], cluster[i]));
          if (cores.length === 0) assert.equal(cluster[i], -1);
          else assert.ok(cores.some((j) => cluster[j] === cluster[i]));
        });
        const reversed = Array.from(at.keys()).reverse();
        const again = dbscan(selectPairs(given, reversed), { radius, minPoints });
        assert.deepEqual([...again.isCore], [...isCore].reverse());
        assert.equal(again.nClusters, dbscan(given, { radius, minPoints }).nClusters);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("suggestedRadius() is the knee between dense items and noise", () => {
  // six items 1 apart and two far ones: core distances 1, 1, 1, 1, 1, 1, 20, 40
  const given = onLine([0, 1, 2, 3, 4, 5, 25, 65]);
  assert.equal(suggestedRadius(given, { minPoints: 2 }), 1);
  const { cluster } = dbscan(given, { radius: 1, minPoints: 2 });
  assert.deepEqual([...cluster], [0, 0, 0, 0, 0, 0, -1, -1]);
});

Deno.test("suggestedRadius() takes few items, equal ones and items without known pairs", () => {
  assert.equal(suggestedRadius(onLine([]), { minPoints: 2 }), 0);
  assert.equal(suggestedRadius(onLine([3]), { minPoints: 2 }), 0);
  assert.equal(suggestedRadius(onLine([3, 5]), { minPoints: 2 }), 2);
  assert.equal(suggestedRadius(onLine([3, 5]), { minPoints: 3 }), 0);
  assert.equal(suggestedRadius(onLine([4, 4, 4]), { minPoints: 2 }), 0);
  assert.equal(suggestedRadius(pairMatrix(["a", "b", "c"]), { minPoints: 2 }), 0);
});

Deno.test("dbscan() takes no item, one item, identical items and unknown pairs", () => {
  assert.equal(dbscan(onLine([]), { radius: 1, minPoints: 2 }).nClusters, 0);
  assert.deepEqual([...dbscan(onLine([1]), { radius: 1, minPoints: 2 }).cluster], [-1]);
  assert.deepEqual([...dbscan(onLine([1, 1, 1]), { radius: 0, minPoints: 3 }).cluster], [0, 0, 0]);
  const unknown = dbscan(pairMatrix(["a", "b", "c"]), { radius: 1, minPoints: 2 });
  assert.deepEqual([...unknown.cluster], [-1, -1, -1]);
});

Deno.test("dbscan() refuses a bad radius, count or distance", () => {
  const refused = (work: () => unknown, message: string) =>
    assert.throws(work, { name: "RangeError", message });
  const given = onLine([1, 2]);
  refused(
    () => dbscan(given, { radius: NaN, minPoints: 2 }),
    "Cannot run DBSCAN as radius must be finite and >= 0: got NaN",
  );
  refused(
    () => dbscan(given, { radius: 1, minPoints: 0 }),
    "Cannot measure density as minPoints must be a whole number >= 1: got 0",
  );
  refused(
    () => suggestedRadius(given, { minPoints: 1.5 }),
    "Cannot measure density as minPoints must be a whole number >= 1: got 1.5",
  );
  refused(
    () => dbscan(pairMatrix(["a", "b"], Float64Array.of(-1)), { radius: 1, minPoints: 2 }),
    "Cannot cluster as every distance must be finite and >= 0, or NaN if unknown: got -1",
  );
});
