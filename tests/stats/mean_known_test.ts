import assert from "node:assert/strict";
import fc from "fast-check";
import { meanKnown } from "lib/stats/mean_known.ts";

Deno.test("meanKnown() leaves unknown values out of the sum and of the count", () => {
  assert.equal(meanKnown([1, NaN, 2, NaN, 6]), 3);
  assert.equal(meanKnown(Float64Array.of(NaN, -4)), -4);
  assert.equal(meanKnown([Infinity, 1]), Infinity);
});

Deno.test("meanKnown() is NaN where nothing is known", () => {
  for (const values of [[], [NaN], [NaN, NaN]]) assert.ok(Number.isNaN(meanKnown(values)));
});

Deno.test("meanKnown() lies between the least and the largest and minds no unknown value", () => {
  const whole = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(whole, { minLength: 1 }), fc.nat(5), (values, nUnknown) => {
      const mean = meanKnown(values);
      assert.ok(mean >= Math.min(...values) && mean <= Math.max(...values));
      assert.equal(meanKnown([...values, ...new Array(nUnknown).fill(NaN)]), mean);
    }),
    { seed: 7, numRuns: 100 },
  );
});
