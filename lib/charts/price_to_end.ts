import * as Plot from "@observablehq/plot";
import type { PriceToEnd, TimeColumn } from "../universe/price_to_end.ts";
import { axisTitle } from "./axis_title.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { countOf, countText, shareText } from "../core/number_text.ts";
import { textWidth } from "./text_width.ts";
import {
  AXIS,
  GRID,
  HUES,
  INK,
  MISSING_FILL,
  MUTED,
  NULL_TEXT,
  sequentialColour,
  textColourOn,
} from "./palette.ts";

/** Fewest events for which a clustered interval deserves a comparison. */
const MIN_EVENTS = 10;
const NAME = "price_to_end";
const SHARE_HEIGHT = 190, HEAT_HEIGHT = 386;
const MARGIN_LEFT = 74, MARGIN_RIGHT = 8;

/**
 * How prices settle as the scheduled end comes nearer.
 *
 * Above, the share of contracts that are still open (5 to 95 ¢) with its interval, beside the share
 * that fair prices with evenly arriving news would show. Below, the share of each column's prices in
 * each range of price.
 */
export function priceToEndChart(prices: PriceToEnd, context: ChartContext): Figure {
  const n = prices.columns.reduce((sum, column) => sum + column.nPrices, 0);
  const open = `${cents(prices.openFrom)} and ${cents(prices.openTo)} ¢`;
  const noEnd = prices.nNoEnd === 0 ? [] : [
    `${countOf(prices.nNoEnd, "priced market")} without a scheduled end ${
      prices.nNoEnd === 1 ? "is" : "are"
    } left out.`,
  ];
  if (n === 0) {
    return figure({
      name: NAME,
      title: `No price has a scheduled end to be measured from (${
        countOf(prices.nMarkets, "market")
      })`,
      subtitle: "Prices by days to the scheduled end.",
      alt: "Nothing is drawn: no market has both prices and a scheduled end.",
      context,
      notes: noEnd,
      body: "no priced market with a scheduled end",
    });
  }
  const title = finding(prices, open);
  const nSettled = prices.columns.reduce((sum, column) => sum + column.nSettled, 0);
  const settled = prices.countsSettled
    ? `A contract settled before its scheduled end counts as decided until then: ${
      countOf(nSettled, "contract-day")
    }.`
    : "Contracts settled before their scheduled end have no price and are left out, which raises the share that is open.";
  return figure({
    name: NAME,
    title,
    subtitle:
      `Above: share of contracts between ${open}, 95% interval clustered by event. Below: share (%) of each column’s prices by price. n\u00a0=\u00a0${
        countOf(n, "daily price")
      }.`,
    alt: `${title}. Share of open contracts by days to the end: ${
      prices.columns.filter((column) => column.nPrices > 0)
        .map((column) => `${rangeLabel(column)} ${shareText(column.openShare)}`).join("; ")
    }.`,
    context,
    notes: [
      "Even news: the share expected if each contract’s first price were fair and its uncertainty shrank at a constant rate until the scheduled end.",
      settled,
      ...noEnd,
    ],
    height: SHARE_HEIGHT + HEAT_HEIGHT,
    body: [
      { left: 0, top: 0, width: BODY_WIDTH, height: SHARE_HEIGHT, plot: sharePlot(prices.columns) },
      {
        left: 0,
        top: SHARE_HEIGHT,
        width: BODY_WIDTH,
        height: HEAT_HEIGHT,
        plot: heatPlot(prices),
      },
    ],
  });
}

/** What is seen, beside the null; no cause is named, since early ends and unfair starts are others. */
function finding({ finalWeek, countsSettled }: PriceToEnd, open: string): string {
  if (finalWeek.nPrices === 0) {
    return "No price falls into the last week before a scheduled end: how prices settle is not observed";
  }
  const share = shareText(finalWeek.openShare), even = shareText(finalWeek.evenShare);
  const start = `In the last week before the scheduled end, ${share} of ${
    countsSettled ? "contracts" : "the prices"
  } are still between ${open}`;
  if (finalWeek.nEvents < MIN_EVENTS) {
    return `${start}; ${
      countOf(finalWeek.nEvents, "event")
    }, too few to compare with the ${even} of evenly arriving news`;
  }
  return finalWeek.gapLow > 0 || finalWeek.gapHigh < 0
    ? `${start}; evenly arriving news would leave ${even}`
    : `${start}, not distinguishable from the ${even} of evenly arriving news`;
}

