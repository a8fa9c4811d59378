import type { Rejection } from "../../core/data_set.ts";
import { columnOf, integerColumn, stringColumn, type Table, table } from "../../core/table.ts";

/**
 * Refused rows as the table of checkpoint `01_rejected`: file, row, column, value, reason.
 *
 * Shape: one row per refused row, in the order given. A refused value that was missing is the
 * empty text.
 */
export function rejectionTable(rejected: readonly Rejection[]): Table {
  return table({
    file: stringColumn(rejected.map((rejection) => rejection.file)),
    row: integerColumn(rejected.map((rejection) => rejection.row)),
    column: stringColumn(rejected.map((rejection) => rejection.column)),
    value: stringColumn(rejected.map((rejection) => rejection.value)),
    reason: stringColumn(rejected.map((rejection) => rejection.reason)),
  });
}

/**
 * The inverse of {@link rejectionTable}; a missing text is empty.
 *
 * @throws {RangeError | TypeError} If a column is missing or of another type.
 */
export function parseRejected(from: Table): Rejection[] {
  const text = (name: string) => {
    const { codes, labels } = columnOf(from, name, "string");
    return (row: number) => labels[codes[row]!] ?? "";
  };
  const file = text("file"), column = text("column"), value = text("value");
  const reason = text("reason");
  const rows = columnOf(from, "row", "integer").values;
  return Array.from({ length: from.nRows }, (_, row) => ({
    file: file(row),
    row: rows[row]!,
    column: column(row),
    value: value(row),
    reason: reason(row),
  }));
}
