import * as Plot from "@observablehq/plot";
import type { ZeroMoves } from "../universe/zero_moves.ts";
import { axisTitle } from "./axis_title.ts";
import type { ChartContext } from "./chart_context.ts";
import { countTicks } from "./count_ticks.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { countOf, countText, shareText } from "../core/number_text.ts";
import { AXIS, GRID, HUES, NULL_FILL, NULL_TEXT } from "./palette.ts";

const NAME = "zero_move_share";
const HEIGHT = 400;

/** How often markets stand still from one day to the next, over what rounding alone would give. */
export function zeroMoveShareChart(moves: ZeroMoves, context: ChartContext): Figure {
  const short = moves.nShort === 0 ? [] : [
    `${countOf(moves.nShort, "priced market")} with fewer than ${moves.minMoves} one-day moves ${
      moves.nShort === 1 ? "is" : "are"
    } left out.`,
  ];
  if (moves.nMarkets === 0) {
    return figure({
      name: NAME,
      title: `No market has ${moves.minMoves} one-day moves, so standing still cannot be measured`,
      subtitle: "Share of one-day moves that are exactly zero, per market.",
      alt: "Nothing is drawn: no market has enough one-day moves.",
      context,
      notes: short,
      body: `no markets with ${moves.minMoves} one-day moves`,
    });
  }
  const observed = shareText(moves.overallShare), rounding = shareText(moves.roundingShare);
  const title = moves.gapLow > 0
    ? `${observed} of one-day moves are exactly zero; rounding to the price step would leave ${rounding}`
    : moves.gapHigh < 0
    ? `${observed} of one-day moves are exactly zero, fewer than the ${rounding} that rounding to the price step would leave`
    : `${observed} of one-day moves are exactly zero, not distinguishable from the ${rounding} that rounding to the price step would leave`;
  const above = shareText(moves.nAboveRounding / moves.nMarkets);
  return figure({
    name: NAME,
    title,
    subtitle: `Markets by the share of their one-day moves that are exactly zero. n\u00a0=\u00a0${
      countOf(moves.nMarkets, "market")
    } with ${moves.minMoves} or more moves, ${countOf(moves.nMoves, "move")}.`,
    alt:
      `${title}. ${above} of markets have more zeros than rounding alone gives in 95 of 100 draws.`,
    context,
    notes: [
      "Rounding alone: fat-tailed (Laplace) moves as large as the market’s non-zero moves near the same price and within the same 20 moves, both ends rounded to the market’s own price step. What is left may be days without news as well as days without a trade.",
      ...short,
    ],
    height: HEIGHT,
    body: [{ left: 0, top: 0, width: BODY_WIDTH, height: HEIGHT, plot: plot(moves, above) }],
  });
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly nMarkets: number;
}

function plot(moves: ZeroMoves, above: string): Plot.PlotOptions {
  const nBins = moves.observedBins.length;
  const bars = (counts: Float64Array): Bar[] =>
    Array.from(counts, (nMarkets, i) => ({ from: i / nBins, to: (i + 1) / nBins, nMarkets }));
  const observed = bars(moves.observedBins), rounding = bars(moves.roundingBins);
  const ticks = countTicks(Math.max(...moves.observedBins, ...moves.roundingBins));
  const outline = rounding.flatMap(({ from, to, nMarkets }) => [[from, nMarkets], [to, nMarkets]]);
  return {
    marginLeft: 56,
    marginRight: 16,
    marginTop: 68,
    marginBottom: 40,
    x: {
      domain: [0, 1],
      ticks: 10,
      tickFormat: (share: number) => `${Math.round(share * 100)}%`,
      label: "Zero moves, share of the market’s one-day moves",
      labelAnchor: "center",
      labelArrow: false,
      labelOffset: 38,
      tickSize: 4,
    },
    y: {
      domain: [0, ticks.at(-1)!],
      ticks,
      tickFormat: countText,
      tickSize: 0,
      label: null,
    },
    marks: [
      axisTitle("Markets", 56),
      Plot.gridY(ticks, { stroke: GRID, strokeOpacity: 1 }),
      Plot.areaY(outline, { x: "0", y1: 0, y2: "1", fill: NULL_FILL }),
      Plot.rect(observed, {
        x1: "from",
        x2: "to",
        y1: 0,
        y2: "nMarkets",
        insetLeft: 4,
        insetRight: 4,
        fill: HUES[0].fill,
      }),
      Plot.line(outline, { x: "0", y: "1", stroke: NULL_TEXT, strokeWidth: 1.5 }),
      Plot.ruleY([0], { stroke: AXIS }),
      ...marker(
        moves.roundingShare,
        `rounding alone ${shareText(moves.roundingShare)}`,
        NULL_TEXT,
        moves,
      ),
      ...marker(
        moves.overallShare,
        `observed ${shareText(moves.overallShare)} of all moves`,
        HUES[0].text,
        moves,
      ),
      Plot.text([0], {
        text: () =>
          `${above} of markets have more zeros than rounding alone gives in 95 of 100 draws`,
        frameAnchor: "top-left",
        dy: -56,
        fontSize: 12,
        fill: HUES[0].text,
      }),
    ],
  };
}

/** A line at an overall share with its label above the frame, turned away from the other one. */
function marker(share: number, label: string, colour: string, moves: ZeroMoves): Plot.Markish[] {
  const isLower = share === Math.min(moves.roundingShare, moves.overallShare);
  const isRounding = share === moves.roundingShare;
  const inwards = share < 0.25 || (!isLower && share < 0.75);
  return [
    Plot.ruleX([share], {
      stroke: colour,
      strokeWidth: 1.5,
      strokeDasharray: isRounding ? "4 3" : undefined,
      insetTop: isRounding ? -42 : -22,
    }),
    Plot.text([share], {
      x: (x: number) => x,
      text: () => label,
      frameAnchor: "top",
      textAnchor: inwards ? "start" : "end",
      dx: inwards ? 5 : -5,
      dy: isRounding ? -36 : -16,
      fontSize: 12,
      fontWeight: 600,
      fill: colour,
    }),
  ];
}
