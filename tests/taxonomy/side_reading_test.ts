import assert from "node:assert/strict";
import { readYaml } from "lib/store/yaml.ts";
import { parseSides } from "lib/taxonomy/parse_sides.ts";
import {
  directionOf,
  exactCount,
  longestMatches,
  readTitle,
  withoutSpans,
} from "lib/taxonomy/side_reading.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const { polarity, themes } = parseSides(await readYaml("config/sides.yaml"));
const { terms } = themes.get("fed_monetary_policy")!;

function reading(question: string, outcome = "Yes") {
  return readTitle(dataSetFixture({ "poly:a": { question, outcome } }).markets[0]!);
}

Deno.test("readTitle() drops dates and hyphens, reads comparisons, adds a quoted name", () => {
  assert.deepEqual(reading("Will CPI reach an all-time high by June 30, 2026?"), {
    text: "will cpi reach an all time high",
    signs: [],
  });
  assert.deepEqual(reading("Above 4% or between 1 and 2?").signs.toSorted(), [">", "…"]);
  assert.equal(reading("Who wins?", "Green Union").text, "who wins green union");
});

Deno.test("directionOf() reads levels, moves and both", () => {
  const directions: readonly (readonly [string, number])[] = [
    ["be above 4%", 1],
    ["be 4% or lower", -1],
    ["reach $5", 1],
    ["dip to $5", -1],
    ["hit (LOW) $5", -1],
    ["hit (HIGH) $5", 1],
    ["lose at least 3%", -1],
    ["gain at least 3%", 1],
    ["rise less than 2%", -1],
    ["Up or Down", 1],
    ["be $5", 0],
    ["do well", 0],
  ];
  for (const [text, direction] of directions) {
    const { text: plain, signs } = reading(text);
    assert.equal(directionOf(plain, signs, polarity), direction, text);
  }
});

Deno.test("exactCount() reads counts and leaves bounds, steps and names alone", () => {
  const count = (question: string) => {
    const read = reading(question);
    return exactCount(read, longestMatches(read.text, terms));
  };
  assert.equal(count("Will 3 Fed rate cuts happen in 2026?"), 3);
  assert.equal(count("Will the Fed cut rates 0 times?"), 0);
  assert.equal(count("Will the Fed cut rates exactly 2 times?"), 2);
  assert.equal(count("Will the Fed cut rates at least 2 times?"), undefined);
  assert.equal(count("Will the Fed announce a 25 bps decrease?"), undefined);
  assert.equal(count("Will area 51 cut rates?"), undefined);
});

Deno.test("longestMatches() prefers the longer phrase and leaves what lies between", () => {
  const { text } = reading("Fed emergency rate cut, then a rate hike");
  const matches = longestMatches(text, terms);
  assert.deepEqual(matches.map(({ term }) => term.text), ["emergency rate cut", "rate hike"]);
  assert.equal(withoutSpans(text, matches), "fed · then a ·");
});
