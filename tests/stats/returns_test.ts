import assert from "node:assert/strict";
import fc from "fast-check";
import { dayRange, type Panel, panel } from "lib/core/panel.ts";
import { logitChange, pointChange, simpleReturn } from "lib/stats/returns.ts";
import { bothTraded, movedDays, tradedByVolume } from "lib/stats/traded.ts";
import { dailyMoves } from "lib/stats/daily_moves.ts";
import golden from "../golden/stats/returns.json" with { type: "json" };

const goldenPanel = panel(
  Int32Array.from(golden.days),
  golden.markets,
  Float64Array.from(golden.prices.flat(), (x) => x ?? NaN),
);

function assertClose(got: ArrayLike<number>, want: ArrayLike<number | null>, tolerance: number) {
  assert.equal(got.length, want.length);
  for (let i = 0; i < want.length; ++i) {
    const x = want[i] ?? NaN;
    const same = Number.isNaN(x) ? Number.isNaN(got[i]) : Math.abs(got[i]! - x) <= tolerance;
    assert.ok(same, `cell ${i}: got ${got[i]}, want ${x}`);
  }
}

for (const [step, moves] of Object.entries(golden.steps)) {
  Deno.test(`moves over ${step} days equal pandas', a hole in the calendar and missing prices included`, () => {
    // golden: tests/golden/stats/returns.py
    const stepDays = Number(step);
    assertClose(pointChange(goldenPanel, { stepDays }).values, moves.point.flat(), 1e-15);
    const inLogit = logitChange(goldenPanel, { stepDays, tick: golden.tick });
    assertClose(inLogit.values, moves.logit.flat(), 1e-14);
    assertClose(simpleReturn(goldenPanel, { stepDays }).values, moves.simple.flat(), 1e-13);
  });
}

const pricePanel = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 4 })).chain((
  [nDays, nMarkets],
) =>
  fc.array(fc.option(fc.integer({ min: 1, max: 999 }), { nil: NaN }), {
    minLength: nDays * nMarkets,
    maxLength: nDays * nMarkets,
  }).map((cells): Panel =>
    panel(
      dayRange(100, 100 + nDays),
      Array.from({ length: nMarkets }, (_, j) => `poly:${j}`),
      Float64Array.from(cells, (x) => x / 1000),
    )
  )
);

const head = (p: Panel, nDays: number): Panel => ({
  days: p.days.slice(0, nDays),
  markets: p.markets,
  values: p.values.slice(0, nDays * p.markets.length),
});

Deno.test("moves of the complement have the opposite sign in points and log-odds", () => {
  fc.assert(
    fc.property(pricePanel, fc.integer({ min: 1, max: 3 }), (prices, stepDays) => {
      const complement = { ...prices, values: prices.values.map((p) => 1 - p) };
      for (const move of [pointChange, (p: Panel) => logitChange(p, { stepDays, tick: 0.01 })]) {
        const a = move(prices, { stepDays }).values, b = move(complement, { stepDays }).values;
        a.forEach((x, i) =>
          assert.ok(Number.isNaN(x) ? Number.isNaN(b[i]) : Math.abs(x + b[i]!) < 1e-12)
        );
      }
    }),
    { seed: 7 },
  );
});

Deno.test("moves do not look ahead and leave the prices as they were", () => {
  fc.assert(
    fc.property(pricePanel, fc.integer({ min: 1, max: 8 }), (prices, cut) => {
      const before = prices.values.slice();
      for (const move of [pointChange, simpleReturn, movedDays]) {
        assert.deepEqual(move(head(prices, cut)), head(move(prices), cut));
      }
      assert.deepEqual(prices.values, before);
    }),
    { seed: 7 },
  );
});

Deno.test("simple returns chain to the price ratio, log-odds and point changes add up", () => {
  const prices = panel(dayRange(0, 4), ["poly:a"], Float64Array.of(0.2, 0.5, 0.25, 0.4));
  const chained = simpleReturn(prices).values.slice(1).reduce((nav, r) => nav * (1 + r), 1);
  assert.ok(Math.abs(chained - 2) < 1e-15);
  const added = pointChange(prices).values.slice(1).reduce((sum, x) => sum + x, 0);
  assert.ok(Math.abs(added - 0.2) < 1e-15);
});

Deno.test("simpleReturn() has no answer from a price of zero", () => {
  const prices = panel(dayRange(0, 2), ["poly:a"], Float64Array.of(0, 0.5));
  assert.ok(Number.isNaN(simpleReturn(prices).values[1]));
});

Deno.test("dailyMoves() equals the panel's one-day moves row by row", () => {
  const prices = {
    offsets: Uint32Array.of(0, 4, 4, 6),
    day: Int32Array.of(1, 2, 4, 5, 2, 3),
    close: Float64Array.of(0.5, 0.6, 0.7, 0.7, 0, 0.1),
    bid: null,
    ask: null,
  };
  const { change, logitChange: inLogit, simpleReturn: simple } = dailyMoves(prices, { tick: 0.01 });
  assertClose(change, [null, 0.1, null, 0, null, 0.1], 1e-15);
  assertClose(simple, [null, 0.2, null, 0, null, null], 1e-15);
  assertClose(inLogit, [null, Math.log(1.5), null, 0, null, Math.log(11)], 1e-14);
});

Deno.test("movedDays() tells a still day from an unobserved one", () => {
  const prices = panel(dayRange(0, 4), ["poly:a"], Float64Array.of(0.2, 0.2, 0.3, NaN));
  assert.deepEqual([...movedDays(prices).values], [NaN, 0, 1, NaN]);
});

Deno.test("bothTraded() keeps only moves between two days with known trading", () => {
  const like = panel(dayRange(0, 5), ["poly:a"], Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5));
  const activity = {
    offsets: Uint32Array.of(0, 0, 4),
    day: Int32Array.of(0, 1, 2, 3),
    volumeUsd: Float64Array.of(5, 5, 0, NaN),
    openInterest: null,
    liquidityUsd: null,
  };
  const traded = tradedByVolume(activity, { markets: ["kalshi:b", "poly:a"], like });
  assert.deepEqual([...traded.values], [1, 1, 0, NaN, NaN]);
  const kept = bothTraded(pointChange(like), traded);
  assert.deepEqual([...kept.values].map((x) => !Number.isNaN(x)), [
    false,
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("bothTraded() refuses a mask of other markets", () => {
  const a = panel(dayRange(0, 1), ["poly:a"], Float64Array.of(0.1));
  assert.throws(() => bothTraded(a, { ...a, markets: ["poly:b"] }), {
    name: "RangeError",
    message:
      "Cannot mask moves as both panels must have the same days and markets: got 1 days × 1 markets and 1 days × 1 markets",
  });
});

Deno.test("moves refuse a broken step and a broken tick", () => {
  const prices = panel(dayRange(0, 1), ["poly:a"], Float64Array.of(0.1));
  assert.throws(() => pointChange(prices, { stepDays: 0 }), {
    name: "RangeError",
    message: "Cannot take moves as stepDays must be a whole number >= 1: got 0",
  });
  assert.throws(() => logitChange(prices, { tick: 0.5 }), {
    name: "RangeError",
    message: "Cannot clip prices as the tick must be in (0, 0.5): got 0.5",
  });
});
