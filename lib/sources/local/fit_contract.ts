import { MISSING_DAY } from "../../core/day.ts";
import {
  cellAt,
  type Column,
  type ColumnType,
  numberColumn,
  type Table,
  table,
} from "../../core/table.ts";
import { CONTRACT, type ContractFile } from "./contract.ts";

/**
 * The columns of the contract out of a table, each of the contract's type; all others are left
 * behind.
 *
 * Whole numbers stand for numbers, and a column without a single value fits every type, since
 * writers guess a type for it. An instant is no date: midnight may stand for the day that begins or
 * for the one that ends, and only the writer knows.
 *
 * @throws {TypeError} If columns are missing or of another type; the message names file and
 *   columns.
 */
export function fitContract(from: Table, file: ContractFile): Table {
  const { required, optional } = CONTRACT[file];
  const missing = Object.keys(required).filter((name) => !Object.hasOwn(from.columns, name));
  if (missing.length > 0) {
    throw new TypeError(
      `Cannot read "${file}" as it must have the columns of the data contract: got no ${
        missing.map((name) => `"${name}"`).join(", ")
      }`,
    );
  }
  const columns: Record<string, Column> = {};
  for (const [name, type] of Object.entries({ ...required, ...optional })) {
    if (!Object.hasOwn(from.columns, name)) continue;
    const column = from.columns[name]!;
    const fitting = asType(column, type, from.nRows);
    if (fitting === undefined) {
      throw new TypeError(
        `Cannot read "${file}" as column "${name}" must be of type ${type}${
          type === "date" ? ", the UTC day whose end the row belongs to" : ""
        }: got ${column.type}`,
      );
    }
    columns[name] = fitting;
  }
  return table(columns);
}

function asType(column: Column, type: ColumnType, nRows: number): Column | undefined {
  if (column.type === type) return column;
  if (column.type === "integer" && type === "number") return numberColumn(column.values);
  for (let row = 0; row < nRows; ++row) {
    if (cellAt(column, row) !== null) return undefined;
  }
  return missingColumn(type, nRows);
}

/** A column of nothing but missing values; whole numbers have none, so theirs are 0. */
export function missingColumn(type: ColumnType, nRows: number): Column {
  switch (type) {
    case "string":
      return { type, codes: new Int32Array(nRows).fill(-1), labels: [] };
    case "bool":
      return { type, values: new Int8Array(nRows).fill(-1) };
    case "date":
      return { type, values: new Int32Array(nRows).fill(MISSING_DAY) };
    case "integer":
      return { type, values: new Int32Array(nRows) };
    default:
      return { type, values: new Float64Array(nRows).fill(NaN) };
  }
}
