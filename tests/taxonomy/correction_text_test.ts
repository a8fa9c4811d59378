import assert from "node:assert/strict";
import { correctionText } from "lib/taxonomy/correction_text.ts";
import { NO_CORRECTIONS } from "lib/taxonomy/corrections.ts";

Deno.test("correctionText() counts what people corrected, and says nothing of nothing", () => {
  assert.equal(correctionText(NO_CORRECTIONS), "");
  const excluded = new Map([["poly:1", -Infinity]]);
  assert.equal(
    correctionText({ ...NO_CORRECTIONS, excluded }),
    "People excluded 1 contract from baskets.",
  );
  assert.equal(
    correctionText({
      themes: new Map(Array.from({ length: 1200 }, (_, k) => [`poly:${k}`, "fed"])),
      ...{ sides: new Map([["poly:1", 0]]), excluded, rejectedTwins: new Set(["a | b", "a | c"]) },
    }),
    "People gave 1,200 contracts a theme, gave 1 contract a side, excluded 1 contract from " +
      "baskets and called 2 pairs of twins two questions.",
  );
});
