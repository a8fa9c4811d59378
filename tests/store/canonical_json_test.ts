import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "lib/store/canonical_json.ts";

Deno.test("canonicalJson() reads back as the same value and does not see the order of keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = canonicalJson(value);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(Object.fromEntries(Object.entries(value).reverse())), text);
    }),
    { seed: 7 },
  );
});

Deno.test("canonicalJson() refuses what JSON would change in silence", () => {
  const cases: [unknown, string][] = [
    [{ a: [1, NaN] }, "$.a[1] must be a plain value: got NaN"],
    [{ a: { b: undefined } }, "$.a.b must be a plain value: got undefined"],
    [Infinity, "$ must be a plain value: got Infinity"],
    [{ when: new Date(0) }, "$.when must be a plain value: got Date"],
    [{ m: new Map() }, "$.m must be a plain value: got Map"],
    [{ n: 1n }, "$.n must be a plain value: got 1"],
  ];
  for (const [value, words] of cases) {
    assert.throws(() => canonicalJson(value), {
      name: "TypeError",
      message: `Cannot write JSON as ${words}`,
    });
  }
});
