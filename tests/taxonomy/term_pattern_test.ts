import assert from "node:assert/strict";
import { termPattern } from "lib/taxonomy/term_pattern.ts";

Deno.test("termPattern() reads words, capitals, shapes and the start of a slug", () => {
  assert.deepEqual(termPattern("O/U {number}").symbols, ["o", "u", "{number}"]);
  assert.deepEqual(termPattern("=ICE raid").symbols, ["=ICE", "raid"]);
  assert.deepEqual(termPattern("^nba").symbols, ["^", "nba"]);
  assert.deepEqual(termPattern("^kxnba*"), {
    text: "^kxnba*",
    symbols: ["^", "kxnba"],
    isPrefix: true,
    isWide: false,
  });
  assert.equal(termPattern("{name} vs {name}").isWide, true);
});

Deno.test("termPattern() refuses what has no word, an unknown shape or a misplaced mark", () => {
  for (const text of ["", "{name}", "…", "{teem} vs", "nba*", "^two words*"]) {
    assert.throws(() => termPattern(text), SyntaxError, text);
  }
});
