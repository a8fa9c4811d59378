import assert from "node:assert/strict";
import fc from "fast-check";
import { normalCdf, normalQuantile } from "lib/core/normal.ts";
// golden: scipy.stats.norm, made by tests/golden/universe/price_nulls.py
import golden from "../golden/universe/price_nulls.json" with { type: "json" };

Deno.test("normalCdf() matches scipy's norm.cdf", () => {
  for (const [z, p] of golden.normal.cdf as [number, number][]) {
    assert.ok(Math.abs(normalCdf(z) - p) < 1e-15, `z = ${z}`);
    assert.ok(Math.abs(normalCdf(z) - p) <= 1e-8 * p, `z = ${z}, relative`);
  }
});

Deno.test("normalQuantile() matches scipy's norm.ppf", () => {
  for (const [p, z] of golden.normal.quantile as [number, number][]) {
    assert.ok(Math.abs(normalQuantile(p) - z) <= 1e-14 * Math.max(1, Math.abs(z)), `p = ${p}`);
  }
});

Deno.test("normalQuantile() gives the infinities at 0 and 1, NaN beyond them", () => {
  assert.equal(normalQuantile(0), -Infinity);
  assert.equal(normalQuantile(1), Infinity);
  assert.ok(Number.isNaN(normalQuantile(-0.1)) && Number.isNaN(normalQuantile(1.1)));
  assert.ok(Number.isNaN(normalQuantile(NaN)) && Number.isNaN(normalCdf(NaN)));
  assert.deepEqual([normalCdf(-Infinity), normalCdf(Infinity)], [0, 1]);
});

Deno.test("normalCdf() is symmetric and undoes normalQuantile()", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-10, max: 1 - 1e-10, noNaN: true }), (p) => {
      const z = normalQuantile(p);
      assert.ok(Math.abs(normalCdf(z) - p) < 1e-12);
      assert.ok(Math.abs(normalCdf(z) + normalCdf(-z) - 1) < 1e-15);
    }),
    { seed: 7 },
  );
});
