import { formatDay } from "../core/day.ts";
import { type Cell, cellAt, type Column, type Table } from "../core/table.ts";
import { escapeHtml } from "./escape_html.ts";

/** How a table is shown. */
export interface TableView {
  /** A line above it. */
  readonly caption?: string;
  /** Rows shown from the start; 10 by default. */
  readonly maxRows?: number;
}

/** How missing values look. */
const MISSING = "–";
/** Longest text of a cell, in characters; the rest is in its tooltip. */
const TEXT_LENGTH = 80;

/**
 * A table as HTML: its first rows, numbers to the right and formatted alike down a column, ISO
 * dates, missing values muted, and its shape below.
 */
export function tableHtml(table: Table, { caption, maxRows = 10 }: TableView = {}): string {
  const names = Object.keys(table.columns);
  const shown = shownRows(table, maxRows);
  const align = names.map((name) =>
    isNumeric(table.columns[name]!) ? ' style="text-align:right"' : ' style="text-align:left"'
  );
  const head = names.map((name, k) => `<th scope="col"${align[k]}>${escapeHtml(name)}</th>`).join(
    "",
  );
  const rows = shown.map((row) =>
    `<tr>${row.map((text, k) => `<td${align[k]}>${cellHtml(text)}</td>`).join("")}</tr>`
  );
  return `<table>${caption === undefined ? "" : `<caption>${escapeHtml(caption)}</caption>`}` +
    `<thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>` +
    `<p><small>${shapeLine(table, maxRows)}</small></p>`;
}

/** The same table as plain text in columns. */
export function tableText(table: Table, { caption, maxRows = 10 }: TableView = {}): string {
  const names = Object.keys(table.columns);
  const cells = [
    names,
    ...shownRows(table, maxRows).map((row) => row.map((text) => cut(text ?? MISSING))),
  ];
  const widths = names.map((_, k) => Math.max(...cells.map((row) => [...row[k]!].length)));
  const lines = cells.map((row) =>
    row.map((text, k) => {
      const gap = " ".repeat(widths[k]! - [...text].length);
      return isNumeric(table.columns[names[k]!]!) ? gap + text : text + gap;
    }).join("  ").trimEnd()
  );
  return [...caption === undefined ? [] : [caption], ...lines, shapeLine(table, maxRows)].join(
    "\n",
  );
}

/** `3,576 rows × 6 columns`, and how many rows are shown if not all. */
function shapeLine({ nRows, columns }: Table, maxRows: number): string {
  const nColumns = Object.keys(columns).length;
  const shape = `${grouped(nRows)} row${nRows === 1 ? "" : "s"} × ${nColumns} column${
    nColumns === 1 ? "" : "s"
  }`;
  return nRows > maxRows ? `${shape}, the first ${grouped(maxRows)} shown` : shape;
}

/** Texts of the first rows; `null` is missing. */
function shownRows(table: Table, maxRows: number): (string | null)[][] {
  const n = Math.min(table.nRows, maxRows);
  const columns = Object.values(table.columns).map((column) => columnTexts(column, n));
  return Array.from({ length: n }, (_, i) => columns.map((texts) => texts[i]!));
}

function columnTexts(column: Column, n: number): (string | null)[] {
  const cells = Array.from({ length: n }, (_, i) => cellAt(column, i));
  const format = formatter(column, cells);
  return cells.map((cell) => cell === null ? null : format(cell));
}

function formatter(column: Column, cells: readonly Cell[]): (cell: Cell) => string {
  switch (column.type) {
    case "date":
      return (day) => formatDay(day as number);
    case "timestamp":
      return (ms) => timeText(ms as number);
    case "number":
      return numberFormatter(cells.filter((cell) => typeof cell === "number"));
    case "integer":
      return (n) => grouped(n as number);
    default:
      return String;
  }
}

/**
 * One format for all numbers of a column: four significant digits of the largest, at most six
 * decimals; powers of ten where the column spans more than that shows.
 */
function numberFormatter(values: readonly number[]): (cell: Cell) => string {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && size < Infinity);
  const largest = Math.max(0, ...sizes);
  const smallest = Math.min(largest, ...sizes);
  if (sizes.every((size) => Number.isInteger(size) && size < 1e15)) {
    return (x) => grouped(x as number);
  }
  const decimals = Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(largest))));
  if (largest >= 1e15 || smallest < 0.5 * 10 ** -Math.max(decimals, 4)) {
    return (x) => x === 0 || !Number.isFinite(x) ? grouped(x as number) : powers(x as number);
  }
  return (x) => grouped(x as number, decimals);
}

function powers(x: number): string {
  return x.toExponential(3).replaceAll("-", "−");
}

function grouped(x: number, decimals = 0): string {
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const [whole, fraction] = Math.abs(x).toFixed(decimals).split(".");
  const sign = x < 0 && Number(`${whole}.${fraction ?? 0}`) !== 0 ? "−" : "";
  const thousands = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${thousands}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** ISO date, with the time of day in UTC where it is not midnight. */
function timeText(ms: number): string {
  const iso = new Date(ms).toISOString();
  return iso.endsWith("T00:00:00.000Z")
    ? iso.slice(0, 10)
    : `${iso.slice(0, 16).replace("T", " ")}Z`;
}

function cellHtml(text: string | null): string {
  if (text === null) {
    return `<span style="opacity:0.55" title="missing">${MISSING}</span>`;
  }
  const short = cut(text);
  return short === text
    ? escapeHtml(text)
    : `<span title="${escapeHtml(text)}">${escapeHtml(short)}</span>`;
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length > TEXT_LENGTH ? `${letters.slice(0, TEXT_LENGTH - 1).join("")}…` : text;
}

function isNumeric({ type }: Column): boolean {
  return type === "number" || type === "integer";
}
