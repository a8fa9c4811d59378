import assert from "node:assert/strict";
import { correctedClassifications } from "lib/classify/corrected_classifications.ts";
import type { Classification } from "lib/classify/event_text.ts";
import { wordsWitnesses } from "lib/classify/words_witnesses.ts";
import { madeMarket, TWO_EVENTS } from "./made_contracts.ts";

const MARKETS = ["poly:0", "poly:1", "poly:2"].map((id) => madeMarket(id));
const PLACE = { markets: MARKETS, tree: TWO_EVENTS };

function answer(eventId: string): Classification {
  return {
    ...{ eventId, primaryTheme: "crypto", secondaryTheme: "fed", confidence: 0.6 },
    ...{ reasoning: "<b>", classifier: "lexical 1" },
  };
}

const ANSWERS = [answer("b"), answer("a")];

Deno.test("wordsWitnesses() marks the themes that a person gave", () => {
  const themes = new Map([["poly:1", "uncategorized"]]);
  const corrected = correctedClassifications(ANSWERS, { themes }, PLACE);
  const own = { eventId: "b", theme: "crypto", confidence: 0.6, isByPerson: false };
  assert.deepEqual(wordsWitnesses(MARKETS, TWO_EVENTS, corrected), [
    { ...own, marketId: "poly:0" },
    { marketId: "poly:1", eventId: "a", theme: "uncategorized", confidence: 1, isByPerson: true },
    { ...own, marketId: "poly:2" },
  ]);
});

Deno.test("wordsWitnesses() refuses an event without a classification", () => {
  assert.throws(() => wordsWitnesses(MARKETS, TWO_EVENTS, ANSWERS.slice(1)), {
    name: "RangeError",
    message:
      'Cannot say what words tell as each event must have a classification: got none for "b"',
  });
});
