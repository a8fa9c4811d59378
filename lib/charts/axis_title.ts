import * as Plot from "@observablehq/plot";
import { INK } from "./palette.ts";

/**
 * Title of a vertical axis: level text above the frame, where no reader must turn the head.
 *
 * @param text What is measured, with its unit.
 * @param marginLeft Left margin of the plot; the title starts a little inside its left edge.
 */
export function axisTitle(text: string, marginLeft: number): Plot.Markish {
  return Plot.text([text], {
    text: (words: string) => words,
    frameAnchor: "top-left",
    lineAnchor: "bottom",
    dx: 6 - marginLeft,
    dy: -11,
    fontSize: 12,
    fill: INK,
  });
}
