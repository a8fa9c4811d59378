import assert from "node:assert/strict";
import fc from "fast-check";
import { gammaList } from "lib/sources/polymarket/gamma_list.ts";

Deno.test("gammaList() reads the text of a list and a list", () => {
  assert.deepEqual(gammaList('["Yes", "No"]'), ["Yes", "No"]);
  assert.deepEqual(gammaList("[]"), []);
  assert.deepEqual(gammaList(["6511", "6512"]), ["6511", "6512"]);
});

Deno.test("gammaList() gives null for none", () => {
  for (const raw of [null, undefined, "", " ", "null"]) assert.equal(gammaList(raw), null);
});

Deno.test("gammaList() gives undefined for what is no list", () => {
  for (const raw of [0, true, {}, "{}", "Yes,No", '["Yes"', '"[]"', "7"]) {
    assert.equal(gammaList(raw), undefined, JSON.stringify(raw));
  }
});

Deno.test("gammaList() gives back any list of JSON", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (list) => {
      assert.deepEqual(gammaList(JSON.stringify(list)), JSON.parse(JSON.stringify(list)));
    }),
    { seed: 8 },
  );
});
