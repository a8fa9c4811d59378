import assert from "node:assert/strict";
import fc from "fast-check";
import { levelPositions, survivalBuckets, touchPositions } from "lib/factors/ladder_buckets.ts";
import type { OutcomeStrike } from "lib/factors/outcome_strike.ts";

const above = (low: number): OutcomeStrike => ({ side: "above", low, high: Infinity });
const below = (high: number): OutcomeStrike => ({ side: "below", low: -Infinity, high });
const between = (low: number, high: number): OutcomeStrike => ({ side: "between", low, high });

Deno.test("survivalBuckets() takes differences of neighbours, worked by hand", () => {
  // above 1: 0.9, above 2: 0.5, above 3: 0.2; intervals at −1, −1/3, 1/3, 1
  const { buckets, isMonotone } = survivalBuckets([0.9, 0.5, 0.2], (b) => -1 + 2 * b / 3);
  assert.ok(isMonotone);
  const wanted = [[0.1, -1], [0.4, -1 / 3], [0.3, 1 / 3], [0.2, 1]];
  buckets.forEach(({ probability, position }, b) => {
    assert.ok(Math.abs(probability - wanted[b]![0]!) < 1e-12);
    assert.ok(Math.abs(position - wanted[b]![1]!) < 1e-12);
  });
});

Deno.test("survivalBuckets() joins the intervals at a strike without a quote", () => {
  const { buckets } = survivalBuckets([0.9, NaN, 0.2], (b) => b);
  assert.deepEqual(
    buckets.map(({ lower, upper, position }) => [lower, upper, position]),
    [[-1, 0, 0], [0, 2, 1.5], [2, 3, 3]],
  );
  assert.deepEqual(survivalBuckets([NaN, NaN], (b) => b).buckets, []);
});

Deno.test("survivalBuckets() clips where a farther strike is quoted higher, and says so", () => {
  const { buckets, isMonotone } = survivalBuckets([0.5, 0.625], (b) => b);
  assert.equal(isMonotone, false);
  assert.deepEqual(buckets.map(({ probability }) => probability), [0.5, 0, 0.625]);
});

Deno.test("survivalBuckets() of falling quotes sums to 1", () => {
  const quotes = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(quotes, (values) => {
      const { buckets, isMonotone } = survivalBuckets(
        values.toSorted((a, b) => b - a),
        (b) => b,
      );
      assert.ok(isMonotone);
      assert.ok(Math.abs(buckets.reduce((sum, one) => sum + one.probability, 0) - 1) < 1e-9);
      assert.ok(buckets.every(({ probability }) => probability >= 0));
    }),
    { seed: 7 },
  );
});

Deno.test("levelPositions() ranks buckets from −1 to 1, whatever their order", () => {
  assert.deepEqual(
    levelPositions([above(8), between(5, 5), below(4), between(6, 7)]),
    [1, -1 / 3, -1, 1 / 3].map((x) => -1 + 2 * Math.round((x + 1) * 1.5) / 3),
  );
  assert.deepEqual(levelPositions([between(5, 6)]), [NaN]);
});

Deno.test("levelPositions() places strikes at the interval just beyond them", () => {
  assert.deepEqual(levelPositions([above(2), above(1)]), [1, 0]);
  // below 1 is the lowest interval, below 2 the one between
  assert.deepEqual(levelPositions([below(1), below(2), above(2)]), [-1, 0, 1]);
  assert.deepEqual(levelPositions([above(9)]), [1]);
});

Deno.test("touchPositions() counts each side outwards from the nearest strike", () => {
  assert.deepEqual(
    touchPositions([above(110), above(120), below(90), below(80), between(5, 5)]),
    [0.5, 1, -0.5, -1, NaN],
  );
});
