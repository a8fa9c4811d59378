import assert from "node:assert/strict";
import type { BenchmarkSeries } from "lib/core/data_set.ts";
import { isWeekend, parseDay } from "lib/core/day.ts";
import { normalDraws, randomStream, shuffled } from "lib/core/random.ts";
import { sessions } from "lib/core/sessions.ts";
import { type MacroFactorOptions, macroFactors } from "lib/factors/macro_factors.ts";
import { benchmark, FACTOR_LIST, factorList, SETTINGS } from "./made_alignment.ts";
// golden: pandas, made by tests/golden/factors/alignment.py
import golden from "../golden/factors/alignment.json" with { type: "json" };

const CALENDARS: Record<string, string> = {
  SHARE: "us_equity",
  TOKYO: "tokyo",
  YIELD: "us_rates",
  FEAR: "us_equity",
  COIN: "crypto",
  SPREAD: "us_equity",
};
const BENCHMARKS = golden.benchmarks.map(({ symbol, kind, day, close }) =>
  benchmark(symbol, kind as BenchmarkSeries["kind"], { day, close })
);
const LIST = factorList(
  BENCHMARKS.map(({ symbol, kind }) => ({ symbol, kind, calendar: CALENDARS[symbol]! })),
  { sets: { all: BENCHMARKS.map(({ symbol }) => symbol) }, holidays: golden.holidays },
);
const OPTIONS: MacroFactorOptions = {
  list: LIST,
  sets: ["all"],
  from: golden.from,
  to: golden.to,
  settings: SETTINGS,
};

function assertNear(got: ArrayLike<number>, want: readonly number[], tolerance = 1e-13): void {
  assert.equal(got.length, want.length);
  want.forEach((x, i) => assert.ok(Math.abs(got[i]! - x) <= tolerance, `${i}: ${got[i]} for ${x}`));
}

function column({ panel }: ReturnType<typeof macroFactors>, symbol: string): number[] {
  const k = panel.factors.findIndex((factor) => factor.symbol === symbol);
  return Array.from(panel.day, (_, s) => panel.moves[s * panel.factors.length + k]!);
}

Deno.test("macroFactors() matches pandas on days, spans and moves of prices, yields and levels", () => {
  const made = macroFactors(BENCHMARKS, OPTIONS);
  assert.deepEqual([...made.panel.day], golden.label.day);
  assert.deepEqual([...made.panel.fromDay], golden.label.fromDay);
  for (const { symbol } of BENCHMARKS) {
    assertNear(column(made, symbol), golden.label.moves[symbol as "SHARE"]);
  }
  assert.deepEqual(made.leftOut, []);
  assert.deepEqual(made.set, { key: "all", name: "set all" });
  assert.deepEqual(made.panel.factors[2], {
    symbol: "YIELD",
    name: "name of YIELD",
    group: "rates",
    kind: "yield",
  });
});

Deno.test("macroFactors() with overlap timing matches pandas and its time zones", () => {
  const made = macroFactors(BENCHMARKS, { ...OPTIONS, timing: "overlap" });
  assert.deepEqual([...made.panel.day], golden.overlap.day);
  for (const { symbol } of BENCHMARKS) {
    assertNear(column(made, symbol), golden.overlap.moves[symbol as "SHARE"]);
  }
});

Deno.test("each factor keeps its calendar's close, an hour earlier in summer", () => {
  const { panel, closes } = macroFactors(BENCHMARKS, OPTIONS);
  const at = (day: string, k: number) => closes[k]!.minute[panel.day.indexOf(parseDay(day))];
  assert.equal(closes[0]!.calendar, "us_equity");
  assert.deepEqual([at("2024-03-08", 0), at("2024-03-11", 0)], [21 * 60, 20 * 60]);
  assert.deepEqual([at("2024-03-08", 1), at("2024-03-11", 1)], [6 * 60, 6 * 60]);
  assert.deepEqual([at("2024-03-08", 4), at("2024-03-11", 4)], [1440, 1440]);
});

