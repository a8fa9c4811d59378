import * as Plot from "@observablehq/plot";
import type { CorrelationSpread } from "../stats/correlation_spread.ts";
import { axisTitle } from "./axis_title.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { type NullBand, nullBand, shareBelow, standingText } from "./null_band.ts";
import { AXIS, GRID, HUES, INK, NULL_FILL, NULL_TEXT } from "./palette.ts";
import { decimalText } from "./value_ticks.ts";
import { countOf, countText } from "../core/number_text.ts";

const NAME = "correlation_spread";
const HEIGHT = 430;
/** Where a bar of no pairs stands on a log scale: below one pair. */
const FLOOR = 0.5;

/**
 * How pairwise correlations are spread, over the spread that shifted moves give.
 *
 * Counts are on a log scale, since the tails that matter hold a few pairs in ten thousand.
 *
 * @throws {RangeError} If a bin has no count or no null, or the edges do not rise.
 */
export function correlationSpreadChart(
  spread: CorrelationSpread,
  context: ChartContext,
): Figure {
  check(spread);
  const { nPairs, what } = spread;
  if (nPairs === 0) {
    return figure({
      name: NAME,
      title: "No pair of markets has enough common days, so no correlation can be measured",
      subtitle: `Pairs of markets by their correlation ρ: ${what}.`,
      alt: "Nothing is drawn: there is no pair.",
      context,
      body: "no pairs with enough common days",
    });
  }
  const band = nullBand(spread.nullTail);
  const title = finding(spread, band);
  return figure({
    name: NAME,
    title,
    subtitle:
      `Pairs of markets by their correlation ρ, log scale: ${what}. Null: each market’s moves shifted in time by a random offset, ${
        countOf(band.nReplicates, "draw")
      }. n\u00a0=\u00a0${countOf(nPairs, "pair")}.`,
    alt: `${title}. Of ${countOf(nPairs, "pair")}, ${countText(spread.nTail)} lie at or beyond ±${
      tailText(spread)
    }${band.nReplicates === 0 ? "" : `; shifted moves give ${rangeText(band)}`}.`,
    context,
    height: HEIGHT + KEY_HEIGHT,
    body: [
      keyLine([
        { mark: "line", colour: HUES[0].fill, words: "observed pairs" },
        { mark: "band", words: "null, 5th to 95th percentile" },
        { mark: "line", words: "its median" },
        ...(spread.nTail > band.high
          ? [{ mark: "band" as const, colour: EXCESS, words: "pairs of the tails above the band" }]
          : []),
      ]),
      { left: 0, top: KEY_HEIGHT, width: BODY_WIDTH, height: HEIGHT, plot: plot(spread, band) },
    ],
  });
}

/** Excess over the null in the tails: the first hue, light enough for lines upon it. */
const EXCESS = "#93b7ec";

