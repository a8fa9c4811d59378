import * as Plot from "@observablehq/plot";
import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import type { NamedHue } from "./basket_hue.ts";
import type { ChartContext } from "./chart_context.ts";
import { type EndRow, endTable, endTableHeight } from "./end_table.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { hatchedArea } from "./hatched_area.ts";
import { type HeldSpan, heldSpans, spanTicks } from "./held_spans.ts";
import { AXIS, GRID, INK, MISSING_FILL, MUTED } from "./palette.ts";
import { pixelPanel } from "./pixel_panel.ts";
import { placedWords } from "./placed_words.ts";
import { cleanText } from "./text_lines.ts";
import { type Stack, type StackedBand, weightStack } from "./weight_stack.ts";

/** One part of a basket through time: a theme of a sleeve, or a contract. */
export interface WeightBand extends NamedHue {
  /** Share of the basket's value at each day, 0 where it is not held; NaN unknown. */
  readonly weights: ArrayLike<number>;
}

/** What a basket, or a method's sleeve of baskets, holds through time. */
export interface BasketWeights {
  /** Whose weights: "Hybrid, equal". */
  readonly name: string;
  /** What one band is, such as "theme" or "contract". */
  readonly noun: string;
  /** UTC days, ascending. */
  readonly days: readonly number[];
  /** What a band does not hold is cash. */
  readonly bands: readonly WeightBand[];
  /** `traded`: what went in at each trade date. `drifted`: what it had become by each day. */
  readonly kind: "traded" | "drifted";
}

const NAME = "basket_weights";
const LEFT = 44, RIGHT = 505, TOP = 22, BOTTOM = 30, LEAST_HEIGHT = 380;
const MAX_SPANS = 90;

/**
 * What is held through time, and how much of it is cash.
 *
 * Stacked columns, each as wide as its weights were held, the band with the largest mean weight at
 * the bottom and cash, hatched, on top. Dates with an unknown weight are grey. Beyond 18 bands the
 * smallest are one; beyond 90 dates every second, third and so on is drawn.
 *
 * @throws {RangeError} If weights are negative, exceed 1 together, or are not one for each day.
 */
export function basketWeightsChart(data: BasketWeights, context: ChartContext): Figure {
  const { days, noun, kind } = data;
  const dates = kind === "traded" ? "trade date" : "day";
  const stack = weightStack(data);
  if (days.length === 0 || stack.known.length === 0) {
    return figure({
      name: NAME,
      title: days.length === 0
        ? "No basket was traded, so there are no weights"
        : `The weights of ${cleanText(data.name)} are unknown on ${countOf(days.length, dates)}`,
      subtitle: "Weights of a basket through time.",
      alt: "Nothing is drawn: no weight is known.",
      context,
      body: "no date with known weights",
    });
  }
  const spans = heldSpans(days, MAX_SPANS);
  const rows = stack.bands.length + 1;
  const height = Math.max(LEAST_HEIGHT, TOP + BOTTOM + endTableHeight(rows));
  const title = finding(data, stack, dates);
  const nUnknown = days.length - stack.known.length;
  return figure({
    name: NAME,
    title,
    subtitle: `${cleanText(data.name)}: share of its value in each ${noun}, ${
      kind === "traded"
        ? "as traded, each column held until the next trade"
        : "as it had drifted by the day"
    }; hatched: cash. n\u00a0=\u00a0${countOf(days.length, dates)}, ${
      countOf(data.bands.length, noun)
    }, ${periodText(days[0]!, days.at(-1)!)}.`,
    alt: `${title}. Mean weights: ${
      stack.bands.map(({ name, mean }) => `${name} ${shareText(mean)}`).join("; ")
    }; cash ${shareText(stack.cashMean)}.`,
    context,
    notes: [
      `Mean: over ${
        countOf(stack.known.length, dates)
      }. A ${noun} in grey letters is not held on the last one. Lighter shades of a colour are other ${noun}s.`,
      ...(nUnknown === 0 ? [] : [
        `The weights of ${countOf(nUnknown, dates)} are unknown: grey, and not in the means.`,
      ]),
      ...(spans.length === days.length ? [] : [
        `Drawn are ${countText(spans.length)} of ${
          countOf(days.length, dates)
        }, evenly chosen; the numbers are of all.`,
      ]),
    ],
    height,
    body: [pixelPanel({ height }, marks(data, stack, { spans, height }))],
  });
}

