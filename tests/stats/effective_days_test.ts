import assert from "node:assert/strict";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { correlationEvidence } from "lib/stats/correlation_evidence.ts";
import { effectiveDays } from "lib/stats/effective_days.ts";

/** Correlations of the h-day moves of pairs of independent random walks. */
function noiseCorrelations(
  nDays: number,
  stepDays: number,
  { seed, count }: { seed: number; count: number },
): number[] {
  const normal = normalDraws(randomStream(seed, "walks"));
  const moves = () => {
    const daily = Array.from({ length: nDays + stepDays - 1 }, normal);
    const sums = Array.from(
      { length: nDays },
      (_, t) => daily.slice(t, t + stepDays).reduce((sum, x) => sum + x, 0),
    );
    const mean = sums.reduce((sum, x) => sum + x, 0) / nDays;
    return sums.map((x) => x - mean);
  };
  const dot = (x: number[], y: number[]) => x.reduce((sum, u, t) => sum + u * y[t]!, 0);
  return Array.from({ length: count }, () => {
    const x = moves(), y = moves();
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  });
}

Deno.test("effectiveDays() is the sum of Bartlett's formula", () => {
  for (const stepDays of [1, 2, 3, 5, 10, 21]) {
    let sum = 0;
    for (let k = 1 - stepDays; k < stepDays; ++k) sum += (1 - Math.abs(k) / stepDays) ** 2;
    assert.ok(Math.abs(effectiveDays(120, stepDays) - 120 / sum) < 1e-11, `${stepDays} days`);
  }
  assert.equal(effectiveDays(0, 3), 0);
});

for (const stepDays of [1, 2, 5, 10]) {
  Deno.test(`effectiveDays() gives the spread of noise for ${stepDays}-day moves`, () => {
    const nDays = 240, count = 1600;
    const rho = noiseCorrelations(nDays, stepDays, { seed: 3, count });
    const sd = Math.sqrt(rho.reduce((sum, r) => sum + r * r, 0) / count);
    const told = 1 / Math.sqrt(effectiveDays(nDays, stepDays));
    // three standard errors of a standard deviation and what the end of the sample cuts off
    assert.ok(Math.abs(sd / told - 1) < 3 / Math.sqrt(2 * count) + 0.02, `${sd} against ${told}`);
  });
}

Deno.test("effectiveDays() makes correlationEvidence() honest for overlapping moves", () => {
  const nDays = 120, stepDays = 5, count = 1200;
  const rho = noiseCorrelations(nDays, stepDays, { seed: 4, count });
  const falseAlarms = (n: number) =>
    rho.filter((r) => correlationEvidence(r, n, { kind: "pearson" }).pValue < 0.05).length / count;
  assert.ok(falseAlarms(nDays) > 0.2, "days counted as if they were independent");
  assert.ok(Math.abs(falseAlarms(effectiveDays(nDays, stepDays)) - 0.05) < 0.02);
});

Deno.test("effectiveDays() refuses less than no days and broken steps", () => {
  assert.throws(() => effectiveDays(NaN, 1), {
    name: "RangeError",
    message: "Cannot count effective days as nDays must be >= 0: got NaN",
  });
  assert.throws(() => effectiveDays(10, 1.5), {
    name: "RangeError",
    message: "Cannot count effective days as stepDays must be a whole number >= 1: got 1.5",
  });
});
