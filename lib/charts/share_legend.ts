import * as Plot from "@observablehq/plot";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { placedWords } from "./placed_words.ts";
import { AXIS, INK, MUTED, sequentialColour } from "./palette.ts";
import { textWidth } from "./text_width.ts";

/** Height of {@link shareLegend}. */
export const SHARE_LEGEND_HEIGHT = 24;

const SIZE = 11, STEPS = 30, BAR_WIDTH = 120, MIDDLE = 11, TALL = 5, GAP = 8;

/**
 * The shades of shares from 0 to 100%, and what an outline means, in one line.
 *
 * @param words What the shade shows. @param outline What an outlined cell means.
 */
export function shareLegend(words: string, outline: string, top: number): FigurePanel {
  const bar = textWidth(words, SIZE) + GAP + textWidth("0%", SIZE) + GAP;
  const hundred = bar + BAR_WIDTH + GAP;
  const box = hundred + textWidth("100%", SIZE) + 28;
  const line = (x: number, text: string) => ({ x, y: MIDDLE, text });
  return {
    left: 0,
    top,
    width: BODY_WIDTH,
    height: SHARE_LEGEND_HEIGHT,
    plot: {
      margin: 0,
      x: { axis: null, domain: [0, BODY_WIDTH] },
      y: { axis: null, domain: [SHARE_LEGEND_HEIGHT, 0] },
      color: { type: "identity" },
      marks: [
        Plot.rect(Array.from({ length: STEPS }, (_, i) => i), {
          x1: (i: number) => bar + i / STEPS * BAR_WIDTH,
          x2: (i: number) => bar + (i + 1) / STEPS * BAR_WIDTH,
          y1: MIDDLE - TALL,
          y2: MIDDLE + TALL,
          fill: (i: number) => sequentialColour((i + 0.5) / STEPS),
          // neighbours overlap by a hair, so that no light shows between them
          insetRight: -0.4,
        }),
        Plot.rect([0], {
          x1: bar,
          x2: bar + BAR_WIDTH,
          y1: MIDDLE - TALL,
          y2: MIDDLE + TALL,
          stroke: AXIS,
        }),
        Plot.rect([0], {
          x1: box,
          x2: box + 18,
          y1: MIDDLE - 6,
          y2: MIDDLE + 6,
          stroke: INK,
          strokeWidth: 1.75,
        }),
        ...placedWords([line(0, words), line(box + 26, outline)], {
          anchor: "start",
          size: SIZE,
          fill: INK,
        }),
        ...placedWords([line(bar - GAP - textWidth("0%", SIZE), "0%"), line(hundred, "100%")], {
          anchor: "start",
          size: SIZE,
          fill: MUTED,
        }),
      ],
    },
  };
}
