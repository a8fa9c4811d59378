import assert from "node:assert/strict";
import fc from "fast-check";
import { cappedRules, withoutRounding } from "lib/baskets/capped_rules.ts";
import { largestBudget } from "lib/baskets/weight_caps.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { assertNear, cappedBaskets, noCaps, randomWeights } from "./made_covariance.ts";

Deno.test("cappedRules() states no limit twice", () => {
  const loose = cappedRules(3, noCaps(3), 1);
  assert.deepEqual([loose.equal.length, loose.atLeast.length, loose.forced], [1, 3, null]);
  const group = { name: "venue", members: Int32Array.of(0, 1), cap: 0.3 };
  const tight = cappedRules(3, { upper: Float64Array.of(0.3, 0.1, 1), groups: [group] }, 1);
  // the group holds the first contract's limit, and with it the budget of 1 fixes the third
  assert.deepEqual([tight.equal.length, tight.atLeast.length], [1, 5]);
  const closed = cappedRules(2, { upper: Float64Array.of(0, 1), groups: [] }, 1);
  assert.deepEqual([...closed.forced!], [0, 1]);
});

Deno.test("cappedRules() takes limits without room above the budget as fixed", () => {
  const five = { upper: new Float64Array(5).fill(0.2), groups: [] };
  assert.deepEqual([...cappedRules(5, five, 1).forced!], [0.2, 0.2, 0.2, 0.2, 0.2]);
  const group = { name: "venue", members: Int32Array.of(0, 1), cap: 0.3 };
  const caps = { upper: Float64Array.of(0.3, 0.3, 0.4), groups: [group] };
  const { equal, atLeast, forced } = cappedRules(3, caps, largestBudget(caps));
  assert.equal(forced, null);
  assert.deepEqual(equal.map(({ normal, bound }) => [[...normal], bound]), [
    [[0, 0, 1], 0.4],
    [[1, 1, 0], 0.3],
  ]);
  assert.equal(atLeast.length, 2);
});

Deno.test("cappedRules() hold for every point within the limits", () => {
  fc.assert(
    fc.property(cappedBaskets, fc.integer({ min: 1, max: 1e6 }), ({ caps }, seed) => {
      const budget = largestBudget(caps);
      if (budget === 0) return;
      const weights = randomWeights(caps, budget, randomStream(seed, "point"));
      if (Math.abs(weights.reduce((sum, w) => sum + w, 0) - budget) > 1e-12) return;
      const { equal, atLeast, forced } = cappedRules(weights.length, caps, budget);
      if (forced) assertNear(forced, [...weights], 1e-8);
      const miss = (normal: Float64Array, bound: number) =>
        normal.reduce((sum, a, i) => sum + a * weights[i]!, -bound);
      for (const { normal, bound } of equal) assert.ok(Math.abs(miss(normal, bound)) < 1e-8);
      for (const { normal, bound } of atLeast) assert.ok(miss(normal, bound) > -1e-8);
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("withoutRounding() mends what a solver missed and moves nothing else", () => {
  fc.assert(
    fc.property(cappedBaskets, fc.integer({ min: 1, max: 1e6 }), ({ caps }, seed) => {
      const random = randomStream(seed, "point"), normal = normalDraws(random);
      const weights = randomWeights(caps, largestBudget(caps), random);
      const budget = weights.reduce((sum, w) => sum + w, 0);
      const noisy = weights.map((w) => w + 1e-9 * normal()), before = noisy.slice();
      const kept = withoutRounding(noisy, caps, budget);
      assert.deepEqual(noisy, before);
      assertNear(kept, [...weights], 1e-7);
      kept.forEach((w, i) => assert.ok(w >= 0 && w <= caps.upper[i]!));
      for (const { members, cap } of caps.groups) {
        assert.ok(members.reduce((sum, i) => sum + kept[i]!, 0) <= cap + 1e-12);
      }
      assert.ok(Math.abs(kept.reduce((sum, w) => sum + w, 0) - budget) <= 1e-12);
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("cappedRules() refuses a budget that is nothing or too much", () => {
  for (const budget of [0, 1.1, NaN]) {
    assert.throws(() => cappedRules(2, noCaps(2), budget), {
      name: "RangeError",
      message: `Cannot limit weights as the budget must be above 0 and at most 1: got ${budget}`,
    });
  }
});
