import * as Plot from "@observablehq/plot";
import { AXIS, divergingColour, INK, MISSING_FILL, MUTED, NULL_FILL } from "./palette.ts";

const BAR_WIDTH = 250, BAR_TOP = 28, BAR_HEIGHT = 11;
const STEPS = 52;
const WORDS_AT = 272;

/**
 * The colours of correlations from −1 to 1, with the range of noise and the look of unknown pairs.
 *
 * @param p95Abs 95th percentile of |ρ| of shifted pairs; NaN leaves the range of noise out.
 */
export function correlationLegend(
  width: number,
  height: number,
  p95Abs: number,
): Plot.PlotOptions {
  const place = (r: number) => (r + 1) / 2 * BAR_WIDTH;
  const hasNull = p95Abs >= 0 && p95Abs <= 1;
  const steps = Array.from({ length: STEPS }, (_, i) => i);
  const swatch = { x: WORDS_AT, y: 45, side: 11 };
  return {
    marginLeft: 12,
    marginRight: 0,
    marginTop: 0,
    marginBottom: 0,
    x: { axis: null, domain: [0, width - 12] },
    y: { axis: null, domain: [height, 0] },
    color: { type: "identity" },
    marks: [
      Plot.rect(steps, {
        x1: (i: number) => i / STEPS * BAR_WIDTH,
        x2: (i: number) => (i + 1) / STEPS * BAR_WIDTH,
        y1: BAR_TOP,
        y2: BAR_TOP + BAR_HEIGHT,
        fill: (i: number) => divergingColour(2 * (i + 0.5) / STEPS - 1),
        // neighbours overlap by a hair, so that no light shows between them
        insetRight: -0.4,
      }),
      Plot.rect([0], {
        x1: 0,
        x2: BAR_WIDTH,
        y1: BAR_TOP,
        y2: BAR_TOP + BAR_HEIGHT,
        stroke: AXIS,
      }),
      Plot.text([-1, -0.5, 0, 0.5, 1], {
        x: place,
        y: BAR_TOP + BAR_HEIGHT + 11,
        text: (r: number) => String(r).replace("-", "−"),
        fontSize: 11,
        fill: MUTED,
      }),
      Plot.text(["Correlation ρ"], {
        x: WORDS_AT,
        y: 34,
        text: (words: string) => words,
        textAnchor: "start",
        fontSize: 11,
        fill: INK,
      }),
      ...(hasNull
        ? [
          Plot.line(
            [[-p95Abs, 25], [-p95Abs, 19], [p95Abs, 19], [p95Abs, 25]].map((
              [r, y],
            ) => [place(r!), y]),
            { stroke: MUTED, strokeWidth: 1.5, strokeLinejoin: "miter" },
          ),
          Plot.text([`95% of pairs of shifted moves: within ±${p95Abs.toFixed(2)}`], {
            x: WORDS_AT,
            y: 18,
            text: (words: string) => words,
            textAnchor: "start",
            fontSize: 11,
            fill: MUTED,
          }),
        ]
        : []),
      Plot.rect([swatch], {
        x1: swatch.x,
        x2: swatch.x + swatch.side,
        y1: swatch.y,
        y2: swatch.y + swatch.side,
        fill: MISSING_FILL,
      }),
      hatching({ ...swatch, nLines: 5 }),
      Plot.text(["unknown"], {
        x: swatch.x + swatch.side + 6,
        y: swatch.y + swatch.side / 2,
        text: (words: string) => words,
        textAnchor: "start",
        fontSize: 11,
        fill: MUTED,
      }),
    ],
  };
}

/** Slanted lines over a square, as one path: the look of what is missing. */
export function hatching(
  { x, y, side, nLines }: { x: number; y: number; side: number; nLines: number },
): Plot.Markish {
  const points: [number, number][] = [];
  for (let i = 0; i < nLines; ++i) {
    const sum = 2 * side * (i + 0.5) / nLines;
    const far = Math.min(sum, side), near = sum - far;
    points.push([x + near, y + far], [x + far, y + near], [NaN, NaN]);
  }
  return Plot.line(points, { stroke: NULL_FILL, strokeWidth: 0.75 });
}
