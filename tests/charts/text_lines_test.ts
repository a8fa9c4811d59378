import assert from "node:assert/strict";
import fc from "fast-check";
import { cleanText, shortText, textLines } from "lib/charts/text_lines.ts";
import { textWidth } from "lib/charts/text_width.ts";

Deno.test("cleanText() takes out what would hide, reorder or break", () => {
  assert.equal(cleanText(" a\u0000b\tc\n\n d\u202ee\u200b\ufeff\u00a0f "), "ab c de f");
  assert.equal(cleanText("\ud800x\udc00"), "x");
  assert.equal(cleanText("naïve 市場 🙂 5–95 ¢"), "naïve 市場 🙂 5–95 ¢");
});

Deno.test("shortText() leaves what fits and cuts the rest with an ellipsis", () => {
  assert.equal(shortText("short", 100, 12), "short");
  const cut = shortText("Will the committee raise rates in March", 100, 12);
  assert.match(cut, /^Will the .*…$/);
  assert.ok(textWidth(cut, 12) <= 100);
});

Deno.test("textLines() loses no word when the lines suffice", () => {
  const text = "one two three four five six seven";
  for (const balanced of [false, true]) {
    const lines = textLines(text, { width: 90, size: 12, maxLines: 9, balanced });
    assert.equal(lines.join(" "), text);
    assert.ok(lines.length > 1);
  }
});

Deno.test("textLines() balances without a line more", () => {
  const text = "In the last week before the scheduled end most prices are still open, as ever";
  const filled = textLines(text, { width: 300, size: 12 });
  const balanced = textLines(text, { width: 300, size: 12, balanced: true });
  assert.equal(balanced.length, filled.length);
  const longest = (lines: string[]) => Math.max(...lines.map((line) => textWidth(line, 12)));
  assert.ok(longest(balanced) < longest(filled));
});

Deno.test("textLines() keeps every line within the width and their number within the limit", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.integer({ min: 40, max: 400 }),
      fc.boolean(),
      (text, width, balanced) => {
        const lines = textLines(text, { width, size: 12, maxLines: 3, balanced });
        assert.ok(lines.length <= 3);
        for (const line of lines) assert.ok(textWidth(line, 12) <= width, line);
      },
    ),
    { seed: 7 },
  );
});
