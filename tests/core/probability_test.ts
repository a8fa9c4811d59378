import assert from "node:assert/strict";
import fc from "fast-check";
import { isProbability, logit, probability } from "lib/core/probability.ts";

Deno.test("probability() accepts the closed unit interval and nothing else", () => {
  for (const x of [0, 0.0005, 1]) assert.equal(probability(x), x);
  for (const x of [-1e-12, 1.0000001, NaN, Infinity, 50]) {
    assert.equal(isProbability(x), false);
    assert.throws(() => probability(x), {
      name: "RangeError",
      message: `Cannot read a probability as it must be in [0, 1]: got ${x}`,
    });
  }
});

Deno.test("logit() is odd around one half, rises with p and stays finite", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
      const x = logit(p, 0.01);
      assert.ok(Math.abs(x + logit(1 - p, 0.01)) < 1e-12);
      assert.ok(Math.abs(x) <= Math.log(99) + 1e-12);
      assert.ok(logit(Math.min(p + 0.01, 1), 0.01) >= x);
    }),
    { seed: 7 },
  );
});

Deno.test("logit() of three quarters is the logarithm of three", () => {
  assert.ok(Math.abs(logit(0.75, 0.01) - Math.log(3)) < 1e-15);
});
