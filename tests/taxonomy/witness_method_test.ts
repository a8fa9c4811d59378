import assert from "node:assert/strict";
import { boolColumn, stringColumn, table } from "lib/core/table.ts";
import { witnessMethod } from "lib/taxonomy/witness_method.ts";

function methods(handed: string) {
  const names = ["ward", "average", "hybrid", "wording"];
  return table({
    method: stringColumn(names),
    evidence: stringColumn(["prices", "prices", "prices and wording", "wording"]),
    is_handed_on: boolColumn(names.map((name) => name === handed)),
  });
}

Deno.test("witnessMethod() takes the method that is handed on where it read prices alone", () => {
  assert.equal(witnessMethod(methods("average")), "average");
});

Deno.test("witnessMethod() takes Ward's tree where the handed one read titles, or none is", () => {
  assert.equal(witnessMethod(methods("hybrid")), "ward");
  assert.equal(witnessMethod(methods("wording")), "ward");
  assert.equal(witnessMethod(methods("none")), "ward");
});
