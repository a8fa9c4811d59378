import assert from "node:assert/strict";
import fc from "fast-check";
import { choleskyFactor, choleskyInverseTrace, choleskySolution } from "lib/stats/cholesky.ts";

Deno.test("choleskyFactor() finds the root of Wikipedia's example", () => {
  const square = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);
  const lower = choleskyFactor(square, 3);
  assert.deepEqual(lower, Float64Array.of(2, 0, 0, 6, 1, 0, -8, 5, 3));
  assert.deepEqual(choleskySolution(lower!, Float64Array.of(4, 12, -16)), Float64Array.of(1, 0, 0));
});

Deno.test("choleskyFactor() reads the lower triangle alone", () => {
  const lower = choleskyFactor(Float64Array.of(4, 99, 2, 5), 2);
  assert.deepEqual(lower, Float64Array.of(2, 0, 1, 2));
});

Deno.test("choleskyInverseTrace() is worked by hand", () => {
  // inverse of (4 2; 2 5) is (5 −2; −2 4) / 16
  assert.equal(choleskyInverseTrace(Float64Array.of(2, 0, 1, 2), 2), 9 / 16);
});

Deno.test("choleskyFactor() has no answer for a matrix that is singular, indefinite or unknown", () => {
  assert.equal(choleskyFactor(Float64Array.of(1, 1, 1, 1), 2), null);
  assert.equal(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2), null);
  assert.equal(choleskyFactor(Float64Array.of(0), 1), null);
  assert.equal(choleskyFactor(Float64Array.of(NaN), 1), null);
  // the last pivot is rounding, not a number to divide by
  assert.equal(choleskyFactor(Float64Array.of(0.01, 0.1, 0.1, 1 + 1e-15), 2), null);
});

const systems = fc.integer({ min: 1, max: 8 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    root: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
      minLength: n * n,
      maxLength: n * n,
    }),
    right: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: n, maxLength: n }),
  })
);

/** root·rootᵀ + 0.1. */
function positive(root: readonly number[], n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const i = Math.floor(at / n), j = at % n;
    let sum = i === j ? 0.1 : 0;
    for (let l = 0; l < n; ++l) sum += root[i * n + l]! * root[j * n + l]!;
    return sum;
  });
}

Deno.test("choleskyFactor() times its transpose is the matrix, and its solutions solve it", () => {
  fc.assert(
    fc.property(systems, ({ n, root, right }) => {
      const square = positive(root, n), before = square.slice();
      const lower = choleskyFactor(square, n)!;
      assert.deepEqual(square, before);
      const solution = choleskySolution(lower, Float64Array.from(right));
      let trace = 0;
      for (let i = 0; i < n; ++i) {
        const left = solution.reduce((sum, x, j) => sum + square[i * n + j]! * x, 0);
        assert.ok(Math.abs(left - right[i]!) < 1e-9, `${left} ${right[i]}`);
        for (let j = 0; j <= i; ++j) {
          let product = 0;
          for (let l = 0; l <= j; ++l) product += lower[i * n + l]! * lower[j * n + l]!;
          assert.ok(Math.abs(product - square[i * n + j]!) < 1e-12);
        }
        const unit = Float64Array.from({ length: n }, (_, j) => i === j ? 1 : 0);
        trace += choleskySolution(lower, unit)[i]!;
      }
      assert.ok(Math.abs(choleskyInverseTrace(lower, n) / trace - 1) < 1e-9);
    }),
    { seed: 7, numRuns: 200 },
  );
});

Deno.test("choleskyFactor() refuses a matrix of another size", () => {
  assert.throws(() => choleskyFactor(new Float64Array(5), 2), {
    name: "RangeError",
    message: "Cannot factor a matrix as 2 rows must give 4 numbers: got 5",
  });
});
