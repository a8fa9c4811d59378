import * as Plot from "@observablehq/plot";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { INK, NULL_FILL, NULL_TEXT } from "./palette.ts";
import { cleanText } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";

/** A mark of a chart and what it means. */
export interface KeyEntry {
  readonly mark: "band" | "tick" | "dot" | "ring" | "line" | "interval" | "cross";
  readonly words: string;
  /** Colour of the mark; the null's grey where it is left out. */
  readonly colour?: string;
}

/** Height of one line of a key, user units. */
export const KEY_HEIGHT = 22;

const SIZE = 11, SWATCH = 18, GAP = 18, MIDDLE = 9;

/** What the marks of a chart mean, in one line above it; entries that do not fit are an error. */
export function keyLine(entries: readonly KeyEntry[]): FigurePanel {
  let left = 0;
  const placed = entries.map((entry) => {
    const x = left, words = cleanText(entry.words);
    left += SWATCH + 6 + textWidth(words, SIZE) + GAP;
    return { ...entry, x, words };
  });
  if (left - GAP > BODY_WIDTH) {
    throw new RangeError(
      `Cannot draw a key as it must fit into ${BODY_WIDTH} units: got ${Math.ceil(left - GAP)}`,
    );
  }
  type Placed = typeof placed[number];
  const of = (...marks: KeyEntry["mark"][]) => placed.filter((entry) => marks.includes(entry.mark));
  const colour = (entry: Placed) => entry.colour ?? NULL_TEXT;
  const centre = (entry: Placed) => entry.x + SWATCH / 2;
  return {
    left: 0,
    top: 0,
    width: BODY_WIDTH,
    height: KEY_HEIGHT,
    plot: {
      margin: 0,
      x: { axis: null, domain: [0, BODY_WIDTH] },
      y: { axis: null, domain: [KEY_HEIGHT, 0] },
      color: { type: "identity" },
      marks: [
        Plot.rect(of("band"), {
          x1: "x",
          x2: (entry: Placed) => entry.x + SWATCH,
          y1: MIDDLE - 5,
          y2: MIDDLE + 5,
          fill: (entry: Placed) => entry.colour ?? NULL_FILL,
        }),
        Plot.link(of("line", "interval"), {
          x1: (entry: Placed) => entry.x,
          x2: (entry: Placed) => entry.x + SWATCH,
          y1: MIDDLE,
          y2: MIDDLE,
          stroke: colour,
          strokeWidth: 2,
        }),
        Plot.link(of("tick"), {
          x1: centre,
          x2: centre,
          y1: MIDDLE - 6,
          y2: MIDDLE + 6,
          stroke: colour,
          strokeWidth: 2,
        }),
        Plot.dot(of("dot", "interval"), { x: centre, y: MIDDLE, r: 4.5, fill: colour }),
        Plot.dot(of("ring"), {
          x: centre,
          y: MIDDLE,
          r: 4,
          fill: "#ffffff",
          stroke: colour,
          strokeWidth: 1.75,
        }),
        Plot.dot(of("cross"), {
          x: centre,
          y: MIDDLE,
          r: 4,
          symbol: "times",
          stroke: colour,
          strokeWidth: 1.75,
        }),
        Plot.text(placed, {
          x: (entry: Placed) => entry.x + SWATCH + 6,
          y: MIDDLE,
          text: "words",
          textAnchor: "start",
          fontSize: SIZE,
          fill: INK,
        }),
      ],
    },
  };
}
