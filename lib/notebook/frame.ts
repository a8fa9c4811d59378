import { DataFrame, type Series } from "danfojs";
import { formatDay } from "../core/day.ts";
import {
  boolColumn,
  type Cell,
  cellAt,
  type Column,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import { tableHtml, tableText, type TableView } from "./table_html.ts";

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * A table as a danfojs DataFrame that a notebook shows as an HTML table.
 *
 * Dates and instants become ISO texts, missing values become NaN among numbers and `null` elsewhere.
 * What is shown comes from the table itself: danfojs computes with 32-bit floats, so take numbers
 * that must be exact from the table too. Frames derived from this one are shown by {@link display}.
 *
 * @param from Table to look at; copied.
 * @param view Caption and number of rows shown.
 */
export function frame(from: Table, view: TableView = {}): DataFrame {
  const columns = Object.values(from.columns);
  const values = columns.map((column) => plainValues(column, from.nRows));
  // rows: danfojs turns columns into rows itself, at twice the cost
  const rows = Array.from({ length: from.nRows }, (_, i) => values.map((column) => column[i]!));
  const made = new DataFrame(rows, {
    columns: Object.keys(from.columns),
    ...from.nRows > 0 && { dtypes: columns.map(dtype) },
  });
  return shownAs(made, from, view);
}

/**
 * Lets a notebook show any DataFrame or Series of danfojs, such as `df.describe()`, as an HTML
 * table. Row labels that are not just 0, 1, 2, … come first.
 *
 * @returns The same object.
 */
export function display<T extends DataFrame | Series>(derived: T, view: TableView = {}): T {
  return shownAs(derived, tableOf(derived), view);
}

function dtype(column: Column): string {
  switch (column.type) {
    case "number":
      return "float32";
    case "integer":
      return "int32";
    case "bool":
      // danfojs counts truths as numbers and cannot describe them where one is missing
      return column.values.includes(-1) ? "string" : "boolean";
    default:
      return "string";
  }
}

function shownAs<T extends object>(value: T, from: Table, view: TableView): T {
  return Object.defineProperty(value, DISPLAY, {
    value: () => ({ "text/html": tableHtml(from, view), "text/plain": tableText(from, view) }),
    configurable: true,
  });
}

function plainValues(column: Column, nRows: number): (string | number | boolean | null)[] {
  const dayTexts = new Map<Cell, string>();
  return Array.from({ length: nRows }, (_, i) => {
    const cell = cellAt(column, i);
    if (column.type === "number") return cell ?? NaN;
    if (cell === null) return null;
    if (column.type === "date") {
      let text = dayTexts.get(cell);
      if (text === undefined) dayTexts.set(cell, text = formatDay(cell as number));
      return text;
    }
    if (column.type === "timestamp") return new Date(cell as number).toISOString();
    return cell;
  });
}

function tableOf(derived: DataFrame | Series): Table {
  const [nRows = 0] = derived.shape as [number];
  const rows = derived.values as unknown[];
  const isSeries = !Array.isArray(rows[0]) && derived.columns.length === 1;
  const names = isSeries ? [String(derived.columns[0])] : derived.columns.map(String);
  const columns: Record<string, Column> = {};
  if (derived.index.some((label, i) => label !== i)) {
    columns["·"] = stringColumn(derived.index.map(String));
  }
  for (const [k, name] of names.entries()) {
    const values = Array.from(
      { length: nRows },
      (_, i) => isSeries ? rows[i] : (rows[i] as unknown[])[k],
    );
    columns[name] = columnFrom(values);
  }
  return table(columns);
}

/** A column of the one kind that all values share, of texts where they differ. */
function columnFrom(values: readonly unknown[]): Column {
  const present = values.filter((value) => !isMissing(value));
  if (present.every((value) => typeof value === "number")) {
    return numberColumn(values.map((x) => isMissing(x) ? null : x as number));
  }
  if (present.every((value) => typeof value === "boolean")) {
    return boolColumn(values.map((x) => isMissing(x) ? null : x as boolean));
  }
  return stringColumn(values.map((x) => isMissing(x) ? null : String(x)));
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}
