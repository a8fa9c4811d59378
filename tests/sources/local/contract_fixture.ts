import {
  boolColumn,
  type Cell,
  type Column,
  type ColumnType,
  dateColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "lib/core/table.ts";
import { parseDay } from "lib/core/day.ts";
import { CONTRACT, type ContractFile } from "lib/sources/local/contract.ts";
import type { ContractTables } from "lib/sources/local/parse_data_set.ts";

/** A row as a test writes it; what it leaves out is missing. Dates are `YYYY-MM-DD`. */
export type Row = Readonly<Record<string, Cell>>;

/** Rows of each file of the data contract. */
export interface ContractRows {
  readonly markets: readonly Row[];
  readonly prices: readonly Row[];
  readonly activity?: readonly Row[];
  readonly resolutions: readonly Row[];
  readonly benchmarks: readonly Row[];
}

/** Rows as the tables of the data contract, with all of its columns. */
export function contractTables(rows: ContractRows): ContractTables {
  return {
    "markets.parquet": fileTable("markets.parquet", rows.markets),
    "prices.parquet": fileTable("prices.parquet", rows.prices),
    ...rows.activity && { "activity.parquet": fileTable("activity.parquet", rows.activity) },
    "resolutions.parquet": fileTable("resolutions.parquet", rows.resolutions),
    "benchmarks.parquet": fileTable("benchmarks.parquet", rows.benchmarks),
  };
}

/** Rows as one file's table: its required columns, and the optional ones that some row holds. */
export function fileTable(file: ContractFile, rows: readonly Row[]): Table {
  const { required, optional } = CONTRACT[file];
  const columns: Record<string, Column> = {};
  for (const [name, type] of Object.entries({ ...required, ...optional })) {
    if (name in optional && !rows.some((row) => name in row)) continue;
    columns[name] = columnOfCells(type, rows.map((row) => row[name] ?? null));
  }
  return table(columns);
}

function columnOfCells(type: ColumnType, cells: readonly Cell[]): Column {
  switch (type) {
    case "string":
      return stringColumn(cells as (string | null)[]);
    case "bool":
      return boolColumn(cells as (boolean | null)[]);
    case "date":
      return dateColumn(cells.map((cell) => cell === null ? null : parseDay(cell as string)));
    case "timestamp":
      return timestampColumn(
        cells.map((cell) => typeof cell === "string" ? Date.parse(cell) : cell as number | null),
      );
    default:
      return numberColumn(cells as (number | null)[]);
  }
}
