import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "lib/core/random.ts";
import { maximumDiversificationWeights } from "lib/baskets/maximum_diversification.ts";
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

function diversification(weights: Float64Array, covariance: Float64Array): number {
  const n = weights.length;
  return weights.reduce((sum, w, i) => sum + w * Math.sqrt(covariance[i * n + i]!), 0) /
    Math.sqrt(varianceOf(weights, covariance));
}

for (const one of golden.cases) {
  Deno.test(`maximumDiversificationWeights() gives numpy's weights of ${one.n} contracts`, () => {
    const covariance = Float64Array.from(one.covariance), { budget } = one;
    assertNear(
      maximumDiversificationWeights(covariance, noCaps(one.n)),
      one.maximumDiversification,
      1e-9,
    );
    assertNear(
      maximumDiversificationWeights(covariance, goldenCaps(one), { budget }),
      one.maximumDiversificationCapped,
      1e-9,
    );
  });
}

Deno.test("maximumDiversificationWeights() of uncorrelated contracts go by one over volatility", () => {
  const weights = maximumDiversificationWeights(Float64Array.of(0.01, 0, 0, 0.04), noCaps(2));
  assertNear(weights, [2 / 3, 1 / 3], 1e-15);
});

Deno.test("maximumDiversificationWeights() are those of minimum variance where all volatilities are equal", () => {
  const n = 9, covariance = madeCovariance(n, 4);
  const even = covariance.map((c, at) =>
    c / Math.sqrt(covariance[Math.floor(at / n) * (n + 1)]! * covariance[at % n * (n + 1)]!)
  );
  const caps = { upper: new Float64Array(n).fill(0.25), groups: [] };
  assertNear(
    maximumDiversificationWeights(even, caps),
    [...minimumVarianceWeights(even, caps)],
    1e-10,
  );
});

Deno.test("maximumDiversificationWeights() keep every limit and use the whole budget", () => {
  fc.assert(
    fc.property(cappedBaskets, ({ covariance, caps }) => {
      const weights = maximumDiversificationWeights(covariance, caps);
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

Deno.test("maximumDiversificationWeights() are no worse than 1,000 random baskets within the limits", () => {
  const random = randomStream(3, "rivals");
  for (const seed of [1, 2, 3, 4]) {
    const covariance = madeCovariance(12, seed, 0.2);
    const caps = {
      upper: new Float64Array(12).fill(0.2),
      groups: [{ name: "venue", members: Int32Array.of(0, 1, 2, 3, 4), cap: 0.4 }],
    };
    const most = diversification(maximumDiversificationWeights(covariance, caps), covariance);
    for (let draw = 0; draw < 1000; ++draw) {
      assert.ok(
        most >= diversification(randomWeights(caps, 1, random), covariance) * (1 - 1e-12),
      );
    }
  }
});

Deno.test("maximumDiversificationWeights() follow the contracts and not the unit", () => {
  const n = 10, covariance = madeCovariance(n, 9), caps = noCaps(n);
  caps.upper.fill(0.3);
  const straight = maximumDiversificationWeights(covariance, caps);
  const order = [3, 1, 9, 0, 7, 5, 2, 8, 4, 6];
  const turned = maximumDiversificationWeights(reordered(covariance, order), caps);
  assertNear(turned, order.map((i) => straight[i]!), 1e-10);
  const scaled = maximumDiversificationWeights(covariance.map((c) => 365 * c), caps);
  assertNear(scaled, [...straight], 1e-10);
});

Deno.test("maximumDiversificationWeights() do not depend on the sum they must have, but for the limits", () => {
  const covariance = madeCovariance(8, 2);
  const whole = maximumDiversificationWeights(covariance, noCaps(8));
  const half = maximumDiversificationWeights(covariance, noCaps(8), { budget: 0.5 });
  assertNear(half, Array.from(whole, (w) => w / 2), 1e-10);
  assert.deepEqual([...maximumDiversificationWeights(covariance, noCaps(8), { budget: 0 })], [
    ...new Float64Array(8),
  ]);
});

Deno.test("maximumDiversificationWeights() refuse a budget beyond the limits", () => {
  const caps = { upper: Float64Array.of(0.2, 0.2), groups: [] };
  assert.throws(
    () => maximumDiversificationWeights(Float64Array.of(1, 0, 0, 1), caps, { budget: 0.5 }),
    {
      name: "RangeError",
      message: "Cannot limit weights as the budget must be above 0 and at most 0.4: got 0.5",
    },
  );
});
