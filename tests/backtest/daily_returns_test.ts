import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cashNav,
  dailyReturns,
  dailySeries,
  navFromPurchase,
  tbillRates,
} from "lib/backtest/daily_returns.ts";
import { parseDay } from "lib/core/day.ts";
import type { BenchmarkSeries } from "lib/core/data_set.ts";
import { asOf } from "lib/universe/as_of.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";
// golden: pandas, made by tests/golden/backtest/performance.py
import golden from "../golden/backtest/performance.json" with { type: "json" };

function yields(closes: Readonly<Record<string, number>>): BenchmarkSeries {
  return {
    symbol: "^IRX",
    kind: "yield",
    day: Int32Array.from(Object.keys(closes), parseDay),
    close: Float64Array.from(Object.values(closes)),
  };
}

Deno.test("tbillRates() matches pandas' ffill().shift(1) of the closes", () => {
  const series = yields(
    Object.fromEntries(golden.yields.dates.map((date, i) => [date, golden.yields.closes[i]!])),
  );
  const firstDay = parseDay(golden.firstDate);
  const rates = tbillRates([series], "^IRX", { firstDay, nDays: golden.rates.length });
  rates.forEach((rate, i) => assert.ok(Math.abs(rate - golden.rates[i]!) < 1e-18));
});

Deno.test("tbillRates() takes the close before the day and carries it over a weekend", () => {
  const series = yields({ "2024-03-07": 3.6525, "2024-03-08": 7.305 });
  const rates = tbillRates([series], "^IRX", { firstDay: parseDay("2024-03-07"), nDays: 6 });
  assert.deepEqual([...rates], [NaN, 0.0001, 0.0002, 0.0002, 0.0002, 0.0002]);
});

Deno.test("tbillRates() is unknown without the series, and keeps a yield below zero", () => {
  const span = { firstDay: parseDay("2024-03-09"), nDays: 2 };
  assert.deepEqual([...tbillRates([], "^IRX", span)], [NaN, NaN]);
  const below = tbillRates([yields({ "2024-03-07": -0.36525 })], "^IRX", span);
  assert.ok(below.every((rate) => Math.abs(rate + 1e-5) < 1e-20));
});

Deno.test("tbillRates() of a point-in-time view are the first of the whole series", () => {
  const closes = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`2024-03-${String(i + 1).padStart(2, "0")}`, 4 + i / 10]),
  );
  const data = dataSetFixture({ "poly:a": { closes: { "2024-03-20": 0.5 } } }, [yields(closes)]);
  const firstDay = parseDay("2024-03-01");
  const whole = tbillRates(data.benchmarks, "^IRX", { firstDay, nDays: 20 });
  for (const nDays of [2, 7, 19]) {
    // the rate of the last day rests on the close of the day before it
    const view = asOf(data, (firstDay + nDays - 1) * 86_400_000);
    assert.deepEqual(
      tbillRates(view.benchmarks, "^IRX", { firstDay, nDays }),
      whole.slice(0, nDays),
    );
  }
});

Deno.test("dailySeries() subtracts the rate of the day in which the return was earned", () => {
  const { returns, excess } = dailySeries(
    Float64Array.of(100, 110, 121),
    Float64Array.of(9, 0.02, 0.03),
  );
  assert.deepEqual([...returns].map((r) => r.toFixed(12)), ["0.100000000000", "0.100000000000"]);
  assert.deepEqual([...excess].map((r) => r.toFixed(12)), ["0.080000000000", "0.070000000000"]);
});

Deno.test("dailyReturns() of a NAV that is lost are 0 after the loss", () => {
  assert.deepEqual([...dailyReturns(Float64Array.of(100, 0, 0, 0))], [-1, 0, 0]);
  assert.deepEqual([
    dailyReturns(Float64Array.of(100)).length,
    dailyReturns(new Float64Array()).length,
  ], [0, 0]);
});

Deno.test("cashNav() earns exactly the rates, whatever they are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -0.001, max: 0.001, noNaN: true }), { minLength: 2 }),
      (list) => {
        const rates = Float64Array.from(list);
        const { excess } = dailySeries(cashNav(rates), rates);
        assert.ok(excess.every((above) => Math.abs(above) < 1e-15));
      },
    ),
    { seed: 5, numRuns: 100 },
  );
});

Deno.test("cashNav() is unknown from the first unknown rate on", () => {
  assert.deepEqual([...cashNav(Float64Array.of(NaN, 0.5, NaN, 0), { start: 2 })], [2, 3, NaN, NaN]);
});

Deno.test("navFromPurchase() counts what the first purchase cost", () => {
  const nav = Float64Array.of(99, 99);
  assert.deepEqual([...dailyReturns(navFromPurchase(nav))].map((r) => r.toFixed(2)), [
    "-0.01",
    "0.00",
  ]);
  assert.deepEqual([...navFromPurchase(new Float64Array())], []);
  assert.deepEqual([...nav], [99, 99]);
});

Deno.test("daily returns refuse what is no NAV and days without a rate", () => {
  assert.throws(() => dailyReturns(Float64Array.of(100, NaN)), {
    name: "RangeError",
    message: "Cannot take returns as a NAV must be a finite number >= 0: got NaN at 1",
  });
  assert.throws(() => dailyReturns(Float64Array.of(-1)), {
    name: "RangeError",
    message: "Cannot take returns as a NAV must be a finite number >= 0: got -1 at 0",
  });
  assert.throws(() => dailySeries(Float64Array.of(100, 101), Float64Array.of(0)), {
    name: "RangeError",
    message: "Cannot take excess returns as each day must have a rate: got 1 rates for 2 days",
  });
});
