import * as Plot from "@observablehq/plot";
import type { FigurePanel } from "./figure.ts";
import { AXIS, GRID, HUES, INK, MISSING_FILL, MUTED, NULL_FILL, NULL_TEXT } from "./palette.ts";
import { cleanText, shortText, textLines } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";
import { type ValueTicks, valueTicks } from "./value_ticks.ts";

/** Rows that every column of a table-like chart shares. */
export interface RowGrid {
  readonly nRows: number;
  /** Height of a row, user units. */
  readonly rowHeight: number;
  /** Where the columns begin within the body. */
  readonly top: number;
  /** Lines of the tallest heading. */
  readonly headingLines: number;
}

/** Place and heading of one column. */
export interface Column {
  readonly left: number;
  readonly width: number;
  readonly heading: string;
}

/** One cell of text. */
export interface Cell {
  /** Up to two lines. */
  readonly text: string;
  /** A smaller line below. */
  readonly note?: string;
  /** INK where it is left out. */
  readonly fill?: string;
  readonly weight?: 400 | 600;
}

/** A value with its interval over what noise gives; NaN leaves a part out. */
export interface Evidence {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly nullLow: number;
  readonly nullMid: number;
  readonly nullHigh: number;
  /** Whether the dot is filled. */
  readonly stands: boolean;
}

const LINE = 14,
  AXIS_ROOM = 24,
  PAD = 8,
  SIZE = 12,
  NOTE_SIZE = 10.5,
  HEADING_SIZE = 11,
  AXIS_SIZE = 11;

/** Columns beside each other: place, width and heading of the k-th. */
export function columnPlaces(
  widths: readonly number[],
): (k: number, heading: string) => Column {
  return (k, heading) => ({
    left: widths.slice(0, k).reduce((sum, width) => sum + width, 0),
    width: widths[k]!,
    heading,
  });
}

/** Height of the columns of a grid. */
export function columnsHeight({ nRows, rowHeight, headingLines }: RowGrid): number {
  return LINE * headingLines + AXIS_ROOM + nRows * rowHeight + 4;
}

/** A column of words, left-aligned. */
export function textColumn(grid: RowGrid, column: Column, cells: readonly Cell[]): FigurePanel {
  const room = column.width - PAD;
  const lines = cells.flatMap(({ text, note, fill = INK, weight = 400 }, row) => {
    const words = textLines(text, { width: room, size: SIZE, weight, maxLines: 2 });
    const nLines = words.length + (note === undefined ? 0 : 1);
    const offset = (k: number) => (k - (nLines - 1) / 2) * LINE;
    return [
      ...words.map((line, k) => ({ row, line, fill, dy: offset(k), size: SIZE, weight })),
      ...(note === undefined ? [] : [{
        row,
        line: shortText(note, room, NOTE_SIZE),
        fill: MUTED,
        dy: offset(nLines - 1) + 0.5,
        size: NOTE_SIZE,
        weight: 400 as const,
      }]),
    ];
  });
  return panel(grid, column, {
    x: { axis: null, domain: [0, 1] },
    marks: lines.map(({ row, line, fill, dy, size, weight }) =>
      Plot.text([row], {
        x: 0,
        y: row,
        text: () => line,
        textAnchor: "start",
        dy,
        fontSize: size,
        ...(weight === 600 ? { fontWeight: 600 } : {}),
        fill,
      })
    ),
  });
}

/** The axis of a column of dots. */
export interface EvidenceAxis extends ValueTicks {
  readonly domain: readonly [number, number];
}

/**
 * An axis that holds every value, interval and null of a column, and 0 or another anchor, with as
 * many round ticks as have room for their labels in a column `width` wide; none where nothing is
 * measured.
 */
export function evidenceAxis(
  rows: readonly Evidence[],
  { width, anchors = [] }: { readonly width: number; readonly anchors?: readonly number[] },
): EvidenceAxis {
  const known = rows.flatMap(({ value, low, high, nullLow, nullHigh }) =>
    Number.isNaN(value) ? [] : [value, low ?? NaN, high ?? NaN, nullLow, nullHigh]
  ).filter(Number.isFinite);
  if (known.length === 0) return { domain: [0, 1], ticks: [], text: String };
  const low = Math.min(...known, ...anchors), high = Math.max(...known, ...anchors);
  const pad = Math.max(0.06 * (high - low), 1e-3);
  const domain: [number, number] = [low - pad, high + pad];
  const perUnit = (width - 3 * PAD) / (domain[1] - domain[0]);
  for (let most = 9; most > 3; --most) {
    const { ticks: all, text } = valueTicks(...domain, most);
    const ticks = all.filter((tick) => tick >= domain[0] && tick <= domain[1]);
    const widest = Math.max(...ticks.map((tick) => textWidth(text(tick), AXIS_SIZE)));
    const step = (ticks[1] ?? NaN) - ticks[0]!;
    if (step * perUnit >= widest + PAD) return { domain, ticks, text };
  }
  // too narrow for two ticks within the values: round numbers around them
  const { ticks, text } = valueTicks(low, high, 3);
  const ends = [ticks[0]!, ticks.at(-1)!] as const;
  const room = (width - 3 * PAD) / (ticks.length - 1);
  const fits = ticks.every((tick) => textWidth(text(tick), AXIS_SIZE) + PAD <= room);
  return { domain: ends, ticks: fits ? ticks : ends, text };
}

