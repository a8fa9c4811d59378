import assert from "node:assert/strict";
import fc from "fast-check";
import { type SettledBet, settledBets } from "lib/backtest/settled_bets.ts";
import { randomStream } from "lib/core/random.ts";
// golden: sklearn and statsmodels, made by tests/golden/backtest/settled_bets.py
import golden from "../golden/backtest/settled_bets.json" with { type: "json" };

const near = (value: number, wanted: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(value - wanted) < tolerance, `${value} for ${wanted}`);

function bet(i: number, entryPrice: number, payout: number, eventId = `e${i}`): SettledBet {
  return { marketId: `poly:${i}`, eventId, side: "yes", entryPrice, payout };
}

Deno.test("settledBets() match sklearn's scores and statsmodels' intervals", () => {
  const bets = golden.price.map((price, i) =>
    bet(i, price, golden.payout[i]!, `e${golden.event[i]}`)
  );
  const found = settledBets(bets, { nBins: 10 });
  for (
    const name of [
      "brier",
      "logScore",
      "reliability",
      "resolution",
      "uncertainty",
      "withinBins",
      "fairRate",
    ] as const
  ) near(found[name], golden[name]);
  near(found.hits.value, golden.hitRate);
  near(found.fairLow, golden.fairRate - golden.fairHalf);
  near(found.fairHigh, golden.fairRate + golden.fairHalf);
  found.calibration.forEach((bin, k) => {
    const { nBets, nEvents, meanPrice, meanPayout, low, high } = bin;
    [nBets, nEvents, meanPrice, meanPayout, low, high]
      .forEach((value, c) => near(value, golden.bins[k]![c]!, 1e-9));
  });
  assert.equal(found.calibration.length, golden.bins.length);
});

Deno.test("settledBets() show that a buyer of favourites is right nine times in ten without an edge", () => {
  const random = randomStream(6, "favourites");
  const bets = Array.from({ length: 2000 }, (_, i) => bet(i, 0.9, random() < 0.9 ? 1 : 0));
  const { hits, fairRate, fairLow, fairHigh, reliability } = settledBets(bets, { nBins: 10 });
  assert.ok(hits.value > 0.88);
  near(fairRate, 0.9);
  assert.ok(fairLow < hits.value && hits.value < fairHigh && reliability < 0.001);
});

Deno.test("settledBets() count the bets of one event as one", () => {
  const alone = Array.from({ length: 40 }, (_, i) => bet(i, 0.5, i % 2));
  const together = alone.map((one, i) => ({ ...one, eventId: `e${i % 10}` }));
  const single = settledBets(alone, { nBins: 2 }), grouped = settledBets(together, { nBins: 2 });
  assert.equal(grouped.hits.nGroups, 10);
  assert.ok(grouped.hits.effectiveItems < 11 && single.hits.effectiveItems > 38);
  near((grouped.fairHigh - grouped.fairLow) / (single.fairHigh - single.fairLow), 2);
  assert.deepEqual([grouped.calibration[0]!.nBets, grouped.calibration[0]!.nEvents], [40, 10]);
  assert.equal(grouped.brier, single.brier);
});

Deno.test("settledBets() take a price of an edge into the bin below, as the data of 0.5", () => {
  const { calibration } = settledBets([bet(0, 0.5, 1), bet(1, 0.51, 1)], { nBins: 2 });
  assert.deepEqual(calibration.map(({ from, to, nBets }) => [from, to, nBets]), [
    [0, 0.5, 1],
    [0.5, 1, 1],
  ]);
});

const records = fc.array(
  fc.record({
    entryPrice: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    payout: fc.constantFrom(0, 0.5, 1),
    event: fc.integer({ min: 0, max: 6 }),
  }),
  { minLength: 1, maxLength: 40 },
);

Deno.test("settledBets() give a Brier score whose parts add up, for fractions too", () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 1, max: 12 }), (list, nBins) => {
      const bets = list.map(({ entryPrice, payout, event }, i) =>
        bet(i, entryPrice, payout, `e${event}`)
      );
      const found = settledBets(bets, { nBins });
      near(
        found.brier,
        found.reliability - found.resolution + found.uncertainty + found.withinBins,
      );
      assert.ok(found.hits.low <= found.hits.value + 1e-12);
      for (const bin of found.calibration) {
        assert.ok(bin.low <= bin.meanPayout + 1e-12 && bin.meanPayout <= bin.high + 1e-12);
      }
    }),
    { seed: 8, numRuns: 200 },
  );
});

Deno.test("settledBets() that pay what they cost are no hits", () => {
  const { hits, meanPayout } = settledBets([bet(0, 0.5, 0.5), bet(1, 0.4, 0.5)], { nBins: 10 });
  assert.deepEqual([hits.value, meanPayout], [0.5, 0.5]);
});

Deno.test("settledBets() of the other sides have the same scores", () => {
  const bets = [bet(0, 0.3, 0), bet(1, 0.8, 1), bet(2, 0.6, 0)];
  const other = bets.map(({ entryPrice, payout }, i) => bet(i, 1 - entryPrice, 1 - payout));
  const one = settledBets(bets, { nBins: 1 }), two = settledBets(other, { nBins: 1 });
  near(one.brier, two.brier);
  near(one.logScore, two.logScore);
  near(one.hits.value + two.hits.value, 1);
});

Deno.test("settledBets() of no bet know nothing", () => {
  const found = settledBets([], { nBins: 10 });
  assert.deepEqual(found.calibration, []);
  assert.deepEqual(
    [found.hits.value, found.fairRate, found.fairLow, found.brier, found.logScore],
    [NaN, NaN, NaN, NaN, NaN],
  );
});

Deno.test("settledBets() refuse a price that is none, a payout that is none and no bin", () => {
  assert.throws(() => settledBets([bet(0, 1, 1)], { nBins: 10 }), {
    name: "RangeError",
    message: 'Cannot judge bets as each must have cost between 0 and 1: got 1 for "poly:0"',
  });
  assert.throws(() => settledBets([bet(0, 0.5, NaN)], { nBins: 10 }), {
    name: "RangeError",
    message: 'Cannot judge bets as each must have paid 0 to 1: got NaN for "poly:0"',
  });
  assert.throws(() => settledBets([], { nBins: 0 }), {
    name: "RangeError",
    message: "Cannot judge bets as nBins must be a whole number >= 1: got 0",
  });
});
