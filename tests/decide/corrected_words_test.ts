import assert from "node:assert/strict";
import { correctedWords } from "lib/decide/corrected_words.ts";
import { themesAt } from "lib/decide/themes_at.ts";
import { HAND_LABELS, SETTINGS } from "./made_decision.ts";
import { twoClusters } from "./made_witnesses.ts";

const MADE = twoClusters();

function signed(themes: readonly (readonly [string, string])[]) {
  return correctedWords(MADE.words, MADE.markets, { themes: new Map(themes) });
}

Deno.test("correctedWords() gives signed themes, as sure, and says which they are", () => {
  const found = signed([["poly:09", "us_elections"], ["poly:x1", "uncategorized"]]);
  assert.deepEqual(found.byPerson, new Set([9, 21]));
  found.themes.forEach((theme, event) => {
    const own = event === 9 ? "us_elections" : MADE.words.themes[event];
    assert.equal(theme, own);
    const confidence = event === 9 || event === 21 ? 1 : MADE.words.confidence[event];
    assert.equal(found.confidence[event], confidence);
  });
  assert.equal(found.tree, MADE.words.tree);
});

Deno.test("correctedWords() is what it was given where nobody signed for a contract of the view", () => {
  assert.equal(signed([]), MADE.words);
  assert.equal(signed([["poly:later", "sports"]]), MADE.words);
});

Deno.test("themesAt() lets no cluster overrule or name what a person signed", () => {
  // without the signature prices overrule the one and name the other
  const words = signed([["poly:09", "fed_monetary_policy"], ["poly:19", "uncategorized"]]);
  const { reconciled, rule } = themesAt(MADE, {
    ...{ ...MADE, words, handLabels: HAND_LABELS, settings: SETTINGS },
  });
  assert.deepEqual([reconciled[9], rule[9]], ["fed_monetary_policy", "person"]);
  assert.deepEqual([reconciled[19], rule[19]], ["uncategorized", "person"]);
  assert.deepEqual([reconciled[0], rule[0]], ["crypto_digital", "both agree"]);
});
