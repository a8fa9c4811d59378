import { formatDay } from "../core/day.ts";
import { cellAt, type Column, type Table } from "../core/table.ts";

/**
 * A table as CSV text by RFC 4180: comma, CRLF, a header, quotes only where needed.
 *
 * Numbers are the shortest decimals that read back as the same double; days are `YYYY-MM-DD`,
 * instants ISO 8601 in UTC, truths `true` and `false`. A missing cell is empty, an empty text is
 * `""`, so that the two stay apart; in a table of one column a missing cell is `""` too, because
 * readers skip blank lines.
 *
 * Texts come from venues, and a spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, their
 * full-width forms, a tab or a line break as a formula. Such a text, and one that begins with an
 * apostrophe, gets one apostrophe before it; taking one leading apostrophe off every text gives
 * the exact original back. Numbers are never guarded.
 *
 * Source: RFC 4180; OWASP, "CSV Injection".
 *
 * @example A title that is a formula stays text
 * ```ts
 * import assert from "node:assert/strict";
 * import { numberColumn, stringColumn, table } from "lib/core/table.ts";
 * import { tableCsv } from "lib/store/csv.ts";
 * const rows = table({ title: stringColumn(["=1+1", "a, b"]), price: numberColumn([-0.5, null]) });
 * assert.equal(tableCsv(rows), `title,price\r\n'=1+1,-0.5\r\n"a, b",\r\n`);
 * ```
 */
export function tableCsv(table: Table): string {
  const names = Object.keys(table.columns);
  const fields = Object.values(table.columns).map((column) => fieldsOf(column));
  const missing = names.length === 1 ? `""` : "";
  const lines = [names.map((name) => quoted(guarded(name))).join(",")];
  for (let row = 0; row < table.nRows; ++row) {
    lines.push(fields.map((field) => field(row) ?? missing).join(","));
  }
  return lines.join("\r\n") + "\r\n";
}

/** Gives the field of a row of a column; `undefined` is missing. */
function fieldsOf(column: Column): (row: number) => string | undefined {
  if (column.type === "string") {
    const fields = column.labels.map((label) => label === "" ? `""` : quoted(guarded(label)));
    return (row) => fields[column.codes[row]!];
  }
  return (row) => {
    const cell = cellAt(column, row);
    if (cell === null) return undefined;
    if (column.type === "date") return formatDay(cell as number);
    if (column.type === "timestamp") return new Date(cell as number).toISOString();
    return String(cell);
  };
}

function guarded(text: string): string {
  return /^[=+\-@\t\r\n'＝＋－＠]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
