import assert from "node:assert/strict";
import fc from "fast-check";
import { normalCdf, normalQuantile } from "lib/sources/simulated/normal.ts";

const golden: { cdf: [number, number][]; quantile: [number, number][] } = JSON.parse(
  Deno.readTextFileSync(new URL("../../golden/simulated/normal.json", import.meta.url)),
);

Deno.test("normalCdf() matches scipy", () => {
  // golden: tests/golden/simulated/normal.py
  for (const [x, expected] of golden.cdf) {
    assert.ok(Math.abs(normalCdf(x) - expected) < 1e-15, `${x}: ${normalCdf(x)}, ${expected}`);
  }
});

Deno.test("normalQuantile() matches scipy", () => {
  for (const [p, expected] of golden.quantile) {
    const error = Math.abs(normalQuantile(p) - expected);
    assert.ok(error <= 1e-12 * Math.max(1, Math.abs(expected)), `${p}: ${normalQuantile(p)}`);
  }
});

Deno.test("normalQuantile() inverts normalCdf() and is odd about a half", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (p) => {
      assert.ok(Math.abs(normalCdf(normalQuantile(p)) / p - 1) < 1e-11);
    }),
    { seed: 7 },
  );
  assert.equal(normalQuantile(0), -Infinity);
  assert.equal(normalQuantile(1), Infinity);
  assert.ok(Number.isNaN(normalQuantile(1.1)) && Number.isNaN(normalCdf(NaN)));
});
