import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream, shuffled } from "lib/core/random.ts";
import { hierarchicalRiskParityWeights } from "lib/baskets/hierarchical_risk_parity.ts";
// golden: scipy and pandas, made by tests/golden/baskets/weights.py
import golden from "../golden/baskets/weights.json" with { type: "json" };
import { assertNear, madeCovariance, reordered } from "./made_covariance.ts";

/** Names that sort as their numbers. */
function names(n: number): string[] {
  return Array.from({ length: n }, (_, i) => `poly:${String(i).padStart(3, "0")}`);
}

for (const one of golden.cases) {
  Deno.test(`hierarchicalRiskParityWeights() gives the paper's weights of ${one.n} contracts`, () => {
    const covariance = Float64Array.from(one.covariance), before = covariance.slice();
    const weights = hierarchicalRiskParityWeights(covariance, names(one.n));
    assertNear(weights, one.hierarchicalRiskParity, 1e-12);
    assert.deepEqual(covariance, before);
  });
}

Deno.test("hierarchicalRiskParityWeights() halve a pair of pairs by hand", () => {
  // a and d move as one, b and c do: order a d b c; each pair's variance is its members'
  const covariance = Float64Array.from(
    [1, 0, 0, 1 - 1e-9, 0, 4, 4 - 1e-9, 0, 0, 4 - 1e-9, 4, 0, 1 - 1e-9, 0, 0, 1],
  );
  assertNear(
    hierarchicalRiskParityWeights(covariance, ["a", "b", "c", "d"]),
    [0.4, 0.1, 0.1, 0.4],
    1e-9,
  );
});

Deno.test("hierarchicalRiskParityWeights() are above 0, add up to 1 and follow the ids", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 1e6 }),
      (n, seed) => {
        const covariance = madeCovariance(n, seed), ids = names(n);
        const weights = hierarchicalRiskParityWeights(covariance, ids);
        assert.ok(weights.every((w) => w > 0));
        assert.ok(Math.abs(weights.reduce((sum, w) => sum + w, 0) - 1) < 1e-14);
        const order = shuffled([...ids.keys()], randomStream(seed, "order"));
        const turned = hierarchicalRiskParityWeights(
          reordered(covariance, order),
          order.map((i) => ids[i]!),
        );
        assertNear(turned, order.map((i) => weights[i]!), 1e-14);
        const scaled = hierarchicalRiskParityWeights(covariance.map((c) => c * 365), ids);
        assertNear(scaled, [...weights], 1e-13);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("hierarchicalRiskParityWeights() break ties by id, rounding or not", () => {
  const n = 7, ids = names(n);
  const sd = [0.01, 0.07, 0.02, 0.3, 0.11, 0.013, 0.05];
  const tied = Float64Array.from({ length: n * n }, (_, at) => {
    const i = Math.floor(at / n), j = at % n;
    return (i === j ? 1 : 0.3) * sd[i]! * sd[j]!;
  });
  const weights = hierarchicalRiskParityWeights(tied, ids);
  const order = [4, 2, 6, 0, 5, 1, 3];
  const turned = hierarchicalRiskParityWeights(reordered(tied, order), order.map((i) => ids[i]!));
  assertNear(turned, order.map((i) => weights[i]!), 1e-14);
  const noisy = tied.map((c, at) => c * (1 + (at % 3 - 1) * 1e-15));
  assertNear(hierarchicalRiskParityWeights(noisy, ids), [...weights], 1e-13);
});

Deno.test("hierarchicalRiskParityWeights() of none and of one", () => {
  assert.deepEqual([...hierarchicalRiskParityWeights(new Float64Array(0), [])], []);
  assert.deepEqual([...hierarchicalRiskParityWeights(Float64Array.of(0.04), ["a"])], [1]);
});

Deno.test("hierarchicalRiskParityWeights() refuse what is no covariance of the ids", () => {
  assert.throws(() => hierarchicalRiskParityWeights(Float64Array.of(1), ["a", "b"]), {
    name: "RangeError",
    message: "Cannot halve risk as 2 contracts must have 4 covariances: got 1",
  });
  assert.throws(() => hierarchicalRiskParityWeights(Float64Array.of(0), ["a"]), {
    name: "RangeError",
    message: "Cannot halve risk as every volatility must be above 0 and finite: got 0",
  });
});
