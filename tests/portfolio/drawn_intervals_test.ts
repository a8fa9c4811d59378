import assert from "node:assert/strict";
import { drawnDifference, drawnInterval } from "lib/portfolio/drawn_intervals.ts";

const draws = Float64Array.from({ length: 99 }, (_, i) => i - 10);

Deno.test("drawnInterval() takes the percentiles of the known draws", () => {
  assert.deepEqual(drawnInterval(39, Float64Array.of(...draws, NaN), { level: 0.5 }), {
    ...{ value: 39, low: 14.5, high: 63.5 },
  });
  assert.deepEqual(drawnInterval(NaN, draws), { value: NaN, low: NaN, high: NaN });
  assert.ok(Number.isNaN(drawnInterval(1, new Float64Array(0)).low));
});

Deno.test("drawnDifference() counts the rarer side of zero twice, and one draw more", () => {
  // eleven of 99 are at or below zero
  assert.equal(drawnDifference(39, draws).pValue, 2 * 12 / 100);
  assert.equal(drawnDifference(-39, draws.map((x) => -x)).pValue, 2 * 12 / 100);
  assert.equal(drawnDifference(50, draws.map((x) => x + 50)).pValue, 2 / 100);
});

Deno.test("drawnDifference() of what does not differ has p = 1, of the unknown none", () => {
  assert.equal(drawnDifference(0, new Float64Array(50)).pValue, 1);
  assert.equal(drawnDifference(1e-17, new Float64Array(50).fill(1e-17)).pValue, 1);
  assert.ok(Number.isNaN(drawnDifference(NaN, draws).pValue));
  assert.ok(Number.isNaN(drawnDifference(1, new Float64Array(3).fill(NaN)).pValue));
});
