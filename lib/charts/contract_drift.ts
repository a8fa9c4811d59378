import * as Plot from "@observablehq/plot";
import { countOf, countText, periodText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { pText } from "./p_text.ts";
import { AXIS, HUES, MUTED } from "./palette.ts";
import {
  type Cell,
  columnPlaces,
  columnsHeight,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { cleanText, shortText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";
import type { DriftBar, DriftView } from "../drift/drift_view.ts";

const NAME = "contract_drift";
const MAX_BARS = 60, MAX_TOLD = 8, ROW_HEIGHT = 24, FALSE_SHARE = 0.05;
const WIDTHS = [116, 146, 176, 56, 122, 54, 54, BODY_WIDTH - 724];
/** All in the source stand a little above the middle of a row, still open a little below. */
const ABOVE = -3, BELOW = 5;
/** The axis reaches no further than this many times the middle one of the intervals' ends. */
const REACH = 4;

/**
 * Whether contracts decay: drift of everything in the source, payouts included, by bin, beside what the
 * contracts that are still open would say.
 *
 * A dot is filled where its bin stands after false discovery, that of everything where its interval
 * leaves out zero. What lies far beyond the others is drawn as an arrow at the edge.
 *
 * @param view `null` where no contract was quoted for long enough.
 */
export function contractDriftChart(view: DriftView | null, context: ChartContext): Figure {
  if (view === null) {
    return figure({
      name: NAME,
      title: "No contract was quoted for more than a week, so its drift is not known",
      subtitle: "Drift of contracts in points of the payout a day.",
      alt: "Nothing is drawn: there is no contract with prices over more than a week.",
      context,
      body: "no contracts with prices over more than a week",
    });
  }
  const { whole, bars, firstDay, lastDay } = view;
  const drawn = [whole, ...bars.slice(0, MAX_BARS)], nHidden = bars.length - drawn.length + 1;
  const grid: RowGrid = {
    ...{ nRows: drawn.length, rowHeight: ROW_HEIGHT, top: KEY_HEIGHT + 6, headingLines: 2 },
  };
  const title = driftTitle(view);
  const found = bars.filter(({ qValue }) => qValue <= FALSE_SHARE);
  const nTested = bars.filter(({ qValue }) => !Number.isNaN(qValue)).length;
  return figure({
    name: NAME,
    title,
    subtitle: `Change of value a day in percentage points of the payout (pp), from a week after ` +
      `listing to the settlement, payouts included; 95% intervals clustered by event. ${
        countText(found.length)
      } of ${countOf(nTested, "bin")} stand at a false discovery rate of 5%. n\u00a0=\u00a0${
        countOf(whole.nContracts, "contract")
      } of ${countOf(whole.nEvents, "event")}. ${periodText(firstDay, lastDay)}.`,
    alt: `${title}. ${
      found.length === 0
        ? "No bin stands"
        : found.slice(0, MAX_TOLD).map((bar) =>
          `${cleanText(bar.group)}, ${cleanText(bar.name)}: ${signedText(bar.drift)} pp a day`
        ).join("; ")
    }.`,
    context,
    notes: [
      "Still open: prices of contracts that are quoted on the last day, which leaves out every contract that was settled and every payout. A step belongs to the bin of where it began; by earlier price means that of a week before, since a price that is stale or off by half a spread returns by itself. Age counts from the first price and takes the first week too: what falls on the first day alone is an opening quote that finds its price.",
      "A source that keeps contracts which were settled or much traded in the end was chosen by what became of them, and shows the drift of the chosen.",
      ...(drawn.some(({ low }) => Number.isNaN(low))
        ? ["Too few events: weighted by their days they are worth fewer than five equal ones."]
        : []),
      ...(nHidden === 0
        ? []
        : [`${countOf(nHidden, "bin")} more ${nHidden === 1 ? "is" : "are"} not drawn.`]),
    ],
    height: grid.top + columnsHeight(grid),
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "all in the source, drifts" },
        { mark: "ring", words: "all, not to be told from none" },
        { mark: "line", words: "95% interval" },
        { mark: "cross", colour: ACTIVE, words: "still open on the last day" },
      ]),
      ...columns(grid, drawn),
    ],
  });
}

const ACTIVE = HUES[1].fill;

function driftTitle({ whole, activeLow, activeHigh }: DriftView): string {
  const { drift, low, high, active } = whole;
  const held = "Held from a week after listing to settlement, contracts";
  const open = Number.isNaN(active)
    ? "none is still open"
    : `sampling only open ones says ${estimateText(active, activeLow, activeHigh, "")}`;
  if (Number.isNaN(low)) return `${held} are of too few events to tell their drift; ${open}`;
  const none = low > 0 || high < 0 ? "" : ", not to be told from none";
  return `${held} drift by ${estimateText(drift, low, high, " pp a day")}${none}; ${open}`;
}

function columns(grid: RowGrid, bars: readonly DriftBar[]): FigurePanel[] {
  const place = columnPlaces(WIDTHS);
  const words = (k: number, heading: string, cell: (bar: DriftBar, row: number) => Cell) =>
    textColumn(grid, place(k, heading), bars.map(cell));
  const line = (k: number, text: string, weight: 400 | 600 = 400): Cell => ({
    text: shortText(text, WIDTHS[k]! - 10, 12, weight),
    weight,
  });
  return [
    words(
      0,
      "Contracts by",
      ({ group }, row) => line(0, group === bars[row - 1]?.group ? "" : group, 600),
    ),
    words(1, "Bin", ({ name }) => line(1, name)),
    driftColumn(grid, place(2, "Drift, pp a day"), bars),
    words(3, "All", ({ drift }) => ({ text: signedText(drift) })),
    words(
      4,
      "95% interval",
      ({ low, high }) => ({
        text: Number.isNaN(low) ? "too few events" : rangeText(low, high),
        fill: MUTED,
      }),
    ),
    words(5, "q", ({ qValue }) => ({
      text: Number.isNaN(qValue) ? "–" : pText(qValue),
      ...(qValue <= FALSE_SHARE ? { fill: HUES[0].text, weight: 600 } : {}),
    })),
    words(
      6,
      "Still open",
      ({ active }) => ({
        text: Number.isNaN(active) ? "–" : signedText(active),
        fill: HUES[1].text,
      }),
    ),
    words(7, "Events", ({ nEvents }) => ({ text: countText(nEvents) })),
  ];
}

