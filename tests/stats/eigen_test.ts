import assert from "node:assert/strict";
import fc from "fast-check";
import { pairCount, pairMatrix } from "lib/core/pair_matrix.ts";
import {
  addEigenparts,
  correlationSquare,
  rescaledCorrelation,
  symmetricEigen,
} from "lib/stats/eigen.ts";
// golden: numpy.linalg.eigh, made by tests/golden/stats/random_matrix.py
import golden from "../golden/stats/random_matrix.json" with { type: "json" };

const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);
const rhos = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc.array(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, 0, 1)), {
    minLength: pairCount(n),
    maxLength: pairCount(n),
  }).map((values) => pairMatrix(names(n), Float64Array.from(values)))
);

Deno.test("symmetricEigen() gives numpy's eigenvalues", () => {
  for (const { n, rho, eigenvalues } of golden) {
    const square = correlationSquare(pairMatrix(names(n), Float64Array.from(rho)), "test");
    symmetricEigen(square, n).values.forEach((value, k) => {
      assert.ok(Math.abs(value - eigenvalues[k]!) < 1e-12);
    });
  }
});

Deno.test("symmetricEigen() splits a pair into 1 + r and 1 − r", () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(1, 0.25, 0.25, 1), 2);
  assert.deepEqual([...values].map((v) => v.toFixed(12)), ["1.250000000000", "0.750000000000"]);
  assert.ok(Math.abs(vectors[0]! - vectors[1]!) < 1e-14);
  assert.ok(Math.abs(vectors[2]! + vectors[3]!) < 1e-14);
});

Deno.test("symmetricEigen() and addEigenparts() undo each other", () => {
  fc.assert(
    fc.property(rhos, (rho) => {
      const n = rho.ids.length, square = correlationSquare(rho, "test");
      const before = square.slice();
      const { values, vectors } = symmetricEigen(square, n);
      assert.deepEqual(square, before);
      for (let k = 1; k < n; ++k) assert.ok(values[k]! <= values[k - 1]!);
      const rebuilt = new Float64Array(n * n), identity = new Float64Array(n * n);
      addEigenparts(rebuilt, vectors, values);
      addEigenparts(identity, vectors, new Float64Array(n).fill(1));
      for (let c = 0; c < n * n; ++c) {
        assert.ok(Math.abs(rebuilt[c]! - square[c]!) < 1e-12);
        assert.ok(Math.abs(identity[c]! - (c % (n + 1) === 0 ? 1 : 0)) < 1e-12);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("symmetricEigen() ends on matrices with equal or no eigenvalues", () => {
  assert.equal(symmetricEigen(new Float64Array(0), 0).values.length, 0);
  assert.deepEqual([...symmetricEigen(Float64Array.of(3), 1).values], [3]);
  assert.deepEqual([...symmetricEigen(new Float64Array(16), 4).values], [0, 0, 0, 0]);
  const { values } = symmetricEigen(new Float64Array(25).fill(1), 5);
  assert.ok(Math.abs(values[0]! - 5) < 1e-14 && Math.abs(values[1]!) < 1e-14);
});

Deno.test("rescaledCorrelation() is what a covariance matrix has as correlations", () => {
  const { values } = rescaledCorrelation(Float64Array.of(4, 3, 3, 9), ["a", "b"]);
  assert.deepEqual([...values], [0.5]);
});

Deno.test("symmetricEigen() refuses the wrong size and numbers that are not finite", () => {
  assert.throws(() => symmetricEigen(new Float64Array(5), 2), {
    name: "RangeError",
    message: "Cannot decompose a matrix as 2 rows must give 4 numbers: got 5",
  });
  assert.throws(() => symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2), {
    name: "RangeError",
    message: "Cannot decompose a matrix as its numbers must be finite: got NaN",
  });
});

Deno.test("correlationSquare() counts the pairs it cannot use", () => {
  const rho = pairMatrix(["a", "b", "c"], Float64Array.of(NaN, 0.5, Infinity));
  assert.throws(() => correlationSquare(rho, "do this"), {
    name: "RangeError",
    message: "Cannot do this as every pair must be known: got 2 unknown of 3",
  });
});
