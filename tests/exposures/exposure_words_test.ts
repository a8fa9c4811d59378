import assert from "node:assert/strict";
import fc from "fast-check";
import { anyPattern, ruleWords, wordPattern } from "lib/exposures/exposure_words.ts";

Deno.test("ruleWords() keeps words, numbers and the signs that change a number", () => {
  const of: [string, string][] = [
    ["Fed Decreases Rates by 50+ bps?", " fed decreases rates by 50+ bps "],
    ["S&P 500 above 7,600.01", " s&p 500 above 7600.01 "],
    ["Călin—Georgescu’s “win”", " calin georgescu s win "],
    ["J.D. Vance", " j d vance "],
    ["Nasdaq-100 <20k", " nasdaq 100 <20k "],
    ["", "  "],
  ];
  for (const [text, words] of of) assert.equal(ruleWords(text), words);
});

Deno.test("wordPattern() wants whole words side by side, anywhere with +, open with *", () => {
  const has = (line: string, text: string) => wordPattern(line)(ruleWords(text));
  assert.equal(has("fed", "Federal Reserve"), false);
  assert.equal(has("fed*", "Federal Reserve"), true);
  assert.equal(has("fed chair", "Chair of the Fed"), false);
  assert.equal(has("fed + chair", "Chair of the Fed"), true);
  assert.equal(has("cut*", "rate cuts"), true);
  assert.equal(has("cut*", "haircut"), false);
  assert.equal(has(">25*", "Cut >25bps"), true);
});

Deno.test("wordPattern() takes any line of a group", () => {
  const groups = new Map([["bank", ["fed", "bank of england"]]]);
  const pattern = wordPattern("{bank} + cut*", groups);
  assert.deepEqual(
    ["Bank of England cuts", "Fed cut", "ECB cut"].map((text) => pattern(ruleWords(text))),
    [true, true, false],
  );
});

Deno.test("wordPattern() refuses what it could not find", () => {
  const message = (line: string) =>
    `Cannot read the words "${line}" as each part must be words, a group alone, or end in *: got `;
  for (const [line, part] of [["", ""], ["fed + ?", "?"], ["be*gin now", "be*gin now"]] as const) {
    assert.throws(() => wordPattern(line), {
      name: "SyntaxError",
      message: `${message(line)}"${part}"`,
    });
  }
  assert.throws(() => wordPattern("the {fed}", new Map([["fed", ["fed"]]])), SyntaxError);
  assert.throws(() => wordPattern("{fed}"), {
    name: "SyntaxError",
    message: 'Cannot read the words "{fed}" as a group must be listed under groups: got "fed"',
  });
});

Deno.test("anyPattern() of no lines never fits, and hostile text neither throws nor fits", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      assert.equal(anyPattern([])(ruleWords(text)), false);
      assert.equal(wordPattern("zzzqqq*")(ruleWords(text)), /zzzqqq/i.test(ruleWords(text)));
    }),
    { seed: 7 },
  );
});
