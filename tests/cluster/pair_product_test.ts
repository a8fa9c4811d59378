import assert from "node:assert/strict";
import { pairProduct, requireKnownPairs } from "lib/cluster/pair_product.ts";
import { pairAt, pairCount, pairMatrix } from "lib/core/pair_matrix.ts";
import { randomStream } from "lib/core/random.ts";

Deno.test("pairProduct() equals the product with the full matrix", () => {
  const random = randomStream(1, "product");
  for (const n of [0, 1, 2, 7]) {
    const ids = Array.from({ length: n }, (_, i) => String(i));
    const matrix = pairMatrix(ids, Float64Array.from({ length: pairCount(n) }, random));
    const x = Float64Array.from(ids, random), out = new Float64Array(n).fill(9);
    pairProduct(matrix.values, x, out);
    ids.forEach((_, i) => {
      const want = x.reduce(
        (sum, value, j) => i === j ? sum : sum + pairAt(matrix, i, j) * value,
        0,
      );
      assert.ok(Math.abs(out[i]! - want) < 1e-14);
    });
  }
});

Deno.test("requireKnownPairs() counts what is unknown", () => {
  requireKnownPairs(pairMatrix(["a", "b"], Float64Array.of(1)), "sum");
  assert.throws(() => requireKnownPairs(pairMatrix(["a", "b", "c"]), "sum"), {
    name: "RangeError",
    message: "Cannot sum as every pair must be known: got 3 of 3 unknown",
  });
});
