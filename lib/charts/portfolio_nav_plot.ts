import * as Plot from "@observablehq/plot";
import { axisTitle } from "./axis_title.ts";
import { dateAxis, dateTicks } from "./date_ticks.ts";
import { drawnDays } from "./drawn_days.ts";
import {
  END_LABEL_HEIGHT,
  type EndLabel,
  endLabels,
  endLabelsWidth,
  spreadMiddles,
} from "./end_labels.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { OTHER_HUE } from "./method_hues.ts";
import { AXIS, GRID, type Hue } from "./palette.ts";
import type { PortfolioNav } from "./portfolio_nav.ts";
import { decimalText, valueTicks } from "./value_ticks.ts";

/** A portfolio's value with its colour. */
export interface DrawnPortfolio extends PortfolioNav {
  readonly hue: Hue;
}

const LEFT = 52, TOP = 30, BOTTOM = 28, HEIGHT = 360, MOST_POINTS = 400;
/** Highest over lowest value from which the axis is logarithmic. */
const LOG_FROM = 4;
const LOG_LEADS = [1, 1.5, 2, 3, 4, 5, 7] as const, FEW_LEADS = [1, 2, 5] as const;

/**
 * Lines of values, each main one with its name and last value.
 *
 * @param drawn In order: the first in front of the others.
 * @returns The panel, the days from one drawn day to the next, and the portfolios without a name.
 */
export function portfolioNavPanel(days: Int32Array, drawn: readonly DrawnPortfolio[]): {
  readonly panel: FigurePanel;
  readonly step: number;
  readonly isLog: boolean;
  readonly unnamed: readonly DrawnPortfolio[];
} {
  const { indexes, step } = drawnDays(days.length, MOST_POINTS);
  const axis = valueAxis(drawn, indexes);
  const { of, low, high } = axis;
  const ended = drawn.filter(({ nav }) => !Number.isNaN(nav.at(-1)!));
  const named = namedPortfolios(ended, (value) => (high - of(value)) / (high - low) * HEIGHT);
  const labels = named.map(({ name, nav, hue }): EndLabel => ({
    end: of(nav.at(-1)!),
    value: decimalText(nav.at(-1)!, 1),
    name,
    fill: hue.text,
    isBold: hue !== OTHER_HUE,
  }));
  const marginRight = endLabelsWidth(labels) + 4;
  const last = days.at(-1)!, first = Math.min(days[0]!, last - 1);
  const width = BODY_WIDTH - LEFT - marginRight;
  const ticks = dateTicks(days[0]!, last, Math.floor(width / 78));
  const order = [...drawn].reverse().sort((a, b) => Number(isMain(a)) - Number(isMain(b)));
  const plot: Plot.PlotOptions = {
    marginLeft: LEFT,
    marginRight,
    marginTop: TOP,
    marginBottom: BOTTOM,
    x: dateAxis([first, last], ticks),
    y: {
      domain: [low, high],
      ticks: axis.ticks.map(of),
      tickFormat: (_: number, k: number) => axis.text(axis.ticks[k]!),
      tickSize: 0,
      label: null,
    },
    color: { type: "identity" },
    marks: [
      axisTitle(`Value, 100 at the start${axis.isLog ? ", log scale" : ""}`, LEFT),
      Plot.gridY(axis.ticks.map(of), { stroke: GRID, strokeOpacity: 1 }),
      Plot.ruleY([of(100)], { stroke: AXIS }),
      ...order.flatMap((one) => lineMarks(one, { days, indexes, of })),
      ...endLabels(labels, {
        right: last,
        perPixel: (last - first) / width,
        low,
        high,
        height: HEIGHT,
      }),
    ],
  };
  const panel = { left: 0, top: 0, width: BODY_WIDTH, height: TOP + HEIGHT + BOTTOM, plot };
  return { panel, step, isLog: axis.isLog, unnamed: ended.filter((one) => !named.includes(one)) };
}

function isMain({ hue }: DrawnPortfolio): boolean {
  return hue !== OTHER_HUE;
}

/** All main ones, and of the others those whose ends are a label apart from all before them. */
function namedPortfolios(
  ended: readonly DrawnPortfolio[],
  pixelOf: (value: number) => number,
): DrawnPortfolio[] {
  const main = ended.filter(isMain);
  const at = (one: DrawnPortfolio) => pixelOf(one.nav.at(-1)!);
  const taken = spreadMiddles(main.map(at), { apart: END_LABEL_HEIGHT, low: 0, high: HEIGHT });
  const others = ended.filter((one) => {
    if (isMain(one)) return false;
    const middle = at(one);
    if (taken.some((other) => Math.abs(other - middle) < END_LABEL_HEIGHT)) return false;
    taken.push(middle);
    return true;
  });
  return [...main, ...others];
}

/** The scale of values, its ticks in values; `of` gives the place of a value on a linear axis. */
interface ValueAxis {
  readonly isLog: boolean;
  readonly of: (value: number) => number;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly text: (value: number) => string;
}

function valueAxis(drawn: readonly DrawnPortfolio[], indexes: readonly number[]): ValueAxis {
  let least = 99, most = 101;
  for (const { nav } of drawn) {
    for (const i of indexes) {
      if (nav[i]! < least) least = nav[i]!;
      if (nav[i]! > most) most = nav[i]!;
    }
  }
  if (!(least > 0 && most / least > LOG_FROM)) {
    const { ticks, text } = valueTicks(least, most, 9);
    return { isLog: false, of: (x) => x, low: ticks[0]!, high: ticks.at(-1)!, ticks, text };
  }
  const ticks = logTicks(least, most);
  return {
    isLog: true,
    of: Math.log10,
    low: Math.log10(ticks[0]!),
    high: Math.log10(ticks.at(-1)!),
    ticks,
    text: String,
  };
}

/** Round numbers from the last at or below `least` to the first at or above `most`, up to 12. */
function logTicks(least: number, most: number): number[] {
  const from = Math.floor(Math.log10(least)), to = Math.ceil(Math.log10(most));
  const of = (leads: readonly number[], every = 1) =>
    Array.from({ length: to - from + 1 }, (_, k) => from + k).filter((power) =>
      (power - from) % every === 0
    )
      .flatMap((power) => leads.map((lead) => Number(`${lead}e${power}`)));
  const within = (all: readonly number[]) => {
    const first = all.findLastIndex((tick) => tick <= least);
    const last = all.findIndex((tick) => tick >= most);
    return all.slice(Math.max(first, 0), last < 0 ? all.length : last + 1);
  };
  const fine = within(of(LOG_LEADS));
  if (fine.length <= 12) return fine;
  const coarse = within(of(FEW_LEADS));
  return coarse.length <= 12 ? coarse : within([...of([1]), Number(`1e${to + 1}`)]);
}

/** A portfolio’s line and a dot at its end. */
function lineMarks(
  { nav, hue }: DrawnPortfolio,
  { days, indexes, of }: {
    readonly days: Int32Array;
    readonly indexes: readonly number[];
    readonly of: (value: number) => number;
  },
): Plot.Markish[] {
  const strong = hue !== OTHER_HUE;
  return [
    Plot.lineY(indexes, {
      x: (i: number) => days[i],
      y: (i: number) => of(nav[i]!),
      stroke: hue.fill,
      strokeWidth: strong ? 2 : 1,
    }),
    Plot.dot(Number.isNaN(nav.at(-1)!) ? [] : [nav.length - 1], {
      x: (i: number) => days[i],
      y: (i: number) => of(nav[i]!),
      r: strong ? 3 : 2,
      fill: hue.fill,
    }),
  ];
}
