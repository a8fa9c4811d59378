import assert from "node:assert/strict";
import { moments, standsStill } from "lib/backtest/return_moments.ts";

Deno.test("moments() of 1, 2, 3, 4 and 10 can be checked by hand", () => {
  // about the mean 4: −3, −2, −1, 0, 6; squares 50, cubes 180, fourth powers 1,394
  const { n, mean, deviation, skewness, excessKurtosis } = moments([1, 2, 3, 4, 10]);
  assert.deepEqual([n, mean, deviation], [5, 4, Math.sqrt(12.5)]);
  assert.ok(Math.abs(skewness - 36 / 10 ** 1.5) < 1e-15);
  assert.ok(Math.abs(excessKurtosis - (278.8 / 100 - 3)) < 1e-15);
});

Deno.test("moments() have no deviation for one value and no shape for a still series", () => {
  assert.deepEqual(moments([3]), {
    ...{ n: 1, mean: 3, deviation: NaN, skewness: NaN, excessKurtosis: NaN },
  });
  const { deviation, skewness } = moments([0.1, 0.1 + 1e-17, 0.1]);
  assert.deepEqual([deviation, skewness], [0, NaN]);
  assert.ok(Number.isNaN(moments([1, NaN, 2]).deviation));
});

Deno.test("standsStill() lets rounding pass and the least move not", () => {
  assert.ok(standsStill([]) && standsStill([0.3, 0.1 + 0.2]));
  assert.ok(!standsStill([0, 1e-6, 0]) && !standsStill([1, NaN, 1]));
});
