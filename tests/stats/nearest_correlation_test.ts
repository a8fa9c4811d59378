import assert from "node:assert/strict";
import fc from "fast-check";
import { pairCount, type PairMatrix, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { correlationSquare, symmetricEigen } from "lib/stats/eigen.ts";
import { nearestCorrelation } from "lib/stats/nearest_correlation.ts";
// golden: numpy and statsmodels, made by tests/golden/stats/nearest_correlation.py
import golden from "../golden/stats/nearest_correlation.json" with { type: "json" };

const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);
const fromCells = (n: number, cells: readonly number[]) =>
  pairMatrix(names(n), Float64Array.from(cells));
const smallest = (rho: PairMatrix) =>
  symmetricEigen(correlationSquare(rho, "test"), rho.ids.length).values.at(-1)!;
const matrices = fc.integer({ min: 2, max: 7 }).chain((n) =>
  fc.array(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, 0, 1)), {
    minLength: pairCount(n),
    maxLength: pairCount(n),
  }).map((cells) => fromCells(n, cells))
);

Deno.test("nearestCorrelation() gives the matrix printed by Higham 2002", () => {
  const { rho, minEigenvalue, distance, converged } = nearestCorrelation(fromCells(3, [1, 0, 1]));
  assert.deepEqual([...rho.values].map((r) => r.toFixed(4)), ["0.7607", "0.1573", "0.7607"]);
  assert.ok(Math.abs(minEigenvalue - (1 - Math.SQRT2)) < 1e-14);
  assert.equal(distance.toFixed(4), "0.5278");
  assert.ok(converged);
});

Deno.test("nearestCorrelation() matches an independent run in numpy", () => {
  for (const { n, least, rho, nearest, minEigenvalue, distance } of golden) {
    const given = fromCells(n, rho), before = given.values.slice();
    const found = nearestCorrelation(given, {
      minEigenvalue: least,
      tolerance: 1e-10,
    });
    found.rho.values.forEach((r, p) => assert.ok(Math.abs(r - nearest[p]!) < 2e-8));
    assert.ok(Math.abs(found.minEigenvalue - minEigenvalue) < 1e-12);
    assert.ok(Math.abs(found.distance - distance) < 1e-8);
    assert.ok(found.converged);
    assert.ok(smallest(found.rho) >= least - 1e-8);
    assert.deepEqual(given.values, before);
  }
});

Deno.test("nearestCorrelation() comes at least as close as statsmodels' corr_nearest", () => {
  const plain = golden.filter(({ least }) => least === 0);
  assert.equal(plain.length, 3);
  for (const { n, rho, statsmodelsDistance } of plain) {
    assert.ok(nearestCorrelation(fromCells(n, rho)).distance <= statsmodelsDistance + 1e-8);
  }
});

Deno.test("nearestCorrelation() gives a correlation matrix and leaves one as it is", () => {
  fc.assert(
    fc.property(matrices, (given) => {
      const { rho, converged } = nearestCorrelation(given, { maxSteps: 3000 });
      assert.ok(converged);
      assert.ok(smallest(rho) >= -1e-8);
      assert.ok(rho.values.every((r) => Math.abs(r) <= 1));
      const again = nearestCorrelation(rho);
      assert.deepEqual([again.steps, again.distance], [0, 0]);
      assert.deepEqual(again.rho, rho);
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("nearestCorrelation() is nearer than other correlation matrices", () => {
  const { n, rho: cells } = golden[2]!;
  const given = fromCells(n, cells);
  const found = nearestCorrelation(given);
  const far = (other: Float64Array) =>
    Math.SQRT2 * Math.sqrt(other.reduce((sum, r, p) => sum + (r - cells[p]!) ** 2, 0));
  assert.ok(Math.abs(far(found.rho.values) - found.distance) < 1e-14);
  fc.assert(
    fc.property(
      matrices.filter(({ ids }) => ids.length === n),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (wild, share) => {
        const other = nearestCorrelation(wild).rho.values;
        const between = found.rho.values.map((r, p) => (1 - share) * r + share * other[p]!);
        assert.ok(far(between) >= found.distance - 1e-7);
      },
    ),
    { seed: 7, numRuns: 30 },
  );
});

Deno.test("nearestCorrelation() follows the items when they change order", () => {
  const { n, rho } = golden[1]!, given = fromCells(n, rho);
  const order = [11, 3, 7, 0, 2, 9, 1, 10, 4, 8, 6, 5];
  const straight = selectPairs(nearestCorrelation(given).rho, order).values;
  const turned = nearestCorrelation(selectPairs(given, order)).rho.values;
  straight.forEach((r, p) => assert.ok(Math.abs(r - turned[p]!) < 1e-10));
});

Deno.test("nearestCorrelation() gives a correlation matrix even when it runs out of rounds", () => {
  const { rho, steps, converged } = nearestCorrelation(fromCells(3, [1, 0, 1]), { maxSteps: 2 });
  assert.deepEqual([steps, converged], [2, false]);
  assert.ok(smallest(rho) >= -1e-14);
});

Deno.test("nearestCorrelation() takes none, one and two items", () => {
  assert.equal(nearestCorrelation(pairMatrix([])).rho.values.length, 0);
  assert.equal(nearestCorrelation(pairMatrix(["a"])).minEigenvalue, 1);
  const { rho, distance } = nearestCorrelation(fromCells(2, [1.5]));
  assert.ok(Math.abs(rho.values[0]! - 1) < 1e-8 && Math.abs(distance - Math.SQRT1_2) < 1e-8);
});

Deno.test("nearestCorrelation() refuses unknown pairs and options out of range", () => {
  assert.throws(() => nearestCorrelation(fromCells(3, [NaN, 0.1, NaN])), {
    name: "RangeError",
    message:
      "Cannot find the nearest correlation matrix as every pair must be known: got 2 unknown of 3",
  });
  const given = fromCells(2, [0.5]);
  for (
    const [options, message] of [
      [{ tolerance: 0 }, "tolerance must be > 0: got 0"],
      [{ maxSteps: 0.5 }, "maxSteps must be a whole number >= 1: got 0.5"],
      [{ minEigenvalue: 1 }, "minEigenvalue must be in [0, 1): got 1"],
    ] as const
  ) {
    assert.throws(() => nearestCorrelation(given, options), {
      name: "RangeError",
      message: `Cannot find the nearest correlation matrix as ${message}`,
    });
  }
});
