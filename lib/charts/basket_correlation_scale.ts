import * as Plot from "@observablehq/plot";
import { divergingBar } from "./diverging_bar.ts";
import type { FigurePanel } from "./figure.ts";
import { hatchedArea } from "./hatched_area.ts";
import { INK, MISSING_FILL, MUTED } from "./palette.ts";
import { pixelPanel } from "./pixel_panel.ts";
import { placedWords } from "./placed_words.ts";
import { decimalText } from "./value_ticks.ts";

const WIDTH = 330, LEFT = 14, BAR = 30, BAR_HEIGHT = 11, WORDS = LEFT + WIDTH + 40;

/** The colours of correlations from −1 to 1, and on them a mean, its interval and its limit. */
export function correlationEvidence(
  { top, height }: { readonly top: number; readonly height: number },
  { mean, low, high, limit }: {
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly limit: number;
  },
): FigurePanel {
  const x = (rho: number) => (rho + 1) / 2 * WIDTH;
  const bar = divergingBar({
    ...{ width: WIDTH, top: BAR, height: BAR_HEIGHT, steps: 60, reach: 1, textGap: 11 },
    ticks: [-1, -0.5, 0, 0.5, 1],
    text: (rho) => String(rho).replace("-", "−"),
  });
  const hasInterval = !Number.isNaN(low + high);
  const right = WORDS - LEFT, swatch = { x1: right, x2: right + 12, y1: 45, y2: 57 };
  return {
    ...pixelPanel({ left: LEFT, top, width: 780 - LEFT, height }, [
      ...bar,
      Plot.link([0], {
        ...{ x1: x(limit), x2: x(limit), y1: 12, y2: BAR + BAR_HEIGHT },
        ...{ stroke: INK, strokeDasharray: "3 2", strokeWidth: 1.5 },
      }),
      ...(hasInterval
        ? [
          Plot.link([0], {
            ...{ x1: x(low), x2: x(high), y1: 22, y2: 22, stroke: INK, strokeWidth: 2 },
          }),
        ]
        : []),
      Plot.dot([0], { x: x(mean), y: 22, r: 4, fill: INK }),
      Plot.dot([0], { x: right + 6, y: 14, r: 4, fill: INK }),
      Plot.link([0], {
        ...{ x1: right, x2: right + 12, y1: 14, y2: 14, stroke: INK, strokeWidth: 2 },
      }),
      Plot.link([0], {
        ...{ x1: right + 6, x2: right + 6, y1: 26, y2: 39 },
        ...{ stroke: INK, strokeDasharray: "3 2", strokeWidth: 1.5 },
      }),
      Plot.rect([0], { ...swatch, fill: MISSING_FILL }),
      ...hatchedArea([swatch]),
      ...placedWords([
        {
          ...{ x: right + 20, y: 14 },
          text: `mean over pairs ${decimalText(mean, 2)}, ${
            hasInterval
              ? `95% interval ${decimalText(low, 2)} to ${decimalText(high, 2)}`
              : "interval not measured"
          }`,
        },
        { x: right + 20, y: 32.5, text: `limit ${limit}` },
        { x: right + 20, y: 51, text: "unknown: too few common days" },
      ], { anchor: "start", size: 11, fill: INK }),
      ...placedWords([{ x: 0, y: 6, text: "Correlation ρ" }], {
        ...{ anchor: "start", size: 11, fill: MUTED },
      }),
    ]),
  };
}
