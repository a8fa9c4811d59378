import assert from "node:assert/strict";
import fc from "fast-check";
import { liveCalendar } from "lib/universe/live_calendar.ts";
import { dailyPrices, market } from "./daily_prices.ts";

const MARKETS = [
  market({ marketId: "kalshi:a" }),
  market({ marketId: "poly:b" }),
  market({ marketId: "poly:c" }),
];

Deno.test("liveCalendar() counts markets by venue and day, and those with a history by then", () => {
  // hand-worked: day 3 has no price at all, and is a day nevertheless
  const calendar = liveCalendar(
    MARKETS,
    dailyPrices([[[1, 0.5], [2, 0.5]], [[2, 0.1], [4, 0.2], [5, NaN]], [[4, 0.7]]]),
    { minPrices: 2, minCrossSection: 1 },
  );
  assert.deepEqual([...calendar.days], [1, 2, 3, 4]);
  assert.deepEqual(
    calendar.venues.map(({ venue, nLive }) => [venue, ...nLive]),
    [["kalshi", 1, 1, 0, 0], ["polymarket", 0, 1, 0, 2]],
  );
  assert.deepEqual([...calendar.nLive], [1, 2, 0, 2]);
  assert.deepEqual([...calendar.nSeasoned], [0, 1, 0, 1]);
  assert.equal(calendar.nWideDays, 2);
});

Deno.test("liveCalendar() of nothing has no days and no venues", () => {
  const calendar = liveCalendar(MARKETS, dailyPrices([[], [[3, NaN]], []]));
  assert.deepEqual([calendar.days.length, calendar.venues.length, calendar.nWideDays], [0, 0, 0]);
});

const priceLists = fc.array(
  fc.uniqueArray(fc.integer({ min: 100, max: 160 }), { maxLength: 40 })
    .map((days) => days.sort((a, b) => a - b).map((day) => [day, 0.5] as const)),
  { minLength: 1, maxLength: 8 },
);

Deno.test("liveCalendar() accounts for every price", () => {
  fc.assert(
    fc.property(priceLists, (lists) => {
      const calendar = liveCalendar(
        lists.map((_, j) => market({ marketId: `poly:${j}` })),
        dailyPrices(lists),
        { minPrices: 5 },
      );
      assert.equal(calendar.nLive.reduce((sum, n) => sum + n, 0), lists.flat().length);
      calendar.nSeasoned.forEach((n, i) => assert.ok(n <= calendar.nLive[i]!));
    }),
    { seed: 7 },
  );
});

Deno.test("liveCalendar() does not look ahead", () => {
  fc.assert(
    fc.property(priceLists, fc.integer({ min: 100, max: 160 }), (lists, cut) => {
      const markets = lists.map((_, j) => market({ marketId: `poly:${j}` }));
      const whole = liveCalendar(markets, dailyPrices(lists), { minPrices: 5 });
      const early = liveCalendar(
        markets,
        dailyPrices(lists.map((list) => list.filter(([day]) => day <= cut))),
        { minPrices: 5 },
      );
      assert.deepEqual(early.nSeasoned, whole.nSeasoned.slice(0, early.days.length));
      assert.deepEqual(early.nLive, whole.nLive.slice(0, early.days.length));
    }),
    { seed: 7 },
  );
});

Deno.test("liveCalendar() refuses markets that do not fit the prices", () => {
  assert.throws(() => liveCalendar(MARKETS, dailyPrices([[]])), {
    name: "RangeError",
    message:
      "Cannot count live markets as each must have its range of prices: got 3 markets and 1 ranges",
  });
});
