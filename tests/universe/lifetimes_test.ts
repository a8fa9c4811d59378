import assert from "node:assert/strict";
import fc from "fast-check";
import { lifetimes } from "lib/universe/lifetimes.ts";
import { dailyPrices } from "./daily_prices.ts";

Deno.test("lifetimes() counts prices, not the span, and sorts by first day", () => {
  // hand-worked: the second market starts first and has a hole; the third has no price
  const lives = lifetimes(
    dailyPrices([[[10, 0.5], [11, 0.5]], [[8, 0.1], [12, 0.2], [13, 0.2]], [], [[8, 0.9]]]),
    { minPrices: 2 },
  );
  assert.equal(lives.nMarkets, 4);
  assert.equal(lives.nPriced, 3);
  assert.deepEqual([...lives.firstDay], [8, 8, 10]);
  assert.deepEqual([...lives.lastDay], [8, 13, 11]);
  assert.deepEqual([...lives.nPrices], [1, 3, 2]);
  assert.equal(lives.nLong, 2);
  assert.equal(lives.medianPrices, 2);
  assert.deepEqual(lives.lengthBins, [
    { from: 1, to: 2, nMarkets: 1 },
    { from: 2, to: 4, nMarkets: 2 },
  ]);
});

Deno.test("lifetimes() takes no price from a row without a close", () => {
  const lives = lifetimes(dailyPrices([[[1, NaN], [2, 0.4], [3, NaN]], [[1, NaN]]]));
  assert.deepEqual([lives.nPriced, lives.firstDay[0], lives.lastDay[0]], [1, 2, 2]);
});

Deno.test("lifetimes() of nothing has no median and no bins", () => {
  const lives = lifetimes(dailyPrices([[], []]));
  assert.equal(lives.nPriced, 0);
  assert.ok(Number.isNaN(lives.medianPrices));
  assert.deepEqual(lives.lengthBins, []);
});

Deno.test("lifetimes() has the threshold as an edge, and every market in one bin", () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 2, max: 60 }), (lengths, minPrices) => {
      const lives = lifetimes(
        dailyPrices(lengths.map((n) => Array.from({ length: n }, (_, i) => [i, 0.5] as const))),
        { minPrices },
      );
      const { lengthBins } = lives;
      assert.equal(lengthBins.reduce((n, bin) => n + bin.nMarkets, 0), lives.nPriced);
      lengthBins.forEach((bin, b) => b === 0 || assert.equal(bin.from, lengthBins[b - 1]!.to));
      const long = lengthBins.filter((bin) => bin.from >= minPrices);
      assert.equal(long.reduce((n, bin) => n + bin.nMarkets, 0), lives.nLong);
      assert.equal(lives.nLong, lengths.filter((n) => n >= minPrices).length);
    }),
    { seed: 7 },
  );
});

Deno.test("lifetimes() refuses a threshold below 2", () => {
  assert.throws(() => lifetimes(dailyPrices([]), { minPrices: 1 }), {
    name: "RangeError",
    message: "Cannot measure lifetimes as minPrices must be a whole number >= 2: got 1",
  });
});
