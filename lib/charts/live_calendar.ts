import * as Plot from "@observablehq/plot";
import type { LiveCalendar } from "../universe/live_calendar.ts";
import { axisTitle } from "./axis_title.ts";
import type { ChartContext } from "./chart_context.ts";
import { countTicks } from "./count_ticks.ts";
import { dateAxis, dateTicks } from "./date_ticks.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { countOf, countText, dayText, periodText } from "../core/number_text.ts";
import { AXIS, GRID, HUES, INK, MUTED, VENUE_HUES, VENUE_NAMES } from "./palette.ts";

const NAME = "live_calendar";
const HEIGHT = 420;
/** Steps that a curve of this width can show. */
const MAX_STEPS = 700;
const LINE_HUE = HUES[5];

/** When how many markets can be seen, and how many of them have a history by then. */
export function liveCalendarChart(calendar: LiveCalendar, context: ChartContext): Figure {
  const { days, minPrices, minCrossSection } = calendar;
  if (days.length === 0) {
    return figure({
      name: NAME,
      title: "No market has a price on any day",
      subtitle: "Markets with a price, by day.",
      alt: "Nothing is drawn: there is no daily price.",
      context,
      body: "no markets with a price",
    });
  }
  const peak = calendar.nSeasoned.indexOf(Math.max(...calendar.nSeasoned));
  const most = calendar.nSeasoned[peak]!;
  const title = calendar.nWideDays === 0
    ? `On no day do ${countText(minCrossSection)} markets have ${minPrices} or more prices; ${
      most === 0 ? "none ever has" : `the most is ${countText(most)}, on ${dayText(days[peak]!)}`
    }`
    : `On ${countText(calendar.nWideDays)} of ${countOf(days.length, "day")}, ${
      countText(minCrossSection)
    } or more live markets have ${minPrices} or more prices; the most is ${countText(most)}, on ${
      dayText(days[peak]!)
    }`;
  const byVenue = calendar.venues.map(({ venue, nLive }) =>
    `${VENUE_NAMES[venue]} at most ${countText(Math.max(...nLive))}`
  ).join(", ");
  const perStep = Math.ceil(days.length / MAX_STEPS);
  return figure({
    name: NAME,
    title,
    subtitle:
      `Markets with a price on the day, by venue (areas, stacked), and those with ${minPrices} or more prices by then (line). n\u00a0=\u00a0${
        countOf(calendar.nLive.reduce((sum, n) => sum + n, 0), "daily price")
      }, ${periodText(days[0]!, days.at(-1)!)}.`,
    alt: `${title}. Markets with a price on one day: ${byVenue}.`,
    context,
    notes: perStep === 1 ? [] : [`Each step is the mean of ${perStep} days.`],
    height: HEIGHT,
    body: [{ left: 0, top: 0, width: BODY_WIDTH, height: HEIGHT, plot: plot(calendar, perStep) }],
  });
}

interface Step {
  readonly day: number;
  readonly low: number;
  readonly high: number;
}

function plot(calendar: LiveCalendar, perStep: number): Plot.PlotOptions {
  const { days } = calendar;
  const first = days[0]!, last = days.at(-1)! + 1;
  const ticks = dateTicks(first, last, 9);
  const base = new Float64Array(days.length);
  const layers = calendar.venues.map(({ venue, nLive }) => {
    const top = base.map((low, i) => low + nLive[i]!);
    const steps = stepsOf(days, perStep, base, top);
    base.set(top);
    return { venue, steps, nLast: nLive.at(-1)!, nMost: Math.max(...nLive) };
  });
  const line = stepsOf(days, perStep, base, calendar.nSeasoned);
  const counts = countTicks(
    Math.max(...layers.flatMap(({ steps }) => steps.map((step) => step.high))),
  );
  const most = counts.at(-1)!;
  const labels = spread(
    [
      ...layers.map(({ venue, steps }) => ({
        y: (steps.at(-1)!.low + steps.at(-1)!.high) / 2,
        text: VENUE_NAMES[venue],
        fill: VENUE_HUES[venue].text,
      })),
      ...(calendar.minCrossSection > most ? [] : [{
        y: calendar.minCrossSection,
        text: `${countText(calendar.minCrossSection)} markets`,
        fill: MUTED,
      }]),
      { y: line.at(-1)!.high, text: `${calendar.minPrices}+ prices`, fill: LINE_HUE.text },
    ],
    most,
    (HEIGHT - 54) / 15,
  );
  return {
    marginLeft: 52,
    marginRight: 96,
    marginTop: 26,
    marginBottom: 28,
    x: dateAxis([first, last], ticks),
    y: {
      domain: [0, most],
      ticks: counts,
      tickFormat: countText,
      tickSize: 0,
      label: null,
    },
    marks: [
      axisTitle("Markets", 52),
      Plot.gridY(counts, { stroke: GRID, strokeOpacity: 1 }),
      ...layers.map(({ venue, steps }) =>
        Plot.areaY(steps, {
          x: "day",
          y1: "low",
          y2: "high",
          curve: "step-after",
          fill: VENUE_HUES[venue].fill,
          fillOpacity: 0.55,
        })
      ),
      Plot.lineY(line, {
        x: "day",
        y: "high",
        curve: "step-after",
        stroke: "#ffffff",
        strokeWidth: 4,
      }),
      Plot.lineY(line, {
        x: "day",
        y: "high",
        curve: "step-after",
        stroke: LINE_HUE.fill,
        strokeWidth: 2,
      }),
      ...(calendar.minCrossSection > most ? [] : [
        Plot.ruleY([calendar.minCrossSection], { stroke: INK, strokeDasharray: "4 3" }),
      ]),
      Plot.ruleY([0], { stroke: AXIS }),
      Plot.text(labels, {
        x: last,
        y: "y",
        text: "text",
        textAnchor: "start",
        dx: 6,
        fontSize: 12,
        fontWeight: 600,
        fill: "fill",
      }),
    ],
    color: { type: "identity" },
  };
}

/** Steps of `perStep` days, their mean between `low` and `high`; one more closes the last. */
function stepsOf(
  days: Int32Array,
  perStep: number,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < days.length; i += perStep) {
    const to = Math.min(i + perStep, days.length);
    let sumLow = 0, sumHigh = 0;
    for (let k = i; k < to; ++k) {
      sumLow += low[k]!;
      sumHigh += high[k]!;
    }
    steps.push({ day: days[i]!, low: sumLow / (to - i), high: sumHigh / (to - i) });
  }
  return [...steps, { ...steps.at(-1)!, day: days.at(-1)! + 1 }];
}

/** Labels moved up until none is closer than one of `nLines` lines to the one below. */
function spread<T extends { readonly y: number }>(
  labels: readonly T[],
  most: number,
  nLines: number,
): T[] {
  const line = most / nLines;
  let floor = -Infinity;
  return [...labels].sort((a, b) => a.y - b.y).map((label) => {
    const y = Math.max(label.y, floor);
    floor = y + line;
    return { ...label, y };
  });
}
