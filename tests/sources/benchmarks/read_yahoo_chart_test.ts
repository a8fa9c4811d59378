import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDay, MS_PER_DAY, parseDay } from "lib/core/day.ts";
import type { Answer } from "lib/fetch/ask.ts";
import { readYahooChart } from "lib/sources/benchmarks/read_yahoo_chart.ts";
import { seriesAsk } from "lib/sources/benchmarks/series_asks.ts";
import type { BarsFact, Reading } from "lib/sources/live/fact.ts";

const PLACE = "yahoo /v8/finance/chart";
const USE = { kind: "price", provider: 0, shiftDays: 0 } as const;

interface Chart {
  meta?: Record<string, unknown>;
  timestamp?: unknown;
  close?: unknown;
  adjclose?: unknown;
}

function chartAnswer(
  { meta, timestamp, close, adjclose }: Chart,
  { from = "2026-01-05", to = "2026-01-09", symbol = "SPY" } = {},
): Answer {
  const value = {
    chart: {
      result: [{
        meta: {
          symbol,
          exchangeTimezoneName: "America/New_York",
          gmtoffset: -18000,
          dataGranularity: "1d",
          ...meta,
        },
        ...(timestamp === undefined ? {} : { timestamp }),
        indicators: {
          quote: [close === undefined ? {} : { close, volume: [] }],
          ...(adjclose === undefined ? {} : { adjclose: [{ adjclose }] }),
        },
      }],
      error: null,
    },
  };
  return answerOf(value, { from, to, symbol });
}

function answerOf(
  value: unknown,
  { from = "2026-01-05", to = "2026-01-09", symbol = "SPY", status = 200 } = {},
): Answer {
  const span = { fromMs: parseDay(from) * MS_PER_DAY, toMs: parseDay(to) * MS_PER_DAY };
  const provider = { by: "yahoo", name: symbol, shift_days: 0 } as const;
  return {
    ask: seriesAsk(symbol, provider, { span, hasFredKey: false }),
    atMs: span.toMs,
    status,
    text: JSON.stringify(value) ?? "",
    value: status === 404 ? undefined : value,
  };
}

function barsOf({ facts }: Reading): (readonly [string, number | null, number | null])[] {
  const [fact] = facts as readonly BarsFact[];
  return fact!.bars.map(({ day, close, adjusted }) => [formatDay(day), close, adjusted]);
}

const seconds = (text: string) => Date.parse(text) / 1000;
const OPENS = [5, 6, 7, 8].map((d) => seconds(`2026-01-0${d}T14:30:00Z`));

Deno.test("readYahooChart() reads closes, adjusted closes and nulls", () => {
  const reading = readYahooChart(
    chartAnswer({
      timestamp: OPENS,
      close: [687.01, null, 690, 691],
      adjclose: [680.5, null, 683.4, 684.3],
    }),
    USE,
  );
  assert.deepEqual(reading, {
    facts: [{
      kind: "bars",
      subject: "SPY",
      fromMs: Date.parse("2026-01-05"),
      toMs: Date.parse("2026-01-09"),
      provider: 0,
      bars: [
        { day: 20458, close: 687.01, adjusted: 680.5 },
        { day: 20459, close: null, adjusted: null },
        { day: 20460, close: 690, adjusted: 683.4 },
        { day: 20461, close: 691, adjusted: 684.3 },
      ],
    }],
    oddities: [],
  });
});

Deno.test("readYahooChart() names a bar by the local date of its session", () => {
  const tokyo = chartAnswer({
    meta: { exchangeTimezoneName: "Asia/Tokyo" },
    timestamp: [seconds("2026-01-05T00:00:00Z")],
    close: [50_000],
  });
  assert.deepEqual(barsOf(readYahooChart(tokyo, USE)), [["2026-01-05", 50_000, null]]);
  // A day of currencies in London's summer opens at 23:00 UTC of the day before.
  const london = chartAnswer(
    {
      meta: { exchangeTimezoneName: "Europe/London" },
      timestamp: ["2026-07-05", "2026-07-06", "2026-07-07"].map((d) => seconds(`${d}T23:00Z`)),
      close: [1.1, 1.2, 1.3],
    },
    { from: "2026-07-06", to: "2026-07-08" },
  );
  assert.deepEqual(barsOf(readYahooChart(london, USE)), [
    ["2026-07-06", 1.1, null],
    ["2026-07-07", 1.2, null],
  ]);
});

Deno.test("readYahooChart() leaves a session out whose day ends after the asked span", () => {
  const live = { timestamp: OPENS, close: [1, 2, 3, 4] };
  const reading = readYahooChart(chartAnswer(live, { to: "2026-01-08" }), USE);
  assert.deepEqual(barsOf(reading).map(([day]) => day), [
    "2026-01-05",
    "2026-01-06",
    "2026-01-07",
  ]);
  assert.deepEqual(reading.oddities, []);
});

Deno.test("readYahooChart() covers the span of an empty range", () => {
  const reading = readYahooChart(chartAnswer({}), USE);
  assert.deepEqual(barsOf(reading), []);
  assert.equal((reading.facts[0] as BarsFact).toMs, Date.parse("2026-01-09"));
});

