import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "lib/core/random.ts";
import { minimumVarianceWeights } from "lib/baskets/minimum_variance.ts";
import { largestBudget } from "lib/baskets/weight_caps.ts";
// golden: scipy and numpy, made by tests/golden/baskets/weights.py
import golden from "../golden/baskets/weights.json" with { type: "json" };
import {
  assertNear,
  cappedBaskets,
  goldenCaps,
  madeCovariance,
  noCaps,
  randomWeights,
  reordered,
  varianceOf,
} from "./made_covariance.ts";

for (const one of golden.cases) {
  Deno.test(`minimumVarianceWeights() gives numpy's weights of ${one.n} contracts`, () => {
    const covariance = Float64Array.from(one.covariance), before = covariance.slice();
    assertNear(minimumVarianceWeights(covariance, noCaps(one.n)), one.minimumVariance, 1e-9);
    const caps = goldenCaps(one);
    const { budget } = one;
    assertNear(
      minimumVarianceWeights(covariance, caps, { budget }),
      one.minimumVarianceCapped,
      1e-9,
    );
    assert.ok(Math.abs(largestBudget(caps) - budget) < 1e-12);
    assert.deepEqual(covariance, before);
  });
}

Deno.test("minimumVarianceWeights() of two independent contracts go by one over variance", () => {
  const weights = minimumVarianceWeights(Float64Array.of(0.01, 0, 0, 0.04), noCaps(2));
  assertNear(weights, [0.8, 0.2], 1e-15);
  const capped = { upper: Float64Array.of(0.5, 0.4), groups: [] };
  assert.deepEqual(
    [...minimumVarianceWeights(Float64Array.of(0.01, 0, 0, 0.04), capped)],
    [0.5, 0.4],
  );
});

Deno.test("minimumVarianceWeights() keep every limit and use the whole budget", () => {
  fc.assert(
    fc.property(cappedBaskets, ({ covariance, caps }) => {
      const weights = minimumVarianceWeights(covariance, caps);
      weights.forEach((w, i) => assert.ok(w >= 0 && w <= caps.upper[i]!));
      for (const { members, cap } of caps.groups) {
        assert.ok(members.reduce((sum, i) => sum + weights[i]!, 0) <= cap + 1e-12);
      }
      const sum = weights.reduce((total, w) => total + w, 0);
      assert.ok(Math.abs(sum - largestBudget(caps)) <= 1e-12);
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("minimumVarianceWeights() are no worse than 1,000 random baskets within the limits", () => {
  const random = randomStream(3, "rivals");
  for (const seed of [1, 2, 3, 4]) {
    const covariance = madeCovariance(12, seed, 0.2);
    const caps = {
      upper: new Float64Array(12).fill(0.2),
      groups: [{ name: "venue", members: Int32Array.of(0, 1, 2, 3, 4), cap: 0.4 }],
    };
    const least = varianceOf(minimumVarianceWeights(covariance, caps), covariance);
    for (let draw = 0; draw < 1000; ++draw) {
      const rival = randomWeights(caps, 1, random);
      assert.ok(Math.abs(rival.reduce((sum, w) => sum + w, 0) - 1) < 1e-12);
      assert.ok(least <= varianceOf(rival, covariance) * (1 + 1e-12));
    }
  }
});

Deno.test("minimumVarianceWeights() follow the contracts and not the unit", () => {
  const n = 10, covariance = madeCovariance(n, 9), caps = noCaps(n);
  caps.upper.fill(0.3);
  const straight = minimumVarianceWeights(covariance, caps);
  const order = [3, 1, 9, 0, 7, 5, 2, 8, 4, 6];
  const turned = minimumVarianceWeights(reordered(covariance, order), caps);
  assertNear(turned, order.map((i) => straight[i]!), 1e-10);
  for (const scale of [1e-4, 365]) {
    assertNear(
      minimumVarianceWeights(covariance.map((c) => scale * c), caps),
      [...straight],
      1e-10,
    );
  }
});

Deno.test("minimumVarianceWeights() spread evenly over contracts that are all alike", () => {
  for (const n of [1, 2, 7, 30]) {
    const alike = Float64Array.from(
      { length: n * n },
      (_, at) => Math.floor(at / n) === at % n ? 0.01 : 0.01 * (1 - 1e-8),
    );
    assertNear(minimumVarianceWeights(alike, noCaps(n)), new Array(n).fill(1 / n), 1e-7);
  }
  assert.deepEqual([...minimumVarianceWeights(new Float64Array(0), noCaps(0))], []);
});

Deno.test("minimumVarianceWeights() refuse a budget beyond the limits and a broken covariance", () => {
  const caps = { upper: Float64Array.of(0.2, 0.2), groups: [] };
  const two = Float64Array.of(1, 0, 0, 1);
  assert.throws(() => minimumVarianceWeights(two, caps, { budget: 0.5 }), {
    name: "RangeError",
    message: "Cannot limit weights as the budget must be above 0 and at most 0.4: got 0.5",
  });
  assert.throws(() => minimumVarianceWeights(two, noCaps(3)), {
    name: "RangeError",
    message: "Cannot limit weights as each contract must have a limit: got 3 for 2",
  });
  assert.throws(() => minimumVarianceWeights(Float64Array.of(1, 0, 1), noCaps(2)), {
    name: "RangeError",
    message: "Cannot minimise variance as the covariance must be square: got 3 numbers",
  });
  assert.throws(() => minimumVarianceWeights(Float64Array.of(1, 0, 0, 0), noCaps(2)), {
    name: "RangeError",
    message: "Cannot minimise variance as every volatility must be above 0 and finite: got 0",
  });
  assert.throws(() => minimumVarianceWeights(Float64Array.of(1, NaN, NaN, 1), noCaps(2)), {
    name: "RangeError",
    message: "Cannot minimise variance as every covariance must be finite: got NaN",
  });
  assert.throws(() => minimumVarianceWeights(Float64Array.of(1, 2, 2, 1), noCaps(2)), {
    name: "RangeError",
    message:
      "Cannot solve the quadratic program as its matrix must be positive definite: got one that is not",
  });
});
