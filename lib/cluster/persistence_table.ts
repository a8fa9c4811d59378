import {
  boolColumn,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import type { WindowPersistence } from "../stats/window_persistence.ts";
import type { StudyWindow } from "./study_windows.ts";

/** Persistence of one representation in one window. */
export type PersistenceEntry = StudyWindow & WindowPersistence;

/**
 * Windows and what was found in them, joined.
 *
 * @param found For each window one entry a representation, window by window.
 * @throws {RangeError} If the windows do not have equally many entries.
 */
export function persistenceEntries(
  windows: readonly StudyWindow[],
  found: readonly WindowPersistence[],
): PersistenceEntry[] {
  const each = found.length / Math.max(windows.length, 1);
  if (!Number.isInteger(each) || (windows.length === 0 && found.length > 0)) {
    throw new RangeError(
      `Cannot join persistence to its windows as each of ${windows.length} must have equally many entries: got ${found.length}`,
    );
  }
  return found.map((one, k) => ({ ...windows[Math.floor(k / each)]!, ...one }));
}

/**
 * The checkpoint `03_persistence`: a row for each window and representation.
 *
 * Columns: representation, from_date, boundary_date, to_date (its last day), studied, n_items,
 * n_pairs, correlation, ci_low, ci_high, null_low, null_high, null_percentile, strongest_next,
 * mean_abs_next.
 */
export function persistenceTable(entries: readonly PersistenceEntry[]): Table {
  const number = (of: (one: PersistenceEntry) => number) => numberColumn(entries.map(of));
  return table({
    representation: stringColumn(entries.map((one) => one.key)),
    from_date: dateColumn(entries.map((one) => one.fromDay)),
    boundary_date: dateColumn(entries.map((one) => one.boundaryDay)),
    to_date: dateColumn(entries.map((one) => one.toDay - 1)),
    studied: boolColumn(entries.map((one) => one.studied)),
    n_items: integerColumn(entries.map((one) => one.nItems)),
    n_pairs: integerColumn(entries.map((one) => one.nPairs)),
    correlation: number((one) => one.correlation),
    ci_low: number((one) => one.ciLow),
    ci_high: number((one) => one.ciHigh),
    null_low: number((one) => one.nullLow),
    null_high: number((one) => one.nullHigh),
    null_percentile: number((one) => one.percentile),
    strongest_next: number((one) => one.strongestNext),
    mean_abs_next: number((one) => one.meanAbsNext),
  });
}
