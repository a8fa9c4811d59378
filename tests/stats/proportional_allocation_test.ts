import assert from "node:assert/strict";
import fc from "fast-check";
import { proportionalAllocation } from "lib/stats/proportional_allocation.ts";

const groups = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 18 });

Deno.test("proportionalAllocation() shares by largest remainder", () => {
  // Hamilton's method by hand: shares 4.5, 3.5, 2 leave one seat, which the larger of equals gets
  assert.deepEqual(proportionalAllocation([450, 350, 200], 10), [5, 3, 2]);
  assert.deepEqual(proportionalAllocation([3, 5], 4), [1, 3]);
  assert.deepEqual(proportionalAllocation([5, 5, 5], 4), [2, 1, 1]);
  assert.deepEqual(proportionalAllocation([10, 20, 30], 6), [1, 2, 3]);
});

Deno.test("proportionalAllocation() gives the smallest one, and takes it from the others", () => {
  assert.deepEqual(proportionalAllocation([98, 1, 1], 50), [48, 1, 1]);
  // lifting the third brings the second below one
  assert.deepEqual(proportionalAllocation([89, 10, 1], 10), [8, 1, 1]);
  assert.deepEqual(proportionalAllocation([9, 1], 20), [9, 1]);
  assert.deepEqual(proportionalAllocation([], 0), []);
});

Deno.test("proportionalAllocation() gives all, at least one, at most what there is, in order of size", () => {
  fc.assert(
    fc.property(groups, fc.integer({ min: 18, max: 300 }), (sizes, total) => {
      const counts = proportionalAllocation(sizes, total);
      const nItems = sizes.reduce((sum, size) => sum + size, 0);
      assert.equal(counts.reduce((sum, count) => sum + count, 0), Math.min(total, nItems));
      counts.forEach((count, g) => assert.ok(count >= 1 && count <= sizes[g]!, `${counts}`));
      sizes.forEach((size, g) =>
        sizes.forEach((other, h) => assert.ok(size <= other || counts[g]! >= counts[h]!))
      );
      // who is above one is within one of its share of what the others leave
      const left = total - counts.filter((count) => count === 1).length;
      const rest = sizes.filter((_, g) => counts[g]! > 1).reduce((sum, size) => sum + size, 0);
      if (total >= nItems) return;
      counts.forEach((count, g) => {
        if (count > 1) assert.ok(Math.abs(count - sizes[g]! * left / rest) < 2);
      });
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("proportionalAllocation() refuses too small a sample and what is no size", () => {
  assert.throws(() => proportionalAllocation([3, 3], 1), {
    name: "RangeError",
    message: "Cannot share a sample as each of 2 groups must get one: got 1 to share",
  });
  assert.throws(() => proportionalAllocation([3, 0], 5), {
    name: "RangeError",
    message: "Cannot share a sample as each group must have a whole number of items >= 1: got 0",
  });
});
