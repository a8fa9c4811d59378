import assert from "node:assert/strict";
import fc from "fast-check";
import { deepestDrawdown } from "lib/charts/deepest_drawdown.ts";
import golden from "../golden/charts/deepest_drawdown.json" with { type: "json" };

const numbers = (values: readonly (number | null)[]) =>
  Float64Array.from(values, (value) => value ?? NaN);

Deno.test("deepestDrawdown() gives pandas' depths, deepest point and recovery", () => {
  for (const { values, depths, deepest, peak, trough, recovery } of golden.cases) {
    const found = deepestDrawdown(numbers(values));
    assert.deepEqual([found.peak, found.trough, found.recovery], [peak, trough, recovery]);
    assert.ok(Math.abs(found.deepest - deepest) < 1e-12);
    numbers(depths).forEach((depth, i) => {
      const ours = found.depths[i]!;
      assert.ok(Number.isNaN(depth) ? Number.isNaN(ours) : Math.abs(ours - depth) < 1e-12);
    });
  }
});

Deno.test("deepestDrawdown() takes the last of equal highs and the first of equal lows", () => {
  const { deepest, peak, trough, recovery } = deepestDrawdown(
    Float64Array.of(80, 100, 90, 100, 50, 75, 50, NaN, 101),
  );
  assert.deepEqual({ deepest, peak, trough, recovery }, {
    deepest: -0.5,
    peak: 3,
    trough: 4,
    recovery: 8,
  });
});

Deno.test("deepestDrawdown() has no recovery where the high is not reached again, or never left", () => {
  assert.equal(deepestDrawdown(Float64Array.of(100, 0, 0)).recovery, -1);
  assert.equal(deepestDrawdown(Float64Array.of(100, 0, 0)).deepest, -1);
  assert.deepEqual({ ...deepestDrawdown(Float64Array.of(1, 2, 3)), depths: null }, {
    depths: null,
    deepest: 0,
    peak: 0,
    trough: 0,
    recovery: -1,
  });
  // nothing left from the first day on: a value of 0 is no drawdown from a high of 0
  assert.deepEqual([...deepestDrawdown(Float64Array.of(0, 0)).depths], [0, 0]);
});

Deno.test("deepestDrawdown() of no value is unknown", () => {
  for (const values of [new Float64Array(), Float64Array.of(NaN, NaN)]) {
    const found = deepestDrawdown(values);
    assert.ok(Number.isNaN(found.deepest));
    assert.deepEqual([found.peak, found.trough, found.recovery], [-1, -1, -1]);
    assert.ok(found.depths.every(Number.isNaN));
  }
});

Deno.test("deepestDrawdown() of the first values are the first depths of all, and ≤ 0", () => {
  const values = fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.nat(), (all, at) => {
      const n = 1 + at % all.length;
      const { depths, deepest } = deepestDrawdown(Float64Array.from(all));
      assert.deepEqual(
        depths.slice(0, n),
        deepestDrawdown(Float64Array.from(all).slice(0, n)).depths,
      );
      assert.ok(depths.every((depth) => depth <= 0 && depth >= deepest));
    }),
    { seed: 7 },
  );
});
