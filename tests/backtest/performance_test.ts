import assert from "node:assert/strict";
import fc from "fast-check";
import { cashNav } from "lib/backtest/daily_returns.ts";
import { type Performance, performance } from "lib/backtest/performance.ts";
// golden: R, and pandas, numpy and scipy, made by tests/golden/backtest/performance.py
import golden from "../golden/backtest/performance.json" with { type: "json" };

const nav = Float64Array.from(golden.nav), rates = Float64Array.from(golden.rates);
const field = (measured: Performance, name: string) => measured[name as keyof Performance];

function near(value: number, wanted: number, name: string, tolerance = 1e-10): void {
  assert.ok(
    Math.abs(value - wanted) <= tolerance * Math.max(1, Math.abs(wanted)),
    `${name}: ${value} for ${wanted}`,
  );
}

/** NAV of simple returns, from 100. */
function navOf(returns: readonly number[]): Float64Array {
  return cashNav(Float64Array.of(0, ...returns));
}

Deno.test("performance() matches R's PerformanceAnalytics on the portfolio of Bacon 2008", () => {
  const { returns, r } = golden.bacon;
  const measured = performance(navOf(returns), new Float64Array(returns.length + 1), {
    periodsPerYear: 12,
  });
  for (const [name, value] of Object.entries(r)) near(field(measured, name), value, name, 1e-12);
});

Deno.test("performance() matches empyrical's, scipy's and ffn's definitions on daily values", () => {
  const before = nav.slice();
  const measured = performance(nav, rates);
  assert.equal(measured.periodsPerYear, 365.25);
  assert.equal(measured.nReturns, nav.length - 1);
  for (const [name, value] of Object.entries(golden.ours)) near(field(measured, name), value, name);
  assert.deepEqual(nav, before);
});

Deno.test("performance() gives empyrical's and quantstats' ratios where a year has their 252 days", () => {
  const asTheirs = performance(nav, rates, { periodsPerYear: 252 });
  for (const theirs of [golden.others.empyrical, golden.others.quantstats]) {
    for (const name of ["sharpe", "sortino", "volatility", "annualizedReturn"] as const) {
      near(asTheirs[name], theirs[name], name);
    }
  }
});

Deno.test("performance() differs from the other programs where a calendar series needs it", () => {
  const ours = performance(nav, rates), { empyrical, quantstats, lossesOnly } = golden.others;
  // √(252 / 365.25) of the true volatility: 17 % too little
  near(empyrical.volatility / ours.volatility, Math.sqrt(252 / 365.25), "volatility");
  near(empyrical.sharpe / ours.sharpe, Math.sqrt(252 / 365.25), "sharpe");
  assert.deepEqual(
    [ours.annualizedReturn, empyrical.annualizedReturn, quantstats.annualizedReturn]
      .map((x) => x.toFixed(3)),
    ["0.494", "0.319", "0.319"],
  );
  // the deviation among the losses alone leaves out how seldom they come
  assert.ok(Math.abs(lossesOnly.sortino - ours.sortino) > 0.1);
  // a normal quantile, after two resolution jumps, is half as deep again as the historical one
  assert.ok(quantstats.valueAtRisk / ours.valueAtRisk > 1.4);
  assert.ok(quantstats.excessKurtosis > ours.excessKurtosis);
});

Deno.test("performance() of four days can be checked by hand", () => {
  const measured = performance(navOf([0.1, -0.5, 0, 0.2]), new Float64Array(5));
  near(measured.cumulativeReturn, 1.1 * 0.5 * 1.2 - 1, "cumulative");
  near(measured.annualizedReturn, 0.66 ** (365.25 / 4) - 1, "annualized");
  near(measured.maxDrawdown, -0.5, "drawdown");
  near(measured.omega, 0.3 / 0.5, "omega");
  near(measured.sortino, -0.05 / Math.sqrt(0.25 / 4) * Math.sqrt(365.25), "sortino");
  near(measured.conditionalValueAtRisk, -0.5, "worst");
  assert.deepEqual([measured.stillShare, measured.nReturns], [0.25, 4]);
  near(measured.bestDay, 0.2, "best");
  near(measured.worstDay, -0.5, "worst");
});

Deno.test("performance() gives cash no ratio, with any rate of the bill", () => {
  const flat = new Float64Array(50).fill(100);
  const bill = Float64Array.from({ length: 50 }, (_, i) => 1e-4 + i * 1e-7);
  for (const [held, known] of [[flat, new Float64Array(50)], [flat, bill], [cashNav(bill), bill]]) {
    const { sharpe, sortino } = performance(held!, known!);
    assert.deepEqual([sharpe, sortino], [NaN, NaN]);
  }
  const cash = performance(flat, bill);
  assert.deepEqual(
    [cash.volatility, cash.annualizedReturn, cash.maxDrawdown, cash.stillShare],
    [0, 0, 0, 1],
  );
  assert.deepEqual([cash.omega, cash.calmar, cash.tailRatio, cash.skewness], [NaN, NaN, NaN, NaN]);
  // a constant rate's returns differ in the last bit, which is no volatility
  const constant = cashNav(new Float64Array(50).fill(1e-4));
  assert.deepEqual(performance(constant, new Float64Array(50)).sharpe, NaN);
});

Deno.test("performance() knows no ratio to a bill whose rate is unknown", () => {
  const unknown = rates.slice();
  unknown[7] = NaN;
  const measured = performance(nav, unknown);
  assert.deepEqual([measured.sharpe, measured.sortino, measured.omega], [NaN, NaN, NaN]);
  near(measured.volatility, golden.ours.volatility, "volatility");
});

Deno.test("performance() of nothing, of one value and of a total loss", () => {
  for (const short of [new Float64Array(), Float64Array.of(100)]) {
    const { cumulativeReturn, bestDay, valueAtRisk } = performance(short, short);
    assert.ok([bestDay, valueAtRisk].every(Number.isNaN), String(cumulativeReturn));
  }
  const lost = performance(Float64Array.of(100, 50, 0, 0), new Float64Array(4));
  assert.deepEqual(
    [lost.cumulativeReturn, lost.annualizedReturn, lost.maxDrawdown, lost.worstDay],
    [-1, -1, -1, -1],
  );
});

const histories = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), {
  minLength: 3,
  maxLength: 60,
});

Deno.test("performance() does not depend on the money it starts with", () => {
  fc.assert(
    fc.property(histories, (returns) => {
      const zero = new Float64Array(returns.length + 1), one = navOf(returns);
      const own = performance(one, zero), double = performance(one.map((x) => 2 * x), zero);
      for (const [name, value] of Object.entries(own)) {
        assert.equal(field(double, name), value, name);
      }
      assert.ok(own.conditionalValueAtRisk <= own.valueAtRisk + 1e-15);
      assert.ok(own.worstDay <= own.conditionalValueAtRisk + 1e-15);
      assert.ok(own.maxDrawdown <= 0 && own.maxDrawdown <= own.cumulativeReturn + 1e-12);
    }),
    { seed: 3, numRuns: 200 },
  );
});

Deno.test("performance() in another order of days has the same Sharpe ratio and another drawdown", () => {
  const returns = [0.1, -0.1, 0.1, -0.1, 0.05], turned = [...returns].sort((a, b) => a - b);
  const zero = new Float64Array(6);
  const own = performance(navOf(returns), zero), other = performance(navOf(turned), zero);
  near(own.sharpe, other.sharpe, "sharpe");
  assert.ok(other.maxDrawdown < own.maxDrawdown);
});
