import * as Plot from "@observablehq/plot";
import { nullQuantiles } from "../core/null_percentile.ts";
import { divergingBar } from "./diverging_bar.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, divergingColour, GRID, HUES, INK, MUTED } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { cleanText, shortText, textLines } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";
import { UNCATEGORIZED_HUE } from "./theme_hues.ts";
import { decimalText, valueTicks } from "./value_ticks.ts";

/** One column of the map. */
export interface LoadingFactor {
  readonly symbol: string;
  /** Group of `config/factors.yaml`; factors of one group stand together. */
  readonly group: string;
}

/** One contract. */
export interface LoadingRow {
  readonly marketId: string;
  /** Untrusted. */
  readonly title: string;
  /** Name of its theme's hue; `null` without a theme. */
  readonly hue: string | null;
  /** K loadings. */
  readonly beta: Float64Array;
  /** K verdicts: 1 where the loading survives. */
  readonly isDiscovery: Uint8Array;
  /** Least q of its loadings; NaN where none is known. */
  readonly leastQ: number;
}

/** Height of {@link loadingLegend}. */
export const LEGEND_HEIGHT = 44;

const NAMES = 252, ROW = 17, LINE = 13, SIZE = 11, SMALL = 10.5, CHIP = 8, GROUP_LINE = 13;
const CELLS = BODY_WIDTH - NAMES;
/** Share of the surviving loadings whose colour is not the last one. */
const COLOURED = 0.95;

/** Height of {@link loadingCells}. */
export function loadingsHeight(
  factors: readonly LoadingFactor[],
  rows: readonly LoadingRow[],
): number {
  return headHeight(factors) + rowEdges(rows).at(-1)! + 4;
}

/** A title in one line, or in two where contracts of one event would look alike if it were cut. */
function titleLines({ title }: LoadingRow): string[] {
  return textLines(title, { width: NAMES - CHIP - 14, size: SIZE, maxLines: 2 });
}

/** Tops of the rows below the head, and the bottom of the last. */
function rowEdges(rows: readonly LoadingRow[]): number[] {
  const edges = [0];
  for (const row of rows) edges.push(edges.at(-1)! + ROW + LINE * (titleLines(row).length - 1));
  return edges;
}

/** The colours with their values. */
export function loadingLegend(rows: readonly LoadingRow[], width: number): FigurePanel {
  const reach = reachOf(rows), bar = 220;
  const { ticks, text } = valueTicks(-reach, reach, 5);
  return {
    ...{ left: 0, top: 0, width, height: LEGEND_HEIGHT },
    plot: {
      ...{ marginTop: 0, marginBottom: 0, marginLeft: 18, marginRight: 0 },
      x: { axis: null, domain: [0, width - 18] },
      y: { axis: null, domain: [LEGEND_HEIGHT, 0] },
      color: { type: "identity" },
      marks: [
        ...divergingBar({
          ...{ width: bar, top: 6, height: 11, steps: 48, reach, text, textGap: 10 },
          ticks: ticks.filter((tick) => Math.abs(tick) <= reach * (1 + 1e-9)),
        }),
        ...placedWords(
          [{
            x: bar + 30,
            y: 11.5,
            text: "− falls, + rises with the factor; blank: does not survive",
          }],
          { anchor: "start", size: SIZE, fill: INK },
        ),
      ],
    },
  };
}

/** Names of the contracts, and a square for every loading that survives. */
export function loadingCells(
  given: readonly LoadingFactor[],
  rows: readonly LoadingRow[],
  { top }: { readonly top: number },
): FigurePanel[] {
  const order = groupedOrder(given), factors = order.map((f) => given[f]!);
  const head = headHeight(given), height = loadingsHeight(given, rows);
  const step = CELLS / factors.length, reach = reachOf(rows);
  const cells = rows.flatMap(({ beta, isDiscovery }, row) =>
    order.flatMap((f, column) =>
      isDiscovery[f] === 1
        ? [{ row, column, fill: divergingColour(Math.max(-1, Math.min(1, beta[f]! / reach))) }]
        : []
    )
  );
  const edges = rowEdges(rows), y = (row: number) => head + edges[row]!;
  const middle = (row: number) => (y(row) + y(row + 1)) / 2;
  const bottom = y(rows.length);
  type Cell = typeof cells[number];
  const square = {
    x1: ({ column }: Cell) => column * step,
    x2: ({ column }: Cell) => (column + 1) * step,
    y1: ({ row }: Cell) => y(row),
    y2: ({ row }: Cell) => y(row + 1),
  };
  const starts = factors.flatMap(({ group }, f) => group === factors[f - 1]?.group ? [] : [f]);
  const plot = {
    ...{ marginLeft: 0, marginRight: 0, marginTop: 0, marginBottom: 0 },
    y: { axis: null, domain: [height, 0] as [number, number] },
    color: { type: "identity" as const },
  };
  const grid = (list: readonly number[], stroke: string, at: { x: boolean }) =>
    Plot.link(list, {
      ...(at.x
        ? { x1: (f: number) => f * step, x2: (f: number) => f * step, y1: head, y2: bottom }
        : { x1: 0, x2: CELLS, y1: y, y2: y }),
      stroke,
    });
  const names = {
    ...{ left: 0, top, width: NAMES, height },
    plot: {
      ...plot,
      x: { axis: null, domain: [0, NAMES] as [number, number] },
      marks: [
        Plot.rect(rows, {
          x1: 0,
          x2: CHIP,
          y1: (_: LoadingRow, k: number) => middle(k) - CHIP / 2,
          y2: (_: LoadingRow, k: number) => middle(k) + CHIP / 2,
          fill: ({ hue }: LoadingRow) => hueOf(hue),
        }),
        ...placedWords(
          rows.flatMap((row, k) =>
            titleLines(row).map((text, line, { length }) => ({
              x: CHIP + 6,
              y: middle(k) + LINE * (line - (length - 1) / 2),
              text,
            }))
          ),
          { anchor: "start", size: SIZE, fill: INK },
        ),
      ],
    },
  };
  const matrix = {
    ...{ left: NAMES, top, width: CELLS, height },
    plot: {
      ...plot,
      x: { axis: null, domain: [0, CELLS] as [number, number] },
      marks: [
        Plot.rect(cells, { ...square, fill: "fill" }),
        grid([...factors.keys()].slice(1), GRID, { x: true }),
        grid([...rows.keys()].slice(1), GRID, { x: false }),
        grid([...starts, factors.length], AXIS, { x: true }),
        grid([0, rows.length], AXIS, { x: false }),
        // a loading near 0 is nearly white, and still survives
        Plot.rect(cells, {
          ...square,
          ...{ fill: "none", stroke: MUTED, strokeWidth: 0.75, inset: 0.5 },
        }),
        ...symbols(factors, { step, head }),
        ...groupNames(factors, step),
      ],
    },
  };
  return [names, matrix];
}

