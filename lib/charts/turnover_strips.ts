import * as Plot from "@observablehq/plot";
import { countOf, shareText } from "../core/number_text.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { numberColumns, numberColumnsWidth } from "./number_columns.ts";
import { AXIS, GRID, HUES, INK, MUTED } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { shortText } from "./text_lines.ts";
import type { TurnoverSpan } from "./turnover.ts";
import { decimalText, valueTicks } from "./value_ticks.ts";

/** One method's turnover, month by month or trade by trade. */
export interface TurnoverStrip {
  readonly key: string;
  readonly name: string;
  /** Known shares one way, ascending. */
  readonly sortedTurnover: Float64Array;
  /** NaN where there is none. */
  readonly median: number;
  /** Share of the value a year; NaN where unknown. */
  readonly costPerYear: number;
}

/** Dots that a chart of 300 kB has room for. */
export const MOST_DOTS = 1800;

const LABEL = 216, TOP = 44, BOTTOM = 44, ROW = 34, RADIUS = 3;

/** A strip of dots a method, with the two limits as lines and numbers beside it. */
export function turnoverPanel(
  rows: readonly TurnoverStrip[],
  { target, unstable, by, top }: {
    target: number;
    unstable: number;
    by: TurnoverSpan;
    top: number;
  },
): FigurePanel {
  const columns = [
    {
      heading: ["Median", "turnover"] as const,
      texts: rows.map(({ median }) => Number.isNaN(median) ? "–" : shareText(median)),
    },
    {
      heading: ["Cost, %", "a year"] as const,
      texts: rows.map(({ costPerYear }) =>
        Number.isNaN(costPerYear) ? "–" : decimalText(100 * costPerYear, 2)
      ),
    },
  ];
  const right = BODY_WIDTH - LABEL;
  const strip = right - numberColumnsWidth(columns) - 12;
  const reach = Math.max(
    1.4 * unstable,
    ...rows.map(({ sortedTurnover }) => sortedTurnover.at(-1) ?? 0),
  );
  const { ticks, text } = valueTicks(0, 100 * reach, 8);
  const at = (share: number) => 100 * share / ticks.at(-1)! * strip;
  const height = rows.length * ROW;
  const middle = (row: number) => (row + 0.5) * ROW;
  const perRow = Math.floor(MOST_DOTS / rows.length);
  const dots = rows.flatMap(({ sortedTurnover }, row) =>
    spacedQuantiles(sortedTurnover, perRow).map((share) => ({ x: at(share), y: middle(row) }))
  );
  const medians = rows.map(({ median }, row) => ({ x: at(median), y: middle(row) }))
    .filter(({ x }) => !Number.isNaN(x));
  const limits = [
    { x: at(target), text: `target ${decimalText(100 * target, 0)}%`, dash: "4 3" },
    { x: at(unstable), text: `unstable ${decimalText(100 * unstable, 0)}%`, dash: "none" },
  ];
  const limitWord = (k: number, anchor: "start" | "end") =>
    placedWords([{ x: limits[k]!.x, y: -12, text: limits[k]!.text }], {
      anchor,
      size: 11,
      fill: INK,
    });
  return {
    left: 0,
    top,
    width: BODY_WIDTH,
    height: TOP + height + BOTTOM,
    plot: {
      marginLeft: LABEL,
      marginRight: 0,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: { axis: null, domain: [0, right] },
      y: { axis: null, domain: [height, 0] },
      color: { type: "identity" },
      marks: [
        Plot.link(ticks, {
          x1: (tick: number) => at(tick / 100),
          x2: (tick: number) => at(tick / 100),
          y1: 0,
          y2: height,
          stroke: GRID,
        }),
        ...placedWords(
          ticks.map((tick) => ({ x: at(tick / 100), y: height + 13, text: `${text(tick)}%` })),
          { anchor: "middle", size: 11, fill: MUTED },
        ),
        ...placedWords([{ x: 0, y: height + 32, text: `Turnover one way a ${by}` }], {
          anchor: "start",
          size: 11,
          fill: INK,
        }),
        Plot.ruleX([0], { stroke: AXIS }),
        ...limits.map(({ x, dash }) =>
          Plot.link([0], {
            x1: x,
            x2: x,
            y1: -5,
            y2: height,
            stroke: INK,
            strokeWidth: 1.25,
            strokeDasharray: dash,
          })
        ),
        ...limitWord(0, "end"),
        ...limitWord(1, "start"),
        Plot.link(medians, {
          x1: "x",
          x2: "x",
          y1: ({ y }: { y: number }) => y - 10,
          y2: ({ y }: { y: number }) => y + 10,
          stroke: INK,
          strokeWidth: 2.5,
        }),
        Plot.dot(dots, { x: "x", y: "y", r: RADIUS, fill: HUES[0].fill, fillOpacity: 0.35 }),
        ...names(rows, middle, by),
        ...numberColumns(columns, rows.map((_, row) => ({ y: middle(row), fill: INK })), right),
      ],
    },
  };
}

function names(
  rows: readonly TurnoverStrip[],
  middle: (row: number) => number,
  by: TurnoverSpan,
): Plot.Markish[] {
  const line = (dy: number, text: (row: TurnoverStrip) => string) =>
    rows.map((row, k) => ({ x: -12, y: middle(k) + dy, text: text(row) }));
  return [
    ...placedWords(line(-7, ({ name }) => shortText(name, LABEL - 16, 12, 600)), {
      anchor: "end",
      size: 12,
      fill: INK,
      weight: 600,
    }),
    ...placedWords(
      line(
        8,
        ({ sortedTurnover }) =>
          sortedTurnover.length === 0
            ? "no trade after the first"
            : countOf(sortedTurnover.length, by),
      ),
      { anchor: "end", size: 10.5, fill: MUTED },
    ),
  ];
}

/** At most `most` of ascending values, evenly spaced by rank, the first and last among them. */
function spacedQuantiles(sorted: Float64Array, most: number): number[] {
  if (sorted.length <= most) return [...sorted];
  return Array.from(
    { length: most },
    (_, k) => sorted[Math.round(k * (sorted.length - 1) / (most - 1))]!,
  );
}
