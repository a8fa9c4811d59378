import * as Plot from "@observablehq/plot";
import { hatchedArea } from "./hatched_area.ts";
import { AXIS, INK, MUTED } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { shortText } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";

/** What one band or line is called, and its numbers. */
export interface EndRow {
  readonly name: string;
  /** Colour of its swatch. */
  readonly fill: string;
  /** Colour of the lines that hatch it; null where none do. */
  readonly hatch: string | null;
  /** Where it ends at the right edge of the plot, user units; NaN where it is not there. */
  readonly y: number;
  /** One for each heading. */
  readonly texts: readonly string[];
}

const LINE = 17, SIZE = 11, LEADER = 20, SWATCH = 10, GAP = 10;

/** Height that `nRows` need. */
export function endTableHeight(nRows: number): number {
  return nRows * LINE;
}

/**
 * Direct labels of bands at their right ends, as a table in their order, each led to by a line.
 *
 * @param rows From the top down: a row's `y` is no smaller than that of the one above.
 * @param place Right edge of the plot, first and last height that a row may have, and the right
 * edge of the table, user units.
 */
export function endTable(
  rows: readonly EndRow[],
  headings: readonly string[],
  place: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  },
): Plot.Markish[] {
  const { left, right } = place;
  const heights = spread(rows.map(({ y }) => y), place);
  const drawn = rows.map((row, k) => ({ ...row, at: heights[k]! }));
  type Drawn = typeof drawn[number];
  const swatch = {
    x1: left + LEADER,
    x2: left + LEADER + SWATCH,
    y1: ({ at }: Drawn) => at - SWATCH / 2,
    y2: ({ at }: Drawn) => at + SWATCH / 2,
  };
  const widths = headings.map((heading, column) =>
    GAP + Math.max(
      textWidth(heading, SIZE),
      ...rows.map(({ texts }) => textWidth(texts[column] ?? "", SIZE)),
    )
  );
  const ends = widths.map((_, column) =>
    right - widths.slice(column + 1).reduce((sum, width) => sum + width, 0)
  );
  const names = left + LEADER + SWATCH + 6;
  const room = (ends[0] ?? right) - (widths[0] ?? 0) - names;
  return [
    Plot.link(drawn.filter(({ y }) => !Number.isNaN(y)), {
      x1: left + 2,
      x2: left + LEADER - 3,
      y1: "y",
      y2: "at",
      stroke: AXIS,
      strokeWidth: 0.75,
    }),
    Plot.rect(drawn, { ...swatch, fill: "fill", stroke: AXIS, strokeWidth: 0.75 }),
    ...drawn.flatMap(({ at, hatch }) => {
      const { x1, x2 } = swatch;
      return hatch === null
        ? []
        : hatchedArea([{ x1, x2, y1: at - SWATCH / 2, y2: at + SWATCH / 2 }], hatch);
    }),
    ...[false, true].flatMap((isThere) => {
      const group = drawn.filter(({ y }) => Number.isNaN(y) !== isThere);
      const fill = isThere ? INK : MUTED;
      return [
        ...placedWords(
          group.map(({ name, at }) => ({ x: names, y: at, text: shortText(name, room, SIZE) })),
          { anchor: "start", size: SIZE, fill },
        ),
        ...placedWords(
          group.flatMap(({ texts, at }) =>
            texts.map((text, column) => ({ x: ends[column]!, y: at, text }))
          ),
          { anchor: "end", size: SIZE, fill },
        ),
      ];
    }),
    ...placedWords(
      headings.map((text, column) => ({
        x: ends[column]!,
        y: (heights[0] ?? place.top) - LINE - 1,
        text,
      })),
      { anchor: "end", size: SIZE, fill: MUTED },
    ),
  ];
}

/** Heights near those wanted, in their order, a line apart and within the place. */
function spread(
  wanted: readonly number[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
): number[] {
  let above = top - LINE, last = top;
  const down = wanted.map((y) => {
    last = Number.isNaN(y) ? last : y;
    return above = Math.max(last, above + LINE);
  });
  let below = bottom + LINE;
  return down.reverse().map((y) => below = Math.min(y, below - LINE)).reverse();
}
