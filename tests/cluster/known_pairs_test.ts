import assert from "node:assert/strict";
import fc from "fast-check";
import { knownPairs } from "lib/cluster/known_pairs.ts";
import { pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";

const ids = [..."abcdef"];

Deno.test("knownPairs() leaves out the item with the most unknown pairs first", () => {
  // ab ac ad · bc bd · cd, with c unknown to a and b
  const matrix = pairMatrix([..."abcd"], Float64Array.of(1, NaN, 1, NaN, 1, 1));
  const found = knownPairs(matrix);
  assert.deepEqual([...found.kept], [0, 1, 3]);
  assert.deepEqual(found.dropped, [{ item: 2, nUnknown: 2 }]);
});

Deno.test("knownPairs() keeps only items whose pairs are all known, and names the others", () => {
  const values = fc.array(fc.constantFrom(0.5, NaN), { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(values, (given) => {
      const matrix = pairMatrix(ids, Float64Array.from(given));
      const { kept, dropped } = knownPairs(matrix);
      assert.ok(selectPairs(matrix, kept).values.every((x) => x === 0.5));
      assert.equal(kept.length + dropped.length, ids.length);
      assert.ok(kept.length >= 1 && dropped.every(({ nUnknown }) => nUnknown > 0));
    }),
    { seed: 7 },
  );
});

Deno.test("knownPairs() of a complete matrix keeps everything, of an empty one nothing", () => {
  assert.equal(knownPairs(pairMatrix(ids, new Float64Array(15))).kept.length, 6);
  assert.equal(knownPairs(pairMatrix([])).kept.length, 0);
});
