import * as Plot from "@observablehq/plot";
import { dayText } from "../core/number_text.ts";
import { axisTitle } from "./axis_title.ts";
import { dateAxis, dateTicks } from "./date_ticks.ts";
import type { DeepestDrawdown } from "./deepest_drawdown.ts";
import { drawnDays } from "./drawn_days.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, type Hue } from "./palette.ts";
import type { PortfolioFall } from "./portfolio_drawdown.ts";
import {
  columnPlaces,
  columnsHeight,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { shortText } from "./text_lines.ts";
import { decimalText, valueTicks } from "./value_ticks.ts";

/** A portfolio's fall with its colour. */
export interface DrawnFall extends PortfolioFall, DeepestDrawdown {
  readonly hue: Hue;
}

const LEFT = 52, RIGHT = 10, TOP = 30, BOTTOM = 28, FRAME = 230, MOST_POINTS = 400;
const ROW_HEIGHT = 35, WIDTHS = [190, 250, 130, 210];

/** Curves of all portfolios on one axis, their deepest points marked; days a point. */
export function fallCurves(
  days: Int32Array,
  drawn: readonly DrawnFall[],
): { readonly panel: FigurePanel; readonly step: number } {
  const { indexes, step } = drawnDays(days.length, MOST_POINTS);
  const last = days.at(-1)!, first = Math.min(days[0]!, last - 1);
  const dates = dateTicks(days[0]!, last, Math.floor((BODY_WIDTH - LEFT - RIGHT) / 78));
  const lowest = Math.min(-0.01, ...drawn.map(({ deepest }) => deepest));
  const scale = valueTicks(100 * lowest, 0, 8);
  const plot: Plot.PlotOptions = {
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: TOP,
    marginBottom: BOTTOM,
    x: dateAxis([first, last], dates),
    y: {
      domain: [scale.ticks[0]!, 0],
      ticks: [...scale.ticks],
      tickFormat: scale.text,
      tickSize: 0,
      label: null,
    },
    color: { type: "identity" },
    marks: [
      axisTitle("Below the highest value so far, %", LEFT),
      Plot.gridY([...scale.ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.ruleY([0], { stroke: AXIS }),
      ...drawn.toReversed().map(({ depths, hue }) =>
        Plot.lineY(lowestOf(days, depths, indexes), {
          ...{ x: "day", y: "depth", stroke: hue.fill, strokeWidth: 1.5 },
        })
      ),
      ...drawn.toReversed().filter(({ deepest }) => deepest < 0).map(({ trough, deepest, hue }) =>
        Plot.dot([trough], {
          x: (i: number) => days[i],
          y: 100 * deepest,
          ...{ r: 4.5, fill: hue.fill, stroke: "#ffffff", strokeWidth: 1.25 },
        })
      ),
    ],
  };
  return {
    panel: { left: 0, top: 0, width: BODY_WIDTH, height: TOP + FRAME + BOTTOM, plot },
    step,
  };
}

/** A row a portfolio: its deepest drawdown with the interval, and when it was. */
export function fallRows(
  days: Int32Array,
  drawn: readonly DrawnFall[],
  top: number,
): { readonly panels: FigurePanel[]; readonly bottom: number } {
  const grid: RowGrid = { nRows: drawn.length, rowHeight: ROW_HEIGHT, top, headingLines: 1 };
  const place = columnPlaces(WIDTHS);
  const evidence = drawn.map(({ deepest, depthLow, depthHigh }) => ({
    ...{ value: 100 * deepest, low: 100 * depthLow, high: 100 * depthHigh },
    ...{ nullLow: NaN, nullMid: NaN, nullHigh: NaN, stands: false },
  }));
  const axis = evidenceAxis(evidence, { width: WIDTHS[1]!, anchors: [0] });
  const dots = evidenceColumn(grid, place(1, "Deepest drawdown, %"), { rows: evidence, axis });
  const coloured = Plot.dot(drawn, {
    x: ({ deepest }: DrawnFall) => 100 * deepest,
    y: (_: DrawnFall, row: number) => row,
    ...{ r: 5.5, fill: ({ hue }: DrawnFall) => hue.fill },
  });
  return {
    panels: [
      textColumn(
        grid,
        place(0, "Portfolio"),
        drawn.map(({ name, hue }) => ({
          text: shortText(name, WIDTHS[0]! - 10, 12, 600),
          fill: hue.text,
          weight: 600,
        })),
      ),
      { ...dots, plot: { ...dots.plot, marks: [...dots.plot.marks ?? [], coloured] } },
      textColumn(
        grid,
        place(2, "Value and interval, %"),
        drawn.map(({ deepest, depthLow, depthHigh }) => ({
          text: decimalText(100 * deepest, 1),
          note: Number.isNaN(depthLow + depthHigh)
            ? "interval not estimable"
            : `${decimalText(100 * depthLow, 1)} to ${decimalText(100 * depthHigh, 1)}`,
        })),
      ),
      textColumn(
        grid,
        place(3, "From the high to the lowest"),
        drawn.map(({ deepest, peak, trough, recovery }) =>
          deepest === 0 ? { text: "never below an earlier high" } : {
            text: `${dayText(days[peak]!)} – ${dayText(days[trough]!)}`,
            note: recovery < 0 ? "not recovered" : `back on ${dayText(days[recovery]!)}`,
          }
        ),
      ),
    ],
    bottom: top + columnsHeight(grid),
  };
}

/** The lowest depth, %, of each run of days up to a drawn one; NaN where none of it is known. */
function lowestOf(
  days: Int32Array,
  depths: Float64Array,
  indexes: readonly number[],
): { day: number; depth: number }[] {
  let from = 0;
  return indexes.map((i) => {
    const known = depths.slice(from, i + 1).filter((depth) => !Number.isNaN(depth));
    from = i + 1;
    return { day: days[i]!, depth: known.length === 0 ? NaN : 100 * Math.min(...known) };
  });
}
