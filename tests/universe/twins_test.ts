import assert from "node:assert/strict";
import { parse } from "yaml";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { parseSettings } from "lib/core/settings.ts";
import { columnOf } from "lib/core/table.ts";
import { titleWords, twinCandidates } from "lib/universe/twins.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";
import { textOf, universe } from "../sources/simulated/universe.ts";

const settings = parseSettings(
  parse(Deno.readTextFileSync(new URL("../../config/settings.yaml", import.meta.url))),
).universe;

/** A crowd of other titles, so that words have a rarity. */
const crowd = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`poly:crowd${i}`, {
    question: `Will candidate number ${i} win the mayoral election in town ${i * 7}?`,
    closesAtMs: dayStartMs(parseDay("2026-03-31")),
  }]),
);

function candidates(poly: string, kalshi: string, daysApart = 0) {
  const end = dayStartMs(parseDay("2026-03-31"));
  const data = dataSetFixture({
    ...crowd,
    "poly:a": { question: poly, closesAtMs: end },
    "kalshi:b": { question: kalshi, closesAtMs: end + daysApart * 86_400_000 },
  });
  return twinCandidates(data.markets, settings);
}

Deno.test("twinCandidates() proposes the same question on two venues, whatever its filler words", () => {
  const [found] = candidates(
    "Will the Fed cut rates by 25 bps in March 2026?",
    "Fed cut rates by 25 bps in March 2026?",
    1,
  );
  assert.deepEqual([found!.marketA, found!.marketB, found!.daysApart], ["poly:a", "kalshi:b", 1]);
  assert.ok(found!.similarity > 0.99 && found!.similarity <= 1);
});

Deno.test("twinCandidates() refuses another number, another subject, a far end and a missing title", () => {
  const title = "Will the Fed cut rates by 25 bps in March 2026?";
  assert.deepEqual(candidates(title, "Will the Fed cut rates by 50 bps in March 2026?"), []);
  assert.deepEqual(candidates(title, "Will the ECB cut deposits by 25 bps in March 2026?"), []);
  assert.deepEqual(candidates(title, title, 4), []);
  const untitled = dataSetFixture({ "poly:a": { question: null }, "kalshi:b": { question: null } });
  assert.deepEqual(twinCandidates(untitled.markets, settings), []);
});

Deno.test("twinCandidates() takes the year in which a contract ends as said", () => {
  // the crowd ends on 31 March 2026
  assert.equal(candidates("Fed cut by March 31, 2026?", "Fed cut by March 31?").length, 1);
  assert.deepEqual(candidates("Fed cut by March 31, 2027?", "Fed cut by March 31?"), []);
  const newYear = dayStartMs(parseDay("2027-01-01"));
  const data = dataSetFixture({
    ...crowd,
    "poly:a": { question: "Fed cut in 2026?", closesAtMs: newYear - 43_200_000 },
    "kalshi:b": { question: "Fed cut this year?", closesAtMs: newYear + 17_999_000 },
    "kalshi:c": { question: "Fed cut?", closesAtMs: newYear + 17_999_000 },
  });
  assert.deepEqual(
    twinCandidates(data.markets, settings).map(({ marketB }) => marketB),
    ["kalshi:c"],
  );
});

Deno.test("twinCandidates() keeps the two sides of one game apart", () => {
  const game = "New York Yankees vs. New York Mets";
  assert.equal(candidates(game, "New York Yankees to beat New York Mets?").length, 1);
  assert.deepEqual(candidates(game, "New York Mets to beat New York Yankees?"), []);
  const beat = "Will Barcelona beat Valencia on April 30?";
  assert.equal(candidates(beat, "Barcelona beat Valencia on April 30?").length, 1);
  assert.deepEqual(candidates(beat, "Will Valencia beat Barcelona on April 30?"), []);
  // the quoted outcome decides where the title does not
  const quoting = (outcome: string) => {
    const closesAtMs = dayStartMs(parseDay("2026-03-31"));
    const data = dataSetFixture({
      ...crowd,
      "poly:a": { question: game, outcome, closesAtMs },
      "kalshi:b": {
        question: "New York Mets to beat New York Yankees?",
        outcome: "Yes",
        closesAtMs,
      },
    });
    return twinCandidates(data.markets, settings).length;
  };
  assert.deepEqual([quoting("New York Yankees"), quoting("New York Mets")], [0, 1]);
});

Deno.test("twinCandidates() finds the simulated universe's twins: precision 95 %, recall 90 %", () => {
  const { tables, truth } = universe("default", "full");
  const isPlanted = (id: string) => id.startsWith("poly:99000");
  const closesAt = columnOf(tables.markets, "closes_at", "timestamp").values;
  const [ids, questions, outcomes] = ["market_id", "question", "outcome"].map((name) =>
    textOf(tables.markets, name)
  );
  const facts = Object.fromEntries(
    ids!.flatMap((id, i) =>
      isPlanted(id!)
        ? []
        : [[id!, { question: questions![i]!, outcome: outcomes![i]!, closesAtMs: closesAt[i]! }]]
    ),
  );
  const found = twinCandidates(dataSetFixture(facts).markets, settings);
  const twins = textOf(truth.markets, "twin_id");
  const twinOf = new Map(textOf(truth.markets, "market_id").map((id, i) => [id, twins[i]]));
  const right = found.filter(({ marketA, marketB }) => twinOf.get(marketA) === marketB).length;
  assert.ok(right / found.length >= 0.95, `precision ${right} of ${found.length}`);
  assert.ok(right / 180 >= 0.9, `recall ${right} of 180`);
});

Deno.test("twinCandidates() never pairs two contracts of one venue", () => {
  const data = dataSetFixture({
    "poly:a": { question: "Will it rain?", closesAtMs: 0 },
    "poly:b": { question: "Will it rain?", closesAtMs: 0 },
  });
  assert.deepEqual(twinCandidates(data.markets, settings), []);
});

Deno.test("titleWords() keeps units and decimals, drops thousands' commas and accents", () => {
  assert.deepEqual(titleWords("Will São Paulo's index exceed $1,250,000 or 0.25%?"), [
    "sao",
    "paulo",
    "s",
    "index",
    "exceed",
    "$1250000",
    "0.25%",
  ]);
});