Deno.test("a holiday of one exchange makes every move span it and none a zero", () => {
  const made = macroFactors(BENCHMARKS, OPTIONS), { fromDay, day } = made.panel;
  const holiday = parseDay("2024-02-12");
  assert.ok(BENCHMARKS[0]!.day.includes(holiday), "New York is open on Tokyo's holiday");
  assert.ok(!day.includes(holiday) && !fromDay.includes(holiday));
  const over = day.findIndex((end, s) => fromDay[s]! < holiday && end > holiday);
  assert.equal(day[over]! - fromDay[over]!, 4);
  for (const { symbol } of BENCHMARKS) assert.ok(column(made, symbol).every((move) => move !== 0));
});

Deno.test("an interval over a hole longer than max_interval_days is dropped", () => {
  const { fromDay, day } = macroFactors(BENCHMARKS, OPTIONS).panel;
  assert.ok(day.every((end, s) => end - fromDay[s]! <= 7));
  const after = day.findIndex((_, s) => s > 0 && fromDay[s] !== day[s - 1]);
  assert.deepEqual([day[after - 1], fromDay[after]], [
    parseDay("2024-04-05"),
    parseDay("2024-04-15"),
  ]);
});

const DAYS = sessions({ ...FACTOR_LIST.calendars.us_equity!, holidays: [] }, {
  from: parseDay("2025-01-01"),
  to: parseDay("2025-07-01"),
}).day;

function walk(symbol: string, { kind = "price" as BenchmarkSeries["kind"], days = DAYS } = {}) {
  const draw = normalDraws(randomStream(3, symbol));
  let level = 100;
  return benchmark(symbol, kind, { day: days, close: Array.from(days, () => level += draw()) });
}

const FEW = factorList(
  ["A", "B", "C", "D"].map((symbol) => ({ symbol, kind: "price", calendar: "us_equity" })),
  { sets: { wide: ["A", "B", "C", "D"], narrow: ["B", "A"], ghosts: ["D"] } },
);
const FEW_OPTIONS: MacroFactorOptions = {
  list: FEW,
  sets: ["wide", "narrow"],
  from: DAYS[0]!,
  to: DAYS.at(-1)! + 1,
  settings: SETTINGS,
};

Deno.test("macroFactors() takes the first set with enough series, else the one with most of them", () => {
  const [a, b, c] = [walk("A"), walk("B"), walk("C")];
  assert.equal(macroFactors([a, b, c, walk("D")], FEW_OPTIONS).set.key, "wide");
  const narrow = macroFactors([a, b, c], FEW_OPTIONS);
  assert.deepEqual(narrow.set, { key: "narrow", name: "set narrow" });
  assert.deepEqual(narrow.panel.factors.map(({ symbol }) => symbol), ["B", "A"]);
  const most = macroFactors([a, c], { ...FEW_OPTIONS, sets: ["ghosts", "narrow", "wide"] });
  assert.equal(most.set.key, "narrow");
  assert.deepEqual(most.leftOut, [{ symbol: "B", reason: "the source does not have it" }]);
});

Deno.test("a series that is not there is left out with its reason and takes no day", () => {
  const whole = macroFactors([walk("A"), walk("B")], { ...FEW_OPTIONS, sets: ["narrow"] });
  const flat = benchmark("D", "price", { day: DAYS, close: Array.from(DAYS, () => 7) });
  const made = macroFactors(
    [walk("A"), walk("B", { kind: "yield" }), walk("C", { days: DAYS.slice(100) }), flat],
    { ...FEW_OPTIONS, sets: ["wide"] },
  );
  assert.deepEqual(made.leftOut, [
    { symbol: "B", reason: "the source calls it a yield, the factor list a price" },
    { symbol: "C", reason: "closes on 27 of 122 US sessions" },
    { symbol: "D", reason: "its close never changes" },
  ]);
  assert.deepEqual(made.panel.day, whole.panel.day);
  assert.equal(made.panel.day.length, DAYS.length - 1);
});

Deno.test("a price that is not positive or no number is no close", () => {
  const broken = walk("A");
  broken.close.set([NaN, Infinity, -37.63, 0], 40);
  const { panel } = macroFactors([broken, walk("B")], { ...FEW_OPTIONS, sets: ["narrow"] });
  assert.ok(panel.moves.every(Number.isFinite));
  assert.deepEqual([...panel.day].filter((day) => DAYS.subarray(40, 44).includes(day)), []);
});

