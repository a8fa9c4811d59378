import { columnOf, type Table } from "../core/table.ts";

/**
 * Rows of one method under one policy, in the order of the table.
 *
 * @param options.method Every method by default.
 */
export function methodRows(
  from: Table,
  { method, policy = "cash" }: { readonly method?: string; readonly policy?: string },
): number[] {
  const methods = columnOf(from, "method", "string"), policies = columnOf(from, "policy", "string");
  const own = method === undefined ? null : methods.labels.indexOf(method);
  const kept = policies.labels.indexOf(policy);
  const rows: number[] = [];
  if (own === -1 || kept < 0) return rows;
  for (let row = 0; row < from.nRows; ++row) {
    if ((own === null || methods.codes[row] === own) && policies.codes[row] === kept) {
      rows.push(row);
    }
  }
  return rows;
}

/**
 * Baskets of a method, sorted: without its sleeve `all`, which only puts them together, unless it has
 * nothing else.
 */
export function basketsOfMethod(from: Table, rows: readonly number[]): string[] {
  const basket = columnOf(from, "basket", "string");
  const ids = [...new Set(rows.map((row) => basket.labels[basket.codes[row]!]!))].sort();
  const parts = ids.filter((id) => id !== SLEEVE);
  return parts.length === 0 ? ids : parts;
}

/** Name of a method's baskets together. */
const SLEEVE = "all";
