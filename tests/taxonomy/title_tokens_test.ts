import fc from "fast-check";
import assert from "node:assert/strict";
import { titleTokens, tokenText } from "lib/taxonomy/title_tokens.ts";

Deno.test("titleTokens() keeps numbers, clock times and possessives whole", () => {
  const texts = (title: string) => titleTokens(title).map(({ text }) => text);
  assert.deepEqual(texts("above $2,700 by 5:40AM"), ["above", "$", "2,700", "by", "5:40AM"]);
  assert.deepEqual(texts("Feb 22,2026"), ["Feb", "22", ",", "2026"]);
  assert.deepEqual(texts("O/U 24.5 Fed’s GPT-5"), ["O/U", "24.5", "Fed’s", "GPT", "-", "5"]);
  assert.deepEqual(texts("above ___ by...?"), ["above", "___", "by", "...", "?"]);
  assert.deepEqual(texts("**gas**\u200b prices"), ["gas", "prices"]);
});

Deno.test("tokenText() gives the title with single spaces", () => {
  const words = fc.array(fc.constantFrom("Will", "24.5", "GPT-5", "(x)", "é", "—", "?"), {
    minLength: 1,
  });
  fc.assert(
    fc.property(words, (list) => {
      assert.equal(tokenText(titleTokens(`  ${list.join("  ")} `)), list.join(" "));
    }),
    { seed: 7 },
  );
});
