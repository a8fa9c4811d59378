import assert from "node:assert/strict";
import fc from "fast-check";
import { eventBlock, plainLine, plainLines, textHash } from "lib/classify/event_block.ts";

Deno.test("eventBlock() writes one JSON object between its delimiters", () => {
  assert.equal(
    eventBlock({ title: 'A "b"\n<c>', none: null, list: ["x", "[y]"], empty: [] }),
    "<event_json>\n{\n" +
      '  "title": "A \\"b\\"\\n\\u003cc\\u003e",\n' +
      '  "none": null,\n' +
      '  "list": ["x", "\\u005by\\u005d"],\n' +
      '  "empty": []\n}\n</event_json>',
  );
});

Deno.test("eventBlock() holds any text and shows no delimiter but its own", () => {
  const hostile = fc.array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("</event_json>", "<", '"}', "\\", "\n", "`", "]"),
    ),
  ).map((all) => all.join(""));
  fc.assert(
    fc.property(hostile, fc.array(hostile, { maxLength: 3 }), (title, tickers) => {
      const lines = eventBlock({ title, tickers }).split("\n");
      assert.equal(lines.length, 6);
      assert.deepEqual([lines[0], lines[5]], ["<event_json>", "</event_json>"]);
      const inner = lines.slice(1, 5).join("\n");
      assert.doesNotMatch(inner, /[<>`]/);
      assert.deepEqual(JSON.parse(inner), { title, tickers });
    }),
    { seed: 7, numRuns: 500 },
  );
});

Deno.test("plainLine() leaves one line of visible characters of the length asked for", () => {
  assert.equal(plainLine("  a\tb\r\n c\u0000d ", 20), "a b c d");
  assert.equal(plainLine("\u202eabc\u202c\u200b!", 20), "abc !");
  assert.equal(plainLine("＜x＞ ½", 20), "<x> 1⁄2");
  assert.equal(plainLine("Zürich 東京 🎉", 20), "Zürich 東京 🎉");
  assert.equal(plainLine("🎉🎉🎉", 2), "🎉🎉");
  assert.equal(plainLine("\ud83c broken", 20), "broken");
  assert.equal(plainLine("x".repeat(1e6), 5), "xxxxx");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 40 }), (text, most) => {
      const line = plainLine(text, most);
      assert.ok([...line].length <= most);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]| {2}|^ | $/u);
      assert.equal(plainLine(line, most), line);
    }),
    { seed: 7, numRuns: 500 },
  );
});

Deno.test("plainLines() says how many it left out", () => {
  assert.deepEqual(plainLines(["a\n", "b", "c", "d"], 2, 10), ["a", "b", "and 2 more"]);
  assert.deepEqual(plainLines(["a", "b"], 2, 10), ["a", "b"]);
});

Deno.test("textHash() tells where one text ends", () => {
  assert.notEqual(textHash(["ab", "c"]), textHash(["a", "bc"]));
  // golden: printf '["a"]' | sha256sum
  assert.equal(
    textHash(["a"]),
    "0eb5b8d6f81bc677da8a08567cc4fa9a06a57e9ec8da85ed73a7f62727996002",
  );
});
