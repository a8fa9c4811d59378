import * as Plot from "@observablehq/plot";
import type { FigurePanel } from "./figure.ts";
import { GRID, INK, MUTED } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { type Column, columnsHeight, type RowGrid } from "./row_columns.ts";
import { shortText, textLines } from "./text_lines.ts";
import { type ChartTheme, themeHue } from "./theme_hues.ts";
import { stabilityText } from "./tree_view.ts";

/** Width of a column of {@link chipColumn}. */
export const CHIP_WIDTH = 18;

const LINE = 14, BAR = 74, SIDE = 11;

/** A square of each theme's colour, for the column of words to the right of it. */
export function chipColumn(
  grid: RowGrid,
  column: Column,
  themes: readonly (ChartTheme | null)[],
): FigurePanel {
  const chips = themes.map((theme, row) => ({ row, fill: themeHue(theme).fill }));
  type Chip = typeof chips[number];
  // level with the first of the two lines beside it
  const top = ({ row }: Chip) => (row + 0.5) * grid.rowHeight - LINE / 2 - SIDE / 2;
  return panel(grid, column, [
    Plot.rect(chips, {
      x1: 0,
      x2: SIDE,
      y1: top,
      y2: (chip: Chip) => top(chip) + SIDE,
      fill: "fill",
    }),
  ]);
}

/** Stabilities from 0 to 1 as bars with marks at the two bounds, and in words below. */
export function stabilityColumn(
  grid: RowGrid,
  column: Column,
  stabilities: readonly number[],
  { stable, doubtful }: { readonly stable: number; readonly doubtful: number },
): FigurePanel {
  const rows = stabilities.map((stability, row) => ({ stability, row }));
  type Row = typeof rows[number];
  const known = rows.filter(({ stability }) => !Number.isNaN(stability));
  const middle = ({ row }: { row: number }) => (row + 0.5) * grid.rowHeight;
  const bar = {
    x1: 0,
    y1: (row: Row) => middle(row) - LINE / 2 - 5,
    y2: (row: Row) => middle(row) - LINE / 2 + 3,
  };
  return panel(grid, column, [
    Plot.rect(known, { ...bar, x2: BAR, fill: GRID, fillOpacity: 0.6 }),
    Plot.rect(known.filter(({ stability }) => stability > 0), {
      ...bar,
      x2: ({ stability }: Row) => BAR * stability,
      fill: ({ stability }: Row) => stability >= stable ? MUTED : "#ffffff",
      stroke: MUTED,
    }),
    ...[doubtful, stable].map((bound) =>
      Plot.link(known, {
        x1: BAR * bound,
        x2: BAR * bound,
        y1: (row: Row) => bar.y1(row) - 3,
        y2: bar.y2,
        stroke: INK,
        strokeWidth: 1,
      })
    ),
    ...placedWords(
      rows.map(({ row, stability }) => {
        const isKnown = !Number.isNaN(stability);
        return {
          x: 0,
          y: middle({ row }) + (isKnown ? LINE / 2 : 0),
          text: isKnown ? stabilityText(stability) : "not measured",
        };
      }),
      { anchor: "start", size: 10.5, fill: MUTED },
    ),
    ...placedWords([{ x: 3, y: -9, text: "0" }, { x: BAR, y: -9, text: "1" }], {
      anchor: "middle",
      size: 11,
      fill: INK,
    }),
  ]);
}

/** A column of the grid in user units, with the rules and the heading that its neighbours have. */
function panel(grid: RowGrid, column: Column, marks: readonly Plot.Markish[]): FigurePanel {
  const height = columnsHeight(grid);
  const marginTop = height - 4 - grid.nRows * grid.rowHeight;
  const edges = Array.from({ length: grid.nRows + 1 }, (_, row) => row * grid.rowHeight);
  const lines = textLines(column.heading, {
    width: column.width - 8,
    size: 11,
    maxLines: grid.headingLines,
  });
  return {
    left: column.left,
    top: grid.top,
    width: column.width,
    height,
    plot: {
      margin: 0,
      marginTop,
      marginBottom: 4,
      x: { axis: null, domain: [0, column.width] },
      y: { axis: null, domain: [grid.nRows * grid.rowHeight, 0] },
      color: { type: "identity" },
      marks: [
        Plot.ruleY(edges, { stroke: GRID }),
        ...marks,
        ...placedWords(
          lines.map((line, k) => ({
            x: 0,
            y: LINE * (k + 0.5) - marginTop,
            text: shortText(line, column.width, 11),
          })),
          { anchor: "start", size: 11, fill: MUTED },
        ),
      ],
    },
  };
}
