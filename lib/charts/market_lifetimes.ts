import * as Plot from "@observablehq/plot";
import type { Lifetimes } from "../universe/lifetimes.ts";
import { axisTitle } from "./axis_title.ts";
import { countTicks } from "./count_ticks.ts";
import { dateTicks } from "./date_ticks.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import { textWidth } from "./text_width.ts";
import { AXIS, BELOW_FILL, GRID, HUES, INK, MUTED, sequentialColour } from "./palette.ts";

const NAME = "market_lifetimes";
const HEIGHT = 440;
const LEFT_WIDTH = 470;
/** Rows of pixels that the lives are gathered into. */
const MAX_ROWS = 170;
/** Parts of the calendar in which a row's lives are counted. */
const MAX_SLICES = 210;

/**
 * When each market was priced, and how many daily prices each one has.
 *
 * Left, one line a market from its first to its last price, in the order of first prices; beyond
 * 170 markets neighbours share a row, whose shade is the share of them that are alive. Right, the
 * number of markets by number of prices, with the threshold.
 */
export function marketLifetimesChart(lives: Lifetimes, context: ChartContext): Figure {
  if (lives.nPriced === 0) {
    return figure({
      name: NAME,
      title: `None of ${countOf(lives.nMarkets, "market")} has a price`,
      subtitle: "First to last daily price of each market.",
      alt: "Nothing is drawn: no market has a price.",
      context,
      body: "no markets with a price",
    });
  }
  const firstDay = lives.firstDay[0]!;
  const lastDay = lives.lastDay.reduce((last, day) => Math.max(last, day));
  const median = String(lives.medianPrices);
  const share = lives.nLong / lives.nPriced;
  const title = lives.nLong === 0
    ? `No market has ${lives.minPrices} daily prices; the median of ${
      countOf(lives.nPriced, "priced market")
    } is ${median}`
    : `${share < 0.5 ? "Only " : ""}${shareText(share)} of ${
      countOf(lives.nPriced, "priced market")
    } ${
      lives.nPriced === 1 ? "has" : "have"
    } ${lives.minPrices} or more daily prices; the median is ${median}`;
  const perRow = Math.ceil(lives.nPriced / MAX_ROWS);
  const nUnpriced = lives.nMarkets - lives.nPriced;
  return figure({
    name: NAME,
    title,
    subtitle:
      `Life of each market, first to last daily price, and number of daily prices. n\u00a0=\u00a0${
        countOf(lives.nPriced, "market")
      }${nUnpriced === 0 ? "" : `; ${countText(nUnpriced)} more have no price`}; ${
        periodText(firstDay, lastDay)
      }.`,
    alt:
      `${title}. Left: lives over calendar time. Right: a histogram of the number of daily prices, ${
        countText(lives.nLong)
      } markets at or above ${lives.minPrices}.`,
    context,
    notes: perRow === 1 ? [] : [
      `Left: each row holds ${perRow} markets that follow one another in order of first price; the darker, the more of them are between their first and last price.`,
    ],
    height: HEIGHT,
    body: [
      {
        left: 0,
        top: 0,
        width: LEFT_WIDTH,
        height: HEIGHT,
        plot: livesPlot(lives, firstDay, lastDay),
      },
      {
        left: LEFT_WIDTH,
        top: 0,
        width: BODY_WIDTH - LEFT_WIDTH,
        height: HEIGHT,
        plot: lengthsPlot(lives, BODY_WIDTH - LEFT_WIDTH),
      },
    ],
  });
}

function livesPlot(lives: Lifetimes, firstDay: number, lastDay: number): Plot.PlotOptions {
  const ticks = dateTicks(firstDay, lastDay + 1, 6);
  return {
    marginLeft: 52,
    marginRight: 28,
    marginTop: 30,
    marginBottom: 34,
    x: {
      domain: [firstDay, lastDay + 1],
      ticks: ticks.map(({ day }) => day),
      tickFormat: (day: number) => ticks.find((tick) => tick.day === day)!.label,
      label: null,
      tickSize: 4,
    },
    y: {
      domain: [0, lives.nPriced],
      reverse: true,
      label: null,
      ticks: countTicks(lives.nPriced).filter((n) => n <= lives.nPriced),
      tickFormat: countText,
      tickSize: 4,
    },
    marks: [
      axisTitle("Markets, in order of first price", 58),
      Plot.gridX(ticks.map(({ day }) => day), { stroke: GRID, strokeOpacity: 1 }),
      ...shadedLives(lives, firstDay, lastDay).map(({ colour, cells }) =>
        Plot.rect(cells, { x1: "x1", x2: "x2", y1: "y1", y2: "y2", fill: colour })
      ),
      Plot.ruleY([lives.nPriced], { stroke: AXIS }),
    ],
  };
}

