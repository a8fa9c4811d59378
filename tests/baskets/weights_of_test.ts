import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream, shuffled } from "lib/core/random.ts";
import { largestBudget, type WeightCaps } from "lib/baskets/weight_caps.ts";
import { waterFilling } from "lib/baskets/water_filling.ts";
import { weightsOf } from "lib/baskets/weights_of.ts";
import { type WeightingInput, type WeightingKey, WEIGHTINGS } from "lib/baskets/weighting.ts";
// golden: scipy and numpy, made by tests/golden/baskets/weights.py
import golden from "../golden/baskets/weights.json" with { type: "json" };
import {
  assertNear,
  cappedBaskets,
  goldenCaps,
  madeCovariance,
  noCaps,
  reordered,
} from "./made_covariance.ts";

const KEYS = WEIGHTINGS.map(({ key }) => key);

/** What a basket with this covariance is weighted by; every fifth volume is unknown. */
function inputOf(covariance: Float64Array): WeightingInput {
  const n = Math.sqrt(covariance.length);
  return {
    ids: Array.from({ length: n }, (_, i) => `poly:${String(i).padStart(3, "0")}`),
    volatility: Float64Array.from({ length: n }, (_, i) => Math.sqrt(covariance[i * n + i]!)),
    covariance,
    volumeUsd: Float64Array.from({ length: n }, (_, i) => i % 5 === 3 ? NaN : 1000 * (1 + i * i)),
  };
}

/** The same contracts in another order. */
function turned(
  input: WeightingInput,
  { upper, groups }: WeightCaps,
  order: readonly number[],
): { readonly input: WeightingInput; readonly caps: WeightCaps } {
  return {
    input: {
      ids: order.map((i) => input.ids[i]!),
      volatility: Float64Array.from(order, (i) => input.volatility[i]!),
      covariance: reordered(input.covariance, order),
      volumeUsd: Float64Array.from(order, (i) => input.volumeUsd[i]!),
    },
    caps: {
      upper: Float64Array.from(order, (i) => upper[i]!),
      groups: groups.map((group) => ({
        ...group,
        members: group.members.map((i) => order.indexOf(i)),
      })),
    },
  };
}

const GOLDEN_FIELDS = {
  equal_risk: "equalRisk",
  hierarchical_risk_parity: "hierarchicalRiskParity",
  minimum_variance: "minimumVariance",
  maximum_diversification: "maximumDiversification",
} as const;

Deno.test("weightsOf() gives scipy's weights as what each weighting wants", () => {
  for (const one of golden.cases) {
    const input = inputOf(Float64Array.from(one.covariance)), caps = goldenCaps(one);
    for (const [key, field] of Object.entries(GOLDEN_FIELDS)) {
      const { raw, weights } = weightsOf(key as WeightingKey, input, caps);
      assertNear(raw, one[field], 1e-9);
      if (key === "minimum_variance") assertNear(weights, one.minimumVarianceCapped, 1e-9);
      else if (key === "maximum_diversification") {
        assertNear(weights, one.maximumDiversificationCapped, 1e-9);
      } else assertNear(weights, [...waterFilling(raw, caps)], 1e-15);
    }
  }
});

Deno.test("weightsOf() gives the three simple weightings by hand", () => {
  const input = {
    ids: ["a", "b"],
    volatility: Float64Array.of(0.1, 0.3),
    covariance: Float64Array.of(0.01, 0, 0, 0.09),
    volumeUsd: Float64Array.of(100, 300),
  };
  assertNear(weightsOf("equal", input, noCaps(2)).weights, [0.5, 0.5], 1e-15);
  assertNear(weightsOf("volume", input, noCaps(2)).weights, [0.25, 0.75], 1e-15);
  assertNear(weightsOf("inverse_volatility", input, noCaps(2)).weights, [0.75, 0.25], 1e-15);
  const capped = { upper: Float64Array.of(1, 0.6), groups: [] };
  assertNear(weightsOf("volume", input, capped).weights, [0.4, 0.6], 1e-15);
});

