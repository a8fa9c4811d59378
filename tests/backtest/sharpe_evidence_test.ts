import assert from "node:assert/strict";
import {
  deflatedSharpe,
  expectedMaximum,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeError,
  sharpeSample,
} from "lib/backtest/sharpe_evidence.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
// golden: numpy and scipy, made by tests/golden/backtest/sharpe_evidence.py
import golden from "../golden/backtest/sharpe_evidence.json" with { type: "json" };

const near = (value: number, wanted: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(value - wanted) < tolerance, `${value} for ${wanted}`);

Deno.test("the evidence of a Sharpe ratio matches scipy for seven trials", () => {
  const samples = golden.trials.map((trial) => sharpeSample(Float64Array.from(trial)));
  const trialSharpes = samples.map(({ sharpe }) => sharpe);
  samples.forEach((sample, j) => {
    const wanted = golden.rows[j]!;
    near(sample.sharpe, wanted.sharpe);
    near(sample.skewness, wanted.skewness);
    near(sample.excessKurtosis, wanted.excessKurtosis);
    near(probabilisticSharpe(sample), wanted.aboveZero);
    near(probabilisticSharpe(sample, { benchmark: 0.01 }), wanted.aboveTarget);
    const { benchmark, probability } = deflatedSharpe(sample, { trialSharpes });
    near(benchmark, wanted.benchmark);
    near(probability, wanted.deflated);
    const length = minimumTrackRecord(sample, { benchmark: 0.01 });
    if (wanted.trackRecord === null) assert.equal(length, Infinity);
    else near(length / wanted.trackRecord, 1);
  });
});

Deno.test("expectedMaximum() matches scipy and lies within 0.05 of the true mean of the largest", () => {
  for (const [n, approximate, exact] of golden.expectedMaximum) {
    near(expectedMaximum(n!), approximate!);
    near(expectedMaximum(n!), exact!, 0.05);
  }
  assert.equal(expectedMaximum(1), 0);
});

Deno.test("deflatedSharpe() gives the 0.9004 of the paper's own example", () => {
  const { sharpe, nReturns, skewness, kurtosis, nTrials, variance, deflated } = golden.numerical;
  const sample = { sharpe, nReturns, skewness, excessKurtosis: kurtosis - 3 };
  const benchmark = Math.sqrt(variance) * expectedMaximum(nTrials);
  near(probabilisticSharpe(sample, { benchmark }), deflated, 5e-5);
});

Deno.test("probabilisticSharpe() of normal returns is the test of a mean", () => {
  const sample = { sharpe: 0.1, nReturns: 101, skewness: 0, excessKurtosis: 0 };
  near(sharpeError(sample), Math.sqrt((1 + 0.005) / 100));
  assert.equal(probabilisticSharpe({ ...sample, sharpe: 0 }), 0.5);
  const heavy = { ...sample, skewness: -3, excessKurtosis: 10 };
  assert.ok(probabilisticSharpe(heavy) < probabilisticSharpe(sample));
});

Deno.test("minimumTrackRecord() is the length at which the probability reaches its level", () => {
  const sample = { sharpe: 0.05, nReturns: 300, skewness: -0.5, excessKurtosis: 4 };
  const nReturns = minimumTrackRecord(sample, { benchmark: 0.01, level: 0.9 });
  near(probabilisticSharpe({ ...sample, nReturns }, { benchmark: 0.01 }), 0.9);
  assert.equal(minimumTrackRecord(sample, { benchmark: 0.05 }), Infinity);
});

Deno.test("deflatedSharpe() counts a trial that stood still, and judges one trial as it is", () => {
  const sample = { sharpe: 0.05, nReturns: 300, skewness: 0, excessKurtosis: 0 };
  const three = deflatedSharpe(sample, { trialSharpes: [0.05, 0.01, NaN] });
  near(three.benchmark, Math.sqrt(0.0008) * expectedMaximum(3));
  assert.ok(Number.isNaN(deflatedSharpe(sample, { trialSharpes: [0.05] }).probability));
});

Deno.test("deflatedSharpe() of the best of 12 trials without skill is rarely evidence", () => {
  const draw = normalDraws(randomStream(3, "trials without skill"));
  let raw = 0, deflated = 0;
  for (let run = 0; run < 200; ++run) {
    const samples = Array.from(
      { length: 12 },
      () => sharpeSample(Float64Array.from({ length: 250 }, () => draw())),
    );
    const trialSharpes = samples.map(({ sharpe }) => sharpe);
    const best = samples[trialSharpes.indexOf(Math.max(...trialSharpes))]!;
    if (probabilisticSharpe(best) > 0.95) ++raw;
    if (deflatedSharpe(best, { trialSharpes }).probability > 0.95) ++deflated;
  }
  // 1 − 0.95¹² = 46 % of the best look significant; deflated, next to none do
  assert.ok(raw > 70 && raw < 115, String(raw));
  assert.ok(deflated <= 4, String(deflated));
});

Deno.test("the evidence has no number for a series that stands still", () => {
  const sample = sharpeSample(new Float64Array(30));
  assert.ok(Number.isNaN(probabilisticSharpe(sample)));
  assert.ok(Number.isNaN(minimumTrackRecord(sample)));
});

Deno.test("the evidence refuses no trial and a level that proves nothing", () => {
  assert.throws(() => expectedMaximum(0), {
    name: "RangeError",
    message: "Cannot expect a maximum as there must be at least 1 trial: got 0",
  });
  const sample = { sharpe: 0.05, nReturns: 300, skewness: 0, excessKurtosis: 0 };
  assert.throws(() => minimumTrackRecord(sample, { level: 0.5 }), {
    name: "RangeError",
    message: "Cannot ask for a track record as level must be in (0.5, 1): got 0.5",
  });
});
