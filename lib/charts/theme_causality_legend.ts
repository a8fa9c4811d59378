import * as Plot from "@observablehq/plot";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { hatchedArea } from "./hatched_area.ts";
import { AXIS, INK, MISSING_FILL, MUTED } from "./palette.ts";
import { placedWords } from "./placed_words.ts";
import { textWidth } from "./text_width.ts";
import { pColour } from "./theme_causality_plot.ts";

/** Height of {@link causalityLegend}. */
export const CAUSALITY_LEGEND_HEIGHT = 44;

const SIZE = 11, BAR = 170, STEPS = 34, MIDDLE = 10, TALL = 5.5, BOX = 16;
const TICKS = [[1, "1"], [0.1, "0.1"], [0.01, "0.01"], [0.001, "0.001"], [1e-4, "0.0001"]] as const;

/**
 * The shades of p-values, and what a filled and an empty mark mean.
 *
 * @param dot Words of the filled mark. @param ring Words of the empty one.
 */
export function causalityLegend(dot: string, ring: string): FigurePanel {
  const from = textWidth("p of F", SIZE) + 10, after = from + BAR + 36;
  const second = after + 12 + textWidth(dot, SIZE) + 22;
  const box = second + 12 + textWidth(ring, SIZE) + 22;
  const unknown = { x1: box, x2: box + BOX, y1: MIDDLE - TALL, y2: MIDDLE + TALL };
  return {
    left: 0,
    top: 0,
    width: BODY_WIDTH,
    height: CAUSALITY_LEGEND_HEIGHT,
    plot: {
      margin: 0,
      x: { axis: null, domain: [0, BODY_WIDTH] },
      y: { axis: null, domain: [CAUSALITY_LEGEND_HEIGHT, 0] },
      color: { type: "identity" },
      marks: [
        Plot.rect(Array.from({ length: STEPS }, (_, i) => i), {
          x1: (i: number) => from + i / STEPS * BAR,
          x2: (i: number) => from + (i + 1) / STEPS * BAR,
          y1: MIDDLE - TALL,
          y2: MIDDLE + TALL,
          fill: (i: number) => pColour(10 ** (-4 * (i + 0.5) / STEPS)),
          // neighbours overlap by a hair, so that no light shows between them
          insetRight: -0.4,
        }),
        Plot.rect([0], {
          x1: from,
          x2: from + BAR,
          y1: MIDDLE - TALL,
          y2: MIDDLE + TALL,
          stroke: AXIS,
        }),
        ...placedWords(
          TICKS.map(([p, text]) => ({
            x: from + Math.log10(p) / -4 * BAR,
            y: MIDDLE + TALL + 10,
            text,
          })),
          { anchor: "middle", size: SIZE, fill: MUTED },
        ),
        Plot.dot([after, second], {
          x: (x: number) => x,
          y: MIDDLE,
          r: 4.5,
          fill: (x: number) => x === after ? INK : "none",
          stroke: INK,
          strokeWidth: 1.75,
        }),
        Plot.rect([unknown], { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: MISSING_FILL }),
        ...hatchedArea([unknown]),
        ...placedWords([
          { x: 0, y: MIDDLE, text: "p of F" },
          { x: after + 12, y: MIDDLE, text: dot },
          { x: second + 12, y: MIDDLE, text: ring },
          { x: box + BOX + 6, y: MIDDLE, text: "not tested" },
        ], { anchor: "start", size: SIZE, fill: INK }),
      ],
    },
  };
}