/** A column of dots on a common axis, each over its own null band. */
export function evidenceColumn(
  grid: RowGrid,
  column: Column,
  { rows, axis }: { readonly rows: readonly Evidence[]; readonly axis: EvidenceAxis },
): FigurePanel {
  const { ticks, text, domain } = axis;
  const drawn = rows.map((evidence, row) => ({ ...evidence, row }));
  type Drawn = typeof drawn[number];
  const seen = drawn.filter(({ value }) => !Number.isNaN(value));
  const missing = drawn.filter(({ value }) => Number.isNaN(value));
  const reach = 11 / grid.rowHeight;
  const band = { y1: (d: Drawn) => d.row - reach, y2: (d: Drawn) => d.row + reach };
  const colour = (d: Drawn) => d.stands ? HUES[0].fill : MUTED;
  return panel(grid, column, {
    marginLeft: PAD,
    marginRight: 2 * PAD,
    x: { axis: null, domain: [...domain] },
    marks: [
      Plot.axisX([...ticks], {
        anchor: "top",
        tickFormat: text,
        tickSize: 0,
        tickPadding: 5,
        fontSize: AXIS_SIZE,
        label: null,
      }),
      Plot.gridX([...ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.ruleX(ticks.filter((tick) => tick === 0), { stroke: AXIS }),
      Plot.rect(missing, { ...band, x1: domain[0], x2: domain[1], fill: MISSING_FILL }),
      Plot.text(missing, {
        x: domain[0],
        y: "row",
        text: () => shortText("not measured", column.width - 3 * PAD - 4, 11),
        textAnchor: "start",
        dx: 4,
        fontSize: 11,
        fill: MUTED,
      }),
      Plot.rect(seen.filter((d) => Number.isFinite(d.nullLow + d.nullHigh)), {
        ...band,
        x1: "nullLow",
        x2: "nullHigh",
        fill: NULL_FILL,
      }),
      Plot.link(seen.filter((d) => Number.isFinite(d.nullMid)), {
        ...band,
        x1: "nullMid",
        x2: "nullMid",
        stroke: NULL_TEXT,
        strokeWidth: 2,
      }),
      Plot.link(seen.filter((d) => Number.isFinite((d.low ?? NaN) + (d.high ?? NaN))), {
        x1: "low",
        x2: "high",
        y1: "row",
        y2: "row",
        stroke: colour,
        strokeWidth: 2,
      }),
      Plot.dot(seen, {
        x: "value",
        y: "row",
        r: 4.5,
        fill: (d: Drawn) => d.stands ? HUES[0].fill : "#ffffff",
        stroke: colour,
        strokeWidth: 1.75,
      }),
    ],
  });
}

function panel(grid: RowGrid, column: Column, plot: Plot.PlotOptions): FigurePanel {
  const words = textLines(column.heading, {
    width: column.width - PAD,
    size: HEADING_SIZE,
    maxLines: grid.headingLines,
  });
  const marginTop = LINE * grid.headingLines + AXIS_ROOM;
  const edges = Array.from({ length: grid.nRows + 1 }, (_, row) => row - 0.5);
  return {
    left: column.left,
    top: grid.top,
    width: column.width,
    height: columnsHeight(grid),
    plot: {
      marginLeft: 0,
      marginRight: 0,
      ...plot,
      marginTop,
      marginBottom: 4,
      y: { axis: null, domain: [grid.nRows - 0.5, -0.5] },
      color: { type: "identity" },
      marks: [
        Plot.ruleY(edges, {
          stroke: GRID,
          insetLeft: -(plot.marginLeft ?? 0),
          insetRight: -(plot.marginRight ?? 0),
        }),
        ...(plot.marks ?? []),
        ...words.map((line, k) =>
          Plot.text([0], {
            text: () => cleanText(line),
            frameAnchor: "top-left",
            lineAnchor: "middle",
            dx: -(plot.marginLeft ?? 0),
            dy: LINE * (k + 0.5) - marginTop,
            fontSize: HEADING_SIZE,
            fill: MUTED,
          })
        ),
      ],
    },
  };
}
