import type { DataSet } from "../core/data_set.ts";
import { integerColumn, stringColumn, type Table, table } from "../core/table.ts";

/** Rows read, accepted and refused, one row per file of the contract. */
export function fileCounts(data: Pick<DataSet, "files">): Table {
  return table({
    file: stringColumn(data.files.map((file) => file.file)),
    rows: integerColumn(data.files.map((file) => file.nRows)),
    accepted: integerColumn(data.files.map((file) => file.nAccepted)),
    rejected: integerColumn(data.files.map((file) => file.nRejected)),
  });
}

/** Refused rows by file and reason, most frequent first. */
export function rejectionCounts(data: Pick<DataSet, "rejected">): Table {
  const counts = new Map<string, { file: string; reason: string; n: number }>();
  for (const { file, reason } of data.rejected) {
    const key = `${file}\n${reason}`;
    const entry = counts.get(key) ?? { file, reason, n: 0 };
    entry.n += 1;
    counts.set(key, entry);
  }
  const rows = [...counts].sort(([a, x], [b, y]) => y.n - x.n || (a < b ? -1 : 1))
    .map(([, entry]) => entry);
  return table({
    file: stringColumn(rows.map((row) => row.file)),
    reason: stringColumn(rows.map((row) => row.reason)),
    rows: integerColumn(rows.map((row) => row.n)),
  });
}
