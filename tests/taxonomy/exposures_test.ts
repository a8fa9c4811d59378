import assert from "node:assert/strict";
import {
  eventExposures,
  eventName,
  type ExposureOptions,
  lastCountedDay,
} from "lib/taxonomy/exposures.ts";
import { dailyPrices, dailyVolumes, market } from "../universe/daily_prices.ts";

const WINDOW: ExposureOptions = {
  from: 10,
  to: 20,
  minDays: 5,
  minMovedDays: 2,
  minVolumeUsd: 100,
  minDaysToEnd: 3,
  tick: 0.01,
};

/** Prices on the given days that go up and down by a cent, still after `moving` days. */
function walk(from: number, to: number, moving = 99): [number, number][] {
  return Array.from(
    { length: to - from },
    (_, i) => [from + i, 0.5 + (i < moving ? (i % 2) / 100 : 0)],
  );
}

const MARKETS = [
  market({ marketId: "poly:a", eventId: "E1" }),
  market({ marketId: "poly:b", eventId: "E1" }),
  market({ marketId: "poly:c", eventId: "E1" }),
  market({ marketId: "poly:d", eventId: "E2" }),
  market({ marketId: "poly:e" }),
  market({ marketId: "poly:f" }),
  market({ marketId: "poly:g", eventId: "E3" }),
  market({ marketId: "poly:h", eventId: "E4" }),
];
const PRICES = dailyPrices([
  walk(0, 16), // 6 days in the window
  walk(10, 18, 4), // 8 days, moved on 3
  walk(10, 18), // 8 days, moved on 7
  walk(16, 40), // 4 days in the window
  walk(5, 15), // exactly 5
  walk(10, 20, 1), // still
  walk(0, 9), // nothing in the window
  walk(10, 20),
]);
const ACTIVITY = dailyVolumes([[], [], [], [], [], [], [], [[3, 60], [12, 39], [25, 1e9]]]);

Deno.test("eventExposures() takes the most observed contract of each event, then the liveliest", () => {
  const found = eventExposures({ markets: MARKETS, prices: PRICES, activity: ACTIVITY }, WINDOW);
  assert.deepEqual(found.exposures, [
    { market: 2, event: "E1", nDays: 8, nMoved: 7, nCandidates: 3 },
    { market: 4, event: "poly:e", nDays: 5, nMoved: 4, nCandidates: 1 },
  ]);
  assert.deepEqual(found.leftOut, [
    { market: 0, kind: "same event", reason: "its event is represented by poly:c" },
    { market: 1, kind: "same event", reason: "its event is represented by poly:c" },
    { market: 3, kind: "few prices", reason: "has 4 prices in the window, 5 are needed" },
    { market: 5, kind: "hardly moves", reason: "moved on 0 days of the window, 2 are needed" },
    { market: 7, kind: "little volume", reason: "traded $99 in all, $100 are needed" },
  ]);
});

Deno.test("eventExposures() lets twins share an event, over several steps", () => {
  const found = eventExposures(
    { markets: MARKETS, prices: PRICES, activity: dailyVolumes(MARKETS.map(() => [])) },
    { ...WINDOW, twins: [[4, 7], [7, 1]] },
  );
  assert.deepEqual(found.exposures.map((one) => [one.market, one.event, one.nCandidates]), [
    [7, "E1", 5],
  ]);
});

Deno.test("eventExposures() counts no change below the tick, where log-odds stand still", () => {
  const dead = Array.from({ length: 10 }, (_, i) => [10 + i, 0.003 + 0.001 * (i % 3)] as const);
  const data = {
    markets: [market({ marketId: "poly:a" })],
    prices: dailyPrices([dead]),
    activity: dailyVolumes([[]]),
  };
  assert.deepEqual(eventExposures(data, WINDOW).leftOut, [
    { market: 0, kind: "hardly moves", reason: "moved on 0 days of the window, 2 are needed" },
  ]);
  assert.equal(eventExposures(data, { ...WINDOW, tick: 0.001 }).exposures[0]!.nMoved, 9);
});

Deno.test("eventName() is the venue's id, else its slug, else the contract", () => {
  const one = { eventId: "E", eventSlug: "e-slug", marketId: "poly:a" };
  assert.deepEqual(
    [one, { ...one, eventId: null }, { ...one, eventId: null, eventSlug: null }].map(eventName),
    ["E", "e-slug", "poly:a"],
  );
});

Deno.test("eventExposures() does not count prices close to the scheduled end", () => {
  const one = [market({ marketId: "poly:a", closesAtMs: 18 * 86_400_000 })];
  const data = { markets: one, prices: dailyPrices([walk(9, 20)]), activity: dailyVolumes([[]]) };
  // days 10 to 15 count: the end is in day 18
  assert.deepEqual(eventExposures(data, { ...WINDOW, minDays: 6 }).exposures, [
    { market: 0, event: "poly:a", nDays: 6, nMoved: 5, nCandidates: 1 },
  ]);
  assert.deepEqual(eventExposures(data, { ...WINDOW, minDays: 7 }).leftOut, [
    { market: 0, kind: "few prices", reason: "has 6 prices in the window, 7 are needed" },
  ]);
  assert.equal(lastCountedDay({ closesAtMs: null }, 3), Infinity);
});

Deno.test("eventExposures() looks at nothing after the window", () => {
  const cut = PRICES.day.map((day) => day < WINDOW.to ? 1 : 0);
  const lists = MARKETS.map((_, j) =>
    Array.from({ length: PRICES.offsets[j + 1]! - PRICES.offsets[j]! }, (_, k) => {
      const row = PRICES.offsets[j]! + k;
      return [PRICES.day[row]!, cut[row] === 1 ? PRICES.close[row]! : NaN] as [number, number];
    })
  );
  const poisoned = eventExposures(
    { markets: MARKETS, prices: dailyPrices(lists), activity: ACTIVITY },
    WINDOW,
  );
  const truncated = eventExposures({
    markets: MARKETS,
    prices: dailyPrices(lists.map((list) => list.filter(([day]) => day < WINDOW.to))),
    activity: dailyVolumes([[], [], [], [], [], [], [], [[3, 60], [12, 39]]]),
  }, WINDOW);
  assert.deepEqual(poisoned, truncated);
});

Deno.test("eventExposures() refuses an empty window, and has no answer for no market", () => {
  const nothing = { markets: [], prices: dailyPrices([]), activity: dailyVolumes([]) };
  assert.deepEqual(eventExposures(nothing, WINDOW), { exposures: [], leftOut: [] });
  assert.throws(() => eventExposures(nothing, { ...WINDOW, to: 10 }), {
    name: "RangeError",
    message: "Cannot choose exposures as the window must hold a day: got days 10 to 10",
  });
});
