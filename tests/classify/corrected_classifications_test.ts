import assert from "node:assert/strict";
import { correctedClassifications } from "lib/classify/corrected_classifications.ts";
import type { Classification } from "lib/classify/event_text.ts";
import { NO_CORRECTIONS } from "lib/taxonomy/corrections.ts";
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

Deno.test("correctedClassifications() puts a signed theme in place of the answer, and keeps the rest", () => {
  const themes = new Map([["poly:2", "fed"]]);
  const found = correctedClassifications(ANSWERS, { themes }, PLACE);
  assert.deepEqual(found[0], {
    ...{ eventId: "b", primaryTheme: "fed", secondaryTheme: null, confidence: 1 },
    ...{ reasoning: "A person gave it this theme.", classifier: "a person" },
  });
  assert.equal(found[1], ANSWERS[1]);
  assert.equal(ANSWERS[0]!.primaryTheme, "crypto");
  assert.deepEqual(correctedClassifications(ANSWERS, NO_CORRECTIONS, PLACE), ANSWERS);
});
