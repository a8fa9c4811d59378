import assert from "node:assert/strict";
import { basketCorrelation, compoundedReturns } from "lib/backtest/basket_correlation.ts";
import { resampledDays } from "lib/backtest/resampled_days.ts";
import { dayRange, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
// golden: pandas, made by tests/golden/backtest/basket_correlation.py
import golden from "../golden/backtest/basket_correlation.json" with { type: "json" };

const returns = panel(
  dayRange(0, golden.returns.length),
  golden.names,
  Float64Array.from(golden.returns.flat(), (x) => x ?? NaN),
);
const days = {
  nDays: golden.returns.length,
  nDraws: golden.rows.length,
  rows: Int32Array.from(golden.rows.flat()),
};

Deno.test("basketCorrelation() matches pandas for days and overlapping weeks", () => {
  for (const [stepDays, wanted] of [[1, golden.daily], [7, golden.weekly]] as const) {
    const found = basketCorrelation(returns, { stepDays, minOverlap: 30, days });
    assert.deepEqual([...found.overlap], wanted.overlap);
    for (const name of ["rho", "low", "high"] as const) {
      assert.deepEqual(found[name].ids, golden.names);
      found[name].values.forEach((value, p) =>
        assert.ok(Math.abs(value - wanted[name][p]!) < 1e-12, `${name} ${p}`)
      );
    }
    const ends = [found.mean, found.meanLow, found.meanHigh];
    [wanted.mean, ...wanted.meanEnds].forEach((value, k) =>
      assert.ok(Math.abs(ends[k]! - value!) < 1e-10, `${ends[k]} for ${value}`)
    );
  }
});

Deno.test("compoundedReturns() chain days, and know no week with an unknown day", () => {
  const four = panel(
    dayRange(0, 4),
    ["a", "b"],
    Float64Array.of(0.1, 1, 0.2, NaN, -1, 0.5, 0.5, 0),
  );
  const { values } = compoundedReturns(four, 2);
  assert.deepEqual([...values].map((x) => x.toFixed(6)), [
    ...["NaN", "NaN", "0.320000", "NaN", "-1.000000", "NaN", "-1.000000", "0.500000"],
  ]);
  assert.deepEqual(compoundedReturns(four, 1).values.length, 8);
});

Deno.test("basketCorrelation() of weeks sees a basket that follows a day later", () => {
  const draw = normalDraws(randomStream(4, "lead")), nDays = 400;
  const lead = Array.from({ length: nDays + 1 }, () => 0.01 * draw());
  const values = Float64Array.from(
    lead.slice(1).flatMap((gain, i) => [gain, lead[i]!]),
  );
  const both = panel(dayRange(0, nDays), ["lead", "follow"], values);
  const few = resampledDays(nDays, { nDraws: 50, meanBlockDays: 30, random: randomStream(4, "r") });
  const daily = basketCorrelation(both, { stepDays: 1, minOverlap: 30, days: few });
  const weekly = basketCorrelation(both, { stepDays: 7, minOverlap: 30, days: few });
  assert.ok(Math.abs(daily.mean) < 0.15 && weekly.mean > 0.75);
  assert.ok(weekly.meanLow < weekly.mean && weekly.mean < weekly.meanHigh);
  assert.ok(weekly.meanLow > 0.5);
  // 394 overlapping weeks are worth 84 days
  const width = (found: typeof daily) =>
    Math.atanh(found.high.values[0]!) - Math.atanh(found.low.values[0]!);
  assert.ok(width(weekly) > 2 * width(daily));
});

Deno.test("basketCorrelation() of a basket in cash, of too few days and of one basket is unknown", () => {
  const nDays = 40, draw = normalDraws(randomStream(4, "cash"));
  const few = resampledDays(nDays, { nDraws: 5, meanBlockDays: 5, random: randomStream(4, "s") });
  const options = { stepDays: 1, minOverlap: 10, days: few };
  const values = Float64Array.from({ length: 2 * nDays }, (_, at) => at % 2 ? 0 : draw());
  const found = basketCorrelation(panel(dayRange(0, nDays), ["a", "cash"], values), options);
  assert.deepEqual([found.rho.values[0], found.mean, found.meanLow], [NaN, NaN, NaN]);
  assert.equal(found.overlap[0], nDays);
  const short = basketCorrelation(panel(dayRange(0, nDays), ["a", "b"], values.map(() => draw())), {
    ...options,
    minOverlap: nDays + 1,
  });
  assert.deepEqual([short.rho.values[0], short.mean, short.meanHigh], [NaN, NaN, NaN]);
  const one = panel(dayRange(0, nDays), ["a"], values.slice(0, nDays));
  assert.ok(Number.isNaN(basketCorrelation(one, options).mean));
});

Deno.test("basketCorrelation() refuses other days and a step of none", () => {
  const other = { ...days, nDays: 3 };
  assert.throws(() => basketCorrelation(returns, { stepDays: 1, minOverlap: 30, days: other }), {
    name: "RangeError",
    message:
      "Cannot correlate baskets as the resampled days must be those of the panel: got 3 for 150",
  });
  assert.throws(() => compoundedReturns(returns, 0), {
    name: "RangeError",
    message: "Cannot compound returns as stepDays must be a whole number >= 1: got 0",
  });
});
