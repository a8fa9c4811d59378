import assert from "node:assert/strict";
import { dayStartMs, formatDay, parseDay } from "lib/core/day.ts";
import { titleDates, type TitleTimes } from "lib/taxonomy/title_dates.ts";

const at = (date: string) => dayStartMs(parseDay(date));
const times: TitleTimes = { listedAtMs: at("2025-08-10"), closesAtMs: at("2025-12-31") };

/** First and last day of each span: "… 2025-12-31" has no first. */
function spansOf(text: string, of: TitleTimes = times): string[] {
  return titleDates(text, of).spans.map(({ from, to }) =>
    `${from === null ? "" : formatDay(from)} … ${formatDay(to - 1)}`.trim()
  );
}

Deno.test("titleDates() reads ends and spans", () => {
  const read: readonly (readonly [string, string])[] = [
    ["fed cut by december 31, 2025?", "… 2025-12-31"],
    ["fed cut before jan 1, 2026?", "… 2025-12-31"],
    ["fed cut before 2026?", "… 2025-12-31"],
    ["fed cut by 2026?", "… 2025-12-31"],
    ["fed cut in 2025?", "2025-01-01 … 2025-12-31"],
    ["fed cut this year?", "2025-01-01 … 2025-12-31"],
    ["fed cut by the end of 2025?", "… 2025-12-31"],
    ["fed cut in october 2025?", "2025-10-01 … 2025-10-31"],
    ["fed cut by october?", "… 2025-10-31"],
    ["fed cut before october?", "… 2025-09-30"],
    ["fed cut on 17 september 2025?", "2025-09-17 … 2025-09-17"],
    ["fed cut on sept 17th?", "2025-09-17 … 2025-09-17"],
    ["iceman before 2025-09-01t14:00:00.000z", "… 2025-08-31"],
    ["gdp above 2% in q3 2025?", "2025-07-01 … 2025-09-30"],
    ["mvp of the 2025-26 season?", "2025-07-01 … 2026-06-30"],
    ["strike before may?", "… 2026-04-30"],
  ];
  for (const [text, span] of read) assert.deepEqual(spansOf(text), [span], text);
});

Deno.test("titleDates() leaves prices, verbs and names alone", () => {
  for (
    const text of ["will eth dip to $2000?", "may trump march on?", "sold 2025% more", "ufc 319"]
  ) {
    assert.deepEqual(titleDates(text, times), { spans: [], rest: text });
  }
});

Deno.test("titleDates() takes the year from the scheduled end, else from the listing", () => {
  const listed2024 = { listedAtMs: at("2024-12-30"), closesAtMs: at("2025-12-31") };
  assert.deepEqual(spansOf("by december 31?", listed2024), ["… 2025-12-31"]);
  // an end that has nothing to do with the date
  const early = { listedAtMs: at("2025-02-01"), closesAtMs: at("2025-06-30") };
  assert.deepEqual(spansOf("by december 31?", early), ["… 2025-12-31"]);
  assert.deepEqual(spansOf("by march 1?", { listedAtMs: at("2025-06-01"), closesAtMs: null }), [
    "… 2026-03-01",
  ]);
  assert.deepEqual(spansOf("by march 1?", { listedAtMs: null, closesAtMs: null }), []);
  assert.deepEqual(spansOf("this year?", { listedAtMs: at("2025-06-01"), closesAtMs: null }), []);
});

Deno.test("titleDates() takes the year out of an end at midnight in New York", () => {
  const newYear = { listedAtMs: null, closesAtMs: at("2026-01-01") + 5 * 3_600_000 };
  assert.deepEqual(spansOf("fed cut this year?", newYear), ["2025-01-01 … 2025-12-31"]);
});
