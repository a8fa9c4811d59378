import * as Plot from "@observablehq/plot";
import { countOf, periodText, shareText } from "../core/number_text.ts";
import type { EventExposure } from "../factors/latest_exposures.ts";
import type { ChartContext } from "./chart_context.ts";
import { hatching } from "./correlation_legend.ts";
import { EXPOSURE_REACH, exposureLegend } from "./exposure_legend.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, divergingColour, INK, MISSING_FILL, MUTED, textColourOn } from "./palette.ts";
import { columnsHeight, type RowGrid, textColumn } from "./row_columns.ts";
import { cleanText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** What {@link semanticExposuresChart} draws. */
export interface SemanticExposures {
  /** Names of the columns, in the order of every row's values. */
  readonly factors: readonly string[];
  readonly rows: readonly EventExposure[];
}

const NAME = "semantic_exposures";
const MAX_ROWS = 24, ROW_HEIGHT = 30, LEGEND_HEIGHT = 40;
const NAME_WIDTH = 284, COVERAGE_WIDTH = 72;
/** Least size of a net exposure that counts as moving a factor. */
const MOVES = 0.1;

/**
 * Which way each event pulls the economic factors, given today's probabilities of its outcomes.
 *
 * A heat map of events by factors with the number in each cell. Rows are those with the largest sum of
 * |net exposure| times coverage, largest first; beyond 24 the rest is counted in a note.
 *
 * @throws {RangeError} If a row has not one value a factor.
 */
export function semanticExposuresChart(
  { factors, rows }: SemanticExposures,
  context: ChartContext,
): Figure {
  for (const { eventId, exposure } of rows) {
    if (exposure.length !== factors.length) {
      throw new RangeError(
        `Cannot draw the exposure of event "${eventId}" as it must have one value for each of ${factors.length} factors: got ${exposure.length}`,
      );
    }
  }
  const what = "Net exposure: probability of each outcome times its score from −2 to 2, summed";
  if (rows.length === 0) {
    return figure({
      name: NAME,
      title: "No event has an outcome with a known direction",
      subtitle: `${what}.`,
      alt: "Nothing is drawn: no outcome has an exposure.",
      context,
      body: "no events with an exposure",
    });
  }
  const sorted = [...rows].sort((a, b) =>
    weight(b) - weight(a) || (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0)
  );
  const drawn = sorted.slice(0, MAX_ROWS);
  const title = finding(factors, rows);
  const days = rows.map(({ day }) => day);
  const nHidden = sorted.length - drawn.length;
  const nMissing = rows.filter(isMissing).length;
  const grid: RowGrid = {
    nRows: drawn.length,
    rowHeight: ROW_HEIGHT,
    top: LEGEND_HEIGHT,
    headingLines: 1,
  };
  return figure({
    name: NAME,
    title,
    subtitle: `${what}; “moved” from ±${MOVES} on. Each event on its last quoted day, ${
      periodText(Math.min(...days), Math.max(...days))
    }. n\u00a0=\u00a0${countOf(rows.length, "event")}.`,
    alt: `${title}. ${
      drawn.slice(0, 8).map(({ name, exposure }) =>
        `${cleanText(name)}: ${isMissing({ exposure }) ? "unknown" : strongest(factors, exposure)}`
      ).join("; ")
    }.`,
    context,
    notes: [
      "The scores are judgements by rule or by a model, no measurement. Covered: summed probability of the outcomes that have a score; a sum above 100% is scaled down to it, one below is not scaled up.",
      ...(nMissing === 0 ? [] : [
        `${countOf(nMissing, "event")} with too little covered ${
          nMissing === 1 ? "has" : "have"
        } no value.`,
      ]),
      ...(nHidden === 0 ? [] : [
        `${countOf(nHidden, "event")} with a smaller exposure ${
          nHidden === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: grid.top + columnsHeight(grid),
    body: [
      {
        left: NAME_WIDTH + COVERAGE_WIDTH,
        top: 0,
        width: BODY_WIDTH - NAME_WIDTH - COVERAGE_WIDTH,
        height: LEGEND_HEIGHT,
        plot: exposureLegend(BODY_WIDTH - NAME_WIDTH - COVERAGE_WIDTH, LEGEND_HEIGHT),
      },
      textColumn(
        grid,
        { left: 0, width: NAME_WIDTH, heading: "Event" },
        drawn.map(({ name }) => ({ text: name })),
      ),
      textColumn(
        grid,
        { left: NAME_WIDTH, width: COVERAGE_WIDTH, heading: "Covered" },
        drawn.map((row) => ({
          text: shareText(row.coverage),
          ...(isMissing(row) ? { fill: MUTED } : {}),
        })),
      ),
      cells(grid, factors, drawn),
    ],
  });
}

/** What a row is ranked by. */
function weight({ exposure, coverage }: EventExposure): number {
  const size = exposure.reduce((sum, x) => sum + Math.abs(x), 0) * Math.min(coverage, 1);
  return Number.isNaN(size) ? -1 : size;
}

function isMissing({ exposure }: Pick<EventExposure, "exposure">): boolean {
  return exposure.some(Number.isNaN);
}

function finding(factors: readonly string[], rows: readonly EventExposure[]): string {
  const known = rows.filter((row) => !isMissing(row));
  if (known.length === 0) {
    return `None of ${countOf(rows.length, "event")} is covered well enough for a net exposure`;
  }
  const moving = known.filter(({ exposure }) => exposure.some((x) => Math.abs(x) >= MOVES));
  if (moving.length === 0) {
    return known.length === 1
      ? `The 1 event carries no direction: no factor is moved by ${MOVES}`
      : `None of ${
        countOf(known.length, "event")
      } carries a direction: no factor is moved by ${MOVES}`;
  }
  const counts = factors.map((_, f) =>
    moving.filter(({ exposure }) => Math.abs(exposure[f]!) >= MOVES).length
  );
  const most = Math.max(...counts);
  const first = factors.filter((_, f) => counts[f] === most);
  const names = first.length === 1
    ? `${cleanText(first[0]!)} is the factor`
    : `${first.slice(0, -1).map(cleanText).join(", ")} and ${
      cleanText(first.at(-1)!)
    } are the factors`;
  return moving.length === 1
    ? `1 event carries a direction: ${
      strongest(factors, moving[0]!.exposure)
    } is its largest net exposure`
    : `${moving.length} events carry a direction; ${names} most often moved, by ${
      most === moving.length ? "all" : most
    } of them`;
}

/** "oil +1.20": the factor with the largest net exposure. */
function strongest(factors: readonly string[], exposure: readonly number[]): string {
  const sizes = exposure.map(Math.abs);
  const f = sizes.indexOf(Math.max(...sizes));
  const x = exposure[f]!;
  return `${cleanText(factors[f]!)} ${x > 0 ? "+" : ""}${decimalText(x, 2)}`;
}

function cells(
  grid: RowGrid,
  factors: readonly string[],
  rows: readonly EventExposure[],
): FigurePanel {
  const left = NAME_WIDTH + COVERAGE_WIDTH, width = BODY_WIDTH - left;
  const height = columnsHeight(grid);
  const all = rows.flatMap(({ exposure }, row) =>
    exposure.map((value, column) => ({
      value,
      row,
      column,
      fill: divergingColour(value / EXPOSURE_REACH),
    }))
  );
  type Cell = typeof all[number];
  const square = {
    x1: "column",
    x2: (cell: Cell) => cell.column + 1,
    y1: "row",
    y2: (cell: Cell) => cell.row + 1,
    inset: 0.75,
  };
  const middle = {
    x: (cell: Cell) => cell.column + 0.5,
    y: (cell: Cell) => cell.row + 0.5,
  };
  const known = all.filter(({ value }) => !Number.isNaN(value));
  const missing = all.filter(({ value }) => Number.isNaN(value));
  return {
    left,
    top: grid.top,
    width,
    height,
    plot: {
      marginLeft: 0,
      marginRight: 0,
      marginTop: height - grid.nRows * grid.rowHeight - 4,
      marginBottom: 4,
      x: { axis: null, domain: [0, factors.length] },
      y: { axis: null, domain: [grid.nRows, 0] },
      color: { type: "identity" },
      marks: [
        Plot.rect(known, { ...square, fill: "fill" }),
        Plot.rect(missing, { ...square, fill: MISSING_FILL }),
        ...missing.map(({ row, column }) => hatching({ x: column, y: row, side: 1, nLines: 7 })),
        Plot.text(known, {
          ...middle,
          text: ({ value }: Cell) => scoreText(value),
          fontSize: 11,
          fill: ({ fill }: Cell) => textColourOn(fill),
        }),
        Plot.text(factors, {
          x: (_: string, f: number) => f + 0.5,
          text: cleanText,
          frameAnchor: "top",
          lineAnchor: "middle",
          dy: -12,
          fontSize: 11,
          fill: INK,
        }),
        Plot.frame({ stroke: AXIS }),
      ],
    },
  };
}

function scoreText(value: number): string {
  const text = decimalText(value, 2);
  return Number(text) === 0 ? "0" : text;
}
