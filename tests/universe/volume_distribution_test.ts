import assert from "node:assert/strict";
import fc from "fast-check";
import { volumeDistribution } from "lib/universe/volume_distribution.ts";
import { dailyVolumes } from "./daily_prices.ts";

Deno.test("volumeDistribution() keeps unknown apart from zero", () => {
  // hand-worked: totals 0, 150, 20000; the last two markets are unknown
  const volumes = volumeDistribution(
    dailyVolumes([[[1, 100], [2, NaN], [3, 50]], [[1, 20_000]], [[1, 0]], [], [[1, NaN]]]),
  );
  assert.deepEqual([...volumes.totalUsd], [0, 150, 20_000]);
  assert.deepEqual([volumes.nMarkets, volumes.nKnown, volumes.nZero], [5, 3, 1]);
  assert.equal(volumes.sumUsd, 20_150);
  assert.deepEqual([volumes.p10Usd, volumes.medianUsd, volumes.p90Usd], [0, 150, 20_000]);
  assert.equal(volumes.topTenthShare, 20_000 / 20_150);
  assert.equal(volumes.nAtThreshold, 1);
});

Deno.test("volumeDistribution() puts a power of ten at the bottom of its bin", () => {
  const { bins } = volumeDistribution(dailyVolumes([[[1, 1000]], [[1, 10_000]]]));
  assert.deepEqual(bins[0], { fromUsd: 1000, toUsd: 1000 * 10 ** 0.25, nMarkets: 1 });
  assert.equal(bins.at(-1)!.fromUsd, 10_000);
  assert.equal(bins.length, 5);
});

Deno.test("volumeDistribution() of nothing known has no quantile", () => {
  const volumes = volumeDistribution(dailyVolumes([[], []]));
  assert.deepEqual([volumes.nMarkets, volumes.nKnown, volumes.bins.length], [2, 0, 0]);
  for (const x of [volumes.p10Usd, volumes.medianUsd, volumes.topTenthShare]) {
    assert.ok(Number.isNaN(x));
  }
});

Deno.test("volumeDistribution() has every traded market in one bin that holds it", () => {
  const totals = fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(totals, (totals) => {
      const volumes = volumeDistribution(dailyVolumes(totals.map((x) => [[1, x] as const])));
      const counted = volumes.bins.reduce((n, bin) => n + bin.nMarkets, 0);
      assert.equal(counted + volumes.nZero, totals.length);
      for (const { fromUsd, toUsd, nMarkets } of volumes.bins) {
        assert.equal(nMarkets, totals.filter((x) => x >= fromUsd && x < toUsd && x > 0).length);
      }
    }),
    { seed: 7 },
  );
});

Deno.test("volumeDistribution() refuses a negative volume and a threshold of 0", () => {
  assert.throws(() => volumeDistribution(dailyVolumes([[], [[1, -5]]])), {
    name: "RangeError",
    message: "Cannot measure volumes as each must be a number >= 0: got -5 (market 1, row 0)",
  });
  assert.throws(() => volumeDistribution(dailyVolumes([]), { thresholdUsd: 0 }), {
    name: "RangeError",
    message: "Cannot measure volumes as thresholdUsd must be above 0: got 0",
  });
});
