import type * as Plot from "@observablehq/plot";
import { MUTED } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { textWidth } from "./text_width.ts";

/** A column of numbers beside a chart's rows. */
export interface NumberColumn {
  /** Two lines; the first may be empty. */
  readonly heading: readonly [string, string];
  /** A number for each row. */
  readonly texts: readonly string[];
}

const SIZE = 12, HEADING_SIZE = 11, GAP = 16;

/** Width that each column takes with the gap before it. */
function widths(columns: readonly NumberColumn[]): number[] {
  return columns.map(({ heading, texts }) =>
    GAP + Math.max(
      ...heading.map((line) => textWidth(line, HEADING_SIZE)),
      ...texts.map((text) => textWidth(text, SIZE)),
    )
  );
}

/** Width of all columns. */
export function numberColumnsWidth(columns: readonly NumberColumn[]): number {
  return widths(columns).reduce((sum, width) => sum + width, 0);
}

/**
 * Columns of numbers, each aligned to its right end, the last ending at `right`.
 *
 * @param rows Middle of each row and the colour of its numbers; headings stand above 0.
 */
export function numberColumns(
  columns: readonly NumberColumn[],
  rows: readonly { readonly y: number; readonly fill: string }[],
  right: number,
): Plot.Markish[] {
  const wide = widths(columns);
  return columns.flatMap(({ heading, texts }, k) => {
    const x = right - wide.slice(k + 1).reduce((sum, width) => sum + width, 0);
    const cells = rows.map(({ y, fill }, row) => ({ x, y, fill, text: texts[row]! }));
    return [
      ...placedWords(heading.map((text, line) => ({ x, y: 14 * line - 26, text })), {
        anchor: "end",
        size: HEADING_SIZE,
        fill: MUTED,
      }),
      ...Array.from(
        Map.groupBy(cells, ({ fill }) => fill),
        ([fill, group]) => placedWords(group, { anchor: "end", size: SIZE, fill }),
      ).flat(),
    ];
  });
}
