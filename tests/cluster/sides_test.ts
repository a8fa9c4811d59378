import assert from "node:assert/strict";
import fc from "fast-check";
import { pairMatrix } from "lib/core/pair_matrix.ts";
import { alignedSides, heldCorrelation } from "lib/cluster/sides.ts";

const N = 9;
const ids = Array.from({ length: N }, (_, i) => `m${i}`);
const correlations = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) }, {
    weight: 1,
    arbitrary: fc.constant(NaN),
  }),
  { minLength: 36, maxLength: 36 },
).map((values) => pairMatrix(ids, Float64Array.from(values)));

/** What the sides are chosen to raise. */
function strength(values: Float64Array): number {
  return values.reduce((sum, r) => r === r ? sum + r * Math.abs(r) : sum, 0);
}

Deno.test("alignedSides() makes two opposed groups agree", () => {
  const truth = [1, -1, 1, 1, -1, -1, 1, -1, 1];
  const rho = pairMatrix(ids);
  for (let i = 0, at = 0; i < N; ++i) {
    for (let j = i + 1; j < N; ++j) rho.values[at++] = 0.3 * truth[i]! * truth[j]!;
  }
  const side = alignedSides(rho);
  assert.deepEqual([...side], truth);
  assert.ok(heldCorrelation(rho, side).values.every((r) => r === 0.3));
});

Deno.test("alignedSides() holds more items as quoted than not", () => {
  fc.assert(
    fc.property(correlations, (rho) => {
      assert.ok(alignedSides(rho).reduce((sum, s) => sum + s, 0) > 0);
    }),
    { seed: 7 },
  );
});

Deno.test("alignedSides() cannot be bettered by turning one item", () => {
  fc.assert(
    fc.property(correlations, fc.nat(N - 1), (rho, i) => {
      const side = alignedSides(rho);
      const best = strength(heldCorrelation(rho, side).values);
      side[i] = -side[i]!;
      assert.ok(strength(heldCorrelation(rho, side).values) <= best + 1e-9);
    }),
    { seed: 7 },
  );
});

Deno.test("alignedSides() gives the same held correlations after complements are quoted", () => {
  fc.assert(
    fc.property(
      correlations,
      fc.array(fc.constantFrom(1, -1), { minLength: N, maxLength: N }),
      (rho, flips) => {
        const quoted = heldCorrelation(rho, flips);
        assert.deepEqual(
          heldCorrelation(quoted, alignedSides(quoted)).values.map((r) => r + 0),
          heldCorrelation(rho, alignedSides(rho)).values.map((r) => r + 0),
        );
      },
    ),
    { seed: 7 },
  );
});

Deno.test("alignedSides() keeps the quoted side where no pair is known", () => {
  assert.deepEqual([...alignedSides(pairMatrix(["a", "b"]))], [1, 1]);
  assert.deepEqual([...alignedSides(pairMatrix(["a"]))], [1]);
  assert.equal(alignedSides(pairMatrix([])).length, 0);
});

Deno.test("heldCorrelation() refuses sides that are not one an item", () => {
  assert.throws(() => heldCorrelation(pairMatrix(["a", "b"]), [1]), {
    name: "RangeError",
    message: "Cannot take sides as each of 2 items must have one: got 1",
  });
});
