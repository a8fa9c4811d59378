import assert from "node:assert/strict";
import { studyWindows, windowDays, windowPrices } from "lib/cluster/study_windows.ts";
import { parseDay } from "lib/core/day.ts";
import { parseSettings, type Settings } from "lib/core/settings.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { dailyPrices, dailyVolumes, market } from "../universe/daily_prices.ts";

const { clustering } = parseSettings(await readYaml(inProject("config/settings.yaml")));

/** The committed settings with other numbers. */
function settingsOf(values: Readonly<Record<string, unknown>>): Settings["clustering"] {
  const changed = Object.entries(values).map((
    [name, value],
  ) => [name, { value, unit: "", reason: "" }]);
  return { ...clustering, ...Object.fromEntries(changed) };
}

const TICK = { tick: 0.01 };
const SMALL = settingsOf({
  ...{ windows_days: [12, 20], next_days: 10, rolling_windows: 4, studied_windows: [] },
  ...{ min_overlap_days: 10, min_moved_days: 3, min_days_to_end: 5, min_total_volume_usd: 100 },
});

Deno.test("studyWindows() walks back without judging a day twice", () => {
  const windows = studyWindows(SMALL, { since: 100, until: 160 });
  assert.deepEqual(windows.map((one) => [one.fromDay, one.boundaryDay, one.toDay]), [
    ...[[100, 120, 130], [110, 130, 140], [120, 140, 150], [130, 150, 160]],
  ]);
  assert.ok(windows.every((one) => !one.studied));
  assert.equal(windowDays(SMALL), 20);
});

Deno.test("studyWindows() leaves out windows that the prices do not cover", () => {
  const from = (since: number, until: number) =>
    studyWindows(SMALL, { since, until }).map((one) => one.fromDay);
  assert.deepEqual(from(101, 160), [110, 120, 130]);
  assert.deepEqual(from(131, 160), []);
  assert.deepEqual(studyWindows(SMALL, { since: 160, until: 160 }), []);
});

Deno.test("studyWindows() adds the named windows by their boundary", () => {
  const named = ["1970-04-11", "1970-05-05", "1970-06-10"].map(parseDay);
  const settings = settingsOf({
    ...{ windows_days: [12, 20], next_days: 10, rolling_windows: 2 },
    studied_windows: [
      ["1970-04-11", "1970-05-05", "1970-06-10"],
      ["1970-04-11", "1970-05-05", "1970-06-11"], // ends after the last day
      ["1970-04-10", "1970-05-05", "1970-06-10"], // begins before the first
    ],
  });
  assert.deepEqual(named, [100, 124, 160]);
  const windows = studyWindows(settings, { since: 100, until: 160 });
  assert.deepEqual(windows.map((one) => [one.boundaryDay, one.toDay, one.studied]), [
    ...[[124, 160, true], [140, 150, false], [150, 160, false]],
  ]);
});

/** Prices on days [from, to) that move every day, or only on the first `moving`. */
function walk(from: number, to: number, moving = 99): [number, number][] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, i) => {
    const step = Math.min(i, moving);
    return [from + i, 0.3 + 0.01 * ((step * 7) % 13)];
  });
}

const DAY = 86_400_000;
const MARKETS = [
  market({ marketId: "poly:a", eventId: "E1" }),
  market({ marketId: "poly:b", eventId: "E1" }),
  market({ marketId: "poly:c", closesAtMs: 125 * DAY }),
  market({ marketId: "poly:d" }),
  market({ marketId: "poly:e" }),
  market({ marketId: "poly:f" }),
];
const LISTS = [
  walk(100, 118),
  walk(100, 130),
  walk(100, 125),
  walk(106, 130), // 14 days in the window: one too few
  walk(100, 130, 2),
  walk(105, 130), // exactly 15
];
const VOLUMES: [number, number][][] = [[], [], [], [], [], [[104, 99], [121, 1e6]]];
const DAYS = { fromDay: 100, boundaryDay: 120, toDay: 130 };

function data(lists = LISTS, volumes = VOLUMES) {
  return { markets: MARKETS, prices: dailyPrices(lists), activity: dailyVolumes(volumes) };
}

