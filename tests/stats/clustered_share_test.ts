import assert from "node:assert/strict";
import fc from "fast-check";
import { clusteredShare } from "lib/stats/clustered_share.ts";
import { wilsonInterval } from "lib/stats/wilson.ts";
// golden: statsmodels, made by tests/golden/stats/clustered_share.py
import golden from "../golden/stats/clustered_share.json" with { type: "json" };

const near = (x: number, y: number, message?: string) =>
  assert.ok(Math.abs(x - y) <= 1e-11 * Math.max(1, Math.abs(y)), message ?? `${x} against ${y}`);

Deno.test("clusteredShare() gives statsmodels' clustered variance and Wilson interval", () => {
  for (const { isRight, groups, level, ...expected } of golden) {
    const found = clusteredShare(isRight, groups, { level });
    assert.equal(found.nItems, isRight.length);
    assert.equal(found.nGroups, expected.nGroups);
    for (const name of ["value", "designEffect", "effectiveItems", "low", "high"] as const) {
      near(found[name], expected[name], `${name}: ${found[name]} against ${expected[name]}`);
    }
  }
});

Deno.test("clusteredShare() counts a group that is misread as a whole once", () => {
  // two groups of four: all right and all wrong. Residuals ±2, variance 2 · (4 + 4) / 64 = ¼
  const groups = [..."aaaabbbb"];
  const found = clusteredShare(groups.map((group) => group === "a"), groups);
  assert.deepEqual(
    [found.value, found.nItems, found.nGroups, found.designEffect, found.effectiveItems],
    [0.5, 8, 2, 8, 1],
  );
  assert.deepEqual({ low: found.low, high: found.high }, wilsonInterval(0.5, 1));
});

Deno.test("clusteredShare() takes no group to tell more than its single items", () => {
  const groups = [..."aabbccdd"];
  const found = clusteredShare(groups.map((_, i) => i % 2 === 0), groups);
  assert.deepEqual([found.designEffect, found.effectiveItems], [1, 8]);
  assert.deepEqual({ low: found.low, high: found.high }, wilsonInterval(4, 8));
});

Deno.test("clusteredShare() counts groups where all or none are right, or where there is one", () => {
  const groups = [..."aaabbbccc"];
  const all = clusteredShare(groups.map(() => true), groups);
  assert.deepEqual([all.value, all.effectiveItems, all.high], [1, 3, 1]);
  near(all.low, wilsonInterval(3, 3).low);
  const none = clusteredShare(groups.map(() => false), groups);
  assert.deepEqual([none.value, none.effectiveItems, none.low], [0, 3, 0]);
  const one = clusteredShare([true, false, true], ["a", "a", "a"]);
  assert.deepEqual([one.designEffect, one.effectiveItems], [3, 1]);
});

Deno.test("clusteredShare() of nothing is unknown", () => {
  assert.deepEqual(clusteredShare([], []), {
    ...{ value: NaN, nItems: 0, nGroups: 0, designEffect: NaN, effectiveItems: 0 },
    ...{ low: NaN, high: NaN },
  });
});

const items = fc.array(fc.tuple(fc.boolean(), fc.constantFrom(..."abcdefgh")), {
  minLength: 1,
  maxLength: 60,
});
const shareOf = (of: readonly (readonly [boolean, string])[]) =>
  clusteredShare(of.map(([isRight]) => isRight), of.map(([, group]) => group));

Deno.test("clusteredShare() holds the share and is nowhere narrower than independent items", () => {
  fc.assert(
    fc.property(items, (of) => {
      const { value, low, high, designEffect, effectiveItems, nItems } = shareOf(of);
      assert.ok(0 <= low && low <= value && value <= high && high <= 1);
      assert.ok(1 <= designEffect && designEffect <= nItems);
      near(effectiveItems * designEffect, nItems);
      const alone = wilsonInterval(of.filter(([isRight]) => isRight).length, nItems);
      assert.ok(high - low >= alone.high - alone.low - 1e-12);
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("clusteredShare() mirrors wrong and right and minds neither order nor names", () => {
  fc.assert(
    fc.property(items, (of) => {
      const found = shareOf(of);
      const mirror = shareOf(of.map(([isRight, group]) => [!isRight, group] as const));
      near(mirror.designEffect, found.designEffect);
      near(mirror.low, 1 - found.high);
      const renamed = shareOf(of.toReversed().map(([isRight, group]) => [isRight, `${group}!`]));
      near(renamed.low, found.low);
      near(renamed.designEffect, found.designEffect);
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("clusteredShare() refuses items without a group and a level that is none", () => {
  assert.throws(() => clusteredShare([true], []), {
    name: "RangeError",
    message:
      "Cannot give a share of grouped items as each must have a group: got 0 groups for 1 items",
  });
  assert.throws(() => clusteredShare([true], ["a"], { level: 1 }), {
    name: "RangeError",
    message: "Cannot give an interval for a share as its level must be between 0 and 1: got 1",
  });
});
