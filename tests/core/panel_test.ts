import assert from "node:assert/strict";
import { closePanel, dayRange, panel } from "lib/core/panel.ts";

const prices = {
  offsets: Uint32Array.of(0, 2, 2, 5),
  day: Int32Array.of(10, 12, 9, 10, 11),
  close: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5),
  bid: null,
  ask: null,
};
const markets = ["poly:a", "poly:b", "poly:c"];

Deno.test("closePanel() puts every close on its day and leaves the rest unobserved", () => {
  const { days, values } = closePanel(prices, { markets, from: 10, to: 13 });
  assert.deepEqual([...days], [10, 11, 12]);
  assert.deepEqual([...values], [0.1, NaN, 0.4, NaN, NaN, 0.5, 0.2, NaN, NaN]);
});

Deno.test("closePanel() selects markets in the wanted order", () => {
  const chosen = closePanel(prices, { markets, select: [2, 0], from: 10, to: 11 });
  assert.deepEqual(chosen.markets, ["poly:c", "poly:a"]);
  assert.deepEqual([...chosen.values], [0.4, 0.1]);
});

Deno.test("closePanel() of an empty range has no days", () => {
  assert.equal(closePanel(prices, { markets, from: 5, to: 5 }).values.length, 0);
});

Deno.test("panel() refuses labels that do not fit and days that do not increase", () => {
  assert.throws(() => panel(dayRange(0, 2), ["a"], new Float64Array(3)), {
    name: "RangeError",
    message: "Cannot make a panel as 2 days × 1 markets must give 2 values: got 3",
  });
  assert.throws(() => panel(Int32Array.of(3, 3), ["a"], new Float64Array(2)), {
    name: "RangeError",
    message: "Cannot make a panel as its days must increase: got 3 after 3",
  });
  assert.equal(panel(dayRange(4, 6), ["a"], new Float64Array(2)).days[1], 5);
});
