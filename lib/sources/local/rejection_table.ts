import type { Rejection } from "../../core/data_set.ts";
import { integerColumn, stringColumn, type Table, table } from "../../core/table.ts";

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
