import * as Plot from "@observablehq/plot";
import { countText } from "../core/number_text.ts";
import { axisTitle } from "./axis_title.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import type { LongshotPoint } from "./longshot_curve.ts";
import { AXIS, GRID, HUES, INK, MISSING_FILL, MUTED, NULL_FILL, NULL_TEXT } from "./palette.ts";
import { textWidth } from "./text_width.ts";

const MARGIN = { marginLeft: 48, marginRight: 20 };
const WIDE = BODY_WIDTH - MARGIN.marginLeft - MARGIN.marginRight;
const COUNTS = 104, SIZE = 11;
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** Half the width of a band, as a price. */
const BAND = 0.012;

/** The share that paid by price above, how many events each bin has below, on one axis. */
export function longshotPanels(
  bins: readonly LongshotPoint[],
  top: number,
  height: number,
): FigurePanel[] {
  const whole = { left: 0, width: BODY_WIDTH };
  return [
    { ...whole, top, height: height - COUNTS, plot: sharePlot(bins) },
    { ...whole, top: top + height - COUNTS, height: COUNTS, plot: countPlot(bins) },
  ];
}

function sharePlot(bins: readonly LongshotPoint[]): Plot.PlotOptions {
  const isOff = ({ meanPrice, low, high }: LongshotPoint) => meanPrice < low || meanPrice > high;
  const colour = (bin: LongshotPoint) => isOff(bin) ? HUES[0].fill : MUTED;
  return {
    ...MARGIN,
    marginTop: 38,
    marginBottom: 24,
    x: {
      ...{ domain: [0, 1], ticks: SHARES, tickFormat: cents, label: null, tickSize: 0 },
    },
    y: { domain: [0, 1], ticks: SHARES, tickFormat: percent, tickSize: 0, label: null },
    color: { type: "identity" },
    marks: [
      axisTitle("Share that paid", MARGIN.marginLeft),
      Plot.gridY(SHARES, { stroke: GRID, strokeOpacity: 1 }),
      Plot.gridX(SHARES, { stroke: GRID, strokeOpacity: 1 }),
      Plot.rect(bins, {
        x1: ({ meanPrice }: LongshotPoint) => Math.max(meanPrice - BAND, 0),
        x2: ({ meanPrice }: LongshotPoint) => Math.min(meanPrice + BAND, 1),
        y1: "fairLow",
        y2: "fairHigh",
        // a band of one value stays visible
        insetTop: -1,
        insetBottom: -1,
        fill: NULL_FILL,
      }),
      Plot.line([[0, 0], [1, 1]], { stroke: NULL_TEXT, strokeWidth: 1.5 }),
      Plot.ruleY([0], { stroke: AXIS }),
      Plot.link(bins, {
        x1: "meanPrice",
        x2: "meanPrice",
        y1: "low",
        y2: "high",
        stroke: colour,
        strokeWidth: 2,
      }),
      Plot.dot(bins, {
        x: "meanPrice",
        y: "paidShare",
        r: 4.5,
        fill: (bin: LongshotPoint) => isOff(bin) ? HUES[0].fill : "#ffffff",
        stroke: colour,
        strokeWidth: 1.75,
      }),
    ],
  };
}

/** The bins as boxes with their counts, on edges that say where each begins and ends. */
function countPlot(bins: readonly LongshotPoint[]): Plot.PlotOptions {
  const edges = [...new Set(bins.flatMap(({ priceLow, priceHigh }) => [priceLow, priceHigh]))];
  const fits = ({ priceLow, priceHigh, nEvents }: LongshotPoint) =>
    textWidth(countText(nEvents), SIZE) + 1 <= (priceHigh - priceLow) * WIDE;
  return {
    ...MARGIN,
    marginTop: 34,
    marginBottom: 44,
    x: {
      ...{ domain: [0, 1], ticks: edges, tickFormat: cents, tickSize: 4 },
      ...{ label: "Price a week before (bins), price on the day (dots)", labelAnchor: "center" },
      ...{ labelArrow: false, labelOffset: 40 },
    },
    y: { axis: null, domain: [0, 1] },
    color: { type: "identity" },
    marks: [
      Plot.text(["Events in the bin"], {
        text: (words: string) => words,
        ...{ frameAnchor: "top-left", lineAnchor: "bottom", dx: 6 - MARGIN.marginLeft, dy: -9 },
        ...{ fontSize: 12, fill: INK },
      }),
      Plot.rect(bins, {
        ...{ x1: "priceLow", x2: "priceHigh", y1: 0, y2: 1, insetLeft: 1, insetRight: 1 },
        fill: MISSING_FILL,
      }),
      Plot.text(bins.filter(fits), {
        x: ({ priceLow, priceHigh }: LongshotPoint) => (priceLow + priceHigh) / 2,
        y: 0.5,
        text: ({ nEvents }: LongshotPoint) => countText(nEvents),
        fontSize: SIZE,
        fill: INK,
      }),
    ],
  };
}

function cents(price: number): string {
  return `${Math.round(100 * price)}¢`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
