import assert from "node:assert/strict";
import { type PairMatrix, pairMatrix, selectPairs } from "lib/core/pair_matrix.ts";
import { dayRange, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { correlationSquare, symmetricEigen } from "lib/stats/eigen.ts";
import { pairCorrelation } from "lib/stats/pair_correlation.ts";
import { cleanedCorrelation } from "lib/stats/random_matrix.ts";
// golden: numpy, made by tests/golden/stats/random_matrix.py
import golden from "../golden/stats/random_matrix.json" with { type: "json" };

const names = (n: number) => Array.from({ length: n }, (_, i) => `m${i}`);
const fromCells = (n: number, cells: readonly number[]) =>
  pairMatrix(names(n), Float64Array.from(cells));

/** Correlations of n series over the days, of which each loads on one common factor. */
function drawn(n: number, nDays: number, { seed, loading }: { seed: number; loading: number }) {
  const normal = normalDraws(randomStream(seed, "series"));
  const values = new Float64Array(n * nDays);
  for (let t = 0; t < nDays; ++t) {
    const common = loading * normal();
    for (let i = 0; i < n; ++i) values[t * n + i] = common + normal();
  }
  const moves = panel(dayRange(0, nDays), names(n), values);
  return pairMatrix(names(n), pairCorrelation(moves, { kind: "pearson", minOverlap: 3 }).rho);
}

const squares = (rho: PairMatrix) => rho.values.reduce((sum, r) => sum + r * r, 0);

Deno.test("cleanedCorrelation() matches numpy", () => {
  for (const { n, nDays, rho, cleaned, edge, nAbove, eigenvalues } of golden) {
    const given = fromCells(n, rho), before = given.values.slice();
    const found = cleanedCorrelation(given, { nDays });
    assert.ok(Math.abs(found.edge - edge) < 1e-14);
    assert.equal(found.nAbove, nAbove);
    found.eigenvalues.forEach((v, k) => assert.ok(Math.abs(v - eigenvalues[k]!) < 1e-12));
    found.rho.values.forEach((r, p) => assert.ok(Math.abs(r - cleaned[p]!) < 1e-12));
    assert.deepEqual(given.values, before);
  }
  assert.deepEqual(golden.map(({ nAbove }) => nAbove), [1, 2, 0]);
});

Deno.test("cleanedCorrelation() finds almost nothing in pure noise", () => {
  const counts = Array.from(
    { length: 12 },
    (_, seed) => cleanedCorrelation(drawn(60, 150, { seed, loading: 0 }), { nDays: 150 }).nAbove,
  );
  assert.ok(counts.every((count) => count <= 1), counts.join());
  assert.ok(counts.reduce((sum, count) => sum + count, 0) <= 4, counts.join());
});

Deno.test("cleanedCorrelation() finds one common factor and comes nearer to the truth", () => {
  for (let seed = 0; seed < 4; ++seed) {
    const rho = drawn(60, 150, { seed, loading: 0.6 });
    const cleaned = cleanedCorrelation(rho, { nDays: 150 });
    assert.equal(cleaned.nAbove, 1);
    const truth = 0.36 / 1.36;
    const error = ({ values }: PairMatrix) => values.reduce((sum, r) => sum + (r - truth) ** 2, 0);
    assert.ok(error(cleaned.rho) < 0.7 * error(rho));
  }
});

Deno.test("cleanedCorrelation() keeps no correlation when nothing is beyond noise", () => {
  const { n, rho, nDays } = golden[2]!;
  assert.equal(squares(cleanedCorrelation(fromCells(n, rho), { nDays }).rho), 0);
});

Deno.test("cleanedCorrelation() keeps a matrix of one factor and equal noise as it is", () => {
  const rho = fromCells(3, [0.9, 0.9, 0.9]);
  const { values } = cleanedCorrelation(rho, { nDays: 1e9 }).rho;
  values.forEach((r) => assert.ok(Math.abs(r - 0.9) < 1e-12));
});

Deno.test("cleanedCorrelation() is positive semi-definite and follows its items", () => {
  const { n, rho, nDays } = golden[1]!, given = fromCells(n, rho);
  const { rho: cleaned } = cleanedCorrelation(given, { nDays });
  assert.ok(symmetricEigen(correlationSquare(cleaned, "test"), n).values.at(-1)! > 0);
  const order = [7, 0, 3, 9, 1, 8, 2, 6, 5, 4];
  const turned = cleanedCorrelation(selectPairs(given, order), { nDays }).rho.values;
  selectPairs(cleaned, order).values.forEach((r, p) => {
    assert.ok(Math.abs(r - turned[p]!) < 1e-12);
  });
});

Deno.test("cleanedCorrelation() takes none and one item, and identical ones", () => {
  assert.equal(cleanedCorrelation(pairMatrix([]), { nDays: 9 }).nAbove, 0);
  assert.equal(cleanedCorrelation(pairMatrix(["a"]), { nDays: 9 }).rho.values.length, 0);
  const { rho, nAbove } = cleanedCorrelation(fromCells(4, [1, 1, 1, 1, 1, 1]), { nDays: 40 });
  assert.equal(nAbove, 1);
  rho.values.forEach((r) => assert.ok(Math.abs(r - 1) < 1e-12));
});

Deno.test("cleanedCorrelation() refuses unknown pairs, no days and impossible matrices", () => {
  assert.throws(() => cleanedCorrelation(fromCells(3, [NaN, 0.1, 0.2]), { nDays: 9 }), {
    name: "RangeError",
    message: "Cannot clean correlations as every pair must be known: got 1 unknown of 3",
  });
  assert.throws(() => cleanedCorrelation(fromCells(2, [0.1]), { nDays: 0 }), {
    name: "RangeError",
    message: "Cannot clean correlations as nDays must be > 0: got 0",
  });
  // three items of which each pair would be opposites
  assert.throws(() => cleanedCorrelation(fromCells(3, [-1, -1, -1]), { nDays: 1000 }), {
    name: "RangeError",
    message:
      "Cannot clean correlations as the eigenvalues up to the edge must have a mean >= 0: got -1.000000",
  });
});
