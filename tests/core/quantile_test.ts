import assert from "node:assert/strict";
import { medianSorted } from "lib/core/quantile.ts";

Deno.test("medianSorted() is the middle value, or the mean of the middle two", () => {
  // golden: Python's statistics.median gives 0.25 and 3 for these
  assert.equal(medianSorted([-1, 0.1, 0.4, 9]), 0.25);
  assert.equal(medianSorted([1, 3, 100]), 3);
  assert.equal(medianSorted([5]), 5);
});

Deno.test("medianSorted() of nothing has no answer and no argument is changed", () => {
  assert.ok(Number.isNaN(medianSorted([])));
  const frozen = Object.freeze([1, 2, 3]);
  assert.equal(medianSorted(frozen), 2);
});
