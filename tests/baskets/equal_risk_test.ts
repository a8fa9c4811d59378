import assert from "node:assert/strict";
import fc from "fast-check";
import { equalRiskWeights } from "lib/baskets/equal_risk.ts";
// golden: scipy, made by tests/golden/baskets/weights.py
import golden from "../golden/baskets/weights.json" with { type: "json" };
import { assertNear, madeCovariance, reordered, varianceOf } from "./made_covariance.ts";

/** n times each contract's share of the variance, less 1. */
function unevenness(weights: Float64Array, covariance: Float64Array): number {
  const n = weights.length, variance = varianceOf(weights, covariance);
  return weights.reduce((worst, w, i) => {
    const own = weights.reduce((sum, other, j) => sum + covariance[i * n + j]! * other, 0);
    return Math.max(worst, Math.abs(n * w * own / variance - 1));
  }, 0);
}

for (const one of golden.cases) {
  Deno.test(`equalRiskWeights() gives scipy's weights of ${one.n} contracts`, () => {
    const { weights, converged } = equalRiskWeights(Float64Array.from(one.covariance));
    assert.equal(converged, true);
    assertNear(weights, one.equalRisk, 1e-11);
  });
}

Deno.test("equalRiskWeights() of two contracts go by one over volatility whatever their correlation", () => {
  for (const rho of [-0.9, 0, 0.6]) {
    const { weights } = equalRiskWeights(
      Float64Array.of(0.01, rho * 0.02, rho * 0.02, 0.04),
    );
    assertNear(weights, [2 / 3, 1 / 3], 1e-14);
  }
});

Deno.test("equalRiskWeights() leave no contract out and give each the same risk", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.constantFrom(0.001, 0.1, 0.5, 1),
      (n, seed, ownShare) => {
        const covariance = madeCovariance(n, seed, ownShare);
        const { weights, converged, nSteps } = equalRiskWeights(covariance);
        assert.ok(converged && nSteps <= 100);
        assert.ok(weights.every((w) => w > 0));
        assert.ok(Math.abs(weights.reduce((sum, w) => sum + w, 0) - 1) < 1e-14);
        assert.ok(unevenness(weights, covariance) < 1e-8);
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("equalRiskWeights() stand nearly singular covariances, to 1e-6", () => {
  for (const n of [2, 5, 30]) {
    for (const seed of [1, 2, 3, 4, 5]) {
      const covariance = madeCovariance(n, seed, 1e-8);
      const { weights, converged } = equalRiskWeights(covariance);
      assert.equal(converged, true);
      assert.ok(unevenness(weights, covariance) < 1e-6);
    }
  }
});

Deno.test("equalRiskWeights() follow the contracts and not the unit", () => {
  const n = 10, covariance = madeCovariance(n, 9);
  const { weights } = equalRiskWeights(covariance);
  const order = [3, 1, 9, 0, 7, 5, 2, 8, 4, 6];
  const turned = equalRiskWeights(reordered(covariance, order)).weights;
  assertNear(turned, order.map((i) => weights[i]!), 1e-13);
  assertNear(equalRiskWeights(covariance.map((c) => 1e-6 * c)).weights, [...weights], 1e-13);
});

Deno.test("equalRiskWeights() say when the steps run out", () => {
  const covariance = madeCovariance(20, 3, 0.001);
  const { weights, converged, nSteps } = equalRiskWeights(covariance, { maxSteps: 1 });
  assert.deepEqual([converged, nSteps, weights.every((w) => w > 0)], [false, 1, true]);
  assert.deepEqual(equalRiskWeights(new Float64Array(0)), {
    weights: new Float64Array(0),
    converged: true,
    nSteps: 0,
  });
});

Deno.test("equalRiskWeights() refuse what is no covariance", () => {
  assert.throws(() => equalRiskWeights(Float64Array.of(1, 0, 0, 0)), {
    name: "RangeError",
    message: "Cannot equalise risk as every volatility must be above 0 and finite: got 0",
  });
  assert.throws(() => equalRiskWeights(Float64Array.of(1, -3, -3, 1)), {
    name: "RangeError",
    message:
      "Cannot equalise risk as the covariance must be positive definite: got one that is not",
  });
});
