import * as Plot from "@observablehq/plot";
import { axisTitle } from "./axis_title.ts";
import type { ClusterCountCurve } from "./cluster_count.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, HUES, INK, MISSING_FILL, MUTED, NULL_FILL, NULL_TEXT } from "./palette.ts";
import { shortText } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";
import { decimalText, type ValueTicks, valueTicks } from "./value_ticks.ts";

const MARGIN = { marginLeft: 56, marginRight: 20 };

interface Point {
  readonly k: number;
  readonly value: number;
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** Ticks of the silhouette: over every value, the null and 0. */
export function silhouetteScale({ silhouette, nullLow, nullHigh }: ClusterCountCurve): ValueTicks {
  return scaleOf([...silhouette, ...nullLow, ...nullHigh]);
}

/** Ticks over every finite value and 0. */
function scaleOf(values: readonly number[]): ValueTicks {
  const known = values.filter(Number.isFinite);
  return valueTicks(Math.min(0, ...known), Math.max(0, ...known), 6);
}

/** The mean silhouette over k and its null, with the chosen k and the target where it is inside. */
export function silhouettePlot(curve: ClusterCountCurve, scale: ValueTicks): Plot.PlotOptions {
  const points = Array.from(curve.silhouette, (value, i): Point => ({
    k: curve.k[i]!,
    value,
    low: curve.nullLow[i]!,
    mid: curve.nullMid[i]!,
    high: curve.nullHigh[i]!,
  }));
  const { targetSilhouette: target, chosen } = curve;
  const isInside = target <= scale.ticks.at(-1)! && target >= scale.ticks[0]!;
  const chosenText = chosen === null
    ? `no k chosen: ${curve.rule}`
    : `k\u00a0=\u00a0${chosen}: ${curve.rule}`;
  // the end of the axis without the chosen line
  const isChosenRight = chosen !== null && placeOf(chosen, curve) > 0.5;
  return {
    ...frameOf(curve, scale, { marginTop: 48, marginBottom: 12, isLast: false }),
    marks: [
      Plot.text(["Mean silhouette"], {
        text: (words: string) => words,
        frameAnchor: "top-left",
        lineAnchor: "bottom",
        dx: 6 - MARGIN.marginLeft,
        dy: -30,
        fontSize: 12,
        fill: INK,
      }),
      Plot.areaY(points.length === 1 ? [] : points, {
        x: "k",
        y1: "low",
        y2: "high",
        fill: NULL_FILL,
      }),
      ...(points.length > 1 ? [] : [
        Plot.link(points, {
          x1: "k",
          x2: "k",
          y1: "low",
          y2: "high",
          stroke: NULL_FILL,
          strokeWidth: 16,
          strokeLinecap: "butt",
        }),
        Plot.link(points, {
          x1: ({ k }: Point) => k - 0.012,
          x2: ({ k }: Point) => k + 0.012,
          y1: "mid",
          y2: "mid",
          stroke: NULL_TEXT,
          strokeWidth: 1.5,
        }),
      ]),
      Plot.gridY([...scale.ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.lineY(points, { x: "k", y: "mid", stroke: NULL_TEXT, strokeWidth: 1.25 }),
      Plot.ruleY([0], { stroke: AXIS }),
      ...(isInside
        ? [
          Plot.ruleY([target], { stroke: INK, strokeDasharray: "1 3" }),
          Plot.text([target], {
            y: (value: number) => value,
            text: () => `seed’s target ${targetText(curve)}`,
            frameAnchor: isChosenRight ? "left" : "right",
            dx: isChosenRight ? 4 : -4,
            dy: 9,
            fontSize: 11,
            fill: MUTED,
            stroke: "#ffffff",
            strokeWidth: 3,
          }),
        ]
        : []),
      ...chosenRule(curve, -8),
      ...observed(points, points.length > 40 ? 2.25 : 3.25),
      ...chosenWords(curve, chosenText),
    ],
  };
}

/** The gap statistic over k with one standard error. */
export function gapPlot(curve: ClusterCountCurve): Plot.PlotOptions {
  const points = Array.from(curve.gap, (value, i): Point => {
    const error = curve.gapError[i]!;
    return { k: curve.k[i]!, value, low: value - error, mid: NaN, high: value + error };
  });
  const known = points.filter(({ value }) => Number.isFinite(value));
  const scale = known.length === 0
    ? { ticks: [], text: String }
    : scaleOf(known.flatMap(({ value, low, high }) => [value, low, high]));
  return {
    ...frameOf(curve, scale, { marginTop: 34, marginBottom: 42, isLast: true }),
    marks: [
      axisTitle("Gap, ± 1 standard error", MARGIN.marginLeft),
      Plot.gridY([...scale.ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.ruleY([0], { stroke: AXIS }),
      ...(known.length > 0 ? [] : [
        Plot.frame({ fill: MISSING_FILL }),
        Plot.text([0], { text: () => "not measured", frameAnchor: "middle", fill: MUTED }),
      ]),
      ...chosenRule(curve, 0),
      Plot.link(known.filter(({ low, high }) => Number.isFinite(low + high)), {
        x1: "k",
        x2: "k",
        y1: "low",
        y2: "high",
        stroke: HUES[0].fill,
        strokeWidth: 1.5,
      }),
      // small, so that the standard errors show
      ...observed(points, 2),
    ],
  };
}

function observed(points: readonly Point[], r: number): Plot.Markish[] {
  return [
    Plot.lineY(points, { x: "k", y: "value", stroke: HUES[0].fill, strokeWidth: 1.75 }),
    Plot.dot(points.filter(({ value }) => Number.isFinite(value)), {
      x: "k",
      y: "value",
      r,
      fill: HUES[0].fill,
    }),
  ];
}

/** Where k stands along the axis, 0 to 1. */
function placeOf(k: number, curve: ClusterCountCurve): number {
  const [from, to] = domainOf(curve);
  return (k - from) / (to - from);
}

function domainOf({ k }: ClusterCountCurve): [number, number] {
  return [k[0]! - 0.5, k.at(-1)! + 0.5];
}

function frameOf(
  curve: ClusterCountCurve,
  scale: ValueTicks,
  { isLast, ...margins }: { marginTop: number; marginBottom: number; isLast: boolean },
): Plot.PlotOptions {
  const [from, to] = domainOf(curve);
  const step = [1, 2, 5, 10, 20, 50].find((step) => (to - from) / step <= 30) ?? 100;
  return {
    ...MARGIN,
    ...margins,
    x: {
      domain: [from, to],
      ticks: [...curve.k].filter((k, i) =>
        curve.k.length === 1 || (step === 1 ? i >= 0 : k % step === 0)
      ),
      tickFormat: (k: number) => isLast ? String(k) : "",
      label: isLast ? "Number of clusters k" : null,
      labelAnchor: "center",
      labelArrow: false,
      labelOffset: 38,
      tickSize: 4,
    },
    y: {
      domain: [scale.ticks[0] ?? 0, scale.ticks.at(-1) ?? 1],
      ticks: [...scale.ticks],
      tickFormat: scale.text,
      tickSize: 0,
      label: null,
    },
  };
}

function chosenRule({ chosen }: ClusterCountCurve, insetTop: number): Plot.Markish[] {
  return chosen === null
    ? []
    : [Plot.ruleX([chosen], { stroke: INK, strokeDasharray: "4 3", insetTop })];
}

/** The chosen k and its rule above the frame, kept inside it. */
function chosenWords(curve: ClusterCountCurve, words: string): Plot.Markish[] {
  const frameWidth = BODY_WIDTH - MARGIN.marginLeft - MARGIN.marginRight;
  const text = shortText(words, frameWidth, 12, 600);
  const width = textWidth(text, 12, 600);
  const centre = curve.chosen === null ? frameWidth : placeOf(curve.chosen, curve) * frameWidth;
  const left = Math.min(Math.max(centre - width / 2, 0), frameWidth - width);
  return [
    Plot.text([0], {
      text: () => text,
      frameAnchor: "top-left",
      lineAnchor: "bottom",
      dx: left,
      dy: -12,
      fontSize: 12,
      fontWeight: 600,
      fill: INK,
    }),
  ];
}

/** The seed plan's target as it is written. */
export function targetText({ targetSilhouette }: ClusterCountCurve): string {
  return decimalText(targetSilhouette, 2);
}