function marks(
  { days }: BasketWeights,
  { bands, cash }: Stack,
  { spans, height }: { readonly spans: readonly HeldSpan[]; readonly height: number },
): Plot.Markish[] {
  const first = spans[0]!.from, end = spans.at(-1)!.to, bottom = height - BOTTOM;
  const at = (day: number) => LEFT + (day - first) / (end - first) * (RIGHT - LEFT);
  const up = (share: number) => bottom - share * (bottom - TOP);
  const column = ({ from, to }: HeldSpan) => {
    const gap = Math.min(0.75, (at(to) - at(from)) / 6);
    return { x1: at(from) + gap, x2: at(to) - gap };
  };
  const known = spans.filter(({ date }) => !Number.isNaN(cash[date]!));
  const base = new Float64Array(days.length);
  const layers = bands.map(({ weights, fill }) => {
    const areas = known.filter(({ date }) => weights[date]! > 0).map((span) => {
      const y1 = up(base[span.date]! + weights[span.date]!), y2 = up(base[span.date]!);
      // white between neighbours, which may share a hue
      const gap = Math.min(0.4, (y2 - y1) / 6);
      return { ...column(span), y1: y1 + gap, y2: y2 - gap };
    });
    weights.forEach((weight, i) => base[i]! += weight);
    return { areas, fill };
  });
  const cashAreas = known.filter(({ date }) => cash[date]! > 0.001).map((span) => ({
    ...column(span),
    y1: up(1),
    y2: up(1 - cash[span.date]!),
  }));
  const missing = spans.filter(({ date }) => Number.isNaN(cash[date]!)).map((span) => ({
    ...column(span),
    ...{ y1: up(1), y2: up(0) },
  }));
  const box = { x1: "x1", x2: "x2", y1: "y1", y2: "y2" };
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const ticks = spanTicks(spans, 6);
  return [
    ...placedWords(shares.map((share) => ({ x: LEFT - 8, y: up(share), text: shareText(share) })), {
      ...{ anchor: "end", size: 11, fill: MUTED },
    }),
    Plot.rect([0], { x1: LEFT, x2: RIGHT, y1: TOP, y2: bottom, stroke: GRID }),
    ...layers.filter(({ areas }) => areas.length > 0).map(({ areas, fill }) =>
      Plot.rect(areas, { ...box, fill })
    ),
    ...hatchedArea(cashAreas),
    Plot.rect(missing, { ...box, fill: MISSING_FILL }),
    Plot.link([0], { x1: LEFT, x2: RIGHT, y1: bottom, y2: bottom, stroke: AXIS }),
    Plot.link(ticks, {
      x1: ({ day }: { day: number }) => at(day),
      x2: ({ day }: { day: number }) => at(day),
      y1: bottom,
      y2: bottom + 4,
      stroke: AXIS,
    }),
    ...placedWords(ticks.map(({ day, label }) => ({ x: at(day), y: bottom + 15, text: label })), {
      ...{ anchor: ticks.length === 1 ? "start" : "middle", size: 11, fill: MUTED },
    }),
    ...placedWords([{ x: 0, y: 6, text: "Share of value" }], {
      ...{ anchor: "start", size: 12, fill: INK },
    }),
    ...endTable(endRows(bands, cash, up), ["Mean", "Last"], {
      ...{ left: RIGHT, right: BODY_WIDTH, top: TOP + 8, bottom: bottom - 4 },
    }),
  ];
}

/** Cash and the bands from the top down, with the middles of their last columns. */
function endRows(
  bands: readonly StackedBand[],
  cash: Float64Array,
  up: (share: number) => number,
): EndRow[] {
  const last = cash.length - 1;
  let below = 0;
  const row = (name: string, fill: string, weights: Float64Array, mean: number): EndRow => {
    const weight = weights[last]!, middle = below + weight / 2;
    below += weight;
    return {
      ...{ name, fill, hatch: fill === "#ffffff" ? AXIS : null, y: weight > 0 ? up(middle) : NaN },
      texts: [shareText(mean), Number.isNaN(weight) ? "–" : shareText(weight)],
    };
  };
  const rows = bands.map(({ name, fill, weights, mean }) => row(name, fill, weights, mean));
  const known = cash.filter((share) => !Number.isNaN(share));
  const mean = known.reduce((sum, share) => sum + share, 0) / known.length;
  return [...rows, row("Cash", "#ffffff", cash, mean)].reverse();
}

function finding({ bands, noun, days }: BasketWeights, stack: Stack, dates: string): string {
  const { known, nHeld, cashMean } = stack;
  const nAll = bands.length;
  const cash = `cash is ${shareText(cashMean)}`;
  const nMean = known.reduce((sum, i) => sum + nHeld[i]!, 0) / known.length;
  const on = known.length === 1 ? `on the ${dates}` : `on each of ${countOf(known.length, dates)}`;
  if (nMean === 0) {
    return `No ${noun} is held ${
      days.length === 1 ? `on the ${dates}` : `on any of ${countOf(known.length, dates)}`
    }: all is cash`;
  }
  if (nMean === nAll && noun !== "contract") {
    const all = nAll === 2 ? `Both ${noun}s are` : `All ${countOf(nAll, noun)} are`;
    return `${nAll === 1 ? `The ${noun} is` : all} held ${on}; ${cash}${
      known.length === 1 ? "" : " on average"
    }`;
  }
  const held = nMean.toFixed(known.length === 1 ? 0 : 1).replace(/\.0$/, "");
  const verb = held === "1" ? "is" : "are";
  const what = noun === "contract"
    ? `${held} ${held === "1" ? noun : `${noun}s`} ${verb} held`
    : `${held} of ${countOf(nAll, noun)} ${verb} held`;
  return `${known.length === 1 ? "" : "On average "}${what}; ${cash}`;
}
