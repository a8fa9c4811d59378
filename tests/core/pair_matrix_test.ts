import assert from "node:assert/strict";
import { pairAt, pairCount, pairIndex, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";

Deno.test("pairIndex() counts the upper triangle row by row", () => {
  for (const n of [2, 3, 7]) {
    let at = 0;
    for (let i = 0; i < n; ++i) {
      for (let j = i + 1; j < n; ++j) assert.equal(pairIndex(n, i, j), at++);
    }
    assert.equal(at, pairCount(n));
  }
});

Deno.test("pairAt() reads a pair in either order", () => {
  const matrix = pairMatrix(["a", "b", "c"], Float64Array.of(1, 2, 3));
  assert.deepEqual([pairAt(matrix, 0, 2), pairAt(matrix, 2, 0), pairAt(matrix, 2, 1)], [2, 2, 3]);
});

Deno.test("pairMatrix() knows no pair unless told, and refuses another number of values", () => {
  assert.ok(pairMatrix(["a", "b", "c"]).values.every(Number.isNaN));
  assert.equal(pairMatrix([]).values.length, 0);
  assert.throws(
    () => pairMatrix(["a", "b", "c"], new Float64Array(2)),
    {
      name: "RangeError",
      message: "Cannot make a pair matrix as 3 items must give 3 pairs: got 2",
    },
  );
});

Deno.test("selectPairs() keeps the chosen items in the chosen order", () => {
  const matrix = pairMatrix(["a", "b", "c", "d"], Float64Array.of(1, 2, 3, 4, 5, 6));
  const chosen = selectPairs(matrix, [3, 0, 2]);
  assert.deepEqual(chosen.ids, ["d", "a", "c"]);
  assert.deepEqual([...chosen.values], [3, 6, 2]);
});
