import assert from "node:assert/strict";
import { pairCount, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { cellAt, type Table } from "lib/core/table.ts";
import { matrixTreatments } from "lib/stats/matrix_treatments.ts";
// golden: numpy, made by tests/golden/stats/matrix_treatments.py
import golden from "../golden/stats/matrix_treatments.json" with { type: "json" };

const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);
const RHO = pairMatrix(names(golden.n), Float64Array.from(golden.rho));

function rowsOf({ nRows, columns }: Table) {
  return Array.from({ length: nRows }, (_, row) => ({
    treatment: cellAt(columns.treatment!, row),
    smallest: Number(cellAt(columns.smallest_eigenvalue!, row)),
    meanAbs: Number(cellAt(columns.mean_abs!, row)),
    finding: cellAt(columns.finding!, row),
  }));
}

Deno.test("matrixTreatments() gives numpy's four matrices", () => {
  const rows = rowsOf(matrixTreatments(RHO, golden.nDays));
  assert.deepEqual(rows.map(({ treatment, finding }) => [treatment, finding]), [
    ["as measured", "2 negative eigenvalues"],
    ["shrunk towards zero", "intensity 0.03: that share of the matrix is noise"],
    ["nearest positive semi-definite", rows[2]!.finding],
    ["random-matrix noise removed", "3 of 9 eigenvalues above the edge of noise at 1.92"],
  ]);
  assert.match(String(rows[2]!.finding), /^moved by 1\.331 \(Frobenius\) in \d+ steps$/);
  assert.deepEqual([golden.nNegative, golden.nAbove], [2, 3]);
  [golden.asMeasured, golden.shrunk, golden.nearest, golden.cleaned].forEach((want, k) => {
    // the rounds of projection stop at a tolerance of 1e-7
    const room = k === 2 ? 1e-5 : 1e-10;
    assert.ok(Math.abs(rows[k]!.smallest - want.smallest) < room, `${rows[k]!.treatment}`);
    assert.ok(Math.abs(rows[k]!.meanAbs - want.meanAbs) < room, `${rows[k]!.treatment}`);
  });
});

Deno.test("matrixTreatments() gives the numbers of a hand-worked pair", () => {
  // eigenvalues 1.6 and 0.4; 101 days: noise 0.64² / 100 over 0.36; edge (1 + √(2/101))² = 1.301
  const rows = rowsOf(matrixTreatments(pairMatrix(["a", "b"], Float64Array.of(-0.6)), 101));
  assert.deepEqual(rows.map(({ finding }) => finding), [
    "0 negative eigenvalues",
    "intensity 0.01: that share of the matrix is noise",
    "moved by 0.000 (Frobenius) in 0 steps",
    "1 of 2 eigenvalues above the edge of noise at 1.30",
  ]);
  const intensity = 0.4096 / 100 / 0.36;
  [0.6, 0.6 * (1 - intensity), 0.6, 0.6].forEach((want, k) => {
    assert.ok(Math.abs(rows[k]!.meanAbs - want) < 1e-12);
    assert.ok(Math.abs(rows[k]!.smallest - (1 - want)) < 1e-12);
  });
});

Deno.test("matrixTreatments() takes the zero eigenvalue of identical markets for no negative one", () => {
  for (const n of [2, 3, 7, 12]) {
    const same = pairMatrix(names(n), new Float64Array(pairCount(n)).fill(1));
    const rows = rowsOf(matrixTreatments(same, 60));
    assert.equal(rows[0]!.finding, "0 negative eigenvalues");
    assert.equal(rows[2]!.finding, "moved by 0.000 (Frobenius) in 0 steps");
    assert.ok(Math.abs(rows[0]!.smallest) < 1e-12 && rows[0]!.meanAbs === 1);
  }
});

Deno.test("matrixTreatments() of markets on their own changes nothing but what noise is said to be", () => {
  const rows = rowsOf(matrixTreatments(pairMatrix(names(4), new Float64Array(6)), 60));
  assert.equal(rows[1]!.finding, "intensity 1.00: that share of the matrix is noise");
  for (const { smallest, meanAbs } of rows) {
    assert.ok(Math.abs(smallest - 1) < 1e-12 && meanAbs < 1e-12);
  }
});

Deno.test("matrixTreatments() follows no order of the markets", () => {
  const order = [4, 0, 8, 2, 6, 1, 7, 3, 5];
  const plain = rowsOf(matrixTreatments(RHO, golden.nDays));
  rowsOf(matrixTreatments(selectPairs(RHO, order), golden.nDays)).forEach((row, k) => {
    assert.ok(Math.abs(row.smallest - plain[k]!.smallest) < 1e-9);
    assert.ok(Math.abs(row.meanAbs - plain[k]!.meanAbs) < 1e-9);
  });
});

Deno.test("matrixTreatments() has columns and no row for fewer than two markets", () => {
  for (const n of [0, 1]) {
    const { nRows, columns } = matrixTreatments(pairMatrix(names(n)), NaN);
    assert.equal(nRows, 0);
    assert.deepEqual(
      Object.entries(columns).map(([name, { type }]) => `${name} ${type}`),
      ["treatment string", "smallest_eigenvalue number", "mean_abs number", "finding string"],
    );
  }
});

Deno.test("matrixTreatments() refuses unknown pairs, no days and a matrix that noise cannot explain", () => {
  const refuses = (values: number[], nDays: number, message: string) =>
    assert.throws(
      () => matrixTreatments(pairMatrix(["a", "b", "c"], Float64Array.from(values)), nDays),
      { name: "RangeError", message },
    );
  refuses(
    [0.1, NaN, 0.2],
    60,
    "Cannot find the nearest correlation matrix as every pair must be known: got 1 unknown of 3",
  );
  refuses(
    [0.1, 0.1, 0.2],
    1,
    "Cannot shrink correlations as a known pair must rest on more than 1 day: got 1",
  );
  // eigenvalues 1.9, 1.9 and −0.8
  refuses(
    [-0.9, -0.9, -0.9],
    60,
    "Cannot clean correlations as the eigenvalues up to the edge must have a mean >= 0: got -0.800000",
  );
});
