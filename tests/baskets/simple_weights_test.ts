import assert from "node:assert/strict";
import fc from "fast-check";
import {
  equalWeights,
  inverseVolatilityWeights,
  volumeWeights,
} from "lib/baskets/simple_weights.ts";
import { assertNear } from "./made_covariance.ts";

Deno.test("equalWeights() gives each the same share", () => {
  assert.deepEqual([...equalWeights(4)], [0.25, 0.25, 0.25, 0.25]);
  assert.deepEqual([...equalWeights(0)], []);
});

Deno.test("volumeWeights() go by volume, the median standing for what is unknown", () => {
  const { weights, nUnknown, isEqual } = volumeWeights(Float64Array.of(100, NaN, 700, 200));
  assertNear(weights, [100 / 1200, 200 / 1200, 700 / 1200, 200 / 1200], 1e-15);
  assert.deepEqual([nUnknown, isEqual], [1, false]);
});

Deno.test("volumeWeights() are equal and say so where no volume above zero is known", () => {
  for (const volumes of [[NaN, NaN], [0, NaN], [0, 0]]) {
    const { weights, nUnknown, isEqual } = volumeWeights(Float64Array.from(volumes));
    assert.deepEqual([...weights], [0.5, 0.5]);
    assert.equal(isEqual, true);
    assert.equal(nUnknown, volumes.filter(Number.isNaN).length);
  }
  assert.equal(volumeWeights(new Float64Array(0)).isEqual, true);
});

Deno.test("volumeWeights() and inverseVolatilityWeights() add up to 1 and know no unit", () => {
  const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.array(positive, { minLength: 1, maxLength: 30 }), (list) => {
      const values = Float64Array.from(list);
      for (
        const weigh of [
          (x: Float64Array) => volumeWeights(x).weights,
          inverseVolatilityWeights,
        ]
      ) {
        const weights = weigh(values);
        assert.ok(weights.every((w) => w >= 0));
        assert.ok(Math.abs(weights.reduce((sum, w) => sum + w, 0) - 1) < 1e-14);
        assertNear(weigh(values.map((x) => 7 * x)), [...weights], 1e-14);
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("inverseVolatilityWeights() give the calm contract more", () => {
  assertNear(inverseVolatilityWeights(Float64Array.of(0.02, 0.04, 0.08)), [
    4 / 7,
    2 / 7,
    1 / 7,
  ], 1e-15);
});

Deno.test("volumeWeights() and inverseVolatilityWeights() refuse impossible values", () => {
  assert.throws(() => volumeWeights(Float64Array.of(1, -2)), {
    name: "RangeError",
    message: "Cannot weight by volume as each must be NaN or in [0, Infinity): got -2",
  });
  assert.throws(() => inverseVolatilityWeights(Float64Array.of(0.1, 0)), {
    name: "RangeError",
    message: "Cannot weight by inverse volatility as each must be above 0 and finite: got 0",
  });
  assert.throws(() => inverseVolatilityWeights(Float64Array.of(NaN)), {
    name: "RangeError",
    message: "Cannot weight by inverse volatility as each must be above 0 and finite: got NaN",
  });
});
