import { type ColumnType, type Table, table } from "../../core/table.ts";
import { type CellOf, growingColumn } from "./growing_column.ts";

/** Names of columns with their types, in the order of the columns. */
export type ColumnTypes = Readonly<Record<string, ColumnType>>;

/** A row of a table with these columns. */
export type RowOf<T extends ColumnTypes> = { readonly [Name in keyof T]: CellOf[T[Name]] };

/** A table that rows are added to: columns from the start, so that no row is kept as an object. */
export interface GrowingTable<T extends ColumnTypes> {
  add(row: RowOf<T>): void;
  /** Hands over the rows so far and forgets them. */
  take(): Table;
}

/** An empty table. */
export function growingTable<T extends ColumnTypes>(types: T): GrowingTable<T> {
  const columns = Object.entries(types).map(([name, type]) => ({
    name,
    column: growingColumn(type),
  }));
  return {
    add(row) {
      for (const { name, column } of columns) column.push(row[name]!);
    },
    take: () => table(Object.fromEntries(columns.map(({ name, column }) => [name, column.take()]))),
  };
}
