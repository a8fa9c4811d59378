import { parseDay } from "../../lib/core/day.ts";
import {
  boolColumn,
  type Column,
  type ColumnType,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "../../lib/core/table.ts";

type FixtureCell = string | number | boolean | null;

/** A table of plain records; days are ISO texts, `null` is missing. */
export function recordTable(
  columns: Readonly<Record<string, ColumnType>>,
  records: readonly Readonly<Record<string, FixtureCell>>[],
): Table {
  return table(Object.fromEntries(
    Object.entries(columns).map(([name, type]) => [
      name,
      columnOfCells(type, records.map((record) => record[name] ?? null)),
    ]),
  ));
}

function columnOfCells(type: ColumnType, cells: readonly FixtureCell[]): Column {
  switch (type) {
    case "string":
      return stringColumn(cells as (string | null)[]);
    case "number":
      return numberColumn(cells as (number | null)[]);
    case "integer":
      return integerColumn(cells as number[]);
    case "date":
      return dateColumn(cells.map((cell) => cell === null ? null : parseDay(String(cell))));
    case "timestamp":
      return timestampColumn(cells as (number | null)[]);
    case "bool":
      return boolColumn(cells as (boolean | null)[]);
  }
}
