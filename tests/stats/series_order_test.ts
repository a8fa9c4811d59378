import assert from "node:assert/strict";
import { dayRange, panel } from "lib/core/panel.ts";
import { seriesOrder } from "lib/stats/series_order.ts";
import { panelOf } from "./random_panels.ts";

Deno.test("seriesOrder() keeps each market's stretch, its days as bits and its places", () => {
  const order = seriesOrder(panelOf([
    [null, 2],
    [5, -1],
    [null, 0],
    [3, 2],
    [5, null],
  ]));
  assert.deepEqual([...order.first], [1, 0]);
  assert.deepEqual([...order.last], [4, 3]);
  assert.deepEqual([...order.count], [3, 4]);
  assert.deepEqual([...order.start], [0, 4]);
  assert.deepEqual([...order.observed], [0b11010, 0b01111]);
  assert.deepEqual([...order.marked], [...order.observed]);
  assert.deepEqual([...order.zero], [0, 0b00100]);
  assert.deepEqual([...order.values], [5, NaN, 3, 5, 2, -1, 0, 2]);
  assert.deepEqual([...order.group], [1, 0, 0, 1, 2, 0, 1, 2]);
  assert.deepEqual([...order.nGroups], [2, 3]);
});

Deno.test("seriesOrder() gives twice the average rank less the mean rank", () => {
  // ranks of 5, 3, 5 are 2.5, 1, 2.5 around 2; of 2, −1, 0, 2 they are 3.5, 1, 2, 3.5 around 2.5
  const { rank, rankSquares } = seriesOrder(panelOf([[5, 2], [3, -1], [5, 0], [null, 2]]));
  assert.deepEqual([...rank.subarray(0, 2)], [-2, 1]);
  assert.deepEqual([...rank.subarray(3, 6)], [-3, -1, 2]);
  assert.deepEqual([...rankSquares], [6, 18]);
});

Deno.test("seriesOrder() puts days beyond 32 into further words", () => {
  const rows = Array.from({ length: 65 }, (_, i) => [i === 31 || i === 64 ? 1 : null]);
  const { nWords, observed } = seriesOrder(panelOf(rows));
  assert.equal(nWords, 3);
  assert.deepEqual([...observed], [1 << 31, 0, 1]);
});

Deno.test("seriesOrder() marks only moves beyond a size", () => {
  const { marked } = seriesOrder(panelOf([[0.05], [-0.06], [0], [0.07]]), { minMove: 0.05 });
  assert.deepEqual([...marked], [0b1010]);
});

Deno.test("seriesOrder() takes empty panels and markets that were never observed", () => {
  assert.deepEqual([...seriesOrder(panelOf([])).count], []);
  const { count, first, last, values } = seriesOrder(panelOf([[null], [null]]));
  assert.deepEqual([count[0], first[0], last[0], values.length], [0, 2, -1, 0]);
});

Deno.test("seriesOrder() refuses more days than 16 bits can count", () => {
  const moves = panel(dayRange(0, 65_536), ["a"], new Float64Array(65_536));
  assert.throws(() => seriesOrder(moves), {
    name: "RangeError",
    message: "Cannot correlate markets as a panel must have at most 65535 days: got 65536",
  });
  const most = panel(dayRange(0, 65_535), ["a"], new Float64Array(65_535));
  assert.equal(seriesOrder(most).count[0], 65_535);
});
