import * as Plot from "@observablehq/plot";
import { axisTitle } from "./axis_title.ts";
import { dateAxis, dateTicks } from "./date_ticks.ts";
import { drawnDays } from "./drawn_days.ts";
import { END_LABEL_HEIGHT, type EndLabel, endLabels, endLabelsWidth } from "./end_labels.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { OTHER_HUE } from "./method_hues.ts";
import type { MethodNav, MethodNavs } from "./method_nav.ts";
import { AXIS, GRID, type Hue, INK, MUTED, NULL_FILL, NULL_TEXT } from "./palette.ts";
import { decimalText, type ValueTicks, valueTicks } from "./value_ticks.ts";

/** A method's value with its colour. */
export interface DrawnNav extends MethodNav {
  readonly hue: Hue;
}

const LEFT = 52, TOP = 30, BOTTOM = 28, LEAST_HEIGHT = 350, MOST_POINTS = 400;

/**
 * Lines of values over the band of random portfolios, each with its name and last value.
 *
 * @param drawn Methods, those in front last.
 * @returns The panel, and the days from one drawn day to the next.
 */
export function methodNavPanel(
  data: MethodNavs,
  drawn: readonly DrawnNav[],
  top: number,
): { readonly panel: FigurePanel; readonly step: number } {
  const { days } = data;
  const { indexes, step } = drawnDays(days.length, MOST_POINTS);
  const labels = labelsOf(data, drawn);
  const marginRight = endLabelsWidth(labels) + 4;
  const height = Math.max(LEAST_HEIGHT, labels.length * END_LABEL_HEIGHT);
  const scale = valueScale(data, drawn, indexes);
  const [low, high] = [scale.ticks[0]!, scale.ticks.at(-1)!];
  const last = days.at(-1)!, first = Math.min(days[0]!, last - 1);
  const perPixel = (last - first) / (BODY_WIDTH - LEFT - marginRight);
  const ticks = dateTicks(days[0]!, last, Math.floor((BODY_WIDTH - LEFT - marginRight) / 78));
  const plot: Plot.PlotOptions = {
    marginLeft: LEFT,
    marginRight,
    marginTop: TOP,
    marginBottom: BOTTOM,
    x: dateAxis([first, last], ticks),
    y: {
      domain: [low, high],
      ticks: [...scale.ticks],
      tickFormat: scale.text,
      tickSize: 0,
      label: null,
    },
    color: { type: "identity" },
    marks: [
      axisTitle("Value, 100 at the start", LEFT),
      Plot.gridY([...scale.ticks], { stroke: GRID, strokeOpacity: 1 }),
      ...bandMarks(data, indexes),
      Plot.ruleY([100], { stroke: AXIS }),
      ...drawn.flatMap((method) => lineMarks(days, method, indexes)),
      line(days, data.cash, indexes, { stroke: INK, strokeWidth: 1.75, strokeDasharray: "1 3" }),
      ...(data.tbill === null ? [] : [
        line(days, data.tbill, indexes, { stroke: INK, strokeWidth: 1.25, strokeDasharray: "5 3" }),
      ]),
      ownHighs(last, drawn),
      ...endLabels(labels, { right: last, perPixel, low, high, height }),
    ],
  };
  return {
    panel: { left: 0, top, width: BODY_WIDTH, height: TOP + height + BOTTOM, plot },
    step,
  };
}

function labelsOf(
  { cash, tbill, band }: MethodNavs,
  drawn: readonly DrawnNav[],
): EndLabel[] {
  const label = (name: string, values: Float64Array, fill: string, isBold = false): EndLabel => ({
    end: values.at(-1)!,
    value: decimalText(values.at(-1)!, 1),
    name,
    fill,
    isBold,
  });
  return [
    ...drawn.toReversed().map(({ name, nav, hue }) =>
      label(name, nav, hue.text, hue !== OTHER_HUE)
    ),
    label("Cash", cash, INK),
    ...(tbill === null ? [] : [label("T-bills", tbill, INK)]),
    ...(band === null ? [] : [
      label("Random, 95%", band.high, MUTED),
      label("Random, median", band.mid, MUTED),
    ]),
  ].filter(({ end }) => !Number.isNaN(end));
}

function valueScale(
  { cash, tbill, band }: MethodNavs,
  drawn: readonly DrawnNav[],
  indexes: readonly number[],
): ValueTicks {
  let low = 99, high = 101;
  const lines = [...drawn.map(({ nav }) => nav), cash, tbill, band?.low, band?.high];
  for (const { randomHigh } of drawn) {
    high = Number.isNaN(randomHigh) ? high : Math.max(high, randomHigh);
  }
  for (const values of lines) {
    for (const i of values ? indexes : []) {
      const value = values![i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return valueTicks(low, high, 9);
}

function bandMarks({ days, band }: MethodNavs, indexes: readonly number[]): Plot.Markish[] {
  if (band === null) return [];
  return [
    Plot.areaY(indexes, {
      x: (i: number) => days[i],
      y1: (i: number) => band.low[i],
      y2: (i: number) => band.high[i],
      fill: NULL_FILL,
      fillOpacity: 0.6,
    }),
    line(days, band.mid, indexes, { stroke: NULL_TEXT, strokeWidth: 1.5 }),
  ];
}

/** A method’s line and a dot at its end, which shows a replay of one day. */
function lineMarks(
  days: Int32Array,
  { nav, hue }: DrawnNav,
  indexes: readonly number[],
): Plot.Markish[] {
  const isMain = hue !== OTHER_HUE;
  const end = Number.isNaN(nav.at(-1)!) ? [] : [nav.length - 1];
  return [
    line(days, nav, indexes, { stroke: hue.fill, strokeWidth: isMain ? 2 : 1 }),
    Plot.dot(end, {
      x: (i: number) => days[i],
      y: (i: number) => nav[i],
      r: isMain ? 3 : 2,
      fill: hue.fill,
    }),
  ];
}

/** Rings at the right edge where 95% of each method’s own random portfolios end below. */
function ownHighs(last: number, drawn: readonly DrawnNav[]): Plot.Markish {
  return Plot.dot(drawn.filter(({ randomHigh }) => !Number.isNaN(randomHigh)), {
    x: () => last,
    y: "randomHigh",
    r: 3,
    fill: "#ffffff",
    stroke: ({ hue }: DrawnNav) => hue.fill,
    strokeWidth: 1.5,
  });
}

function line(
  days: Int32Array,
  values: Float64Array,
  indexes: readonly number[],
  look: { stroke: string; strokeWidth: number; strokeDasharray?: string },
): Plot.Markish {
  return Plot.lineY(indexes, {
    x: (i: number) => days[i],
    y: (i: number) => values[i],
    ...look,
  });
}