/** Life spans as cells of equal shade, gathered into rows and joined along time. */
function shadedLives(lives: Lifetimes, firstDay: number, lastDay: number) {
  const perRow = Math.ceil(lives.nPriced / MAX_ROWS);
  const nRows = Math.ceil(lives.nPriced / perRow);
  const nDays = lastDay - firstDay + 1;
  const slice = Math.ceil(nDays / MAX_SLICES);
  const nSlices = Math.ceil(nDays / slice);
  const nShades = perRow === 1 ? 1 : 5;
  const shades = Array.from({ length: nShades }, (_, s) => ({
    colour: perRow === 1 ? HUES[0].fill : sequentialColour(0.22 + 0.72 * s / (nShades - 1)),
    cells: [] as { x1: number; x2: number; y1: number; y2: number }[],
  }));
  for (let row = 0; row < nRows; ++row) {
    const from = row * perRow, to = Math.min(from + perRow, lives.nPriced);
    const alive = new Uint32Array(nSlices);
    for (let j = from; j < to; ++j) {
      const last = Math.floor((lives.lastDay[j]! - firstDay) / slice);
      for (let s = Math.floor((lives.firstDay[j]! - firstDay) / slice); s <= last; ++s) {
        alive[s]! += 1;
      }
    }
    const gap = perRow === 1 && nRows <= 60 ? 0.15 : 0;
    for (let s = 0; s < nSlices;) {
      const shade = Math.ceil(alive[s]! / (to - from) * nShades);
      const start = s;
      while (s < nSlices && Math.ceil(alive[s]! / (to - from) * nShades) === shade) ++s;
      if (shade === 0) continue;
      shades[shade - 1]!.cells.push({
        x1: firstDay + start * slice,
        x2: Math.min(firstDay + s * slice, lastDay + 1),
        y1: from + gap,
        y2: to - gap,
      });
    }
  }
  return shades;
}

function lengthsPlot(lives: Lifetimes, width: number): Plot.PlotOptions {
  const bins = lives.lengthBins.map((bin, i) => ({
    ...bin,
    i,
    isLong: bin.from >= lives.minPrices,
  }));
  const threshold = lives.lengthBins.findIndex((bin) => bin.from === lives.minPrices);
  const edges = [...lives.lengthBins.map((bin) => bin.from), lives.lengthBins.at(-1)!.to];
  const most = Math.max(...bins.map((bin) => bin.nMarkets));
  // labels of five figures need two bars
  const every = edges.length > 12 ? 2 : 1;
  const nShort = lives.nPriced - lives.nLong;
  const share = (n: number) => shareText(n / lives.nPriced);
  return {
    marginLeft: 14,
    marginRight: 6,
    marginTop: 30,
    marginBottom: 34,
    x: {
      domain: [0, edges.length - 1],
      ticks: edges.map((_, i) => i).filter((i) => (i - threshold) % every === 0),
      tickFormat: (i: number) => countText(edges[i]!),
      label: "Daily prices per market (log scale)",
      labelAnchor: "center",
      labelArrow: false,
      labelOffset: 33,
      tickSize: 4,
    },
    y: { axis: null, domain: [0, most * 1.3] },
    marks: [
      axisTitle("Markets, by number of daily prices", 20),
      Plot.rect(bins, {
        x1: "i",
        x2: (bin: { i: number }) => bin.i + 1,
        y1: 0,
        y2: "nMarkets",
        insetLeft: 1,
        insetRight: 1,
        fill: (bin: { isLong: boolean }) => bin.isLong ? HUES[0].fill : BELOW_FILL,
      }),
      Plot.text(bins, {
        x: (bin: { i: number }) => bin.i + 0.5,
        y: "nMarkets",
        text: (bin: { nMarkets: number }) => barLabel(bin.nMarkets, (width - 20) / bins.length),
        dy: -8,
        fontSize: 11,
        fill: INK,
      }),
      Plot.ruleY([0], { stroke: AXIS }),
      ...(threshold < 0 ? [] : [
        Plot.ruleX([threshold], { stroke: INK, strokeWidth: 1.25, strokeDasharray: "4 3" }),
        Plot.text([0], {
          x: threshold,
          y: most * 1.3,
          text: () => `${share(lives.nLong)} have ${lives.minPrices}+ →`,
          textAnchor: "start",
          dx: 6,
          dy: 7,
          fontSize: 12,
          fontWeight: 600,
          fill: HUES[0].text,
        }),
        Plot.text(threshold < 3 ? [] : [0], {
          x: threshold,
          y: most * 1.3,
          text: () => `← ${share(nShort)} fewer`,
          textAnchor: "end",
          dx: -6,
          dy: 7,
          fontSize: 12,
          fill: MUTED,
        }),
      ]),
    ],
  };
}

/** A count above its bar, in thousands where it would run into its neighbours. */
function barLabel(n: number, width: number): string {
  const label = countText(n);
  return textWidth(label, 11) < width - 1 ? label : `${Math.round(n / 1000)}k`;
}
