import * as Plot from "@observablehq/plot";
import { countText } from "../core/number_text.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { placedWords } from "./placed_words.ts";
import {
  AXIS,
  GRID,
  type Hue,
  INK,
  MISSING_FILL,
  MUTED,
  sequentialColour,
  textColourOn,
} from "./palette.ts";
import { shortText } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";

/** One row of a {@link ThemeMatrix}. */
export interface MatrixRow {
  readonly label: string;
  /** Colour of the square beside the label, for a row that is a theme. */
  readonly hue?: Hue;
  /** Number at the right end of the label. */
  readonly size: number;
  /** Length of the bar in the right margin, 0 to 1; NaN draws none. */
  readonly side: number;
  /** Text beside the bar. */
  readonly sideText: string;
  /** Whether the bar is filled. */
  readonly stands: boolean;
}

/** One column of a {@link ThemeMatrix}. */
export interface MatrixColumn {
  readonly label: string;
  readonly hue: Hue;
  /** Small print below the column. */
  readonly foot?: string;
}

/** One cell of a {@link ThemeMatrix}; those that are left out are empty. */
export interface MatrixCell {
  readonly row: number;
  readonly column: number;
  readonly n: number;
  /** Share of the row, 0 to 1: the shade. */
  readonly share: number;
  readonly isOutlined: boolean;
}

/** Counts of rows by themes. */
export interface ThemeMatrix {
  readonly rows: readonly MatrixRow[];
  readonly columns: readonly MatrixColumn[];
  readonly cells: readonly MatrixCell[];
  readonly rowTitle: string;
  readonly sideTitle: string;
  /** Name of the small print below the columns. */
  readonly footTitle?: string;
  /** Width of the labels of rows. */
  readonly labelWidth: number;
}

/** Room for the bars in the right margin. */
const SIDE = 78, BAR = 30;
const ROW = 22, MOST_WIDE = 44, LABEL_SIZE = 11, COUNT_SIZE = 10.5, FOOT = 20;
const CHIP = 5, SLANT = Math.SQRT1_2;

/** Height of the panel of {@link matrixPanel}. */
export function matrixHeight(matrix: ThemeMatrix): number {
  const foot = matrix.footTitle === undefined ? 4 : FOOT;
  return headHeight(matrix) + matrix.rows.length * ROW + foot;
}

/** Room that the slanted names of the columns take. */
function headHeight({ columns }: ThemeMatrix): number {
  const widest = columns.reduce((most, { label }) => Math.max(most, textWidth(label, 11)), 0);
  return Math.ceil(widest * SLANT + 8) + CHIP + 10;
}

/**
 * Rows by themes as shaded cells with their counts, the themes' names slanted above their columns.
 *
 * @param top Where the panel begins within the body.
 */
export function matrixPanel(matrix: ThemeMatrix, top: number): FigurePanel {
  const { rows, columns, labelWidth } = matrix;
  const head = headHeight(matrix), height = matrixHeight(matrix);
  const wide = Math.min((BODY_WIDTH - labelWidth - SIDE) / Math.max(columns.length, 1), MOST_WIDE);
  const right = columns.length * wide, bottom = rows.length * ROW;
  return {
    left: 0,
    top,
    width: BODY_WIDTH,
    height,
    plot: {
      marginTop: head,
      marginBottom: height - head - bottom,
      marginLeft: labelWidth,
      marginRight: 0,
      x: { axis: null, domain: [0, BODY_WIDTH - labelWidth] },
      y: { axis: null, domain: [bottom, 0] },
      color: { type: "identity" },
      marks: [
        ...grid(matrix, wide, { right, bottom }),
        ...cells(matrix, wide),
        ...heads(matrix, wide),
        ...labels(matrix),
        ...sides(matrix, right),
        ...feet(matrix, wide, bottom),
      ],
    },
  };
}

/** Cells without a count are white, those of rows without any count grey. */
function grid(
  { rows, columns }: ThemeMatrix,
  wide: number,
  { right, bottom }: { right: number; bottom: number },
): Plot.Markish[] {
  const empty = rows.flatMap(({ size }, row) => size === 0 ? [row] : []);
  return [
    Plot.rect(empty, {
      x1: 0,
      x2: right,
      y1: (row: number) => row * ROW,
      y2: (row: number) => (row + 1) * ROW,
      fill: MISSING_FILL,
    }),
    Plot.link([
      ...columns.map((_, k) => ({ x1: k * wide, x2: k * wide, y1: 0, y2: bottom })),
      ...rows.map((_, row) => ({ x1: 0, x2: right, y1: row * ROW, y2: row * ROW })),
    ], { x1: "x1", x2: "x2", y1: "y1", y2: "y2", stroke: GRID, strokeWidth: 0.75 }),
    Plot.rect([0], { x1: 0, x2: right, y1: 0, y2: bottom, stroke: AXIS }),
  ];
}

