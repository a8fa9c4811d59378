import assert from "node:assert/strict";
import fc from "fast-check";
import { hypergeometricTail } from "lib/stats/hypergeometric.ts";
// golden: scipy, made by tests/golden/stats/contingency_cells.py
import golden from "../golden/stats/contingency_cells.json" with { type: "json" };

const urns = fc.integer({ min: 1, max: 40 }).chain((nItems) => {
  const part = fc.integer({ min: 0, max: nItems });
  return fc.record({ nItems: fc.constant(nItems), nMarked: part, nDrawn: part });
});

Deno.test("hypergeometricTail() gives scipy's", () => {
  for (const { count, tail, ...urn } of golden.tails) {
    const found = hypergeometricTail(count, urn);
    assert.ok(Math.abs(found - tail) <= 1e-10 * tail, `${count}: ${found} against ${tail}`);
  }
});

Deno.test("hypergeometricTail() falls, has the mean of the draws, and minds not which part is drawn", () => {
  fc.assert(
    fc.property(urns, ({ nItems, nMarked, nDrawn }) => {
      let sum = 0, last = 1;
      for (let count = 1; count <= nItems + 1; ++count) {
        const tail = hypergeometricTail(count, { nItems, nMarked, nDrawn });
        assert.ok(tail <= last && tail >= 0);
        const turned = hypergeometricTail(count, { nItems, nMarked: nDrawn, nDrawn: nMarked });
        assert.ok(Math.abs(turned - tail) < 1e-12);
        sum += tail;
        last = tail;
      }
      // the sum of P(X >= k) over k >= 1 is the mean
      assert.ok(Math.abs(sum - nMarked * nDrawn / nItems) < 1e-10);
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("hypergeometricTail() refuses an urn that cannot be", () => {
  assert.throws(() => hypergeometricTail(1, { nItems: 3, nMarked: 4, nDrawn: 2 }), {
    name: "RangeError",
    message: "Cannot give a chance as marked and drawn items must be whole numbers up to all " +
      "items: got 1 of 4 marked and 2 drawn of 3",
  });
  for (const urn of [{ nMarked: -1, nDrawn: 1 }, { nMarked: 1, nDrawn: 0.5 }]) {
    assert.throws(() => hypergeometricTail(1, { nItems: 3, ...urn }), RangeError);
  }
});
