import assert from "node:assert/strict";
import {
  bootstrapIntervals,
  differenceIntervals,
  RESAMPLED_MEASURES,
} from "lib/backtest/bootstrap_intervals.ts";
import { cashNav, type DailySeries, dailySeries } from "lib/backtest/daily_returns.ts";
import { performance } from "lib/backtest/performance.ts";
import { type ResampledDays, resampledDays } from "lib/backtest/resampled_days.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
// golden: numpy, made by tests/golden/backtest/bootstrap_intervals.py
import golden from "../golden/backtest/bootstrap_intervals.json" with { type: "json" };
import history from "../golden/backtest/performance.json" with { type: "json" };

const near = (value: number, wanted: number, name: string) =>
  assert.ok(Math.abs(value - wanted) < 1e-10 * Math.max(1, Math.abs(wanted)), `${name} ${value}`);

const drawn: ResampledDays = {
  nDays: golden.rows[0]!.length,
  nDraws: golden.rows.length,
  rows: Int32Array.from(golden.rows.flat()),
};
const pair = golden.returns.map((list): DailySeries => {
  const returns = Float64Array.from(list);
  return { returns, excess: returns.map((gain) => gain - golden.rate) };
}) as [DailySeries, DailySeries];

function normalSeries(name: string, { nDays, mean }: { nDays: number; mean: number }): DailySeries {
  const draw = normalDraws(randomStream(1, name));
  const returns = Float64Array.from({ length: nDays }, () => 0.01 * (mean + draw()));
  return { returns, excess: returns };
}

Deno.test("bootstrapIntervals() match numpy on the rows that numpy drew", () => {
  const found = bootstrapIntervals(pair[0], drawn, { level: 0.9 });
  for (const name of RESAMPLED_MEASURES) {
    near(found[name].low, golden.intervals[name][0]!, name);
    near(found[name].high, golden.intervals[name][1]!, name);
    assert.equal(found[name].nKnown, drawn.nDraws);
  }
});

Deno.test("differenceIntervals() match numpy, with the same rows for both", () => {
  const found = differenceIntervals(pair, drawn, { level: 0.9 });
  for (const name of ["meanReturn", "sharpe"] as const) {
    const { value, low, high } = found[name];
    [value, low, high].forEach((end, k) => near(end, golden.difference[name][k]!, name));
  }
});

Deno.test("bootstrapIntervals() of the days as they were are the measures of the NAV", () => {
  const nav = Float64Array.from(history.nav), rates = Float64Array.from(history.rates);
  const nDays = nav.length - 1;
  const asSeen = { nDays, nDraws: 1, rows: Int32Array.from({ length: nDays }, (_, i) => i) };
  const found = bootstrapIntervals(dailySeries(nav, rates), asSeen);
  const measured = performance(nav, rates);
  for (const name of RESAMPLED_MEASURES) near(found[name].low, measured[name], name);
});

Deno.test("bootstrapIntervals() hold the true Sharpe ratio about as often as they say", () => {
  const mean = 0.05, truth = mean * Math.sqrt(365.25);
  let held = 0;
  for (let run = 0; run < 200; ++run) {
    const series = normalSeries(`coverage ${run}`, { nDays: 250, mean });
    const days = resampledDays(250, {
      nDraws: 200,
      meanBlockDays: 5,
      random: randomStream(2, `coverage ${run}`),
    });
    const { low, high } = bootstrapIntervals(series, days, { level: 0.9 }).sharpe;
    if (low <= truth && truth <= high) ++held;
  }
  // blocks and 200 draws make it a little narrow: 0.85 to 0.90
  assert.ok(held >= 162 && held <= 190, String(held));
});

Deno.test("differenceIntervals() of series that move together are narrower than either's", () => {
  const nDays = 300, market = normalSeries("market", { nDays, mean: 0 });
  const ahead = market.returns.map((gain, i) => gain + 0.0005 + 1e-4 * Math.sin(i));
  const days = resampledDays(nDays, {
    nDraws: 200,
    meanBlockDays: 10,
    random: randomStream(2, "d"),
  });
  const { meanReturn } = differenceIntervals([{ returns: ahead, excess: ahead }, market], days);
  const own = bootstrapIntervals(market, days).annualizedReturn;
  assert.ok(meanReturn.low > 0 && meanReturn.low < meanReturn.value);
  assert.ok(meanReturn.high - meanReturn.low < (own.high - own.low) / 20);
  const none = differenceIntervals([market, market], days);
  assert.deepEqual([none.sharpe.low, none.sharpe.value, none.sharpe.high], [0, 0, 0]);
});

Deno.test("bootstrapIntervals() of cash have no ratio in any draw", () => {
  const rates = new Float64Array(41).fill(1e-4);
  const days = resampledDays(40, { nDraws: 20, meanBlockDays: 5, random: randomStream(2, "cash") });
  const found = bootstrapIntervals(dailySeries(cashNav(rates), rates), days);
  assert.deepEqual([found.sharpe.low, found.sharpe.nKnown, found.sortino.nKnown], [NaN, 0, 0]);
  assert.deepEqual([found.maxDrawdown.low, found.calmar.nKnown], [0, 0]);
  near(found.cumulativeReturn.low, 1.0001 ** 40 - 1, "cumulative");
});

Deno.test("bootstrapIntervals() refuse other days than those resampled, and no coverage", () => {
  const days = resampledDays(3, { nDraws: 1, meanBlockDays: 1, random: randomStream(2, "e") });
  assert.throws(() => bootstrapIntervals(pair[0], days), {
    name: "RangeError",
    message:
      "Cannot bootstrap returns as they must be those of the 3 resampled days: got 60 returns and 60 excess returns",
  });
  assert.throws(() => bootstrapIntervals(pair[0], drawn, { level: 1 }), {
    name: "RangeError",
    message: "Cannot bootstrap returns as level must be in (0, 1): got 1",
  });
});
