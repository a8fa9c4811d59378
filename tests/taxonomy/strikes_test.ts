import assert from "node:assert/strict";
import { isNeutral, maskedStrikes, strikeResidue } from "lib/taxonomy/strikes.ts";

Deno.test("maskedStrikes() blanks what a comparison or a unit makes a strike", () => {
  for (
    const [text, want] of [
      ["Litecoin above $95", "Litecoin above ___"],
      ["Will Litecoin dip to $80K?", "Will Litecoin dip to ___?"],
      ["Will it be between 18 and 20 million?", "Will it be between ___?"],
      ["Ravens Team Total O/U 24.5 points", "Ravens Team Total"],
      ["Ravens Team Total: O/U 24.5", "Ravens Team Total"],
      ["Fed cuts 50bps", "Fed cuts ___"],
      ["Fed cuts 25-50 bps", "Fed cuts ___"],
      ["Will Seattle win 10 or more games?", "Will Seattle win ___ games?"],
      ["Rate ≥4.8%", "Rate ≥ ___"],
    ] as const
  ) assert.equal(maskedStrikes(text), want);
});

Deno.test("maskedStrikes() leaves numbers that are names", () => {
  for (
    const text of [
      "76ers vs. 49ers",
      "GPT-5 released",
      "Indy 500 Winner",
      "Catch-22 film",
      "Boeing 737 crash",
      "Will it snow?",
    ]
  ) assert.equal(maskedStrikes(text), text);
});

Deno.test("strikeResidue() leaves the same words for strikes of one ladder", () => {
  assert.deepEqual(strikeResidue("Above 50,000"), { words: "", hasNumber: true });
  assert.deepEqual(strikeResidue("72°F or below"), { words: "", hasNumber: true });
  assert.deepEqual(strikeResidue("25+ bps increase"), { words: "", hasNumber: true });
  assert.deepEqual(strikeResidue("2–4s"), strikeResidue("10 seconds or more"));
  assert.deepEqual(strikeResidue("Nina Vance"), { words: "nina vance", hasNumber: false });
});

Deno.test("isNeutral() knows outcomes of a ladder that are no number", () => {
  assert.ok(
    isNeutral("No change") && isNeutral(" other ") && isNeutral("No IPO in 2026") &&
      isNeutral("Fed maintains rate"),
  );
  assert.ok(!isNeutral("Nobody Jones") && !isNeutral("0"));
});
