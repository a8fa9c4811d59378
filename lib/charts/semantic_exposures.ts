import * as Plot from "@observablehq/plot";
import { countOf, dayText, shareText } from "../core/number_text.ts";
import type { EventExposure } from "../exposures/latest_exposures.ts";
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
  /** The events that are quoted on the day. */
  readonly rows: readonly EventExposure[];
  /** The UTC day whose closes all of it rests on. */
  readonly day: number;
}

const NAME = "semantic_exposures";
const MAX_ROWS = 24, ROW_HEIGHT = 30, LEGEND_HEIGHT = 40;
const NAME_WIDTH = 244, SPREAD_WIDTH = 52, COVERAGE_WIDTH = 80;
const CELLS_LEFT = NAME_WIDTH + SPREAD_WIDTH + COVERAGE_WIDTH;
/** Least spread of a factor that counts as something that news could still move. */
const MOVES = 0.1;

/**
 * Which way each event is expected to push the economic factors on a day, and how much of it is still open.
 *
 * A heat map of events by factors with the expected push in each cell. That is a level: an event that is all
 * but certain pushes most and moves nothing any more, so rows go by the spread, what news could still
 * move, largest first; beyond 24 the rest is counted in a note.
 *
 * @throws {RangeError} If a row has not one value and one spread a factor.
 */
export function semanticExposuresChart(
  { factors, rows, day }: SemanticExposures,
  context: ChartContext,
): Figure {
  for (const { eventId, exposure, spreads } of rows) {
    const wrong = [exposure, spreads].find(({ length }) => length !== factors.length);
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot draw the exposure of event "${eventId}" as it must have one value for each of ${factors.length} factors: got ${wrong.length}`,
      );
    }
  }
  const what = "Cells: expected push, the probability of each outcome times its score from −2 to 2";
  if (rows.length === 0) {
    return figure({
      name: NAME,
      title: "No event with a known direction is quoted on the day",
      subtitle: `${what}. ${dayText(day)}.`,
      alt: "Nothing is drawn: no event with a scored outcome is quoted.",
      context,
      body: "no events with an exposure",
    });
  }
  const sorted = [...rows].sort((a, b) =>
    weight(b) - weight(a) || (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0)
  );
  const drawn = sorted.slice(0, MAX_ROWS);
  const title = finding(factors, rows);
  const nHidden = sorted.length - drawn.length;
  const grid: RowGrid = {
    nRows: drawn.length,
    rowHeight: ROW_HEIGHT,
    top: LEGEND_HEIGHT,
    headingLines: 1,
  };
  return figure({
    name: NAME,
    title,
    subtitle: `${what}. Spread: what news could still move. ${dayText(day)}, n\u00a0=\u00a0${
      countOf(rows.length, "event")
    }.`,
    alt: `${title}. ${
      drawn.slice(0, 8).map((row) =>
        `${cleanText(row.name)}: ${
          row.missing === null
            ? `${strongest(factors, row.exposure)}, spread ${decimalText(weight(row), 2)}`
            : row.missing
        }`
      ).join("; ")
    }.`,
    context,
    notes: [
      `The scores are judgements by rule or by a model, no measurement. The expected push is what is already priced in; the spread is the standard deviation of the push over the event's ends, so it falls to 0 as one becomes certain. “Could move” is from ${MOVES} on.`,
      "Covered: probability of the outcomes that have a score. Where the quotes of outcomes that exclude each other sum above 100%, each is divided by that sum, shown below it; above 110% there is no value.",
      ...missingNote(rows),
      ...(nHidden === 0 ? [] : [
        `${countOf(nHidden, "event")} with a smaller spread ${
          nHidden === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: grid.top + columnsHeight(grid),
    body: [
      {
        left: CELLS_LEFT,
        top: 0,
        width: BODY_WIDTH - CELLS_LEFT,
        height: LEGEND_HEIGHT,
        plot: exposureLegend(BODY_WIDTH - CELLS_LEFT, LEGEND_HEIGHT),
      },
      textColumn(
        grid,
        { left: 0, width: NAME_WIDTH, heading: "Event" },
        drawn.map(({ name }) => ({ text: name })),
      ),
      textColumn(
        grid,
        { left: NAME_WIDTH, width: SPREAD_WIDTH, heading: "Spread" },
        drawn.map((row) =>
          row.missing === null
            ? { text: decimalText(weight(row), 2), weight: 600 as const }
            : { text: "none", fill: MUTED }
        ),
      ),
      textColumn(
        grid,
        { left: NAME_WIDTH + SPREAD_WIDTH, width: COVERAGE_WIDTH, heading: "Covered" },
        drawn.map(({ coverage, quoted, missing }) => ({
          text: shareText(coverage),
          ...(Math.round(100 * quoted) > 100 ? { note: `sum ${Math.round(100 * quoted)}%` } : {}),
          ...(missing === null ? {} : { fill: MUTED }),
        })),
      ),
      cells(grid, factors, drawn),
    ],
  });
}

/** What a row is ranked by: the length of its spreads, −1 where it has none. */
function weight({ spreads, missing }: EventExposure): number {
  return missing === null ? Math.hypot(...spreads) : -1;
}

/** How many events have no value, and why. */
function missingNote(rows: readonly EventExposure[]): string[] {
  const reasons = rows.flatMap(({ missing }) => missing ?? []);
  if (reasons.length === 0) return [];
  const counts = [...Map.groupBy(reasons, (reason) => reason)]
    .map(([reason, { length }]) => [reason, length] as const)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return [
    `${countOf(reasons.length, "event")} ${reasons.length === 1 ? "has" : "have"} no value: ${
      counts.map(([reason, n]) => `${reason} (${n})`).join(", ")
    }.`,
  ];
}

function finding(factors: readonly string[], rows: readonly EventExposure[]): string {
  const known = rows.filter(({ missing }) => missing === null);
  if (known.length === 0) return `None of ${countOf(rows.length, "event")} has a value on the day`;
  const open = known.filter(({ spreads }) => spreads.some((x) => x >= MOVES));
  if (open.length === 0) {
    return known.length === 1
      ? `The 1 event could move no factor by ${MOVES} any more`
      : `None of ${countOf(known.length, "event")} could still move a factor by ${MOVES}`;
  }
  if (open.length === 1) {
    const { spreads } = open[0]!;
    const most = Math.max(...spreads);
    return `1 event could still move a factor: ${cleanText(factors[spreads.indexOf(most)]!)}, by ${
      decimalText(most, 2)
    }`;
  }
  const counts = factors.map((_, f) => open.filter(({ spreads }) => spreads[f]! >= MOVES).length);
  const most = Math.max(...counts);
  const first = factors.filter((_, f) => counts[f] === most).map(cleanText);
  const names = first.length === 1
    ? `${first[0]} most often (${most})`
    : `${first.slice(0, -1).join(", ")} and ${first.at(-1)} most often (${most} each)`;
  return `${open.length} events could still move a factor; ${names}`;
}

/** "oil +1.20": the factor with the largest expected push. */
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
  const left = CELLS_LEFT, width = BODY_WIDTH - left;
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
