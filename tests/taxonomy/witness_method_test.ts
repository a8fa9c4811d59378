import assert from "node:assert/strict";
import { boolColumn, stringColumn, table } from "lib/core/table.ts";
import { witnessMethod, witnessText } from "lib/taxonomy/witness_method.ts";

function methods(handed: string) {
  const names = ["ward", "average", "hybrid", "wording"];
  return table({
    method: stringColumn(names),
    name: stringColumn(["Ward", "Average linkage", null, null]),
    evidence: stringColumn(["prices", "prices", "prices and wording", "wording"]),
    is_handed_on: boolColumn(names.map((name) => name === handed)),
  });
}

Deno.test("witnessMethod() takes the method that is handed on where it read prices alone", () => {
  assert.deepEqual(witnessMethod(methods("average")), {
    ...{ method: "average", name: "Average linkage", nMethods: 4, isChosen: true },
  });
});

Deno.test("witnessMethod() takes Ward's tree where the handed one read titles, or none is", () => {
  for (const handed of ["hybrid", "wording", "none"]) {
    assert.deepEqual(witnessMethod(methods(handed)), {
      ...{ method: "ward", name: "Ward", nMethods: 4, isChosen: false },
    });
  }
});

Deno.test("witnessText() says the method, why it, and how much it holds", () => {
  const counts = { nPlaced: 35, nStudied: 1100 };
  const chosen = { method: "hdbscan", name: "HDBSCAN", nMethods: 14, isChosen: true };
  assert.equal(
    witnessText(chosen, counts),
    "HDBSCAN, chosen in notebook 03 among 14, places 35 of 1,100 studied events",
  );
  assert.equal(
    witnessText({ ...chosen, name: "Ward", isChosen: false }, counts),
    "Ward, as the method chosen in notebook 03 has read titles, places 35 of 1,100 studied events",
  );
});
