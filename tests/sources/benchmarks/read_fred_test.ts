import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDay, MS_PER_DAY, parseDay } from "lib/core/day.ts";
import type { Answer } from "lib/fetch/ask.ts";
import { readFredCsv, readFredJson } from "lib/sources/benchmarks/read_fred.ts";
import { seriesAsk } from "lib/sources/benchmarks/series_asks.ts";
import type { BarsFact, Reading } from "lib/sources/live/fact.ts";

const USE = { kind: "yield", provider: 1, shiftDays: 0 } as const;

function fredAnswer(
  text: string,
  { name = "DGS10", shiftDays = 0, status = 200, hasFredKey = false } = {},
): Answer {
  const span = {
    fromMs: parseDay("2024-01-01") * MS_PER_DAY,
    toMs: parseDay("2024-01-06") * MS_PER_DAY,
  };
  const provider = { by: "fred", name, shift_days: shiftDays, note: "for a test" } as const;
  const ask = seriesAsk("^TNX", provider, { span, hasFredKey });
  const value = hasFredKey && status === 200 ? JSON.parse(text) : undefined;
  return { ask, atMs: span.toMs, status, text, value };
}

function jsonAnswer(value: unknown): Answer {
  return fredAnswer(JSON.stringify(value), { hasFredKey: true });
}

function barsOf({ facts }: Reading): (readonly [string, number | null])[] {
  return (facts as readonly BarsFact[])[0]!.bars.map(({ day, close, adjusted }) => {
    assert.equal(adjusted, close);
    return [formatDay(day), close];
  });
}

const EXPECTED = [
  ["2024-01-01", null],
  ["2024-01-02", 3.95],
  ["2024-01-03", -0.02],
  ["2024-01-04", null],
];

Deno.test("readFredCsv() reads both headers, both ends of line and both kinds of nothing", () => {
  const rows = ["2024-01-01,.", "2024-01-02,3.95", "2024-01-03,-0.02", "2024-01-04,"];
  for (const header of ["observation_date,DGS10", "DATE,DGS10", "\ufeffobservation_date,DGS10"]) {
    for (const end of ["\n", "\r\n"]) {
      for (const tail of ["", end]) {
        const reading = readFredCsv(fredAnswer([header, ...rows].join(end) + tail), USE);
        assert.deepEqual(barsOf(reading), EXPECTED);
        assert.deepEqual(reading.oddities, []);
      }
    }
  }
});

Deno.test("readFredCsv() covers what was asked for", () => {
  const { facts } = readFredCsv(fredAnswer("observation_date,DGS10\n2024-01-02,3.95\n"), USE);
  const { subject, provider, fromMs, toMs } = facts[0] as BarsFact;
  assert.deepEqual([subject, provider], ["^TNX", 1]);
  assert.deepEqual([fromMs, toMs], [Date.parse("2024-01-01"), Date.parse("2024-01-06")]);
});

Deno.test("readFredCsv() gives a coin's value to the UTC day on which it was struck", () => {
  const reading = readFredCsv(
    fredAnswer("observation_date,CBBTCUSD\n2023-12-31,42000\n2024-01-01,44000\n", {
      name: "CBBTCUSD",
      shiftDays: 1,
    }),
    { kind: "price", provider: 1, shiftDays: 1 },
  );
  assert.deepEqual(barsOf(reading), [["2024-01-01", 42000], ["2024-01-02", 44000]]);
  const { fromMs, toMs } = reading.facts[0] as BarsFact;
  assert.deepEqual([fromMs, toMs], [Date.parse("2024-01-01"), Date.parse("2024-01-06")]);
});

Deno.test("readFredCsv() refuses faulty rows and keeps the others", () => {
  const reading = readFredCsv(
    fredAnswer(
      "DATE,DGS10\n2024-01-02,3.95\n2024-02-30,1\n2024-01-03,#N/A\n2024-01-04\n2024-01-02,4\n",
    ),
    USE,
  );
  assert.deepEqual(barsOf(reading), [["2024-01-02", 3.95]]);
  const place = "fred /graph/fredgraph.csv";
  assert.deepEqual(reading.oddities, [
    { place, row: 1, column: "date", value: "2024-02-30", reason: "is no date" },
    { place, row: 2, column: "value", value: "#N/A", reason: "is no number" },
    { place, row: 3, column: "", value: "2024-01-04", reason: "is not a date and a value" },
    { place, row: 4, column: "date", value: "4", reason: "its day stands twice" },
  ]);
});

Deno.test("readFredCsv() throws for HTML and for another series", () => {
  assert.throws(() => readFredCsv(fredAnswer("<!DOCTYPE html>\n<html>"), USE), {
    name: "TypeError",
    message:
      'Cannot read fred /graph/fredgraph.csv as its first line must be "observation_date,DGS10": got "<!DOCTYPE html>"',
  });
  assert.throws(() => readFredCsv(fredAnswer("observation_date,DGS5\n"), USE), TypeError);
  assert.throws(() => readFredCsv(fredAnswer(""), USE), TypeError);
});

Deno.test("readFredJson() reads observations, whose values are texts", () => {
  const values = [".", "3.95", "-0.02", ""];
  const reading = readFredJson(
    jsonAnswer({
      count: 4,
      observations: values.map((value, i) => ({
        realtime_start: "2024-01-05",
        date: `2024-01-0${i + 1}`,
        value,
      })),
    }),
    USE,
  );
  assert.deepEqual(barsOf(reading), EXPECTED);
  assert.deepEqual(reading.oddities, []);
});

Deno.test("readFredJson() refuses a row of another form and throws for another page", () => {
  const place = "fred_api /fred/series/observations";
  const observations = [{ date: "2024-01-02", value: 3.95 }, { date: "2024-01-03", value: "4" }];
  const reading = readFredJson(jsonAnswer({ observations }), USE);
  assert.deepEqual(barsOf(reading), [["2024-01-03", 4]]);
  assert.deepEqual(reading.oddities, [{
    place,
    row: 0,
    column: "",
    value: '{"date":"2024-01-02","value":3.95}',
    reason: "is not a date and a value",
  }]);
  assert.throws(() => readFredJson(jsonAnswer({ seriess: [] }), USE), {
    name: "TypeError",
    message:
      'Cannot read fred_api /fred/series/observations as observations must be a list: got {"seriess":[]}',
  });
});

Deno.test("readFredCsv() and readFredJson() give no fact for a series that is not there", () => {
  for (const hasFredKey of [false, true]) {
    const read = hasFredKey ? readFredJson : readFredCsv;
    const { facts, oddities } = read(fredAnswer("<html>", { status: 404, hasFredKey }), USE);
    assert.deepEqual(facts, []);
    assert.deepEqual(oddities.map(({ column, value, reason }) => [column, value, reason]), [
      ["series_id", "DGS10", "the provider has no such series"],
    ]);
  }
});

Deno.test("readFredCsv() is total for any lines below its header", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 300 })), (lines) => {
      const text = ["DATE,DGS10", ...lines].join("\n");
      const { facts, oddities } = readFredCsv(fredAnswer(text), USE);
      assert.equal(facts.length, 1);
      assert.ok(oddities.every(({ value }) => value.length <= 200));
    }),
    { seed: 8, numRuns: 200 },
  );
});
