import fc from "fast-check";
import assert from "node:assert/strict";
import { isOnlyTime, strippedSlug, strippedTitle } from "lib/taxonomy/title_times.ts";
import { goldenTitles } from "./golden_titles.ts";

// golden: hand-checked, see the header of tests/golden/taxonomy/titles.json
Deno.test("strippedTitle() gives what a person wrote for each of the golden titles", () => {
  const { titles } = goldenTitles();
  assert.ok(titles.length >= 220);
  for (const [title, text] of titles) assert.equal(strippedTitle(title).text, text, title);
});

Deno.test("strippedTitle() gives the times as they were written", () => {
  const times = (title: string) => strippedTitle(title).times;
  assert.deepEqual(times("US strikes Iran by February 28th"), ["by February 28th"]);
  assert.deepEqual(times("Litecoin Up or Down - May 3, 8:30PM-8:45PM ET"), [
    "May 3",
    "8:30PM-8:45PM ET",
  ]);
  assert.deepEqual(times("Fed cuts 50bps after March 2026 meeting"), ["after March 2026 meeting"]);
  assert.deepEqual(times("Ravens Team Total O/U 24.5"), []);
});

Deno.test("strippedTitle() keeps a title that is nothing but a time", () => {
  assert.deepEqual(strippedTitle("March 2026"), { text: "March 2026", times: [] });
  assert.deepEqual(strippedTitle(""), { text: "", times: [] });
  assert.deepEqual(strippedTitle(" ?? "), { text: "??", times: [] });
});

Deno.test("strippedTitle() twice gives what it gives once", () => {
  const words =
    "Will US strike Iran May March by before on in at the end of 2026 2025 26 - – , ( ) ? : ... 4PM ET 8:30PM Q3 week 7 Season 3 this from to between and 18 98th Academy Awards Super Bowl LIX $ 100k % after meeting 12/31/2026 than Friday as until or ___ # UFC 310 next"
      .split(" ");
  const pieces = fc.array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(" ", "", "  ")), {
    maxLength: 14,
  }).map((list) => list.map(([word, gap]) => word + gap).join(""));
  const texts = fc.oneof(pieces, fc.string({ unit: "grapheme", maxLength: 40 }));
  fc.assert(
    fc.property(texts, (title) => {
      const { text } = strippedTitle(title);
      assert.equal(strippedTitle(text).text, text);
    }),
    { seed: 7, numRuns: 4000 },
  );
});

Deno.test("strippedTitle() takes time in proportion to the title's length", () => {
  const shapes = [
    "by March 5, 2026 ",
    "(",
    "in ",
    "- ",
    "May ",
    "1,",
    "a.",
    "2026-",
    "the end of ",
  ];
  for (const shape of shapes) {
    const title = shape.repeat(Math.ceil(20_000 / shape.length));
    const from = performance.now();
    strippedTitle(title);
    const ms = performance.now() - from;
    assert.ok(ms < 3000, `${JSON.stringify(shape)} took ${Math.round(ms)} ms`);
  }
});

Deno.test("strippedSlug() gives a slug's words without times and lone prepositions", () => {
  const text = (slug: string) => strippedSlug(slug).text;
  assert.equal(text("fed-decision-in-march-2025"), "fed decision");
  assert.equal(text("us-strikes-nordland-by"), "us strikes nordland");
  assert.equal(text("rhea-moss-of-tweets-february-19-february-21"), "rhea moss of tweets");
  assert.equal(text("nhl-2025-26-norris-trophy"), "nhl norris trophy");
  assert.equal(text("ltc-updown-15m-1777854600"), "ltc updown 15m");
  assert.equal(text("dogecoin-above-0pt21-on-may-8"), "dogecoin above 0.21");
  assert.equal(text("who-will-rhea-talk-to-in-january"), "who will rhea talk to");
  assert.equal(text("nothing-ever-happens-february"), "nothing ever happens");
  assert.equal(text("theresa-may"), "theresa may");
  assert.deepEqual(strippedSlug("russia-ceasefire-2026-01-31").times, ["2026/01/31"]);
});

Deno.test("isOnlyTime() knows a label that is a deadline from one that is an outcome", () => {
  for (
    const time of [
      "September 30",
      "Before 2027",
      "March",
      "Q2 2026",
      "by Friday",
      "Monday July 20",
      "Dec 31, 2026",
    ]
  ) {
    assert.ok(isOnlyTime(time), time);
  }
  for (const outcome of ["Nina Vance", "25 bps decrease", "↑ 120", "Other", "", "72°F or below"]) {
    assert.ok(!isOnlyTime(outcome), outcome);
  }
});
