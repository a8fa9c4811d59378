import type * as Plot from "@observablehq/plot";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";

/**
 * A panel whose marks are placed in user units, from its top left corner down.
 *
 * For charts made of rows, cells or cards, where the place of a mark is a matter of layout.
 */
export function pixelPanel(
  { left = 0, top = 0, width = BODY_WIDTH, height }: {
    left?: number;
    top?: number;
    width?: number;
    height: number;
  },
  marks: readonly Plot.Markish[],
): FigurePanel {
  return {
    left,
    top,
    width,
    height,
    plot: {
      margin: 0,
      x: { axis: null, domain: [0, width] },
      y: { axis: null, domain: [height, 0] },
      color: { type: "identity" },
      marks: [...marks],
    },
  };
}
