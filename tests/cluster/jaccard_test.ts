import assert from "node:assert/strict";
import fc from "fast-check";
import { jaccardOf } from "lib/cluster/jaccard.ts";
import { partition } from "lib/cluster/partition.ts";

const ids = [..."abcdef"];

Deno.test("jaccardOf() is the best overlap of each cluster", () => {
  const base = partition(ids, [0, 0, 0, 1, 1, 2]);
  const other = partition(ids, [0, 0, 1, 1, 1, -1]);
  // abc against ab: 2 of 3; de against cde: 2 of 3; f is nowhere
  assert.deepEqual([...jaccardOf(base, other)], [2 / 3, 2 / 3, 0]);
});

Deno.test("jaccardOf() leaves items that were not there out of both sides", () => {
  const base = partition(ids, [0, 0, 0, 1, 1, 2]);
  const other = partition(ids, [0, 0, -1, 1, 1, -1]);
  assert.deepEqual([...jaccardOf(base, other, { present: [1, 1, 0, 1, 1, 0] })], [1, 1, NaN]);
});

Deno.test("jaccardOf() of a partition with itself is 1 for every cluster", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 25 }), (labels) => {
      const one = partition(labels.map((_, i) => `${i}`), labels);
      assert.ok(jaccardOf(one, one).every((value) => value === 1));
    }),
    { seed: 7 },
  );
});
