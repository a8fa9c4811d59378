import assert from "node:assert/strict";
import { parse } from "yaml";
import { dayStartMs, parseDay } from "lib/core/day.ts";
import { parseSettings } from "lib/core/settings.ts";
import { titleWords, twinCandidates } from "lib/universe/twins.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

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
