import assert from "node:assert/strict";
import fc from "fast-check";
import { shortText } from "lib/review/short_text.ts";

Deno.test("shortText() keeps what is seen on one line and drops what is not", () => {
  assert.equal(shortText(" a\n\tb\u0000c  d "), "a b c d");
  assert.equal(shortText("\u202eevil\u202c \u200fשלום\u2066"), "evil שלום");
  assert.equal(shortText("\u001b[31mred\u001b[0m"), "[31mred [0m");
  assert.equal(shortText("half \ud83d of 😀"), "half of 😀");
  assert.equal(shortText("\u2028\ufeff"), "");
});

Deno.test("shortText() says where it was cut, and never cuts a character in two", () => {
  assert.equal(shortText("abcdef", { most: 6 }), "abcdef");
  assert.equal(shortText("abcdefg", { most: 6 }), "abcde…");
  assert.equal(shortText("abcd efg", { most: 6 }), "abcd…");
  assert.equal(shortText("😀".repeat(9), { most: 3 }), "😀😀…");
  assert.equal([...shortText("x".repeat(500))].length, 80);
});

Deno.test("shortText() is short, on one line, and the same when it is taken again", () => {
  const text = fc.string({
    unit: fc.constantFrom(..."a é😀\n\t\u0007\u200b\u202e\ufeff\u2028", "\ud83d", "\udc00"),
    maxLength: 120,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 90 }), (text, most) => {
      const short = shortText(text, { most });
      assert.ok([...short].length <= most);
      assert.doesNotMatch(short, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      assert.equal(shortText(short, { most }), short);
    }),
    { seed: 7, numRuns: 300 },
  );
});
