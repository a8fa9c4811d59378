import assert from "node:assert/strict";
import fc from "fast-check";
import { brierScore, calibrationError, logScore, reliabilityBins } from "lib/stats/reliability.ts";
import { wilsonInterval } from "lib/stats/wilson.ts";
// golden: scikit-learn, made by tests/golden/stats/reliability.py
import golden from "../golden/stats/reliability.json" with { type: "json" };

const near = (x: number, y: number) => Math.abs(x - y) < 1e-12;

Deno.test("reliabilityBins() gives sklearn's calibration curve in both kinds of bins", () => {
  for (const { probability, right, bins } of golden) {
    for (const { nBins, by, shareRight, meanProbability } of bins) {
      const found = reliabilityBins(probability, right, { nBins, by: by as "width" | "count" });
      assert.equal(found.length, shareRight.length);
      found.forEach((bin, b) => {
        assert.ok(near(bin.shareRight, shareRight[b]!), `${by} ${nBins}`);
        assert.ok(near(bin.meanProbability, meanProbability[b]!), `${by} ${nBins}`);
      });
    }
  }
});

Deno.test("calibrationError() gives the definition's value", () => {
  for (const { probability, right, errorOfTen } of golden) {
    const bins = reliabilityBins(probability, right, { nBins: 10, by: "width" });
    assert.ok(near(calibrationError(bins), errorOfTen));
  }
  assert.equal(calibrationError([]), NaN);
});

Deno.test("brierScore() and logScore() give sklearn's", () => {
  for (const { probability, right, brier, log } of golden) {
    assert.ok(near(brierScore(probability, right), brier), `${brier}`);
    assert.ok(near(logScore(probability, right), log), `${log} ${logScore(probability, right)}`);
  }
  assert.deepEqual([brierScore([], []), logScore([], [])], [NaN, NaN]);
});

Deno.test("reliabilityBins() places each item once, in a bin that holds its probability", () => {
  const forecasts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      forecasts,
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom("width" as const, "count" as const),
      (items, nBins, by) => {
        const probability = items.map(([p]) => p), right = items.map(([, truth]) => truth);
        const bins = reliabilityBins(probability, right, { nBins, by });
        assert.equal(bins.reduce((sum, { nItems }) => sum + nItems, 0), items.length);
        for (const bin of bins) {
          assert.ok(bin.nItems > 0);
          const interval = wilsonInterval(Math.round(bin.shareRight * bin.nItems), bin.nItems);
          assert.deepEqual({ low: bin.low, high: bin.high }, interval);
          assert.ok(
            bin.meanProbability >= bin.from - 1e-12 && bin.meanProbability <= bin.to + 1e-12,
          );
        }
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("reliabilityBins() and the scores refuse what is no forecast", () => {
  assert.throws(() => brierScore([0.5], []), {
    name: "RangeError",
    message: "Cannot score forecasts as each must have an outcome: got 1 and 0",
  });
  assert.throws(() => logScore([0.5, NaN], [true, true]), {
    name: "RangeError",
    message: "Cannot score forecasts as each must be in [0, 1]: got NaN at 1",
  });
  assert.throws(() => reliabilityBins([0.5], [true], { nBins: 0, by: "width" }), {
    name: "RangeError",
    message: "Cannot bin forecasts as nBins must be a whole number >= 1: got 0",
  });
});
