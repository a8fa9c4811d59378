import assert from "node:assert/strict";
import { parse } from "yaml";
import { dayStartMs, MISSING_DAY, parseDay } from "lib/core/day.ts";
import { parseSettings } from "lib/core/settings.ts";
import { activityCoverage, coverageFunnel, resolutionCoverage } from "lib/universe/coverage.ts";
import { marketQuality } from "lib/universe/quality.ts";
import { dailyCloses, dataSetFixture, type MarketFixture } from "../fixtures/data_set.ts";

const settings = parseSettings(
  parse(Deno.readTextFileSync(new URL("../../config/settings.yaml", import.meta.url))),
);

/** A market without any fault: 40 days, always moving, volume known, ends in time. */
const sound: MarketFixture = {
  createdAtMs: dayStartMs(parseDay("2025-01-01")),
  opensAtMs: dayStartMs(parseDay("2025-01-01")),
  closesAtMs: dayStartMs(parseDay("2025-06-01")),
  closes: dailyCloses("2025-01-01", Array.from({ length: 40 }, (_, i) => 0.3 + 0.01 * (i % 7))),
  volumes: dailyCloses("2025-01-01", Array(40).fill(500)),
};

function check(market: MarketFixture, twins?: ReadonlySet<string>) {
  return marketQuality(dataSetFixture({ "poly:x": market }), settings.universe, twins)[0]!;
}

Deno.test("marketQuality() flags nothing on a sound market", () => {
  const found = check(sound);
  assert.deepEqual(found.flags, []);
  assert.deepEqual([found.nDays, found.nGaps, found.distinctPrices, found.volumeUsd], [
    40,
    0,
    7,
    20_000,
  ]);
  assert.equal(found.zeroMoveShare, 0);
});

Deno.test("marketQuality() flags each fault, and only that one", () => {
  const closes = (values: number[]) => ({ closes: dailyCloses("2025-01-01", values) });
  const wave = Array.from({ length: 40 }, (_, i) => 0.3 + 0.01 * (i % 7));
  const faults: [string, MarketFixture][] = [
    ["short_history", closes(wave.slice(0, 29))],
    ["gaps", { closes: { ...sound.closes, "2025-03-01": 0.5 } }],
    ["stale", closes([...wave, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9])],
    ["illiquid", { volumes: dailyCloses("2025-01-01", [9, 0, 0, 0, 0, 0, 0, 0, 9]) }],
    ["activity_unknown", { volumes: {} }],
    ["no_title", { question: null }],
    ["no_scheduled_end", { closesAtMs: null }],
    ["opens_after_end", { opensAtMs: sound.closesAtMs! + 1 }],
    ["price_before_listing", { createdAtMs: dayStartMs(parseDay("2025-01-02")) + 1 }],
    [
      "price_after_settlement",
      { paid: { payout: 1, atMs: dayStartMs(parseDay("2025-02-09")) - 1 } },
    ],
  ];
  for (const [flag, change] of faults) {
    assert.deepEqual(check({ ...sound, ...change }).flags, [flag]);
  }
  assert.deepEqual(check(sound, new Set(["poly:x"])).flags, ["twin"]);
});

Deno.test("marketQuality() needs seven known days of zero volume in a row for illiquid", () => {
  const volumes = (values: number[]) =>
    check({ ...sound, volumes: dailyCloses("2025-01-01", values) });
  assert.deepEqual(volumes([9, 0, 0, 0, 0, 0, 0, 9]).flags, []);
  const unknownBetween = dailyCloses("2025-01-01", [0, 0, 0, 0, 0, 0, 0, 0]);
  delete unknownBetween["2025-01-04"];
  assert.deepEqual(check({ ...sound, volumes: unknownBetween }).flags, []);
  assert.deepEqual(volumes([NaN, NaN, NaN, NaN, NaN, NaN, NaN]).flags, ["activity_unknown"]);
});

Deno.test("marketQuality() counts zero moves between neighbouring days only", () => {
  const found = check({
    ...sound,
    closes: { "2025-01-01": 0.5, "2025-01-02": 0.5, "2025-01-03": 0.6, "2025-01-09": 0.6 },
  });
  assert.equal(found.zeroMoveShare, 0.5);
  assert.deepEqual([found.nGaps, found.longestGapDays], [1, 5]);
});

Deno.test("marketQuality() of a listing without prices has no answer, not zero", () => {
  const found = check({ ...sound, closes: {}, volumes: {} });
  assert.deepEqual(found.flags, ["no_history", "activity_unknown"]);
  assert.deepEqual([found.firstDay, found.lastDay], [MISSING_DAY, MISSING_DAY]);
  assert.ok(Number.isNaN(found.zeroMoveShare) && Number.isNaN(found.volumeUsd));
});

Deno.test("coverageFunnel() counts nested stages, activityCoverage() what is known beside them", () => {
  const long = (n: number) =>
    dailyCloses("2025-01-01", Array.from({ length: n }, (_, i) => 0.1 + i / 1000));
  const data = dataSetFixture({
    "poly:a": { closes: long(70), volumes: { "2025-01-01": 20_000 } },
    "poly:b": { closes: long(30), volumes: { "2025-01-01": 1 } },
    "poly:c": { closes: long(14), paid: { payout: 0.5, atMs: 1 } },
    "poly:d": { closes: long(1), paid: { payout: 0, atMs: 1 } },
    "poly:e": {},
    "poly:f": {
      closes: dailyCloses("2025-01-01", Array(61).fill(0.4)),
      paid: { payout: 1, atMs: 1 },
    },
  });
  const quality = marketQuality(data, settings.universe);
  assert.deepEqual(coverageFunnel(quality, settings), [
    { stage: "Listed", nMarkets: 6 },
    { stage: "With a daily price", nMarkets: 5 },
    { stage: "With 14+ daily prices", nMarkets: 4 },
    { stage: "With 30+ daily prices", nMarkets: 3 },
    { stage: "… not all of them equal", nMarkets: 2 },
    { stage: "With 60+ daily prices", nMarkets: 1 },
  ]);
  assert.deepEqual(activityCoverage(quality, settings), {
    nKnown: 2,
    nUnknown: 4,
    nAboveMinimum: 1,
  });
  assert.deepEqual(resolutionCoverage(data), {
    nResolved: 3,
    nPaidOne: 1,
    nPaidZero: 1,
    nPaidBetween: 1,
  });
});
