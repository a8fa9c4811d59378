import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "lib/core/random.ts";
import { zeroMoves } from "lib/universe/zero_moves.ts";
// golden: pandas, scipy and statsmodels' clustered OLS, made by tests/golden/universe/price_nulls.py
import golden from "../golden/universe/price_nulls.json" with { type: "json" };
import { onTick } from "lib/sources/simulated/observe.ts";
import { textOf, universe } from "../sources/simulated/universe.ts";
import { dailyPrices } from "./daily_prices.ts";
import { MARKETS, PRICES } from "./golden_universe.ts";

Deno.test("zeroMoves() matches pandas, scipy and statsmodels on a small universe", () => {
  const moves = zeroMoves(PRICES), expected = golden.zero;
  assert.equal(moves.nMarkets, expected.nMarkets);
  assert.equal(moves.nMoves, expected.nMoves);
  assert.deepEqual([...moves.zeroShare], expected.zeroShare);
  assert.equal(moves.overallShare, expected.overallShare);
  assert.ok(Math.abs(moves.roundingShare - expected.roundingShare) < 1e-9);
  assert.ok(Math.abs(moves.gapLow - expected.gap[0]!) < 1e-9);
  assert.ok(Math.abs(moves.gapHigh - expected.gap[1]!) < 1e-9);
  const events = MARKETS.map(({ eventId, marketId }) => eventId ?? marketId);
  const byEvent = zeroMoves(PRICES, { events });
  assert.ok(byEvent.nClusters < moves.nClusters);
  assert.ok(Math.abs(byEvent.gapLow - expected.gapByEvent[0]!) < 1e-9);
  assert.ok(Math.abs(byEvent.gapHigh - expected.gapByEvent[1]!) < 1e-9);
  assert.equal(moves.nAboveRounding, expected.nAboveRounding);
  assert.deepEqual([...moves.observedBins], expected.observedBins);
  moves.roundingBins.forEach((n, b) => assert.ok(Math.abs(n - expected.roundingBins[b]!) < 1e-4));
});

Deno.test("zeroMoves() takes a move from consecutive days only", () => {
  // hand-worked: the gap after day 2 makes no move, the row without a close neither
  const moves = zeroMoves(
    dailyPrices([[[1, 0.5], [2, 0.5], [4, 0.5], [5, 0.52], [6, NaN], [7, 0.52]], [[1, 0.5]]]),
    { minMoves: 2 },
  );
  assert.deepEqual([moves.nMarkets, moves.nMoves, moves.nShort], [1, 2, 1]);
  assert.equal(moves.overallShare, 0.5);
});

/** Closes of Laplace moves of `spread` steps on average, rounded to cents, around the middle. */
function roundedWalks(nMarkets: number, nDays: number, spread: number, pause: number) {
  return dailyPrices(Array.from({ length: nMarkets }, (_, j) => {
    const random = randomStream(7, `walk ${j}`);
    let level = 50 + random();
    return Array.from({ length: nDays }, (_, day) => {
      if (random() >= pause) {
        level = Math.min(
          Math.max(level + (random() < 0.5 ? -spread : spread) * Math.log(1 - random()), 25),
          75,
        );
      }
      return [day, Math.round(level) / 100] as const;
    });
  }));
}

Deno.test("zeroMoves() credits rounding with all zeros of prices that are only rounded", () => {
  const moves = zeroMoves(roundedWalks(200, 60, 1.5, 0));
  assert.ok(moves.overallShare > 0.2, `${moves.overallShare}`);
  assert.ok(Math.abs(moves.overallShare - moves.roundingShare) < 0.01);
  assert.ok(moves.nAboveRounding / moves.nMarkets < 0.1);
});

Deno.test("zeroMoves() finds the days on which nothing happens", () => {
  const moves = zeroMoves(roundedWalks(200, 200, 3, 0.4));
  assert.ok(moves.gapLow > 0.25, `${moves.gapLow}`);
  assert.ok(moves.nAboveRounding / moves.nMarkets > 0.95);
});

Deno.test("zeroMoves() leaves a market that never moves to rounding", () => {
  const still = Array.from({ length: 40 }, (_, day) => [day, 0.5] as const);
  const moves = zeroMoves(dailyPrices([still, still]));
  assert.deepEqual([moves.overallShare, moves.roundingShare], [1, 1]);
  assert.deepEqual([moves.gapLow, moves.gapHigh, moves.nAboveRounding], [0, 0, 0]);
});

Deno.test("zeroMoves() spreads exactly one market over the bins of the null for each it has", () => {
  const closes = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 30, maxLength: 90 });
  fc.assert(
    fc.property(fc.array(closes, { maxLength: 6 }), (lists) => {
      const moves = zeroMoves(
        dailyPrices(lists.map((list) => list.map((x, day) => [day, x / 100] as const))),
      );
      const sum = (bins: Float64Array) => bins.reduce((total, n) => total + n, 0);
      assert.equal(sum(moves.observedBins), moves.nMarkets);
      assert.ok(Math.abs(sum(moves.roundingBins) - moves.nMarkets) < 1e-9);
      if (moves.nMarkets > 0) {
        assert.ok(moves.roundingShare >= 0 && moves.roundingShare <= 1);
      }
    }),
    { seed: 7 },
  );
});

Deno.test("zeroMoves() of nothing has no share", () => {
  const moves = zeroMoves(dailyPrices([[], []]));
  assert.deepEqual([moves.nMarkets, moves.nMoves, moves.nShort], [0, 0, 0]);
  assert.ok(Number.isNaN(moves.overallShare) && Number.isNaN(moves.gapLow));
});

Deno.test("zeroMoves() refuses fewer than one move and a step of 0", () => {
  assert.throws(() => zeroMoves(dailyPrices([]), { minMoves: 0 }), {
    name: "RangeError",
    message: "Cannot measure zero moves as minMoves must be a whole number >= 1: got 0",
  });
  assert.throws(() => zeroMoves(dailyPrices([[]]), { events: [] }), {
    name: "RangeError",
    message:
      "Cannot measure zero moves as each market must have its event: got 0 events and 1 markets",
  });
  assert.throws(() => zeroMoves(dailyPrices([]), { steps: [0.01, 0] }), {
    name: "RangeError",
    message: "Cannot measure zero moves as each step must be above 0: got 0",
  });
});

Deno.test("zeroMoves() finds the zeros that rounding makes of prices of quiet days and news", () => {
  // the simulated universe's true prices on the ticks of its venues, each seen every day
  const { truth } = universe("default", "full");
  const { offsets, firstDay, nOpen, p } = truth.paths;
  const ids = textOf(truth.markets, "market_id");
  const moves = zeroMoves(
    dailyPrices(ids.map((id, j) =>
      Array.from({ length: nOpen[j]! }, (_, i) =>
        [
          firstDay[j]! + i,
          onTick(p[offsets[j]! + i]!, !id!.startsWith("kalshi:")),
        ] as const)
    )),
  );
  assert.ok(moves.nMarkets > 3000 && moves.overallShare > 0.3);
  // normal moves of one volatility would leave 13 points to be explained
  assert.ok(
    Math.abs(moves.overallShare - moves.roundingShare) < 0.03,
    `${moves.overallShare} and ${moves.roundingShare}`,
  );
});
