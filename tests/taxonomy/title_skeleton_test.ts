import assert from "node:assert/strict";
import fc from "fast-check";
import { titleSkeleton } from "lib/taxonomy/title_skeleton.ts";

Deno.test("titleSkeleton() is one for titles of one template", () => {
  const templates: readonly (readonly [skeleton: string, ...titles: string[]])[] = [
    [
      "will the X sue X by X",
      "Will the SEC sue Ripple Labs by June 30?",
      "Will the FTC sue Meta by December 31, 2026?",
    ],
    ["X vs X", "Celtics vs. Knicks", "New York Yankees vs. Cleveland Guardians", "Monte vs OKX"],
    ["X above on X", "Bitcoin above $90,000 on May 3?", "ETH above 2.5k on November 21"],
    ["will X win primary", "Will Kamala Harris win primary?", "Will O'Rourke win primary?"],
    ["which X reaches", "Which LLM reaches 1,500?", "which Gemini 3.5 reaches 1400"],
  ];
  for (const [skeleton, ...titles] of templates) {
    for (const title of titles) assert.equal(titleSkeleton(title), skeleton, title);
  }
});

Deno.test("titleSkeleton() tells wordings apart", () => {
  const titles = [
    "Will the SEC sue Ripple?",
    "Will the SEC fine Ripple?",
    "Ripple sued by the SEC",
    "Ripple fined",
  ];
  assert.equal(new Set(titles.map(titleSkeleton)).size, titles.length);
});

Deno.test("titleSkeleton() of a title of names alone is the title, for it has no wording to share", () => {
  assert.equal(titleSkeleton("NBA Finals MVP 2026"), "nba finals mvp");
  assert.notEqual(titleSkeleton("NBA Finals MVP"), titleSkeleton("Premier League"));
  assert.equal(titleSkeleton(""), "");
  assert.equal(titleSkeleton("2026?"), "");
});

Deno.test("titleSkeleton() has no digit or sign, and its own skeleton is itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (title) => {
      const skeleton = titleSkeleton(title);
      assert.doesNotMatch(skeleton, /(?:^| )\p{N}/u);
      assert.doesNotMatch(skeleton, /[?!$,]/);
    }),
    { seed: 7, numRuns: 500 },
  );
  const word = fc.constantFrom("Will", "the", "SEC", "sue", "Ripple", "by", "30", "$5", "vs.", "X");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const skeleton = titleSkeleton(words.join(" "));
      assert.equal(titleSkeleton(skeleton), skeleton);
    }),
    { seed: 7, numRuns: 500 },
  );
});
