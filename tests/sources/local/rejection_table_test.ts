import assert from "node:assert/strict";
import { integerColumn, stringColumn } from "lib/core/table.ts";
import { parseRejected, rejectionTable } from "lib/sources/local/rejection_table.ts";

Deno.test("rejectionTable() has the columns of checkpoint 01_rejected, with and without rows", () => {
  const rejected = [
    { file: "prices.parquet", row: 3, column: "close", value: "", reason: "close is missing" },
    {
      file: "prices.parquet",
      row: 9,
      column: "close",
      value: "2",
      reason: "close is outside [0, 1]",
    },
  ];
  assert.deepEqual(rejectionTable(rejected), {
    nRows: 2,
    columns: {
      file: stringColumn(["prices.parquet", "prices.parquet"]),
      row: integerColumn([3, 9]),
      column: stringColumn(["close", "close"]),
      value: stringColumn(["", "2"]),
      reason: stringColumn(["close is missing", "close is outside [0, 1]"]),
    },
  });
  const none = rejectionTable([]);
  assert.equal(none.nRows, 0);
  assert.deepEqual(Object.keys(none.columns), ["file", "row", "column", "value", "reason"]);
});

Deno.test("parseRejected() gives back what rejectionTable() took", () => {
  const rejected = [
    { file: "gamma /markets", row: 3, column: "version", value: "v3", reason: "is unknown" },
    { file: "gamma /markets", row: 0, column: "", value: "", reason: "got no answer" },
  ];
  assert.deepEqual(parseRejected(rejectionTable(rejected)), rejected);
  assert.deepEqual(parseRejected(rejectionTable([])), []);
  assert.throws(() => parseRejected({ nRows: 0, columns: {} }), /file/);
});
