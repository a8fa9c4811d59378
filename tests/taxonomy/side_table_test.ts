import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { sideTable } from "lib/taxonomy/side_table.ts";

Deno.test("sideTable() has a row for each contract, in their order", () => {
  const { nRows, columns } = sideTable([
    { marketId: "poly:b", side: -1, confidence: 0.8, reasoning: "why", method: "rule 1" },
    { marketId: "poly:a", side: 0, confidence: 0.5, reasoning: "no", method: "rule 1" },
  ]);
  assert.equal(nRows, 2);
  const row = (i: number) => Object.values(columns).map((column) => cellAt(column, i));
  assert.deepEqual(Object.keys(columns), [
    "market_id",
    "side",
    "confidence",
    "reasoning",
    "method",
  ]);
  assert.deepEqual(row(0), ["poly:b", -1, 0.8, "why", "rule 1"]);
  assert.deepEqual(row(1), ["poly:a", 0, 0.5, "no", "rule 1"]);
  assert.equal(sideTable([]).nRows, 0);
});