Deno.test("readYahooChart() takes the first of two bars of a day that has a close", () => {
  const repeated = chartAnswer({
    timestamp: [...OPENS, seconds("2026-01-08T21:00:00Z")],
    close: [1, 2, 3, 4, 4.5],
  });
  const reading = readYahooChart(repeated, USE);
  assert.deepEqual(barsOf(reading).at(-1), ["2026-01-08", 4, null]);
  assert.deepEqual(reading.oddities, [
    { place: PLACE, row: 4, column: "date", value: "4.5", reason: "its day stands twice" },
  ]);
  const late = chartAnswer({
    timestamp: [...OPENS, seconds("2026-01-08T21:00:00Z")],
    close: [1, 2, 3, null, 4.5],
  });
  assert.deepEqual(barsOf(readYahooChart(late, USE)).at(-1), ["2026-01-08", 4.5, null]);
});

Deno.test("readYahooChart() refuses what is no close and keeps the other rows", () => {
  const reading = readYahooChart(
    chartAnswer({
      timestamp: [OPENS[0], OPENS[1], "soon", OPENS[3]],
      close: ["687.01", -3, 3, 4],
      adjclose: [1, 2, 3, 4],
    }),
    USE,
  );
  assert.deepEqual(barsOf(reading), [["2026-01-08", 4, 4]]);
  const odd = { place: PLACE };
  assert.deepEqual(reading.oddities, [
    { ...odd, row: 0, column: "close", value: "687.01", reason: "is no number" },
    { ...odd, row: 1, column: "close", value: "-3", reason: "is not positive" },
    {
      ...odd,
      row: 2,
      column: "timestamp",
      value: "soon",
      reason: "is no whole number of seconds",
    },
  ]);
  const rates = chartAnswer({ timestamp: OPENS, close: [-0.02, 0, 1, 2] });
  assert.equal(barsOf(readYahooChart(rates, { ...USE, kind: "yield" })).length, 4);
});

Deno.test("readYahooChart() sorts bars that come in another order and says so", () => {
  const reading = readYahooChart(
    chartAnswer({ timestamp: [OPENS[1], OPENS[0], OPENS[2]], close: [2, 1, 3] }),
    USE,
  );
  assert.deepEqual(barsOf(reading).map(([, close]) => close), [1, 2, 3]);
  assert.deepEqual(reading.oddities, [{
    place: PLACE,
    row: 1,
    column: "timestamp",
    value: String(OPENS[0]),
    reason: "stands after a later one",
  }]);
});

Deno.test("readYahooChart() uses the offset where the zone is unknown", () => {
  const bars = { timestamp: OPENS.slice(0, 1), close: [1] };
  const moved = { ...bars, meta: { exchangeTimezoneName: "America/Atlantis" } };
  const reading = readYahooChart(chartAnswer(moved), USE);
  assert.deepEqual(barsOf(reading), [["2026-01-05", 1, null]]);
  assert.deepEqual(reading.oddities, [{
    place: PLACE,
    row: 0,
    column: "exchangeTimezoneName",
    value: "America/Atlantis",
    reason: "is no known zone, gmtoffset is used",
  }]);
  const lost = { ...bars, meta: { exchangeTimezoneName: null, gmtoffset: "GMT" } };
  assert.deepEqual(readYahooChart(chartAnswer(lost), USE).facts, []);
});

Deno.test("readYahooChart() takes nothing of an answer that cannot be trusted as a whole", () => {
  const bars = { timestamp: OPENS, close: [1, 2, 3, 4] };
  const cases: [Answer, string, string, string][] = [
    [chartAnswer({ ...bars, close: [1, 2] }), "close", "2", "has not the 4 rows of timestamp"],
    [chartAnswer({ timestamp: OPENS }), "close", "0", "has not the 4 rows of timestamp"],
    [
      chartAnswer({ ...bars, adjclose: [1] }),
      "adjclose",
      "1",
      "has not the 4 rows of timestamp",
    ],
    [chartAnswer({ ...bars, meta: { symbol: "QQQ" } }), "symbol", "QQQ", "is not SPY"],
    [
      chartAnswer({ ...bars, meta: { dataGranularity: "1mo" } }),
      "dataGranularity",
      "1mo",
      "is not 1d",
    ],
    [
      answerOf({}, { status: 404 }),
      "symbol",
      "SPY",
      "the provider has no such series",
    ],
  ];
  for (const [answer, column, value, reason] of cases) {
    assert.deepEqual(readYahooChart(answer, USE), {
      facts: [],
      oddities: [{ place: PLACE, row: 0, column, value, reason }],
    });
  }
});

Deno.test("readYahooChart() throws for an answer that is no chart", () => {
  const error = { code: "Not Found", description: "No data found" };
  assert.throws(() => readYahooChart(answerOf({ chart: { result: null, error } }), USE), {
    name: "TypeError",
    message:
      'Cannot read yahoo /v8/finance/chart as chart.result must hold one series: got {"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}',
  });
});

Deno.test("readYahooChart() gives a reading or a TypeError for any columns", () => {
  const wild = fc.array(fc.oneof(fc.jsonValue(), fc.constantFrom(...OPENS), fc.constant(1e300)));
  fc.assert(
    fc.property(wild, wild, fc.option(wild, { nil: undefined }), (timestamp, close, adjclose) => {
      const { facts, oddities } = readYahooChart(
        chartAnswer({ timestamp, close: close.slice(0, timestamp.length), adjclose }),
        USE,
      );
      assert.ok(oddities.every(({ value }) => value.length <= 200));
      for (const { bars } of facts as readonly BarsFact[]) {
        assert.ok(bars.every(({ close: c }) => c === null || (Number.isFinite(c) && c > 0)));
        assert.ok(bars.every(({ day }, i) => i === 0 || day > bars[i - 1]!.day));
      }
    }),
    { seed: 8, numRuns: 300 },
  );
});