Deno.test("weightsOf() keeps every limit and uses the whole budget with every weighting", () => {
  fc.assert(
    fc.property(cappedBaskets, ({ covariance, caps }) => {
      for (const key of KEYS) {
        const { raw, weights } = weightsOf(key, inputOf(covariance), caps);
        assert.ok(raw.every((w) => w >= 0), key);
        assert.ok(Math.abs(raw.reduce((sum, w) => sum + w, 0) - 1) <= 1e-12, key);
        weights.forEach((w, i) => assert.ok(w >= 0 && w <= caps.upper[i]!, key));
        for (const { members, cap } of caps.groups) {
          assert.ok(members.reduce((sum, i) => sum + weights[i]!, 0) <= cap + 1e-12, key);
        }
        const sum = weights.reduce((total, w) => total + w, 0);
        assert.ok(Math.abs(sum - largestBudget(caps)) <= 1e-12, key);
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("weightsOf() follows the contracts with every weighting", () => {
  fc.assert(
    fc.property(cappedBaskets, fc.integer({ min: 1, max: 1e6 }), ({ covariance, caps }, seed) => {
      const input = inputOf(covariance);
      const order = shuffled([...input.ids.keys()], randomStream(seed, "order"));
      const other = turned(input, caps, order);
      for (const key of KEYS) {
        const straight = weightsOf(key, input, caps);
        const found = weightsOf(key, other.input, other.caps);
        assertNear(found.raw, order.map((i) => straight.raw[i]!), 1e-8);
        assertNear(found.weights, order.map((i) => straight.weights[i]!), 1e-8);
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("weightsOf() knows no unit of volume or variance", () => {
  const input = inputOf(madeCovariance(12, 6)), caps = noCaps(12);
  caps.upper.fill(0.15);
  const scaled = {
    ...input,
    volatility: input.volatility.map((v) => 10 * v),
    covariance: input.covariance.map((c) => 100 * c),
    volumeUsd: input.volumeUsd.map((v) => v / 7),
  };
  for (const key of KEYS) {
    const one = weightsOf(key, input, caps), other = weightsOf(key, scaled, caps);
    assertNear(other.raw, [...one.raw], 1e-10);
    assertNear(other.weights, [...one.weights], 1e-10);
  }
});

Deno.test("weightsOf() gives one contract everything, and equal ones the same", () => {
  const alike = Float64Array.from({ length: 36 }, (_, at) => at % 7 === 0 ? 0.04 : 0.02);
  for (const key of KEYS) {
    assert.deepEqual([...weightsOf(key, inputOf(Float64Array.of(0.04)), noCaps(1)).raw], [1]);
    assert.deepEqual([...weightsOf(key, inputOf(new Float64Array(0)), noCaps(0)).weights], []);
    // halving six in a row gives three and three, then one and two: not the same for all
    if (key === "volume" || key === "hierarchical_risk_parity") continue;
    assertNear(weightsOf(key, inputOf(alike), noCaps(6)).raw, new Array(6).fill(1 / 6), 1e-12);
  }
});

Deno.test("weightsOf() says what it had to do without, and reads no covariance it does not need", () => {
  const input = inputOf(madeCovariance(6, 1));
  assert.equal(weightsOf("volume", input, noCaps(6)).note, "volume=partly_unknown");
  const silent = { ...input, volumeUsd: new Float64Array(6).fill(NaN) };
  assert.equal(weightsOf("volume", silent, noCaps(6)).note, "volume=unknown");
  const known = { ...input, volumeUsd: new Float64Array(6).fill(1) };
  for (const key of KEYS) assert.equal(weightsOf(key, known, noCaps(6)).note, "");
  let nReads = 0;
  const counted = {
    ...known,
    get covariance() {
      ++nReads;
      return input.covariance;
    },
  };
  for (const key of ["equal", "volume", "inverse_volatility"] as const) {
    weightsOf(key, counted, noCaps(6));
  }
  assert.equal(nReads, 0);
  weightsOf("minimum_variance", counted, noCaps(6));
  assert.equal(nReads, 1);
});

Deno.test("weightsOf() refuses sizes that do not agree and a weighting it does not know", () => {
  const input = inputOf(madeCovariance(3, 1));
  assert.throws(() => weightsOf("equal", { ...input, volumeUsd: new Float64Array(2) }, noCaps(3)), {
    name: "RangeError",
    message: "Cannot weight contracts as each of 3 must have its volumeUsd: got 2",
  });
  assert.throws(
    () => weightsOf("equal_risk", { ...input, covariance: new Float64Array(4) }, noCaps(3)),
    {
      name: "RangeError",
      message: "Cannot weight contracts as 3 must have 9 covariances: got 4",
    },
  );
  assert.throws(() => weightsOf("momentum" as WeightingKey, input, noCaps(3)), {
    name: "RangeError",
    message: 'Cannot weight contracts as the weighting must be known: got "momentum"',
  });
});