/** Places of the factors, those of one group together, groups by their first. */
function groupedOrder(factors: readonly LoadingFactor[]): number[] {
  const groups = Map.groupBy(factors.keys(), (f) => factors[f]!.group);
  return [...groups.values()].flat();
}

function symbols(
  factors: readonly LoadingFactor[],
  { step, head }: { readonly step: number; readonly head: number },
): Plot.Markish[] {
  const isLevel = areLevel(factors);
  return [
    Plot.text(factors.map(symbolText), {
      x: (_: string, f: number) => (f + 0.5) * step,
      y: head - 6,
      text: (symbol: string) => symbol,
      ...(isLevel
        ? { textAnchor: "middle", lineAnchor: "bottom" }
        : { textAnchor: "start", lineAnchor: "middle", rotate: -90 }),
      fontSize: SMALL,
      fill: INK,
    }),
  ];
}

/** A group of neighbouring columns, from one on to another, with its name in lines. */
interface GroupSpan {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The groups with room for their names: neighbours that are too narrow for theirs are one. */
function groupSpans(factors: readonly LoadingFactor[], step: number): GroupSpan[] {
  const joined: GroupSpan[] = [];
  const isTight = ({ from, to, text }: GroupSpan) =>
    textWidth(text, SMALL) > (to - from) * step - 4;
  for (const [f, { group }] of factors.entries()) {
    const last = joined.at(-1), text = cleanText(group);
    if (last !== undefined && group === factors[f - 1]!.group) {
      joined[joined.length - 1] = { ...last, to: f + 1 };
    } else joined.push({ from: f, to: f + 1, text });
  }
  for (let g = 1; g < joined.length;) {
    const before = joined[g - 1]!, own = joined[g]!;
    if (isTight(before) || isTight(own)) {
      const text = `${before.text}\u00a0· ${own.text}`;
      joined.splice(g - 1, 2, { from: before.from, to: own.to, text });
    } else ++g;
  }
  return joined;
}

function groupNames(factors: readonly LoadingFactor[], step: number): Plot.Markish[] {
  const spans = groupSpans(factors, step), bottom = groupHeight(factors);
  const words = spans.flatMap((span) => {
    const lines = groupLines(span, step);
    return lines.map((text, k) => ({
      x: (span.from + span.to) / 2 * step,
      y: bottom - 8 - (lines.length - 1 - k) * GROUP_LINE,
      text,
    }));
  });
  return [
    ...placedWords(words, { anchor: "middle", size: SMALL, fill: MUTED }),
    Plot.link(spans, {
      x1: ({ from }: GroupSpan) => from * step + 2,
      x2: ({ to }: GroupSpan) => to * step - 2,
      y1: bottom,
      y2: bottom,
      stroke: AXIS,
    }),
  ];
}

function groupLines({ from, to, text }: GroupSpan, step: number): string[] {
  return textLines(text, { width: (to - from) * step - 4, size: SMALL, maxLines: 2 });
}

function groupHeight(given: readonly LoadingFactor[]): number {
  const step = CELLS / given.length, factors = groupedOrder(given).map((f) => given[f]!);
  const most = Math.max(...groupSpans(factors, step).map((span) => groupLines(span, step).length));
  return most * GROUP_LINE + 2;
}

function headHeight(factors: readonly LoadingFactor[]): number {
  const widest = Math.max(...factors.map((one) => textWidth(symbolText(one), SMALL)));
  return groupHeight(factors) + (areLevel(factors) ? SMALL + 10 : Math.ceil(widest) + 12);
}

function areLevel(factors: readonly LoadingFactor[]): boolean {
  const step = CELLS / factors.length;
  return factors.every((one) => textWidth(symbolText(one), SMALL) <= step - 4);
}

function symbolText({ symbol }: LoadingFactor): string {
  return shortText(symbol, 80, SMALL);
}

/** Loading at the ends of the colours. */
function reachOf(rows: readonly LoadingRow[]): number {
  const sizes = rows.flatMap(({ beta, isDiscovery }) =>
    Array.from(beta).filter((_, f) => isDiscovery[f] === 1).map(Math.abs)
  );
  const [most] = nullQuantiles(sizes, [COLOURED]);
  return most! > 0 ? Number(decimalText(most!, 12)) : 1;
}

function hueOf(name: string | null): string {
  return (HUES.find((hue) => hue.name === name) ?? UNCATEGORIZED_HUE).fill;
}
