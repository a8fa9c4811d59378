import assert from "node:assert/strict";
import fc from "fast-check";
import { marketWords } from "lib/cluster/market_words.ts";

const keys = (text: string) => marketWords(text).map(({ key }) => key);

Deno.test("marketWords() keeps what a market is about", () => {
  assert.deepEqual(keys("Will the Fed cut rates by 25bps before March 31, 2026?"), [
    "fed",
    "cut",
    "rates",
  ]);
  assert.deepEqual(keys("Trump’s U.S. tariffs: S&P 500, AT&T and the G7 in Q3"), [
    "trump",
    "us",
    "tariffs",
    "s&p",
    "at&t",
    "g7",
  ]);
  assert.deepEqual(keys("Does it tell us that US troops leave?"), [
    "tell",
    "us",
    "troops",
    "leave",
  ]);
  assert.deepEqual(keys("Élection présidentielle: Łódź, 東京"), [
    "élection",
    "présidentielle",
    "łódź",
    "東京",
  ]);
});

Deno.test("marketWords() keeps the written form and tells which words follow each other", () => {
  assert.deepEqual(marketWords("Jerome Powell, Fed-Chair out in the U.S."), [
    { key: "jerome", surface: "Jerome", followsPrevious: false },
    { key: "powell", surface: "Powell", followsPrevious: true },
    { key: "fed", surface: "Fed", followsPrevious: false },
    { key: "chair", surface: "Chair", followsPrevious: true },
    { key: "us", surface: "US", followsPrevious: false },
  ]);
});

Deno.test("marketWords() takes any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { key, surface } of marketWords(text)) assert.ok(key !== "" && surface !== "");
    }),
    { seed: 7, numRuns: 300 },
  );
});
