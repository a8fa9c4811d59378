import * as Plot from "@observablehq/plot";
import { divergingBar } from "./diverging_bar.ts";
import { INK, MISSING_FILL, MUTED, NULL_FILL } from "./palette.ts";

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
      ...divergingBar({
        ...{ width: BAR_WIDTH, top: BAR_TOP, height: BAR_HEIGHT, steps: STEPS, textGap: 11 },
        ...{ reach: 1, ticks: [-1, -0.5, 0, 0.5, 1] },
        text: (r) => String(r).replace("-", "−"),
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
