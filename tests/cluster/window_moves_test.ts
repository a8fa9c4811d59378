import assert from "node:assert/strict";
import { fitMethods } from "lib/cluster/fit_methods.ts";
import { windowMoves, WORKING_REPRESENTATION } from "lib/cluster/window_moves.ts";
import { dayRange, panel } from "lib/core/panel.ts";
import { representationKey } from "lib/stats/representation.ts";
import { FIT, planted, pricesOf } from "./planted.ts";

Deno.test("windowMoves() takes two-day log-odds moves and daily point changes", () => {
  const prices = panel(
    dayRange(0, 4),
    ["a", "b"],
    Float64Array.of(0.5, 0, 0.6, NaN, 0.8, 0.01, 0.7, 1),
  );
  const { moves, seedMoves, topics, stepDays } = windowMoves(prices, Int32Array.of(3, -1), {
    tick: 0.01,
  });
  const logit = (p: number) => Math.log(p / (1 - p));
  const want = [NaN, NaN, NaN, NaN, logit(0.8), 0, logit(0.7) - logit(0.6), NaN];
  want.forEach((x, cell) => {
    const got = moves.values[cell]!;
    assert.ok(Math.abs(got - x) < 1e-12 || Number.isNaN(got) && Number.isNaN(x), `${cell}: ${got}`);
  });
  const points = [NaN, NaN, 0.1, NaN, 0.2, NaN, -0.1, 0.99];
  points.forEach((x, cell) => {
    const got = seedMoves.values[cell]!;
    assert.ok(Math.abs(got - x) < 1e-12 || Number.isNaN(got) && Number.isNaN(x), `${cell}: ${got}`);
  });
  assert.deepEqual([[...topics], stepDays], [[3, -1], 2]);
  assert.equal(representationKey(WORKING_REPRESENTATION), "logit_2d");
});

Deno.test("windowMoves() of prices and of their complements give the same clusters", () => {
  const { moves } = planted({ sizes: [9, 8, 7], days: 70, loading: 0.8, missing: 0.03, seed: 7 });
  const raw = pricesOf(moves), n = raw.markets.length;
  // prices on a grid of 1/4096, where the complement is exact
  const prices = { ...raw, values: raw.values.map((p) => Math.round(p * 4096) / 4096) };
  const turned = {
    ...prices,
    values: prices.values.map((p, cell) => cell % n % 3 === 0 ? 1 - p : p),
  };
  const topics = new Int32Array(n).fill(-1), tick = { tick: 0.001 };
  const plain = fitMethods(windowMoves(prices, topics, tick), FIT).slice(1);
  const other = fitMethods(windowMoves(turned, topics, tick), FIT).slice(1);
  plain.forEach((one, m) => {
    assert.deepEqual(other[m]!.partition, one.partition, one.method);
    const turns = new Set(one.side.map((s, j) => s * other[m]!.side[j]! * (j % 3 === 0 ? -1 : 1)));
    assert.equal(turns.size, 1);
  });
  assert.equal(plain[0]!.partition.nClusters, 3);
});

Deno.test("windowMoves() of no market or no day is empty", () => {
  const none = windowMoves(panel(dayRange(0, 3), [], new Float64Array(0)), new Int32Array(0), {
    tick: 0.01,
  });
  assert.deepEqual([none.moves.values.length, none.seedMoves.values.length], [0, 0]);
});

Deno.test("windowMoves() refuses topics of other markets", () => {
  const prices = panel(dayRange(0, 1), ["a", "b"], Float64Array.of(0.5, 0.5));
  assert.throws(() => windowMoves(prices, new Int32Array(3), { tick: 0.01 }), {
    name: "RangeError",
    message: "Cannot take a window's moves as each of 2 markets must have a topic: got 3",
  });
});
