import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { pText } from "./p_text.ts";
import {
  columnsHeight,
  type Evidence,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { decimalsOf, isBeyondZero, scaled, signedRange, signedText } from "./signed_interval.ts";
import type {
  DifferenceMeasure,
  PortfolioVolatility,
  SleeveDifference,
} from "./sleeve_against_cash.ts";
import { shortText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

const WIDTHS = [225, 285, 190, BODY_WIDTH - 700], ROW_HEIGHT = 25;
const NO_NULL = { nullLow: NaN, nullMid: NaN, nullHigh: NaN };

/** Differences of one measure, a row a portfolio that is taken off. */
export function differencePanels(
  differences: readonly SleeveDifference[],
  { key, heading, scale, decimals }: DifferenceMeasure,
  top: number,
): { readonly panels: FigurePanel[]; readonly bottom: number } {
  const grid: RowGrid = { nRows: differences.length, rowHeight: ROW_HEIGHT, top, headingLines: 1 };
  const values = differences.map((one) => scaled(one[key], scale));
  const rows = values.map((one, k): Evidence => ({
    ...one,
    ...NO_NULL,
    stands: isBeyondZero(differences[k]![key]),
  }));
  const axis = evidenceAxis(rows, { width: WIDTHS[1]!, anchors: [0] });
  return {
    panels: [
      textColumn(
        grid,
        place(0, heading),
        differences.map(({ against }) => ({
          text: shortText(`less ${against}`, WIDTHS[0]! - 10, 12),
        })),
      ),
      evidenceColumn(grid, place(1, ""), { rows, axis }),
      textColumn(
        grid,
        place(2, "Difference and 95% interval"),
        values.map((one) => {
          const shown = decimalsOf(one, decimals);
          return {
            text: Number.isNaN(one.value)
              ? "not estimable"
              : `${signedText(one.value, shown)} (${signedRange(one, shown)})`,
          };
        }),
      ),
      textColumn(
        grid,
        place(3, "p"),
        differences.map((one) => ({
          text: Number.isNaN(one[key].pValue) ? "–" : pText(one[key].pValue),
        })),
      ),
    ],
    bottom: top + columnsHeight(grid),
  };
}

/** Volatilities of the portfolios, with what each changes against stocks and bonds. */
export function levelPanels(
  volatilities: readonly PortfolioVolatility[],
  top: number,
): { readonly panels: FigurePanel[]; readonly bottom: number } {
  const grid: RowGrid = { nRows: volatilities.length, rowHeight: ROW_HEIGHT, top, headingLines: 1 };
  const values = volatilities.map(({ volatility }) => scaled(volatility, 100));
  const rows = values.map((one): Evidence => ({ ...one, ...NO_NULL, stands: false }));
  const axis = evidenceAxis(rows, { width: WIDTHS[1]! });
  return {
    panels: [
      textColumn(
        grid,
        place(0, "Volatility a year, %"),
        volatilities.map(({ name }) => ({ text: shortText(name, WIDTHS[0]! - 10, 12) })),
      ),
      evidenceColumn(grid, place(1, ""), { rows, axis }),
      textColumn(
        grid,
        place(2, "Value and 95% interval"),
        values.map(({ value, low, high }) => ({
          text: Number.isNaN(value)
            ? "not estimable"
            : Number.isNaN(low + high)
            ? decimalText(value, 2)
            : `${decimalText(value, 2)} (${decimalText(low, 1)} to ${decimalText(high, 1)})`,
        })),
      ),
      textColumn(
        grid,
        place(3, "Change"),
        volatilities.map(({ change }) => ({
          text: Number.isNaN(change) ? "–" : `${signedText(100 * change, 1)}%`,
          weight: 600,
        })),
      ),
    ],
    bottom: top + columnsHeight(grid),
  };
}

function place(k: number, heading: string) {
  return {
    left: WIDTHS.slice(0, k).reduce((sum, width) => sum + width, 0),
    width: WIDTHS[k]!,
    heading,
  };
}
