import assert from "node:assert/strict";
import { METHODS } from "lib/cluster/method_list.ts";

Deno.test("METHODS has fourteen methods, Ward by two distances next to each other", () => {
  assert.equal(METHODS.length, 14);
  assert.deepEqual(METHODS.slice(1, 3).map((one) => one.key), ["ward", "ward_one_minus"]);
});

Deno.test("METHODS begins with the seed recipe and has each key and name once", () => {
  assert.equal(METHODS[0].key, "seed_ward");
  assert.equal(new Set(METHODS.map((one) => one.key)).size, METHODS.length);
  assert.equal(new Set(METHODS.map((one) => one.name)).size, METHODS.length);
  assert.deepEqual(METHODS.filter((one) => one.evidence !== "prices").map((one) => one.key), [
    "hybrid",
    "wording",
  ]);
});
