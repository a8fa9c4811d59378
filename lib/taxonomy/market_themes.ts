import type { Market } from "../core/data_set.ts";
import { cellAt, columnOf, type Table } from "../core/table.ts";

/**
 * The theme of each market by the words of the whole listing, as `04_classifications` has it; `null`
 * where it has no row.
 *
 * For what a listing is, such as the category that its venue's fee depends on. Decisions read words as
 * they stood on their day and not here.
 *
 * @param classified The checkpoint: market_id, primary_theme.
 * @throws {TypeError} If the table lacks a column.
 */
export function marketThemes(
  classified: Table,
  markets: readonly Pick<Market, "marketId">[],
): (string | null)[] {
  const ids = columnOf(classified, "market_id", "string");
  const themes = columnOf(classified, "primary_theme", "string");
  const themeOf = new Map<string, string>();
  for (let row = 0; row < classified.nRows; ++row) {
    const theme = cellAt(themes, row);
    if (theme !== null) themeOf.set(String(cellAt(ids, row)), String(theme));
  }
  return markets.map(({ marketId }) => themeOf.get(marketId) ?? null);
}