Deno.test("series are judged on the days that the source's macro data cover", () => {
  const early = { ...FEW_OPTIONS, sets: ["narrow"], from: DAYS[0]! - 700, to: DAYS.at(-1)! + 300 };
  const made = macroFactors([walk("A"), walk("B")], early);
  assert.deepEqual(
    made,
    macroFactors([walk("A"), walk("B")], { ...FEW_OPTIONS, sets: ["narrow"] }),
  );
});

Deno.test("macroFactors() gives a clear empty panel where nothing is there", () => {
  const want = [..."ABCD"].map((symbol) => ({ symbol, reason: "the source does not have it" }));
  for (const [from, to] of [[DAYS[0]!, DAYS[0]! + 90], [5, 5], [9, 2]] as const) {
    const { panel, closes, leftOut, set } = macroFactors([], { ...FEW_OPTIONS, from, to });
    assert.deepEqual([panel.factors, panel.day.length, panel.moves.length], [[], 0, 0]);
    assert.deepEqual([closes, leftOut, set.key], [[], want, "wide"]);
  }
  const before = macroFactors([walk("A"), walk("B")], { ...FEW_OPTIONS, from: 0, to: 90 });
  assert.equal(
    before.leftOut[0]!.reason,
    "no US session lies within the days of contracts and macro series",
  );
});

Deno.test("permuting the series and their rows changes nothing", () => {
  const random = randomStream(11, "order");
  const turned = shuffled(BENCHMARKS, random).map(({ symbol, kind, day, close }) => {
    const rows = shuffled([...day.keys()], random);
    return benchmark(symbol, kind, {
      day: rows.map((row) => day[row]!),
      close: rows.map((row) => close[row]!),
    });
  });
  for (const timing of ["label", "overlap"] as const) {
    const options = { ...OPTIONS, timing };
    assert.deepEqual(macroFactors(turned, options), macroFactors(BENCHMARKS, options));
  }
});

Deno.test("the panel up to a day is the same whatever follows it", () => {
  const whole = macroFactors(BENCHMARKS, OPTIONS).panel;
  let nCompared = 0;
  for (let to = golden.from + 60; to < golden.to; to += 9) {
    const poisoned = BENCHMARKS.map((series) => ({
      ...series,
      close: series.close.map((close, row) => series.day[row]! < to ? close : 1e6 - 3 * row),
    }));
    const cut = BENCHMARKS.map(({ symbol, kind, day, close }) => {
      const n = day.filter((one) => one < to).length;
      return benchmark(symbol, kind, { day: day.slice(0, n), close: close.slice(0, n) });
    });
    const known = macroFactors(cut, { ...OPTIONS, to });
    assert.deepEqual(macroFactors(poisoned, { ...OPTIONS, to }), known);
    if (known.leftOut.length > 0) continue;
    const n = known.panel.day.length;
    ++nCompared;
    assert.deepEqual(known.panel.day, whole.day.slice(0, n));
    assert.deepEqual(known.panel.moves, whole.moves.slice(0, n * whole.factors.length));
  }
  assert.ok(nCompared >= 5, String(nCompared));
});

Deno.test("macroFactors() refuses sets it does not know and days that are none", () => {
  const refuse = (change: Partial<MacroFactorOptions>, message: string) =>
    assert.throws(() => macroFactors([], { ...FEW_OPTIONS, ...change }), {
      name: "RangeError",
      message,
    });
  const must = "Cannot choose macro factors as sets must name sets of the factor list: got ";
  refuse({ sets: [] }, `${must}none`);
  refuse({ sets: ["wide", "toString"] }, `${must}"toString"`);
  refuse(
    { from: NaN },
    `Cannot choose macro factors as from and to must be UTC days: got NaN and ${FEW_OPTIONS.to}`,
  );
  const { us_equity: _, ...calendars } = FEW.calendars;
  refuse(
    { list: { ...FEW, calendars } },
    `Cannot count closes as the factor list must have the calendar "us_equity": got ${
      Object.keys(calendars).join(", ")
    }`,
  );
});

Deno.test("no session lies on a weekend where an exchange of weekdays is in the set", () => {
  const { fromDay, day } = macroFactors(BENCHMARKS, OPTIONS).panel;
  assert.ok([...fromDay, ...day].every((one) => !isWeekend(one)));
});
