import assert from "node:assert/strict";
import { meanVariance } from "lib/cluster/point_variance.ts";

Deno.test("meanVariance() averages numpy's variances of the columns", () => {
  // golden: numpy.var([[1, 0], [2, 4], [6, 8]], axis=0).mean() = 7.666666666666666
  assert.ok(Math.abs(meanVariance(Float64Array.of(1, 0, 2, 4, 6, 8), 2) - 23 / 3) < 1e-12);
  assert.equal(meanVariance(Float64Array.of(3, 3), 1), 0);
});
