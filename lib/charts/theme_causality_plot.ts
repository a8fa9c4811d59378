import * as Plot from "@observablehq/plot";
import type { CausalityDirection } from "../factors/theme_causality.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { hatchedArea } from "./hatched_area.ts";
import { AXIS, GRID, INK, MISSING_FILL, sequentialColour } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { shortText } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";
import { type ChartTheme, themeHue, themeShort } from "./theme_hues.ts";

/** One test as a cell of its direction's matrix. */
export interface CausalityCell {
  readonly row: number;
  readonly column: number;
  readonly direction: CausalityDirection;
  /** NaN is hatched. */
  readonly pValue: number;
  readonly mark: "dot" | "ring" | null;
}

/** Two matrices of the same themes by the same assets. */
export interface CausalityMatrices {
  readonly themes: readonly ChartTheme[];
  readonly symbols: readonly string[];
  readonly cells: readonly CausalityCell[];
}

const LABELS = 132, GAP = 22, ROW = 24, MOST_WIDE = 40, SIZE = 11, TITLE = 22;
const SYMBOL_ROOM = 86;
/** p at and below which the shade is the darkest. */
const LEAST_P = 1e-4;

/** Colour of a p-value: white at 1, darkest at 0.0001, even steps in its logarithm. */
export function pColour(p: number): string {
  return sequentialColour(Math.log10(Math.max(p, LEAST_P)) / Math.log10(LEAST_P));
}

/** White or ink, for a mark that must show on the shade of a p-value. */
function markColour(p: number): string {
  return p < 0.03 ? "#ffffff" : INK;
}

/** Height of both matrices with their heads. */
export function causalityHeight(themes: readonly ChartTheme[], symbols: readonly string[]): number {
  return headHeight(symbols) + themes.length * ROW + 6;
}

function headHeight(symbols: readonly string[]): number {
  const widest = symbols.reduce(
    (most, symbol) => Math.max(most, textWidth(shown(symbol), SIZE)),
    0,
  );
  return TITLE + Math.ceil(widest * Math.SQRT1_2) + 16;
}

function shown(symbol: string): string {
  return shortText(symbol, SYMBOL_ROOM, SIZE);
}

/**
 * The matrix of themes that lead on the left, that of assets that lead on the right, one column of names.
 *
 * @param top Where the panels begin within the body.
 */
export function causalityPanels(matrices: CausalityMatrices, top: number): FigurePanel[] {
  const { themes, symbols } = matrices;
  // the last slanted name of either matrix climbs beyond its column
  const room = (BODY_WIDTH - LABELS - 2 * GAP - SYMBOL_ROOM * Math.SQRT1_2) / 2;
  const wide = Math.min(room / symbols.length, MOST_WIDE), across = wide * symbols.length;
  const second = LABELS + Math.max(across, MOST_TITLE) + 2 * GAP;
  const head = headHeight(symbols), height = causalityHeight(themes, symbols);
  const bottom = themes.length * ROW;
  const halves = [
    { direction: "theme leads" as const, left: LABELS, title: "Theme leads asset" },
    { direction: "asset leads" as const, left: second, title: "Asset leads theme" },
  ];
  return [{
    left: 0,
    top,
    width: BODY_WIDTH,
    height,
    plot: {
      marginTop: head,
      marginBottom: height - head - bottom,
      marginLeft: 0,
      marginRight: 0,
      x: { axis: null, domain: [0, BODY_WIDTH] },
      y: { axis: null, domain: [bottom, 0] },
      color: { type: "identity" },
      marks: [
        ...names(themes),
        ...halves.flatMap(({ direction, left, title }) => [
          ...placedWords([{ x: left, y: TITLE / 2 - head, text: title }], {
            anchor: "start",
            size: 12,
            fill: INK,
            weight: 600,
          }),
          Plot.text(symbols, {
            x: (_: string, a: number) => left + (a + 0.5) * wide,
            y: -7,
            text: shown,
            rotate: -45,
            textAnchor: "start",
            fontSize: SIZE,
            fill: INK,
          }),
          ...half(matrices, { direction, left, wide }),
        ]),
      ],
    },
  }];
}

const MOST_TITLE = textWidth("Theme leads asset", 12, 600);

function names(themes: readonly ChartTheme[]): Plot.Markish[] {
  return [
    Plot.rect(themes, {
      x1: 0,
      x2: 10,
      y1: (_: ChartTheme, k: number) => (k + 0.5) * ROW - 5,
      y2: (_: ChartTheme, k: number) => (k + 0.5) * ROW + 5,
      fill: (theme: ChartTheme) => themeHue(theme).fill,
    }),
    ...placedWords(
      themes.map((theme, k) => ({
        x: 16,
        y: (k + 0.5) * ROW,
        text: shortText(themeShort(theme), LABELS - 24, SIZE),
      })),
      { anchor: "start", size: SIZE, fill: INK },
    ),
  ];
}

function half(
  { themes, symbols, cells }: CausalityMatrices,
  { direction, left, wide }: { direction: CausalityDirection; left: number; wide: number },
): Plot.Markish[] {
  const own = cells.filter((cell) => cell.direction === direction);
  const unknown = own.filter(({ pValue }) => Number.isNaN(pValue));
  const right = left + symbols.length * wide, bottom = themes.length * ROW;
  const box = {
    x1: ({ column }: CausalityCell) => left + column * wide,
    x2: ({ column }: CausalityCell) => left + (column + 1) * wide,
    y1: ({ row }: CausalityCell) => row * ROW,
    y2: ({ row }: CausalityCell) => (row + 1) * ROW,
  };
  const marked = (mark: "dot" | "ring") =>
    Plot.dot(own.filter((cell) => cell.mark === mark), {
      x: ({ column }: CausalityCell) => left + (column + 0.5) * wide,
      y: ({ row }: CausalityCell) => (row + 0.5) * ROW,
      r: 4.5,
      fill: mark === "ring" ? "none" : ({ pValue }: CausalityCell) => markColour(pValue),
      stroke: ({ pValue }: CausalityCell) => markColour(pValue),
      strokeWidth: 1.75,
    });
  return [
    Plot.rect(own, {
      ...box,
      fill: ({ pValue }: CausalityCell) => Number.isNaN(pValue) ? MISSING_FILL : pColour(pValue),
    }),
    ...hatchedArea(unknown.map((cell) => ({
      x1: box.x1(cell),
      x2: box.x2(cell),
      y1: box.y1(cell),
      y2: box.y2(cell),
    }))),
    Plot.link([
      ...symbols.map((_, a) => ({ x1: left + a * wide, x2: left + a * wide, y1: 0, y2: bottom })),
      ...themes.map((_, k) => ({ x1: left, x2: right, y1: k * ROW, y2: k * ROW })),
    ], { x1: "x1", x2: "x2", y1: "y1", y2: "y2", stroke: GRID, strokeWidth: 0.75 }),
    Plot.rect([0], { x1: left, x2: right, y1: 0, y2: bottom, stroke: AXIS }),
    marked("dot"),
    marked("ring"),
  ];
}
