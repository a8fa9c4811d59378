import assert from "node:assert/strict";
import { bindingLimits } from "lib/baskets/binding_limits.ts";
import { waterFilling } from "lib/baskets/water_filling.ts";
import type { CapGroup } from "lib/baskets/weight_caps.ts";

/** Fills the weights and says what binds them, with a largest weight of 20 %. */
function bound(wanted: number[], upper: number[], groups: CapGroup[] = []) {
  const raw = Float64Array.from(wanted), caps = { upper: Float64Array.from(upper), groups };
  return bindingLimits(waterFilling(raw, caps), { raw, caps, maxWeight: 0.2 });
}

Deno.test("bindingLimits() binds no weight that the weighting wanted", () => {
  assert.deepEqual(bound([1, 1, 1, 1, 1], [0.2, 0.2, 0.2, 0.2, 0.2]), [
    ...["none", "none", "none", "none", "none"],
  ]);
  assert.deepEqual(bound([], []), []);
});

Deno.test("bindingLimits() tells the largest weight from liquidity", () => {
  assert.deepEqual(bound([9, 9, 2, 2, 2, 2], [0.2, 0.1, 0.2, 0.2, 0.2, 0.2]), [
    ...["max_weight", "liquidity", "none", "none", "none", "none"],
  ]);
});

Deno.test("bindingLimits() binds all that are at a limit while cash is left", () => {
  assert.deepEqual(bound([1, 1, 1], [0.2, 0.2, 0.2]), ["max_weight", "max_weight", "max_weight"]);
});

Deno.test("bindingLimits() binds those that others leave behind where limits use all", () => {
  assert.deepEqual(bound([3, 3, 2, 2, 2], [0.2, 0.2, 0.2, 0.2, 0.2]), [
    ...["max_weight", "max_weight", "none", "none", "none"],
  ]);
});

Deno.test("bindingLimits() names the venue of what has room of its own", () => {
  const groups = [
    { name: "kalshi", members: Int32Array.of(0, 1, 2), cap: 0.3 },
    { name: "polymarket", members: Int32Array.of(3, 4, 5, 6), cap: 0.9 },
  ];
  const upper = [0.2, 0.2, 0.02, 0.2, 0.2, 0.2, 0.2];
  assert.deepEqual(bound([2, 2, 2, 1, 1, 1, 1], upper, groups), [
    ...["venue", "venue", "liquidity", "none", "none", "none", "none"],
  ]);
});

Deno.test("bindingLimits() binds nothing that is not wanted", () => {
  assert.deepEqual(bound([1, 0], [0.2, 0]), ["max_weight", "none"]);
});
