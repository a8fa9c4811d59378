import assert from "node:assert/strict";
import { nullPercentile, nullQuantiles } from "lib/core/null_percentile.ts";

Deno.test("nullPercentile() is the share of draws below, ties half, unmeasured draws left out", () => {
  assert.equal(nullPercentile(3, [1, 2, 3, 4]), 0.625);
  assert.equal(nullPercentile(9, [1, NaN, 3]), 1);
  assert.equal(nullPercentile(0, [1, 2]), 0);
  assert.ok(Number.isNaN(nullPercentile(NaN, [1])) && Number.isNaN(nullPercentile(1, [NaN])));
});

Deno.test("nullQuantiles() gives numpy's linear quantiles", () => {
  // golden: numpy.quantile([7, 1, 3, 12], [.05, .5, .95]) = [1.3, 5.0, 11.25]
  const found = nullQuantiles([7, 1, NaN, 3, 12], [0.05, 0.5, 0.95]);
  [1.3, 5, 11.25].forEach((want, i) => assert.ok(Math.abs(found[i]! - want) < 1e-12));
  assert.ok(nullQuantiles([], [0.5]).every(Number.isNaN));
});
