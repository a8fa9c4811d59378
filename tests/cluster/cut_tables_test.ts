import assert from "node:assert/strict";
import type { CutStudy } from "lib/cluster/cut_study.ts";
import { cutClusterTable, cutTable } from "lib/cluster/cut_tables.ts";
import { cellAt, type Table } from "lib/core/table.ts";

const STUDY: CutStudy = {
  k: Int32Array.of(2, 3),
  height: Float64Array.of(1.5, 0.75),
  silhouette: Float64Array.of(0.4, 0.3),
  stability: Float64Array.of(0.9, NaN),
  nullStability: Float64Array.of(0.5, NaN),
  clusters: {
    k: Int32Array.of(2, 2),
    node: Int32Array.of(6, 3),
    size: Int32Array.of(3, 1),
    silhouette: Float64Array.of(0.5, 0),
    stability: Float64Array.of(0.8, NaN),
  },
};

function rowsOf({ nRows, columns }: Table): unknown[][] {
  return Array.from(
    { length: nRows },
    (_, row) => Object.values(columns).map((column) => cellAt(column, row)),
  );
}

function typesOf({ columns }: Table): string[] {
  return Object.entries(columns).map(([name, { type }]) => `${name} ${type}`);
}

Deno.test("cutTable() has a row for each cut", () => {
  const found = cutTable(STUDY);
  assert.deepEqual(typesOf(found), [
    ...["k integer", "height number", "silhouette number", "stability number"],
    "null_stability number",
  ]);
  assert.deepEqual(rowsOf(found), [[2, 1.5, 0.4, 0.9, 0.5], [3, 0.75, 0.3, null, null]]);
});

Deno.test("cutClusterTable() has a row for each cluster of each cut", () => {
  const found = cutClusterTable(STUDY);
  assert.deepEqual(typesOf(found), [
    ...["k integer", "node integer", "size integer", "silhouette number", "stability number"],
  ]);
  assert.deepEqual(rowsOf(found), [[2, 6, 3, 0.5, 0.8], [2, 3, 1, 0, null]]);
});
