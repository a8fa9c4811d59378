import assert from "node:assert/strict";
import { bootstrapIntervals } from "lib/backtest/bootstrap_intervals.ts";
import { dailySeries } from "lib/backtest/daily_returns.ts";
import { measuredNavs } from "lib/backtest/measured_navs.ts";
import { resampledDays } from "lib/backtest/resampled_days.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

const OPTIONS = { nDraws: 200, meanBlockDays: 5, seed: 7 };

function walk(n: number, seed: number): Float64Array {
  const next = normalDraws(randomStream(seed, "walk"));
  let value = 99;
  return Float64Array.from({ length: n }, () => value *= 1 + 0.01 * next());
}

Deno.test("measuredNavs() counts what the first purchase cost as a return, hand-worked", () => {
  const [one] = measuredNavs(
    [{ nav: Float64Array.of(98, 98), rates: new Float64Array(3) }],
    OPTIONS,
  );
  assert.equal(one!.performance.nReturns, 2);
  assert.ok(Math.abs(one!.performance.cumulativeReturn + 0.02) < 1e-12);
  assert.ok(Math.abs(one!.performance.worstDay + 0.02) < 1e-12);
  assert.ok(Math.abs(one!.performance.maxDrawdown) > 0.0199);
});

Deno.test("measuredNavs() is over the bill, whose first rate is of the day before the purchase", () => {
  const nav = walk(80, 1), rates = new Float64Array(81).fill(0.001);
  const odd = rates.slice();
  odd[0] = 0.5;
  const [plain, over, other] = measuredNavs(
    [{ nav, rates: new Float64Array(81) }, { nav, rates }, { nav, rates: odd }],
    OPTIONS,
  );
  assert.ok(over!.performance.sharpe < plain!.performance.sharpe);
  assert.ok(over!.sample.sharpe < plain!.sample.sharpe);
  assert.deepEqual(other, over);
});

Deno.test("measuredNavs() resamples the same days for values of as many days, by the seed and not the order", () => {
  const a = walk(60, 2), b = walk(60, 3), c = walk(41, 4);
  const jobs = [a, b, c].map((nav) => ({ nav, rates: new Float64Array(nav.length + 1) }));
  const all = measuredNavs(jobs, OPTIONS);
  assert.deepEqual(measuredNavs([...jobs].reverse(), OPTIONS).reverse(), all);
  assert.deepEqual(measuredNavs([jobs[1]!], OPTIONS), [all[1]]);
  const random = randomStream(7, "resampled 60 days");
  const days = resampledDays(60, { nDraws: 200, meanBlockDays: 5, random });
  const whole = Float64Array.of(100, ...b);
  assert.deepEqual(
    all[1]!.intervals,
    bootstrapIntervals(dailySeries(whole, new Float64Array(61)), days),
  );
  assert.notDeepEqual(measuredNavs([jobs[1]!], { ...OPTIONS, seed: 8 }), [all[1]]);
});

Deno.test("measuredNavs() of a basket that never held anything measures nothing", () => {
  // its ledger starts after the last day, so that the rates from the day before are one
  const never = [0, 1].map((n) => ({ nav: new Float64Array(0), rates: new Float64Array(n) }));
  const nav = walk(60, 2), job = { nav, rates: new Float64Array(61) };
  const [some, ...none] = measuredNavs([job, ...never], OPTIONS);
  assert.deepEqual([some], measuredNavs([job], OPTIONS));
  assert.equal(none.length, 2);
  for (const { performance, intervals, sample } of none) {
    assert.equal(performance.nReturns, 0);
    assert.ok(Number.isNaN(performance.annualizedReturn) && Number.isNaN(sample.sharpe));
    assert.deepEqual(intervals.sharpe, { low: NaN, high: NaN, nKnown: 0 });
  }
});

Deno.test("measuredNavs() refuses rates that are not those of the days", () => {
  const job = { nav: walk(5, 1), rates: new Float64Array(5) };
  assert.throws(() => measuredNavs([job], OPTIONS), {
    name: "RangeError",
    message: "Cannot take excess returns as each day must have a rate: got 5 rates for 6 days",
  });
});
