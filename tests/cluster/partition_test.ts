import assert from "node:assert/strict";
import fc from "fast-check";
import { members, partition } from "lib/cluster/partition.ts";

Deno.test("partition() numbers clusters by falling size, equal ones by their first item", () => {
  const found = partition(["a", "b", "c", "d", "e", "f", "g"], [9, 4, 4, 7, 9, 4, -3]);
  assert.deepEqual([...found.cluster], [1, 0, 0, 2, 1, 0, -1]);
  assert.equal(found.nClusters, 3);
  assert.deepEqual(members(found), [[1, 2, 5], [0, 4], [3]]);
});

Deno.test("partition() gives equal groupings equal numbers, whatever their labels were", () => {
  const labels = fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 30 });
  fc.assert(
    fc.property(labels, fc.integer({ min: 1, max: 1000 }), (given, shift) => {
      const ids = given.map((_, i) => `${i}`);
      const renamed = given.map((label) => label < 0 ? label : (shift - label) ** 2 + label * 1e6);
      assert.deepEqual(partition(ids, renamed), partition(ids, given));
    }),
    { seed: 7 },
  );
});

Deno.test("partition() refuses labels that are not one an item", () => {
  assert.throws(() => partition(["a"], []), {
    name: "RangeError",
    message: "Cannot make a partition as each item must have one label: got 0 for 1",
  });
});