/** Dots with their intervals, and crosses of the active-only sample, on one axis. */
function driftColumn(
  grid: RowGrid,
  column: { readonly left: number; readonly width: number; readonly heading: string },
  bars: readonly DriftBar[],
): FigurePanel {
  const limit = axisLimit(bars);
  const within = (x: number) => Math.min(Math.max(x, -limit), limit);
  const drawn = bars.map((bar, row) => ({
    ...bar,
    row,
    stands: row === 0 ? bar.low > 0 || bar.high < 0 : bar.qValue <= FALSE_SHARE,
  }));
  type Drawn = typeof drawn[number];
  const colour = (d: Drawn) => d.stands ? HUES[0].fill : MUTED;
  const isIn = (x: number) => Math.abs(x) <= limit, isOut = (x: number) => Math.abs(x) > limit;
  const span = (d: Drawn) =>
    Math.min(Math.abs(d.low), Math.abs(d.high)) <= limit || d.low * d.high < 0;
  const arrow = (
    rows: readonly Drawn[],
    of: (d: Drawn) => number,
    { fill, dy }: { readonly fill: (d: Drawn) => string; readonly dy: number },
  ) =>
    [-1, 1].map((side) =>
      Plot.dot(rows.filter((d) => Math.sign(of(d)) === side), {
        ...{ x: side * limit, y: "row", symbol: "triangle", r: 4.5, fill, dy, rotate: 90 * side },
      })
    );
  const empty = evidenceColumn(grid, column, {
    rows: [],
    axis: evidenceAxis([{
      ...{ value: 0, low: -limit, high: limit, nullLow: NaN, nullMid: NaN, nullHigh: NaN },
      stands: false,
    }], { width: column.width }),
  });
  const marks = [
    Plot.link([0], {
      x1: 0,
      x2: 0,
      y1: -0.5,
      y2: bars.length - 0.5,
      stroke: AXIS,
      strokeWidth: 1.5,
    }),
    Plot.link(drawn.filter((d) => !Number.isNaN(d.low) && span(d)), {
      ...{ x1: (d: Drawn) => within(d.low), x2: (d: Drawn) => within(d.high) },
      ...{ y1: "row", y2: "row", dy: ABOVE, stroke: colour, strokeWidth: 2 },
    }),
    Plot.dot(drawn.filter(({ drift }) => isIn(drift)), {
      ...{ x: "drift", y: "row", dy: ABOVE, r: 4, stroke: colour, strokeWidth: 1.75 },
      fill: (d: Drawn) => d.stands ? HUES[0].fill : "#ffffff",
    }),
    ...arrow(drawn.filter(({ drift }) => isOut(drift)), ({ drift }) => drift, {
      ...{ fill: colour, dy: ABOVE },
    }),
    Plot.dot(drawn.filter(({ active }) => isIn(active)), {
      ...{
        x: "active",
        y: "row",
        dy: BELOW,
        r: 3,
        symbol: "times",
        stroke: ACTIVE,
        strokeWidth: 1.75,
      },
    }),
    ...arrow(drawn.filter(({ active }) => isOut(active)), ({ active }) => active, {
      ...{ fill: () => ACTIVE, dy: BELOW },
    }),
  ];
  return { ...empty, plot: { ...empty.plot, marks: [...empty.plot.marks ?? [], ...marks] } };
}

/** Half the width of the axis: all ends of intervals, but not what lies far beyond most of them. */
function axisLimit(bars: readonly DriftBar[]): number {
  const ends = bars.flatMap(({ drift, low, high, active }) => {
    const known = [drift, low, high, active].filter(Number.isFinite).map(Math.abs);
    return known.length === 0 ? [] : [Math.max(...known)];
  }).sort((a, b) => a - b);
  const middle = ends[ends.length >> 1] ?? 0;
  return Math.max(Math.min(ends.at(-1) ?? 0, REACH * middle), 1e-3);
}

/** A value with its unit and interval, all with the same decimals. */
function estimateText(value: number, low: number, high: number, unit: string): string {
  const decimals = decimalsOf(value, low, high);
  const range = Number.isNaN(low) ? "" : ` [${rangeText(low, high, decimals)}]`;
  return `${signedText(value, decimals)}${unit}${range}`;
}

function signedText(x: number, decimals = decimalsOf(x)): string {
  if (Number.isNaN(x)) return "–";
  const text = decimalText(x, decimals);
  return x > 0 && Number(text) !== 0 ? `+${text}` : text;
}

function rangeText(low: number, high: number, decimals = decimalsOf(low, high)): string {
  return `${decimalText(low, decimals)} to ${decimalText(high, decimals)}`;
}

/** Three decimals of a small number of points, fewer of a large one. */
function decimalsOf(...values: readonly number[]): number {
  const size = Math.max(...values.filter((x) => !Number.isNaN(x)).map(Math.abs));
  return size < 0.0995 ? 3 : size < 9.95 ? 2 : 1;
}
