import * as Plot from "@observablehq/plot";
import { hatching } from "./correlation_legend.ts";
import { divergingBar } from "./diverging_bar.ts";
import { INK, MISSING_FILL } from "./palette.ts";
import { decimalText } from "./value_ticks.ts";

/** Colours always go from −2 to 2, the range of a single outcome's scores. */
export const EXPOSURE_REACH = 2;

const STEPS = 48, BAR = 190, TOP = 8, THICK = 11, WORDS_AT = BAR + 24, SWATCH_AT = BAR + 122;

/** The colours of exposures from −2 to 2, and the look of what is missing. */
export function exposureLegend(width: number, height: number): Plot.PlotOptions {
  const swatch = { x: SWATCH_AT, y: TOP, side: THICK };
  const words = (text: string, x: number) =>
    Plot.text([text], {
      x,
      y: TOP + THICK / 2,
      text: (line: string) => line,
      textAnchor: "start",
      fontSize: 11,
      fill: INK,
    });
  return {
    marginTop: 0,
    marginBottom: 0,
    marginLeft: 10,
    marginRight: 0,
    x: { axis: null, domain: [0, width - 10] },
    y: { axis: null, domain: [height, 0] },
    color: { type: "identity" },
    marks: [
      ...divergingBar({
        ...{ width: BAR, top: TOP, height: THICK, steps: STEPS, textGap: 10 },
        ...{ reach: EXPOSURE_REACH, ticks: [-2, -1, 0, 1, 2], text: (x) => decimalText(x, 0) },
      }),
      words("− falls, + rises", WORDS_AT),
      Plot.rect([swatch], {
        x1: swatch.x,
        x2: swatch.x + swatch.side,
        y1: swatch.y,
        y2: swatch.y + swatch.side,
        fill: MISSING_FILL,
      }),
      hatching({ ...swatch, nLines: 5 }),
      words("unknown", swatch.x + swatch.side + 5),
    ],
  };
}
