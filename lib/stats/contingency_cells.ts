import { falseDiscovery } from "./false_discovery.ts";
import { hypergeometricTail } from "./hypergeometric.ts";
import type { Contingency } from "./label_agreement.ts";

/** One row and one column of a contingency table. */
export interface ContingencyCell {
  /** Index in the row labels. */
  readonly row: number;
  /** Index in the column labels. */
  readonly column: number;
  readonly count: number;
  /** What rows and columns of these totals share on average if they have nothing to do with each other. */
  readonly expected: number;
  /** Distance from it in standard errors. */
  readonly residual: number;
  /** Chance of at least as many items in the cell, totals kept. */
  readonly pValue: number;
  /** The same for all cells together, by Benjamini and Hochberg. */
  readonly qValue: number;
}

/**
 * Every cell of a contingency table beside what independence would give.
 *
 * The p-value is exact and one-sided: it asks whether the column's items gather in the row. Too few
 * of them show in the residual alone. Cells of one row or column are dependent, since one that is
 * full leaves less for others; the false discovery rate holds as for `falseDiscovery`.
 *
 * Shape: rows × columns → one entry a cell, row by row. NaN: the residual where one row or column
 * has every item. Cost: O(rows · columns · items of the smaller total).
 * Source: adjusted residuals of Haberman 1973; Fisher's exact test.
 */
export function contingencyCells(
  { counts, rowTotals, columnTotals, nItems }: Contingency,
): ContingencyCell[] {
  const cells = Array.from(counts, (count, cell) => {
    const row = Math.floor(cell / columnTotals.length), column = cell % columnTotals.length;
    const nRow = rowTotals[row]!, nColumn = columnTotals[column]!;
    const expected = nRow * nColumn / nItems;
    const spread = expected * (1 - nRow / nItems) * (1 - nColumn / nItems);
    return {
      ...{ row, column, count, expected },
      residual: spread === 0 ? NaN : (count - expected) / Math.sqrt(spread),
      pValue: hypergeometricTail(count, { nItems, nMarked: nColumn, nDrawn: nRow }),
    };
  });
  const qValues = falseDiscovery(cells.map(({ pValue }) => pValue));
  return cells.map((cell, index) => ({ ...cell, qValue: qValues[index]! }));
}
