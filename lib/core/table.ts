import { MISSING_DAY } from "./day.ts";

/**
 * One named column of a table, in the form that kernels read without conversion.
 *
 * Missing: code −1 (string), NaN (number, timestamp), {@link MISSING_DAY} (date), −1 (bool).
 * An integer column has no missing value. Written to Parquet, each of these becomes null.
 */
export type Column =
  /** Texts as codes into a list of distinct labels. */
  | { readonly type: "string"; readonly codes: Int32Array; readonly labels: readonly string[] }
  /** Doubles. */
  | { readonly type: "number"; readonly values: Float64Array }
  /** Whole numbers. */
  | { readonly type: "integer"; readonly values: Int32Array }
  /** UTC days since 1970-01-01. */
  | { readonly type: "date"; readonly values: Int32Array }
  /** UTC milliseconds since 1970-01-01. */
  | { readonly type: "timestamp"; readonly values: Float64Array }
  /** 1 true, 0 false, −1 missing. */
  | { readonly type: "bool"; readonly values: Int8Array };

/** The kinds of {@link Column}. */
export type ColumnType = Column["type"];

/** Rows × named columns, stored by column. The order of the columns is part of the table. */
export interface Table {
  readonly nRows: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** A cell as a plain value: text, number, day, instant or truth; `null` is missing. */
export type Cell = string | number | boolean | null;

/**
 * Makes a table out of columns.
 *
 * @throws {RangeError} If the columns differ in length.
 */
export function table(columns: Readonly<Record<string, Column>>): Table {
  let nRows = -1;
  for (const [name, column] of Object.entries(columns)) {
    const length = columnLength(column);
    if (nRows >= 0 && length !== nRows) {
      throw new RangeError(
        `Cannot make a table as its columns must be equally long: got ${length} rows in "${name}", ${nRows} before it`,
      );
    }
    nRows = length;
  }
  return { nRows: Math.max(nRows, 0), columns };
}

/** Number of rows of a column. */
export function columnLength(column: Column): number {
  return column.type === "string" ? column.codes.length : column.values.length;
}

/** A text column from plain texts; labels are kept in order of first appearance. */
export function stringColumn(values: readonly (string | null)[]): Column & { type: "string" } {
  const codes = new Int32Array(values.length);
  const labels: string[] = [];
  const codeOf = new Map<string, number>();
  for (let i = 0; i < values.length; ++i) {
    const text = values[i]!;
    if (text === null) {
      codes[i] = -1;
      continue;
    }
    let code = codeOf.get(text);
    if (code === undefined) {
      code = labels.push(text) - 1;
      codeOf.set(text, code);
    }
    codes[i] = code;
  }
  return { type: "string", codes, labels };
}

/** A column of doubles; `null` becomes NaN. */
export function numberColumn(values: ArrayLike<number | null>): Column & { type: "number" } {
  return { type: "number", values: Float64Array.from(values, (x) => x ?? NaN) };
}

/** A column of whole numbers. */
export function integerColumn(values: ArrayLike<number>): Column & { type: "integer" } {
  return { type: "integer", values: Int32Array.from(values) };
}

/** A column of UTC days; `null` becomes {@link MISSING_DAY}. */
export function dateColumn(values: ArrayLike<number | null>): Column & { type: "date" } {
  return { type: "date", values: Int32Array.from(values, (x) => x ?? MISSING_DAY) };
}

/** A column of UTC milliseconds; `null` becomes NaN. */
export function timestampColumn(values: ArrayLike<number | null>): Column & { type: "timestamp" } {
  return { type: "timestamp", values: Float64Array.from(values, (x) => x ?? NaN) };
}

/** A column of truths; `null` becomes −1. */
export function boolColumn(values: ArrayLike<boolean | null>): Column & { type: "bool" } {
  return { type: "bool", values: Int8Array.from(values, (x) => x === null ? -1 : x ? 1 : 0) };
}

/** The value of one cell; missing is `null`. Days and instants come as their numbers. */
export function cellAt(column: Column, row: number): Cell {
  switch (column.type) {
    case "string": {
      const code = column.codes[row]!;
      return code < 0 ? null : column.labels[code]!;
    }
    case "bool": {
      const truth = column.values[row]!;
      return truth < 0 ? null : truth === 1;
    }
    case "date": {
      const day = column.values[row]!;
      return day === MISSING_DAY ? null : day;
    }
    default: {
      const x = column.values[row]!;
      return Number.isNaN(x) ? null : x;
    }
  }
}

/**
 * The column `name` of a table, which must be of type `type`.
 *
 * @throws {TypeError} If the table lacks the column or holds another type.
 */
export function columnOf<T extends ColumnType>(
  from: Table,
  name: string,
  type: T,
): Column & { type: T } {
  const column = from.columns[name];
  if (column?.type !== type) {
    throw new TypeError(
      `Cannot read column "${name}" as it must be of type ${type}: got ${
        column?.type ?? `none, the table has ${Object.keys(from.columns).join(", ")}`
      }`,
    );
  }
  return column as Column & { type: T };
}
