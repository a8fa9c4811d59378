import assert from "node:assert/strict";
import fc from "fast-check";
import { termMatcher } from "lib/classify/term_matcher.ts";
import { termPattern } from "lib/taxonomy/term_pattern.ts";
import { textTokens } from "lib/taxonomy/text_tokens.ts";

function found(
  terms: string[],
  text: string,
  isSlug = false,
): { outer: string[]; inner: string[] } {
  const { outer, inner } = termMatcher(terms.map(termPattern))(textTokens(text), isSlug);
  return { outer: outer.map((k) => terms[k]!), inner: inner.map((k) => terms[k]!) };
}

Deno.test("termMatcher() keeps a term apart that lies in a longer one", () => {
  const terms = ["oil", "crude oil", "crude oil price", "price"];
  assert.deepEqual(found(terms, "Crude oil price? Oil!"), {
    outer: ["oil", "crude oil price"],
    inner: ["crude oil", "price"],
  });
});

Deno.test("termMatcher() hears plurals of the text and prefers the word as it stands", () => {
  assert.deepEqual(found(["tariff"], "Tariffs!").outer, ["tariff"]);
  assert.deepEqual(found(["tariffs"], "Tariff!").outer, []);
  assert.deepEqual(found(["hurricane", "hurricanes"], "Hurricanes vs. Capitals"), {
    outer: ["hurricanes"],
    inner: ["hurricane"],
  });
});

Deno.test("termMatcher() finds capitals, shapes and names", () => {
  assert.deepEqual(found(["=ICE"], "ice on ICE").outer, ["=ICE"]);
  assert.deepEqual(found(["=ICE"], "ice cream").outer, []);
  assert.deepEqual(found(["over {number}", "hit {money}"], "over 2.5 hit $100").outer, [
    ...["over {number}", "hit {money}"],
  ]);
  assert.deepEqual(found(["hit {money}"], "hit 100").outer, []);
  assert.deepEqual(found(["will {name} win", "win {year}"], "Will Paul Van Dyk win 2026?").outer, [
    ...["will {name} win", "win {year}"],
  ]);
  assert.deepEqual(found(["{cashtag}"], "$DOGE and $100").outer, ["{cashtag}"]);
});

Deno.test("termMatcher() lets a pattern with any words cover nothing", () => {
  assert.deepEqual(found(["{name} vs {name}", "bulls"], "Bulls vs Heat").outer, [
    ...["{name} vs {name}", "bulls"],
  ]);
});

Deno.test("termMatcher() takes the start of a slug only in a slug", () => {
  const terms = ["^nba", "^kxnba*", "^{word} {word} {year}"];
  assert.deepEqual(found(terms, "nba-bos-nyk-2026-01-02", true).outer, ["^nba"]);
  assert.deepEqual(found(terms, "KXNBAGAME-26JAN02", true).outer, ["^kxnba*"]);
  assert.deepEqual(found(terms, "who-wins-2026", true).outer, ["^{word} {word} {year}"]);
  assert.deepEqual(found(terms, "nba bos nyk").outer, []);
  assert.deepEqual(found(terms, "the-nba-finals", true).outer, []);
});

Deno.test("termMatcher() finds what a search by regular expression finds", () => {
  const word = fc.constantFrom("oil", "gas", "rate", "cut", "fed", "gold", "bond");
  const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(
      fc.uniqueArray(phrase, { minLength: 1, maxLength: 8 }),
      fc.array(word, { maxLength: 12 }),
      (terms, words) => {
        const text = words.join(" ");
        const { outer, inner } = found(terms, text);
        const plain = terms.filter((term) => new RegExp(`\\b${term}\\b`).test(text));
        assert.deepEqual([...outer, ...inner].sort(), plain.sort());
      },
    ),
    { seed: 4, numRuns: 300 },
  );
});
