import assert from "node:assert/strict";
import { correctedThemes } from "lib/taxonomy/corrected_themes.ts";
import { madeMarket, TWO_EVENTS } from "../classify/made_contracts.ts";

const MARKETS = ["poly:0", "poly:1", "poly:2"].map((id) => madeMarket(id));

function corrected(themes: readonly (readonly [string, string])[]) {
  return [...correctedThemes(MARKETS, TWO_EVENTS, { themes: new Map(themes) })];
}

Deno.test("correctedThemes() gives an event the theme that was signed for any of its contracts", () => {
  assert.deepEqual(corrected([]), []);
  assert.deepEqual(corrected([["poly:2", "crypto"]]), [[1, "crypto"]]);
  assert.deepEqual(corrected([["poly:2", "crypto"], ["poly:0", "crypto"], ["poly:1", "fed"]]), [
    [0, "fed"],
    [1, "crypto"],
  ]);
  assert.deepEqual(corrected([["poly:9", "fed"]]), []);
});

Deno.test("correctedThemes() takes the commonest theme of contracts that stood apart, then the first", () => {
  assert.deepEqual(corrected([["poly:0", "fed"], ["poly:2", "crypto"]]), [[1, "crypto"]]);
  const links = ["poly:0", "poly:1", "poly:2"].map((_, market) => ({
    ...TWO_EVENTS.links[0]!,
    ...{ market, event: 0 },
  }));
  const themes = new Map([["poly:0", "fed"], ["poly:1", "crypto"], ["poly:2", "fed"]]);
  assert.deepEqual([...correctedThemes(MARKETS, { links }, { themes })], [[0, "fed"]]);
});
