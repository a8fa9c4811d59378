import type { BenchmarkKind, BenchmarkSeries, FileCount, Rejection } from "../../core/data_set.ts";
import { formatDay, MISSING_DAY } from "../../core/day.ts";
import { columnOf, type Table } from "../../core/table.ts";
import { fitContract } from "./fit_contract.ts";
import { sortedRows } from "./market_rows.ts";
import { numberText, refusedRows, refuseDuplicates } from "./refused_rows.ts";

const KINDS: readonly string[] = ["price", "level", "yield", "spread"] satisfies BenchmarkKind[];

/**
 * Reads the rows of `benchmarks.parquet`.
 *
 * Refused: a missing symbol or date; an unknown kind; a close that is missing or infinite, or not
 * positive for a price; every row of a symbol that stands under two kinds; a (symbol, date) that
 * stands twice (of equal rows one stays).
 *
 * @returns Series sorted by symbol, their days increasing.
 * @throws {TypeError} If a column is missing or of another type.
 */
export function parseBenchmarks(
  from: Table,
): { benchmarks: readonly BenchmarkSeries[]; rejected: readonly Rejection[]; count: FileCount } {
  const file = "benchmarks.parquet";
  const fitted = fitContract(from, file);
  const n = fitted.nRows;
  const refused = refusedRows(file, n);
  const symbol = columnOf(fitted, "symbol", "string");
  const kind = columnOf(fitted, "kind", "string");
  const day = columnOf(fitted, "date", "date").values;
  const close = columnOf(fitted, "close", "number").values;
  const isKnown = kind.labels.map((label) => KINDS.includes(label));
  for (let row = 0; row < n; ++row) {
    const name = symbol.labels[symbol.codes[row]!] ?? "";
    const kindName = kind.labels[kind.codes[row]!] ?? "";
    if (name.trim() === "") refused.refuse(row, "symbol", name, "symbol is missing");
    else if (day[row] === MISSING_DAY) refused.refuse(row, "date", "", "date is missing");
    else if (!isKnown[kind.codes[row]!]) refused.refuse(row, "kind", kindName, "kind is unknown");
    else if (!Number.isFinite(close[row])) {
      const reason = Number.isNaN(close[row]) ? "close is missing" : "close is infinite";
      refused.refuse(row, "close", numberText(close[row]!), reason);
    } else if (kindName === "price" && close[row]! <= 0) {
      refused.refuse(row, "close", numberText(close[row]!), "close of a price is not positive");
    }
  }
  const symbols = [...symbol.labels].sort();
  const indexOf = new Map(symbols.map((name, s) => [name, s]));
  const indexOfCode = symbol.labels.map((name) => indexOf.get(name)!);
  const series = Int32Array.from(symbol.codes, (code) => indexOfCode[code] ?? -1);
  const sort = () => sortedRows(series, day, symbols.length, refused.isRefused);

  const ambiguous = sort();
  for (let s = 0; s < symbols.length; ++s) {
    const run = ambiguous.rows.subarray(ambiguous.offsets[s]!, ambiguous.offsets[s + 1]!);
    if (run.every((row) => kind.codes[row] === kind.codes[run[0]!])) continue;
    for (const row of run) {
      refused.refuse(row, "kind", kind.labels[kind.codes[row]!]!, "symbol stands under two kinds");
    }
  }
  refuseDuplicates(refused, {
    order: sort().rows,
    isSameKey: (a, b) => series[a] === series[b] && day[a] === day[b],
    isEqual: (a, b) => close[a] === close[b],
    column: "date",
    valueOf: (row) => formatDay(day[row]!),
    key: "symbol and date",
  });
  const { rows, offsets } = sort();
  const benchmarks = symbols.flatMap((name, s) => {
    const run = rows.subarray(offsets[s]!, offsets[s + 1]!);
    return run.length === 0 ? [] : [{
      symbol: name,
      kind: kind.labels[kind.codes[run[0]!]!] as BenchmarkKind,
      day: run.map((row) => day[row]!),
      close: Float64Array.from(run, (row) => close[row]!),
    }];
  });
  return { benchmarks, ...refused.result() };
}