Deno.test("windowPrices() takes one exposure an event with prices in and after the window", () => {
  const found = windowPrices(data(), DAYS, SMALL, TICK);
  assert.deepEqual(found.exposures.map((one) => one.market), [1, 2]);
  assert.deepEqual(found.leftOut.map(({ market, kind }) => [market, kind]), [
    ...[[0, "same event"], [3, "few prices"], [4, "hardly moves"], [5, "little volume"]],
  ]);
  assert.deepEqual([found.now.days[0], found.now.days.length], [100, 20]);
  assert.deepEqual([found.next.days[0], found.next.days.length], [120, 10]);
  for (const part of [found.now, found.next]) {
    assert.deepEqual(part.markets, ["poly:b", "poly:c"]);
    part.days.forEach((day, i) => {
      assert.equal(part.values[2 * i], LISTS[1]!.find(([one]) => one === day)![1]);
      // c is scheduled to end on day 125: five days before it prices stop to count
      const c = part.values[2 * i + 1]!;
      if (day > 120) assert.ok(Number.isNaN(c));
      else assert.equal(c, LISTS[2]!.find(([one]) => one === day)![1]);
    });
  }
});

Deno.test("windowPrices() counts twins as one event", () => {
  const rich = data(LISTS, [[], [], [], [], [], []]);
  const plain = windowPrices(rich, DAYS, SMALL, TICK);
  assert.deepEqual(plain.exposures.map((one) => one.market), [1, 2, 5]);
  const twins = windowPrices(rich, DAYS, SMALL, { ...TICK, twins: [[5, 1]] });
  assert.deepEqual(twins.exposures.map((one) => one.market), [1, 2]);
});

Deno.test("windowPrices() asks for as many prices as make any two share the overlap", () => {
  const needs = (days: typeof DAYS, nPrices: number) => {
    const list = walk(days.boundaryDay - nPrices, days.boundaryDay);
    return windowPrices(data([[], [], [], list, [], []]), days, SMALL, TICK).exposures.length;
  };
  assert.deepEqual([needs(DAYS, 14), needs(DAYS, 15)], [0, 1]);
  // half as long a window needs half the overlap: (10 + 5) / 2, rounded up
  const short = { ...DAYS, fromDay: 110 };
  assert.deepEqual([needs(short, 7), needs(short, 8)], [0, 1]);
  // a longer one does not need more
  const long = { ...DAYS, fromDay: 90 };
  assert.deepEqual([needs(long, 19), needs(long, 20)], [0, 1]);
  const given = windowPrices(data(), DAYS, SMALL, { ...TICK, minDays: 14 });
  assert.ok(given.exposures.some((one) => one.market === 3));
});

Deno.test("windowPrices() chooses by what was known at the boundary", () => {
  const plain = windowPrices(data(), DAYS, SMALL, TICK);
  const poisons = [
    LISTS.map((list) =>
      list.map(([day, x]): [number, number] => [day, day >= 120 ? 1 - x / 2 : x])
    ),
    LISTS.map((list) => list.filter(([day]) => day < 120)),
    LISTS.map((list, j) => [...list.filter(([day]) => day < 120), ...walk(120, 130 + j)]),
  ];
  for (const lists of poisons) {
    const found = windowPrices(data(lists), DAYS, SMALL, TICK);
    assert.deepEqual(found.now, plain.now);
    assert.deepEqual(found.exposures, plain.exposures);
    assert.deepEqual(found.leftOut, plain.leftOut);
    assert.notDeepEqual(found.next, plain.next);
  }
  const later = VOLUMES.map((
    list,
  ) => [...list.filter(([day]) => day < 120), [120, 1e9]]) as typeof VOLUMES;
  assert.deepEqual(windowPrices(data(LISTS, later), DAYS, SMALL, TICK).exposures, plain.exposures);
});

Deno.test("windowPrices() of no market gives empty panels, and refuses an empty window", () => {
  const none = { markets: [], prices: dailyPrices([]), activity: dailyVolumes([]) };
  const { exposures, now, next } = windowPrices(none, DAYS, SMALL, TICK);
  assert.deepEqual([exposures.length, now.values.length, next.days.length], [0, 0, 10]);
  assert.throws(() => windowPrices(none, { ...DAYS, fromDay: 120 }, SMALL, TICK), {
    name: "RangeError",
    message: "Cannot choose exposures as the window must hold a day: got days 120 to 120",
  });
});
