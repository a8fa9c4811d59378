import assert from "node:assert/strict";
import fc from "fast-check";
import { estimatedTokens, mostTokens } from "lib/classify/token_use.ts";

Deno.test("estimatedTokens() is a quarter of the characters of English, more for other scripts", () => {
  assert.equal(estimatedTokens("Will the Fed cut?..."), 5);
  assert.equal(estimatedTokens("東京都"), 3);
  assert.equal(estimatedTokens(""), 0);
});

Deno.test("mostTokens() is no less than a token a byte and no less than the estimate", () => {
  assert.equal(mostTokens(["abc", "€"]), 3 + 3 + 32);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
      const estimate = texts.reduce((sum, text) => sum + estimatedTokens(text), 0);
      const characters = texts.reduce((sum, text) => sum + [...text].length, 0);
      assert.ok(mostTokens(texts) >= Math.max(estimate, characters));
    }),
    { seed: 7 },
  );
});
