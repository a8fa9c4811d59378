import type { DataSet } from "../../core/data_set.ts";
import { type Random, shuffled } from "../../core/random.ts";
import { type Column, type Table, table } from "../../core/table.ts";
import { dataSetTables } from "./data_set_tables.ts";
import { parseDataSet } from "./parse_data_set.ts";

/**
 * The same universe after its rows came through the door in another order.
 *
 * A venue may list, price and settle in any order; nothing that is decided may depend on it.
 *
 * Cost: O(rows).
 */
export function reordered(data: DataSet, random: Random): DataSet {
  const tables = dataSetTables(data);
  return parseDataSet({
    "markets.parquet": shuffledRows(tables["markets.parquet"], random),
    "prices.parquet": shuffledRows(tables["prices.parquet"], random),
    "activity.parquet": shuffledRows(tables["activity.parquet"], random),
    "resolutions.parquet": shuffledRows(tables["resolutions.parquet"], random),
    "benchmarks.parquet": shuffledRows(tables["benchmarks.parquet"], random),
  }, data.origin);
}

function shuffledRows({ nRows, columns }: Table, random: Random): Table {
  const order = Int32Array.from(shuffled(Array.from({ length: nRows }, (_, i) => i), random));
  return table(
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, inOrder(column, order)]),
    ),
  );
}

function inOrder(column: Column, order: Int32Array): Column {
  switch (column.type) {
    case "string":
      return { ...column, codes: order.map((row) => column.codes[row]!) };
    case "integer":
    case "date":
      return { ...column, values: order.map((row) => column.values[row]!) };
    case "bool":
      return { ...column, values: Int8Array.from(order, (row) => column.values[row]!) };
    default:
      return { ...column, values: Float64Array.from(order, (row) => column.values[row]!) };
  }
}
