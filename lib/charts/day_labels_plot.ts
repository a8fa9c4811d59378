import * as Plot from "@observablehq/plot";
import { shareText } from "../core/number_text.ts";
import type { ExchangeBetas } from "./day_labels.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { INK } from "./palette.ts";
import {
  columnPlaces,
  columnsHeight,
  type Evidence,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { shortText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

const WIDTHS = [90, 235, 265, 110, BODY_WIDTH - 700], ROW_HEIGHT = 26;

/** Standard errors on each side of 95%. */
const REACH = 1.96;
/** Distance from 1 that is taken for 1 however small the error. */
const NEAR = 0.02;

/** One row as it is drawn. */
interface LabelRow {
  /** Empty below the first row of an exchange. */
  readonly exchange: string;
  readonly rule: string;
  readonly beta: number;
  readonly standardError: number;
  /** NaN where nothing is dropped. */
  readonly lost: number;
}

/** A row a rule, the exchanges one below the other, on one axis of betas. */
export function dayLabelPanels(
  exchanges: readonly ExchangeBetas[],
  top: number,
): { readonly panels: FigurePanel[]; readonly bottom: number } {
  const rows = exchanges.flatMap(rowsOf);
  const grid: RowGrid = { nRows: rows.length, rowHeight: ROW_HEIGHT, top, headingLines: 1 };
  const place = columnPlaces(WIDTHS);
  const evidence = rows.map(({ beta, standardError }): Evidence => ({
    ...{ value: beta, low: beta - REACH * standardError, high: beta + REACH * standardError },
    ...{ nullLow: NaN, nullMid: NaN, nullHigh: NaN },
    stands: holdsTruth(beta, standardError),
  }));
  const axis = evidenceAxis(evidence, { width: WIDTHS[2]!, anchors: [0, 1] });
  const dots = evidenceColumn(grid, place(2, "Beta, 95% interval"), { rows: evidence, axis });
  const truth = Plot.ruleX([1], { stroke: INK, strokeWidth: 1.25, strokeDasharray: "4 3" });
  const marks = dots.plot.marks ?? [];
  return {
    panels: [
      textColumn(
        grid,
        place(0, "Exchange"),
        rows.map(({ exchange }) => ({ text: exchange, weight: 600 })),
      ),
      textColumn(grid, place(1, "Rule"), rows.map(({ rule }) => ({ text: rule }))),
      { ...dots, plot: { ...dots.plot, marks: [...marks, truth] } },
      textColumn(
        grid,
        place(3, "Beta ± error"),
        rows.map(({ beta, standardError }) => ({
          text: Number.isNaN(beta)
            ? "not estimable"
            : Number.isNaN(standardError)
            ? decimalText(beta, 2)
            : withError(beta, standardError),
        })),
      ),
      textColumn(
        grid,
        place(4, "Moves lost"),
        rows.map(({ lost }) => ({ text: Number.isNaN(lost) ? "" : shareText(lost) })),
      ),
    ],
    bottom: top + columnsHeight(grid),
  };
}

/** Whether an estimate is the planted beta within its error, or within 0.02. */
export function holdsTruth(beta: number, standardError: number): boolean {
  const error = Number.isNaN(standardError) ? 0 : REACH * standardError;
  return Math.abs(beta - 1) <= Math.max(error, NEAR);
}

/** "0.44 ± 0.05", with a third decimal where the error needs it. */
function withError(beta: number, standardError: number): string {
  const decimals = standardError < 0.01 ? 3 : 2;
  return `${decimalText(beta, decimals)} ± ${decimalText(standardError, decimals)}`;
}

function rowsOf({ exchange, betas }: ExchangeBetas): LabelRow[] {
  const rows = betas.map(({ name, beta, standardError }) => ({
    ...{ rule: shortText(name, WIDTHS[1]! - 10, 12), beta, standardError, lost: NaN },
  }));
  const dropped = betas.filter(({ label }) => label === "close").map((close) => ({
    rule: `${shortText(close.name, 110, 12)}, weekends dropped`,
    beta: close.betaOneDay,
    standardError: close.standardErrorOneDay,
    lost: close.varianceLost,
  }));
  return [...rows, ...dropped].map((row, k) => ({
    ...row,
    exchange: k === 0 ? shortText(exchange, WIDTHS[0]! - 10, 12, 600) : "",
  }));
}
