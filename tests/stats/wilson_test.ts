import assert from "node:assert/strict";
import fc from "fast-check";
import { wilsonInterval } from "lib/stats/wilson.ts";
// golden: statsmodels, made by tests/golden/stats/wilson.py
import golden from "../golden/stats/wilson.json" with { type: "json" };

Deno.test("wilsonInterval() gives statsmodels' interval", () => {
  for (const { nRight, nItems, level, low, high } of golden) {
    const found = wilsonInterval(nRight, nItems, { level });
    assert.ok(Math.abs(found.low - low) < 1e-14, `${nRight}/${nItems}: ${found.low} ${low}`);
    assert.ok(Math.abs(found.high - high) < 1e-14, `${nRight}/${nItems}: ${found.high} ${high}`);
  }
});

Deno.test("wilsonInterval() gives the values of the methods paper", () => {
  const known = [
    [45, 50, "0.7864", "0.9565"],
    [96, 100, "0.9016", "0.9843"],
    [95, 100, "0.8882", "0.9785"],
    [189, 200, "0.9042", "0.9690"],
  ] as const;
  for (const [nRight, nItems, low, high] of known) {
    const found = wilsonInterval(nRight, nItems);
    assert.deepEqual([found.low.toFixed(4), found.high.toFixed(4)], [low, high]);
  }
});

Deno.test("wilsonInterval() holds the share, mirrors wrong and right, and narrows with items", () => {
  const counted = fc.integer({ min: 1, max: 500 }).chain((n) =>
    fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))
  );
  fc.assert(
    fc.property(counted, ([nRight, n]) => {
      const { low, high } = wilsonInterval(nRight, n);
      assert.ok(0 <= low && low <= nRight / n && nRight / n <= high && high <= 1);
      const mirror = wilsonInterval(n - nRight, n);
      assert.ok(Math.abs(mirror.low - (1 - high)) < 1e-12);
      const more = wilsonInterval(4 * nRight, 4 * n);
      assert.ok(more.high - more.low < high - low);
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("wilsonInterval() of nothing is unknown, and refuses what is no share", () => {
  assert.deepEqual(wilsonInterval(0, 0), { low: NaN, high: NaN });
  for (const [nRight, nItems] of [[-1, 5], [6, 5], [NaN, 5], [1, NaN]] as const) {
    assert.throws(() => wilsonInterval(nRight, nItems), {
      name: "RangeError",
      message:
        `Cannot give an interval for a share as the right items must be in [0, ${nItems}]: got ${nRight}`,
    });
  }
  assert.throws(() => wilsonInterval(1, 2, { level: 1 }), {
    name: "RangeError",
    message: "Cannot give an interval for a share as its level must be between 0 and 1: got 1",
  });
});
