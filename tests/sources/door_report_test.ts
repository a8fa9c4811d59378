import assert from "node:assert/strict";
import { cellAt } from "lib/core/table.ts";
import { fileCounts, rejectionCounts } from "lib/sources/door_report.ts";

Deno.test("rejectionCounts() groups by file and reason, most frequent first", () => {
  const one = { row: 0, column: "close", value: "2" };
  const { columns, nRows } = rejectionCounts({
    rejected: [
      { ...one, file: "b", reason: "x" },
      { ...one, file: "a", reason: "x" },
      { ...one, file: "a", reason: "y" },
      { ...one, file: "a", reason: "y" },
    ],
  });
  const rows = Array.from(
    { length: nRows },
    (_, i) => Object.values(columns).map((column) => cellAt(column, i)),
  );
  assert.deepEqual(rows, [["a", "y", 2], ["a", "x", 1], ["b", "x", 1]]);
});

Deno.test("fileCounts() shows what was read, accepted and refused", () => {
  const { columns } = fileCounts({
    files: [{ file: "prices.parquet", nRows: 3, nAccepted: 2, nRejected: 1 }],
  });
  assert.deepEqual(Object.values(columns).map((column) => cellAt(column, 0)), [
    "prices.parquet",
    3,
    2,
    1,
  ]);
});
