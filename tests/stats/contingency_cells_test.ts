import assert from "node:assert/strict";
import { contingencyCells } from "lib/stats/contingency_cells.ts";
import { contingency } from "lib/stats/label_agreement.ts";
// golden: scipy and statsmodels, made by tests/golden/stats/contingency_cells.py
import golden from "../golden/stats/contingency_cells.json" with { type: "json" };

const near = (x: number, y: number) => Math.abs(x - y) <= 1e-10 * Math.max(1e-3, Math.abs(y));

Deno.test("contingencyCells() gives scipy's and statsmodels' values in every cell", () => {
  for (const one of golden.cases) {
    const cells = contingencyCells(contingency(one.clusters, one.classes));
    assert.deepEqual(cells.map(({ count }) => count), one.counts);
    cells.forEach((cell, k) => {
      assert.ok(near(cell.expected, one.expected[k]!), `expected ${cell.expected}`);
      assert.ok(near(cell.residual, one.residual[k]!), `residual ${cell.residual}`);
      assert.ok(near(cell.pValue, one.pValue[k]!), `p ${cell.pValue}`);
      assert.ok(near(cell.qValue, one.qValue[k]!), `q ${cell.qValue}`);
    });
  }
});

Deno.test("contingencyCells() names its row and column, and expects all items in all", () => {
  const cells = contingencyCells(contingency([5, 5, 9, 9, 9, -1], [1, 2, 2, 3, 3, 3]));
  assert.deepEqual(cells.map(({ row, column, count }) => [row, column, count]), [
    ...[[0, 0, 1], [0, 1, 1], [0, 2, 0]],
    ...[[1, 0, 0], [1, 1, 1], [1, 2, 2]],
  ]);
  const total = cells.reduce((sum, { expected }) => sum + expected, 0);
  assert.ok(Math.abs(total - 5) < 1e-12);
});

Deno.test("contingencyCells() cannot say how far a group of everything is from chance", () => {
  const cells = contingencyCells(contingency([0, 0, 0], [1, 1, 2]));
  assert.deepEqual(cells.map(({ residual }) => residual), [NaN, NaN]);
  assert.deepEqual(cells.map(({ pValue }) => pValue), [1, 1]);
  assert.deepEqual(contingencyCells(contingency([], [])), []);
});
