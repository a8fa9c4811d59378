import * as Plot from "@observablehq/plot";
import { AXIS, divergingColour, MUTED } from "./palette.ts";

/** Where a bar of the diverging colours lies, and what is written below it. */
export interface DivergingBar {
  /** From its left end at 0, px. */
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly steps: number;
  /** Value at the right end; the left end has its negative. */
  readonly reach: number;
  readonly ticks: readonly number[];
  /** Text of a tick. */
  readonly text: (value: number) => string;
  /** From the bar's lower edge to the middle of the texts, px. */
  readonly textGap: number;
}

/** The colours from −reach to reach with their values, in pixels of a plot without scales. */
export function divergingBar(bar: DivergingBar): Plot.Markish[] {
  const { width, top, height, steps, reach } = bar;
  return [
    Plot.rect(Array.from({ length: steps }, (_, i) => i), {
      x1: (i: number) => i / steps * width,
      x2: (i: number) => (i + 1) / steps * width,
      y1: top,
      y2: top + height,
      fill: (i: number) => divergingColour(2 * (i + 0.5) / steps - 1),
      // neighbours overlap by a hair, so that no light shows between them
      insetRight: -0.4,
    }),
    Plot.rect([0], { x1: 0, x2: width, y1: top, y2: top + height, stroke: AXIS }),
    Plot.text(bar.ticks, {
      x: (value: number) => (value + reach) / (2 * reach) * width,
      y: top + height + bar.textGap,
      text: bar.text,
      fontSize: 11,
      fill: MUTED,
    }),
  ];
}
