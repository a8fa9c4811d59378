import assert from "node:assert/strict";
import { linkage } from "lib/cluster/linkage.ts";
import { treeLine } from "lib/cluster/tree_line.ts";
import { pairMatrix } from "lib/core/pair_matrix.ts";

Deno.test("treeLine() gives the cophenetic correlation, or says that there is none", () => {
  // heights 1 and 5 against distances 1, 4 and 6: cophenetic distances 1, 5, 5
  const distance = pairMatrix(["a", "b", "c"], Float64Array.of(1, 4, 6));
  assert.match(treeLine(linkage(distance, { method: "average" }), distance), /correlation 0\.92:/);
  const one = pairMatrix(["a"]);
  assert.match(treeLine(linkage(one, { method: "average" }), one), /too few joins/);
});