function finding({ nTail, nPairs, nullTail, tail }: CorrelationSpread, band: NullBand): string {
  const share = `${nTail === 0 ? "None" : countText(nTail)} of ${countOf(nPairs, "pair")}`;
  const beyond = `beyond ±${tailText({ tail })}`;
  if (band.nReplicates === 0) {
    return `${share} lie ${beyond}; no null was measured beside them`;
  }
  const noise = countText(band.mid);
  const standing = standingText(shareBelow(nTail, nullTail), band.nReplicates);
  if (nTail > band.high) {
    return `${countOf(nTail, "pair")} ${
      nTail === 1 ? "lies" : "lie"
    } ${beyond} where shifted moves give ${noise} (${standing})`;
  }
  return nTail < band.low
    ? `${share} lie ${beyond}, fewer than the ${noise} that shifted moves give`
    : `${share} lie ${beyond}, no more than noise: shifted moves give ${rangeText(band)}`;
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

function plot(spread: CorrelationSpread, band: NullBand): Plot.PlotOptions {
  const { edges, tail } = spread;
  const bins = Array.from(spread.count, (count, i): Bin => ({
    from: edges[i]!,
    to: edges[i + 1]!,
    count,
    low: spread.nullLow[i]!,
    mid: spread.nullMid[i]!,
    high: spread.nullHigh[i]!,
  }));
  const most = Math.max(
    10,
    ...bins.flatMap(({ count, high }) => [count, high]).filter(Number.isFinite),
  );
  const decades = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, k) => 10 ** k);
  // a step has two corners a bin; a bin of no pairs stands on the floor
  const steps = (value: (bin: Bin) => number) =>
    bins.flatMap((bin) =>
      [bin.from, bin.to].map((rho) => ({ rho, at: Math.max(value(bin), FLOOR) }))
    );
  const high = steps((bin) => bin.high);
  const ground = steps((bin) => bin.low).map(({ rho, at }, i) => ({ rho, at, to: high[i]!.at }));
  const tails = [
    bins.filter(({ to }) => to <= -tail + 1e-9),
    bins.filter(({ from }) => from >= tail - 1e-9),
  ];
  return {
    marginLeft: 72,
    marginRight: 20,
    marginTop: 40,
    marginBottom: 40,
    x: {
      domain: [-1, 1],
      ticks: [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1],
      tickFormat: (rho: number) =>
        decimalText(rho, [0, 1, 2].find((k) => rho * 10 ** k % 1 === 0)!),
      label: "Correlation ρ of the pair",
      labelAnchor: "center",
      labelArrow: false,
      labelOffset: 38,
      tickSize: 4,
    },
    y: {
      type: "log",
      domain: [FLOOR, 1.5 * most],
      ticks: decades,
      tickFormat: countText,
      tickSize: 0,
      label: null,
    },
    marks: [
      axisTitle("Pairs a bin (log scale)", 72),
      Plot.gridY(decades, { stroke: GRID, strokeOpacity: 1 }),
      Plot.areaY(ground, { x: "rho", y1: "at", y2: "to", fill: NULL_FILL }),
      ...(spread.nTail > band.high ? tails : []).map((bins) =>
        Plot.areaY(excessSteps(bins), { x: "rho", y1: "from", y2: "to", fill: EXCESS })
      ),
      Plot.lineY(steps((bin) => bin.mid), {
        x: "rho",
        y: "at",
        stroke: NULL_TEXT,
        strokeWidth: 1.25,
      }),
      Plot.lineY(steps((bin) => bin.count), {
        x: "rho",
        y: "at",
        stroke: HUES[0].fill,
        strokeWidth: 2,
      }),
      Plot.ruleY([FLOOR], { stroke: AXIS }),
      Plot.ruleX([-tail], { stroke: INK, strokeDasharray: "4 3" }),
      Plot.ruleX([tail], { stroke: INK, strokeDasharray: "4 3", insetTop: -20 }),
      ...tailWords(spread, band),
    ],
  };
}

/** Corners of the part of a tail's bins that lies above the null's band; no part has no height. */
function excessSteps(bins: readonly Bin[]) {
  return bins.flatMap(({ from, to, count, high }) => {
    const ground = Math.max(high, FLOOR);
    return [from, to].map((rho) => ({ rho, from: ground, to: Math.max(count, ground) }));
  });
}

/** The tails' count above the right one, under its null; the frame's left is the axis' title. */
function tailWords(spread: CorrelationSpread, band: NullBand): Plot.Markish[] {
  const { tail, nTail } = spread;
  const above = nTail > band.high;
  const isRight = tail < 0.62;
  const words = (text: string, dy: number, fill: string, fontWeight: 400 | 600) =>
    Plot.text([tail], {
      x: (rho: number) => rho,
      text: () => text,
      frameAnchor: "top",
      textAnchor: isRight ? "start" : "end",
      dx: isRight ? 6 : -6,
      dy,
      fontSize: 12,
      ...(fontWeight === 600 ? { fontWeight } : {}),
      fill,
      stroke: "#ffffff",
      strokeWidth: 3,
    });
  return [
    words(
      `${countText(nTail)} beyond ±${tailText(spread)}`,
      -14,
      above ? HUES[0].text : INK,
      600,
    ),
    words(
      band.nReplicates === 0 ? "null not measured" : `null ${rangeText(band)}`,
      2,
      NULL_TEXT,
      400,
    ),
  ];
}

function rangeText({ low, mid, high }: NullBand): string {
  return `${countText(mid)} (${countText(low)} to ${countText(high)})`;
}

function tailText({ tail }: Pick<CorrelationSpread, "tail">): string {
  return String(Math.round(tail * 100) / 100);
}

function check({ edges, count, nullLow, nullMid, nullHigh, tail }: CorrelationSpread): void {
  for (const [name, values] of Object.entries({ count, nullLow, nullMid, nullHigh })) {
    if (values.length !== edges.length - 1) {
      throw new RangeError(
        `Cannot draw a spread as ${name} must have one value a bin (${
          edges.length - 1
        }): got ${values.length}`,
      );
    }
  }
  edges.forEach((edge, i) => {
    if (!(Math.abs(edge) <= 1) || (i > 0 && edge <= edges[i - 1]!)) {
      throw new RangeError(
        `Cannot draw a spread as its edges must rise within [-1, 1]: got ${edge} (edge ${i})`,
      );
    }
  });
  if (!(tail > 0 && tail < 1)) {
    throw new RangeError(`Cannot draw a spread as its tail must be in (0, 1): got ${tail}`);
  }
}