function cells({ cells }: ThemeMatrix, wide: number): Plot.Markish[] {
  const drawn = cells.filter(({ n }) => n > 0);
  const box = {
    x1: ({ column }: MatrixCell) => column * wide,
    x2: ({ column }: MatrixCell) => (column + 1) * wide,
    y1: ({ row }: MatrixCell) => row * ROW,
    y2: ({ row }: MatrixCell) => (row + 1) * ROW,
  };
  const inks = Map.groupBy(drawn, ({ share }) => textColourOn(sequentialColour(share)));
  return [
    Plot.rect(drawn, {
      ...box,
      inset: 0.5,
      fill: ({ share }: MatrixCell) => sequentialColour(share),
    }),
    Plot.rect(cells.filter(({ isOutlined }) => isOutlined), {
      ...box,
      inset: 1.25,
      stroke: INK,
      strokeWidth: 1.75,
    }),
    ...Array.from(inks, ([fill, group]) =>
      placedWords(
        group.map(({ row, column, n }) => ({
          x: (column + 0.5) * wide,
          y: (row + 0.5) * ROW,
          text: shortCount(n),
        })),
        { anchor: "middle", size: COUNT_SIZE, fill },
      )).flat(),
  ];
}

/** A count of at most four characters: "947", "1.2k", "38k". */
function shortCount(n: number): string {
  return n < 1000 ? countText(n) : `${n < 9950 ? (n / 1000).toFixed(1) : Math.round(n / 1000)}k`;
}

function heads({ columns }: ThemeMatrix, wide: number): Plot.Markish[] {
  return [
    Plot.rect(columns.map((column, k) => ({ ...column, k })), {
      x1: ({ k }: { k: number }) => k * wide,
      x2: ({ k }: { k: number }) => (k + 1) * wide,
      y1: -CHIP - 1,
      y2: -1,
      insetLeft: 1,
      insetRight: 1,
      fill: ({ hue }: MatrixColumn) => hue.fill,
    }),
    Plot.text(columns, {
      x: (_: MatrixColumn, k: number) => (k + 0.5) * wide,
      y: -CHIP - 7,
      text: "label",
      rotate: -45,
      textAnchor: "start",
      fontSize: LABEL_SIZE,
      fill: ({ hue }: MatrixColumn) => hue.text,
    }),
  ];
}

function labels({ rows, rowTitle, labelWidth }: ThemeMatrix): Plot.Markish[] {
  const sizeRoom = 8 + rows.reduce(
    (most, { size }) => Math.max(most, textWidth(countText(size), LABEL_SIZE)),
    0,
  );
  const chips = rows.flatMap(({ hue }, row) => hue === undefined ? [] : [{ hue, row }]);
  const indent = chips.length === 0 ? 0 : 15;
  const middle = (row: number) => (row + 0.5) * ROW;
  return [
    Plot.rect(chips, {
      x1: -labelWidth,
      x2: -labelWidth + 10,
      y1: ({ row }: { row: number }) => middle(row) - 5,
      y2: ({ row }: { row: number }) => middle(row) + 5,
      fill: ({ hue }: { hue: Hue }) => hue.fill,
    }),
    ...placedWords(
      rows.map(({ label }, row) => ({
        x: indent - labelWidth,
        y: middle(row),
        text: shortText(label, labelWidth - indent - sizeRoom - 8, LABEL_SIZE),
      })),
      { anchor: "start", size: LABEL_SIZE, fill: INK },
    ),
    ...placedWords(
      rows.map(({ size }, row) => ({ x: -8, y: middle(row), text: countText(size) })),
      { anchor: "end", size: LABEL_SIZE, fill: MUTED },
    ),
    ...placedWords([{
      x: -labelWidth,
      y: -CHIP - 6,
      text: shortText(rowTitle, labelWidth - 8, 11),
    }], {
      anchor: "start",
      size: LABEL_SIZE,
      fill: MUTED,
    }),
  ];
}

function sides({ rows, sideTitle }: ThemeMatrix, right: number): Plot.Markish[] {
  const drawn = rows.map((row, k) => ({ ...row, k }));
  type Drawn = typeof drawn[number];
  const known = drawn.filter(({ side }) => !Number.isNaN(side));
  const place = {
    x1: right + 8,
    y1: ({ k }: Drawn) => (k + 0.5) * ROW - 4,
    y2: ({ k }: Drawn) => (k + 0.5) * ROW + 4,
  };
  return [
    Plot.rect(known, { ...place, x2: right + 8 + BAR, fill: GRID, fillOpacity: 0.6 }),
    Plot.rect(known.filter(({ side }) => side > 0), {
      ...place,
      x2: ({ side }: Drawn) => right + 8 + BAR * side,
      fill: ({ stands }: Drawn) => stands ? MUTED : "#ffffff",
      stroke: MUTED,
    }),
    ...placedWords(
      drawn.map(({ sideText, k }) => ({ x: right + SIDE, y: (k + 0.5) * ROW, text: sideText })),
      { anchor: "end", size: LABEL_SIZE, fill: INK },
    ),
    ...placedWords([{ x: right + SIDE, y: -CHIP - 6, text: sideTitle }], {
      anchor: "end",
      size: LABEL_SIZE,
      fill: MUTED,
    }),
  ];
}

function feet(
  { columns, footTitle, labelWidth }: ThemeMatrix,
  wide: number,
  bottom: number,
): Plot.Markish[] {
  if (footTitle === undefined) return [];
  const y = bottom + 12;
  return [
    ...placedWords(columns.map(({ foot = "" }, k) => ({ x: (k + 0.5) * wide, y, text: foot })), {
      anchor: "middle",
      size: COUNT_SIZE,
      fill: INK,
    }),
    ...placedWords([{ x: -labelWidth, y, text: footTitle }], {
      anchor: "start",
      size: LABEL_SIZE,
      fill: MUTED,
    }),
  ];
}
