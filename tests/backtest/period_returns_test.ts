import assert from "node:assert/strict";
import fc from "fast-check";
import { periodReturns, rollingRisk } from "lib/backtest/period_returns.ts";
import { formatDay, parseDay } from "lib/core/day.ts";
// golden: pandas, made by tests/golden/backtest/performance.py
import golden from "../golden/backtest/performance.json" with { type: "json" };

const nav = Float64Array.from(golden.nav), rates = Float64Array.from(golden.rates);
const firstDay = parseDay(golden.firstDate);

Deno.test("periodReturns() match pandas' resample by month and year", () => {
  for (const by of ["month", "year"] as const) {
    const table = periodReturns(nav, { firstDay, by }), wanted = golden[`${by}s`];
    assert.deepEqual(table.map((row) => formatDay(row.startDay)), wanted.start);
    table.forEach((row, k) => assert.ok(Math.abs(row.value - wanted.value[k]!) < 1e-13));
  }
});

Deno.test("periodReturns() mark months that the NAV does not cover", () => {
  const table = periodReturns(Float64Array.from({ length: 61 }, (_, i) => 100 + i), {
    firstDay: parseDay("2024-01-31"),
    by: "month",
  });
  assert.deepEqual(table.map((row) => [formatDay(row.startDay), row.nDays, row.isWhole]), [
    ["2024-02-01", 29, true],
    ["2024-03-01", 31, true],
  ]);
  assert.equal(table[0]!.value, 129 / 100 - 1);
  const [part] = periodReturns(Float64Array.of(1, 2), { firstDay, by: "year" });
  assert.deepEqual([part!.nDays, part!.isWhole, part!.value], [1, false, 1]);
  assert.deepEqual(periodReturns(Float64Array.of(1), { firstDay, by: "year" }), []);
});

Deno.test("periodReturns() chain to the cumulative return", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 200, noNaN: true }), { minLength: 2, maxLength: 500 }),
      fc.integer({ min: 0, max: 30_000 }),
      fc.constantFrom("month" as const, "year" as const),
      (values, day, by) => {
        const table = periodReturns(Float64Array.from(values), { firstDay: day, by });
        const chained = table.reduce((growth, { value }) => growth * (1 + value), 1);
        assert.ok(Math.abs(chained * values[0]! / values.at(-1)! - 1) < 1e-10);
        assert.equal(table.reduce((sum, { nDays }) => sum + nDays, 0), values.length - 1);
      },
    ),
    { seed: 4, numRuns: 100 },
  );
});

Deno.test("rollingRisk() matches pandas' rolling(90)", () => {
  const { days, volatility, sharpe } = rollingRisk(nav, rates, { firstDay, windowDays: 90 });
  assert.equal(days[0], firstDay);
  assert.ok(volatility.subarray(0, 90).every(Number.isNaN));
  golden.rollingVolatility.forEach((value, i) => {
    assert.ok(Math.abs(volatility[90 + i]! - value) < 1e-9);
    assert.ok(Math.abs(sharpe[90 + i]! - golden.rollingSharpe[i]!) < 1e-8);
  });
});

Deno.test("rollingRisk() of the first days does not see the later ones", () => {
  const whole = rollingRisk(nav, rates, { firstDay, windowDays: 30 });
  const part = rollingRisk(nav.slice(0, 200), rates.slice(0, 200), { firstDay, windowDays: 30 });
  assert.deepEqual(part.sharpe, whole.sharpe.slice(0, 200));
  assert.deepEqual(part.volatility, whole.volatility.slice(0, 200));
});

Deno.test("rollingRisk() gives a still window a volatility of 0 and no Sharpe ratio", () => {
  const { volatility, sharpe } = rollingRisk(new Float64Array(6).fill(5), new Float64Array(6), {
    firstDay,
    windowDays: 3,
  });
  assert.deepEqual([volatility[3], sharpe[3]], [0, NaN]);
});

Deno.test("rollingRisk() refuses a window of one day", () => {
  assert.throws(() => rollingRisk(nav, rates, { firstDay, windowDays: 1 }), {
    name: "RangeError",
    message: "Cannot roll over days as windowDays must be a whole number >= 2: got 1",
  });
});
