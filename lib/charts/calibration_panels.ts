import * as Plot from "@observablehq/plot";
import { countText } from "../core/number_text.ts";
import { axisTitle } from "./axis_title.ts";
import type { CalibrationBin } from "./confidence_calibration.ts";
import { countScale } from "./count_scale.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, HUES, INK, MUTED, NULL_FILL, NULL_TEXT, sequentialColour } from "./palette.ts";
import { textWidth } from "./text_width.ts";

/** A bin with what a calibrated classifier gives there by chance; NaN in an empty bin. */
export interface DrawnBin extends CalibrationBin {
  readonly chanceLow: number;
  readonly chanceHigh: number;
  /** Whether the accuracy lies outside of that. */
  readonly stands: boolean;
}

const MARGIN = { marginLeft: 48, marginRight: 20 };
const WIDE = BODY_WIDTH - MARGIN.marginLeft - MARGIN.marginRight;
const COUNTS = 140, SIZE = 11;
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Accuracy by confidence above, how many events have each confidence below, on one axis. */
export function calibrationPanels(
  bins: readonly DrawnBin[],
  top: number,
  height: number,
): FigurePanel[] {
  const filled = bins.filter(({ n }) => n > 0);
  const domain = axisOf(filled);
  const whole = { left: 0, width: BODY_WIDTH };
  return [
    { ...whole, top, height: height - COUNTS, plot: accuracyPlot(filled, domain) },
    { ...whole, top: top + height - COUNTS, height: COUNTS, plot: countPlot(filled, domain) },
  ];
}

/** From the lowest confidence seen, in fifths, to 1: a classifier rarely answers below a half. */
function axisOf(filled: readonly DrawnBin[]): readonly [number, number] {
  const low = filled[0]?.from ?? 0;
  return [SHARES.findLast((share) => share <= Math.min(low, 0.8) + 1e-9) ?? 0, 1];
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function accuracyPlot(
  filled: readonly DrawnBin[],
  domain: readonly [number, number],
): Plot.PlotOptions {
  const colour = ({ stands }: DrawnBin) => stands ? HUES[0].fill : MUTED;
  return {
    ...MARGIN,
    marginTop: 38,
    marginBottom: 10,
    x: { axis: null, domain: [...domain] },
    y: { domain: [0, 1], ticks: SHARES, tickFormat: percent, tickSize: 0, label: null },
    color: { type: "identity" },
    marks: [
      axisTitle("Events with the right theme, share of the bin", MARGIN.marginLeft),
      Plot.gridY(SHARES, { stroke: GRID, strokeOpacity: 1 }),
      Plot.rect(filled, {
        x1: "from",
        x2: "to",
        y1: "chanceLow",
        y2: "chanceHigh",
        insetLeft: 2,
        insetRight: 2,
        // a band of one value stays visible
        insetTop: -1,
        insetBottom: -1,
        fill: NULL_FILL,
      }),
      Plot.line([[domain[0], domain[0]], [1, 1]], { stroke: NULL_TEXT, strokeWidth: 1.5 }),
      Plot.ruleY([0], { stroke: AXIS }),
      Plot.link(filled, {
        x1: "meanConfidence",
        x2: "meanConfidence",
        y1: "low",
        y2: "high",
        stroke: colour,
        strokeWidth: 2,
      }),
      Plot.dot(filled, {
        x: "meanConfidence",
        y: "accuracy",
        r: 4.5,
        fill: (bin: DrawnBin) => bin.stands ? HUES[0].fill : "#ffffff",
        stroke: colour,
        strokeWidth: 1.75,
      }),
    ],
  };
}

function countPlot(
  filled: readonly DrawnBin[],
  domain: readonly [number, number],
): Plot.PlotOptions {
  const marginTop = 44, marginBottom = 40;
  const scale = countScale(filled.map(({ n }) => n), 3 * (COUNTS - marginTop - marginBottom));
  const most = filled.reduce((most, { n }) => Math.max(most, n), 1);
  const perUnit = WIDE / (domain[1] - domain[0]);
  const labelled = filled.filter(({ from, to, n }) =>
    textWidth(countText(n), SIZE) + 2 <= (to - from) * perUnit
  );
  // counts that have no room above their bars are read off an axis
  const countTicks = labelled.length === filled.length
    ? []
    : [scale.ticks[0]!, ...scale.ticks.slice(1).slice(-1)];
  const step = domain[0] < 0.5 ? 0.1 : 0.05;
  const ticks = Array.from(
    { length: Math.round((1 - domain[0]) / step) + 1 },
    (_, k) => Number((domain[0] + k * step).toFixed(2)),
  );
  const titled = scale.isLog ? "Events in the bin, log scale" : "Events in the bin";
  return {
    ...MARGIN,
    marginTop,
    marginBottom,
    x: {
      domain: [...domain],
      ticks,
      tickFormat: percent,
      label: "Stated confidence",
      labelAnchor: "center",
      labelArrow: false,
      labelOffset: 38,
      tickSize: 4,
    },
    y: { axis: null, domain: [...scale.domain] },
    color: { type: "identity" },
    marks: [
      Plot.text([titled], {
        text: (words: string) => words,
        frameAnchor: "top-left",
        lineAnchor: "bottom",
        dx: 6 - MARGIN.marginLeft,
        dy: -20,
        fontSize: 12,
        fill: INK,
      }),
      Plot.link(countTicks, {
        x1: domain[0],
        x2: domain[1],
        y1: scale.place,
        y2: scale.place,
        stroke: GRID,
      }),
      Plot.text(countTicks, {
        x: domain[0],
        y: scale.place,
        text: countText,
        textAnchor: "end",
        dx: -4,
        fontSize: SIZE,
        fill: INK,
      }),
      Plot.rect(filled, {
        x1: "from",
        x2: "to",
        y1: scale.domain[0],
        y2: ({ n }: DrawnBin) => scale.place(n),
        insetLeft: 2,
        insetRight: 2,
        fill: ({ n }: DrawnBin) =>
          sequentialColour(
            0.25 + 0.5 * (scale.place(n) - scale.domain[0]) / (scale.place(most) - scale.domain[0]),
          ),
      }),
      Plot.ruleY([scale.domain[0]], { stroke: AXIS }),
      Plot.text(labelled, {
        x: ({ from, to }: DrawnBin) => (from + to) / 2,
        y: ({ n }: DrawnBin) => scale.place(n),
        text: ({ n }: DrawnBin) => countText(n),
        dy: -9,
        fontSize: SIZE,
        fill: MUTED,
        stroke: "#ffffff",
        strokeWidth: 4,
      }),
    ],
  };
}
