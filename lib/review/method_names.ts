import { cellAt, columnOf, type Table } from "../core/table.ts";
import { methodRows } from "./method_rows.ts";

/**
 * Names of the methods by key, "Hybrid, inverse volatility", in the order in which they are compared.
 *
 * @param trials The checkpoint `05_trials`.
 */
export function methodNames(trials: Table): ReadonlyMap<string, string> {
  const key = columnOf(trials, "method", "string"), name = columnOf(trials, "name", "string");
  return new Map(
    methodRows(trials, { policy: "cash" })
      .map((row) => [String(cellAt(key, row)), String(cellAt(name, row))]),
  );
}