function sharePlot(columns: readonly TimeColumn[]): Plot.PlotOptions {
  const seen = columns.map((column, i) => ({ ...column, i })).filter((column) =>
    column.nPrices > 0
  );
  type Seen = typeof seen[number];
  const even = seen.filter((column) => !Number.isNaN(column.evenShare));
  const withInterval = seen.filter((column) => !Number.isNaN(column.openLow));
  return {
    ...columnScale(columns),
    marginTop: 40,
    marginBottom: 12,
    y: {
      domain: [0, 1],
      ticks: [0, 0.25, 0.5, 0.75, 1],
      tickFormat: (share: number) => `${share * 100}%`,
      label: null,
      tickSize: 0,
    },
    marks: [
      axisTitle("Still open", MARGIN_LEFT),
      Plot.gridY([0, 0.25, 0.5, 0.75, 1], { stroke: GRID, strokeOpacity: 1 }),
      Plot.link(even, {
        x1: (column: Seen) => column.i - 0.42,
        x2: (column: Seen) => column.i + 0.42,
        y1: "evenShare",
        y2: "evenShare",
        stroke: AXIS,
        strokeWidth: 3,
      }),
      Plot.link(withInterval, {
        x1: "i",
        x2: "i",
        y1: "openLow",
        y2: "openHigh",
        stroke: HUES[0].fill,
        strokeWidth: 2,
      }),
      Plot.dot(seen, { x: "i", y: "openShare", r: 4, fill: HUES[0].fill }),
      ...[-11, 11].map((dy) =>
        // on the side of the dot where the null is not
        Plot.text(seen.filter((column) => (column.evenShare > column.openShare) === (dy > 0)), {
          x: "i",
          y: "openShare",
          text: (column: Seen) => shareText(column.openShare),
          textAnchor: "start",
          dx: 6,
          dy,
          fontSize: 12,
          fontWeight: 600,
          fill: HUES[0].text,
          stroke: "#ffffff",
          strokeWidth: 3,
        })
      ),
      ...key("observed, with its 95% interval", HUES[0].text, -120),
      ...key("even news", NULL_TEXT, 0),
    ],
  };
}

/** An entry of the key above the frame: a mark in its colour, then its words. */
function key(words: string, colour: string, dx: number): Plot.Markish[] {
  const isDot = colour === HUES[0].text;
  return [
    Plot.text([0], {
      text: () => isDot ? words : `— ${words}`,
      frameAnchor: "top-right",
      lineAnchor: "bottom",
      dx,
      // above the label of a share of 100%
      dy: -24,
      fontSize: 12,
      fill: colour,
    }),
    ...(isDot
      ? [
        Plot.dot([0], {
          frameAnchor: "top-right",
          dx: dx - textWidth(words, 12) - 6,
          dy: -29,
          r: 4,
          fill: colour,
        }),
      ]
      : []),
  ];
}

function heatPlot(prices: PriceToEnd): Plot.PlotOptions {
  const { columns, priceEdges } = prices;
  const nBins = priceEdges.length - 1;
  const most = Math.max(
    ...columns.flatMap((column) => [...column.shareByPrice]).filter((x) => x > 0),
  );
  const cells = columns.flatMap((column, i) =>
    Array.from(column.shareByPrice, (share, bin) => {
      // a square root keeps the thin middle visible beside the full ends
      const colour = sequentialColour(Math.sqrt(share / most) * 0.92);
      return { i, bin, share, colour };
    })
  );
  type CellOf = typeof cells[number];
  const openEdges = [prices.openFrom, prices.openTo].map((price) => priceEdges.indexOf(price));
  const bottom = (line: number) => ({
    frameAnchor: "bottom" as const,
    lineAnchor: "middle" as const,
    dy: 16 + 15 * line,
  });
  const below = (text: (column: TimeColumn) => string, line: number, fill: string) =>
    Plot.text(columns, {
      x: (_: TimeColumn, i: number) => i,
      text,
      ...bottom(line),
      fontSize: line === 0 ? 12 : 10.5,
      fill,
    });
  const atLeft = (text: string, line: number) =>
    Plot.text([0], {
      text: () => text,
      frameAnchor: "bottom-left",
      textAnchor: "end",
      dx: -9,
      dy: 16 + 15 * line,
      fontSize: line === 0 ? 11 : 10.5,
      fill: MUTED,
      lineAnchor: "middle",
    });
  return {
    ...columnScale(columns),
    marginTop: 16,
    marginBottom: 62,
    y: {
      domain: [0, nBins],
      ticks: priceEdges.map((_, bin) => bin),
      tickFormat: (bin: number) => `${cents(priceEdges[bin]!)} ¢`,
      label: null,
      tickSize: 4,
    },
    marks: [
      Plot.rect(cells, {
        x1: (cell: CellOf) => cell.i - 0.5,
        x2: (cell: CellOf) => cell.i + 0.5,
        y1: "bin",
        y2: (cell: CellOf) => cell.bin + 1,
        fill: (cell: CellOf) => Number.isNaN(cell.share) ? MISSING_FILL : cell.colour,
        inset: 0.5,
      }),
      Plot.text(cells.filter((cell) => cell.share >= 0.005), {
        x: "i",
        y: (cell: CellOf) => cell.bin + 0.5,
        text: (cell: CellOf) => `${Math.round(cell.share * 100)}`,
        fontSize: 10.5,
        fill: (cell: CellOf) => textColourOn(cell.colour),
      }),
      Plot.ruleY(openEdges, { stroke: INK, strokeWidth: 1.25 }),
      below(rangeLabel, 0, INK),
      below((column) => countText(column.nPrices), 1, MUTED),
      below((column) => countText(column.nMarkets), 2, MUTED),
      atLeft("days left", 0),
      atLeft("prices", 1),
      atLeft("markets", 2),
    ],
  };
}

function columnScale(columns: readonly TimeColumn[]): Plot.PlotOptions {
  return {
    marginLeft: MARGIN_LEFT,
    marginRight: MARGIN_RIGHT,
    x: { axis: null, type: "linear", domain: [-0.5, columns.length - 0.5] },
    color: { type: "identity" },
  };
}

function rangeLabel({ fromDays, toDays }: TimeColumn): string {
  if (fromDays === -Infinity) return "past end";
  return toDays === Infinity ? `${fromDays}+` : `${fromDays}–${toDays}`;
}

function cents(price: number): string {
  return `${Math.round(price * 100)}`;
}
