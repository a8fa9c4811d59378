import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bucketValue,
  countValue,
  intervalValue,
  survivalBuckets,
  touchPositions,
  wordedPositions,
} from "lib/exposures/ladder_buckets.ts";
import type { OutcomeStrike } from "lib/exposures/outcome_strike.ts";

const above = (low: number): OutcomeStrike => ({ side: "above", low, high: Infinity });
const below = (high: number): OutcomeStrike => ({ side: "below", low: -Infinity, high });
const between = (low: number, high: number): OutcomeStrike => ({ side: "between", low, high });

Deno.test("survivalBuckets() takes differences of neighbours, worked by hand", () => {
  // above 1: 0.9, above 2: 0.5, above 3: 0.2; intervals at −1, −1/3, 1/3, 1
  const { buckets, clipped } = survivalBuckets([0.9, 0.5, 0.2], (b) => -1 + 2 * b / 3);
  assert.equal(clipped, 0);
  const wanted = [[0.1, -1], [0.4, -1 / 3], [0.3, 1 / 3], [0.2, 1]];
  buckets.forEach(({ probability, value }, b) => {
    assert.ok(Math.abs(probability - wanted[b]![0]!) < 1e-12);
    assert.ok(Math.abs(value - wanted[b]![1]!) < 1e-12);
  });
});

Deno.test("survivalBuckets() joins the intervals at a strike without a quote", () => {
  const { buckets } = survivalBuckets([0.9, NaN, 0.2], (b) => b);
  assert.deepEqual(
    buckets.map(({ lower, upper, value }) => [lower, upper, value]),
    [[-1, 0, 0], [0, 2, 1.5], [2, 3, 3]],
  );
  assert.deepEqual(survivalBuckets([NaN, NaN], (b) => b).buckets, []);
});

Deno.test("survivalBuckets() clips where a farther strike is quoted higher, and says how much", () => {
  const { buckets, clipped } = survivalBuckets([0.5, 0.625], (b) => b);
  assert.equal(clipped, 0.125);
  assert.deepEqual(buckets.map(({ probability }) => probability * 1.125), [0.5, 0, 0.625]);
});

Deno.test("survivalBuckets() of any quotes sums to 1", () => {
  const quotes = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(quotes, (values) => {
      const falling = survivalBuckets(values.toSorted((a, b) => b - a), (b) => b);
      assert.equal(falling.clipped, 0);
      for (const { buckets } of [falling, survivalBuckets(values, (b) => b)]) {
        assert.ok(Math.abs(buckets.reduce((sum, one) => sum + one.probability, 0) - 1) < 1e-9);
        assert.ok(buckets.every(({ probability }) => probability >= 0));
      }
    }),
    { seed: 7 },
  );
});

Deno.test("bucketValue() is the middle of a bucket, of an open one its strike", () => {
  assert.deepEqual([between(4, 6), above(8), below(4)].map(bucketValue), [5, 8, 4]);
});

Deno.test("intervalValue() is the middle between strikes, countValue() the lower end", () => {
  assert.deepEqual([0, 1, 2, 3].map((k) => intervalValue(k, [10, 20, 40])), [10, 15, 30, 40]);
  assert.deepEqual([0, 1, 2, 3].map((k) => countValue(k, [1, 2, 4])), [0, 1, 2, 4]);
});

Deno.test("wordedPositions() places strikes by their side and buckets by value", () => {
  const level = { isCount: false }, count = { isCount: true };
  assert.deepEqual(wordedPositions([above(2), above(1), below(3)], level), [1, 1, -1]);
  assert.deepEqual(wordedPositions([above(2), below(3)], count), [1, NaN]);
  assert.deepEqual(
    wordedPositions([above(8), between(5, 5), below(4), between(6, 8)], level),
    [1, -0.5, -1, 0.5],
  );
  assert.deepEqual(wordedPositions([between(0, 0), between(1, 1), above(4)], count), [0, 0.25, 1]);
  assert.deepEqual(wordedPositions([between(5, 6)], level), [NaN]);
});

Deno.test("touchPositions() counts each side outwards from the nearest strike", () => {
  assert.deepEqual(
    touchPositions([above(110), above(120), below(90), below(80), between(5, 5)]),
    [0.5, 1, -0.5, -1, NaN],
  );
});
