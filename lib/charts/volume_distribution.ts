import * as Plot from "@observablehq/plot";
import type { VolumeBin, VolumeDistribution } from "../universe/volume_distribution.ts";
import { axisTitle } from "./axis_title.ts";
import type { ChartContext } from "./chart_context.ts";
import { countTicks } from "./count_ticks.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { countOf, countText, shareText, usdText } from "../core/number_text.ts";
import { textWidth } from "./text_width.ts";
import { AXIS, BELOW_FILL, GRID, HUES, INK } from "./palette.ts";

const NAME = "volume_distribution";
const HEIGHT = 430, STRIP_HEIGHT = 64;
const MARGINS = { marginLeft: 52, marginRight: 24 };
const THRESHOLD = { stroke: HUES[0].text, strokeWidth: 1.5, strokeDasharray: "4 3" };

/** How traded value is spread over markets, with the threshold from which one counts as traded. */
export function volumeDistributionChart(
  volumes: VolumeDistribution,
  context: ChartContext,
): Figure {
  const unknown = volumes.nMarkets - volumes.nKnown;
  const traded = volumes.nKnown - volumes.nZero;
  if (traded === 0) {
    const reason = volumes.nKnown === 0
      ? `Volume is unknown for all ${countOf(volumes.nMarkets, "market")}`
      : `None of the ${countOf(volumes.nKnown, "market")} with known volume traded`;
    return figure({
      name: NAME,
      title: reason,
      subtitle: "Total observed volume per market, US dollars.",
      alt: `Nothing is drawn. ${reason}.`,
      context,
      body: volumes.nKnown === 0 ? "no markets with a known volume" : "no traded markets",
    });
  }
  const scale = scaleOf(volumes);
  const whole = { left: 0, width: BODY_WIDTH };
  const share = shareText(volumes.nAtThreshold / volumes.nKnown);
  const threshold = usdText(volumes.thresholdUsd);
  const topTenth = countOf(Math.ceil(volumes.nKnown / 10), "market");
  const title = `${
    volumes.nAtThreshold === 0
      ? `No market with known volume traded ${threshold} or more`
      : `${share} of markets with known volume traded ${threshold} or more`
  }; the top ${topTenth} of ${countText(volumes.nKnown)} ${
    Math.ceil(volumes.nKnown / 10) === 1 ? "holds" : "hold"
  } ${shareText(volumes.topTenthShare)} of the ${usdText(volumes.sumUsd)}`;
  return figure({
    name: NAME,
    title,
    subtitle: `Total observed volume per market, US dollars, log scale. n\u00a0=\u00a0${
      countOf(volumes.nKnown, "market")
    } with known volume; unknown for ${countText(unknown)} of ${
      countText(volumes.nMarkets)
    }, which are not counted as zero.`,
    alt: `${title}. The median market traded ${usdText(volumes.medianUsd)}; ${
      countText(volumes.nZero)
    } traded nothing; volume is unknown for ${countText(unknown)}.`,
    context,
    notes: ["Days without a known volume add nothing, so totals are lower bounds."],
    height: HEIGHT,
    body: [
      { ...whole, top: 0, height: STRIP_HEIGHT, plot: stripPlot(volumes, scale) },
      {
        ...whole,
        top: STRIP_HEIGHT,
        height: HEIGHT - STRIP_HEIGHT,
        plot: barsPlot(volumes, scale),
      },
    ],
  });
}

/** Where everything stands along the axis, in decades of dollars. */
interface Scale {
  readonly left: number;
  readonly right: number;
  /** Centre of the bar of markets that never traded, and where it is parted from the others. */
  readonly zero: number;
  readonly gap: number;
  readonly binWidth: number;
  readonly place: (usd: number) => number;
  readonly threshold: number;
}

function scaleOf({ bins, nZero, thresholdUsd }: VolumeDistribution): Scale {
  const binWidth = Math.log10(bins[0]!.toUsd / bins[0]!.fromUsd);
  const low = Math.min(Math.log10(bins[0]!.fromUsd), Math.log10(thresholdUsd) - binWidth);
  const right = Math.max(Math.log10(bins.at(-1)!.toUsd), Math.log10(thresholdUsd) + binWidth);
  const zero = low - 1.5 * binWidth;
  return {
    left: nZero === 0 ? low : low - 2.25 * binWidth,
    right,
    zero,
    gap: low - 0.5 * binWidth,
    binWidth,
    place: (usd) => usd > 0 ? Math.log10(usd) : zero,
    threshold: Math.log10(thresholdUsd),
  };
}

function stripPlot(volumes: VolumeDistribution, scale: Scale): Plot.PlotOptions {
  const { place, threshold } = scale;
  const p10 = place(volumes.p10Usd), median = place(volumes.medianUsd);
  const p90 = place(volumes.p90Usd);
  const text = `median ${usdText(volumes.medianUsd)}; 80% of markets ${
    usdText(volumes.p10Usd)
  } to ${usdText(volumes.p90Usd)}`;
  const plotWidth = BODY_WIDTH - MARGINS.marginLeft - MARGINS.marginRight;
  const partLeft = (x: number) => (x - scale.left) / (scale.right - scale.left);
  // away from the threshold, where there is room
  const room = textWidth(text, 12) / plotWidth;
  const medianLeansLeft = partLeft(median) > (median <= threshold ? room : 1 - room);
  const leansLeft = partLeft(threshold) > 0.5;
  const halo = { stroke: "#ffffff", strokeWidth: 4, fontSize: 12 };
  return {
    ...MARGINS,
    marginTop: 0,
    marginBottom: 0,
    x: { axis: null, domain: [scale.left, scale.right] },
    y: { axis: null, domain: [0, STRIP_HEIGHT] },
    marks: [
      Plot.ruleX([threshold], THRESHOLD),
      Plot.link([0], { x1: p10, x2: p90, y1: 14, y2: 14, stroke: INK, strokeWidth: 2 }),
      Plot.dot([median], { x: (x: number) => x, y: 14, r: 4.5, fill: INK }),
      Plot.text([median], {
        ...halo,
        x: (x: number) => x,
        y: 33,
        text: () => text,
        textAnchor: medianLeansLeft ? "end" : "start",
        dx: medianLeansLeft ? 5 : -5,
        fill: INK,
      }),
      Plot.text([threshold], {
        ...halo,
        x: (x: number) => x,
        y: 54,
        text: () =>
          `${usdText(volumes.thresholdUsd)} or more: ${countText(volumes.nAtThreshold)} of ${
            countText(volumes.nKnown)
          }`,
        textAnchor: leansLeft ? "end" : "start",
        dx: leansLeft ? -7 : 7,
        fontWeight: 600,
        fill: HUES[0].text,
      }),
    ],
  };
}

function barsPlot(volumes: VolumeDistribution, scale: Scale): Plot.PlotOptions {
  const { bins, nZero } = volumes;
  const ticks = countTicks(Math.max(nZero, ...bins.map((bin) => bin.nMarkets)));
  const decades: number[] = [];
  const every = scale.right - scale.left > 13 ? 2 : 1;
  for (let k = Math.ceil(scale.gap); k <= scale.right + 1e-9; k += every) decades.push(k);
  const bar = { y1: 0, y2: "nMarkets", insetLeft: 0.5, insetRight: 0.5 };
  const isAbove = (bin: VolumeBin) => bin.fromUsd >= volumes.thresholdUsd * (1 - 1e-9);
  return {
    ...MARGINS,
    marginTop: 30,
    marginBottom: 40,
    x: {
      domain: [scale.left, scale.right],
      ticks: [...(nZero === 0 ? [] : [scale.zero]), ...decades],
      tickFormat: (x: number) => x === scale.zero ? "$0" : usdText(10 ** x),
      label: `Total observed volume per market (log scale${
        nZero === 0 ? "" : "; those that never traded stand apart at $0"
      })`,
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
      axisTitle("Markets", MARGINS.marginLeft),
      Plot.gridY(ticks, { stroke: GRID, strokeOpacity: 1 }),
      Plot.rect(bins, {
        ...bar,
        x1: (bin: VolumeBin) => Math.log10(bin.fromUsd),
        x2: (bin: VolumeBin) => Math.log10(bin.toUsd),
        fill: (bin: VolumeBin) => isAbove(bin) ? HUES[0].fill : BELOW_FILL,
      }),
      ...(nZero === 0 ? [] : [
        Plot.rect([volumes], {
          ...bar,
          x1: scale.zero - scale.binWidth / 2,
          x2: scale.zero + scale.binWidth / 2,
          y2: "nZero",
          fill: BELOW_FILL,
        }),
        Plot.ruleX([scale.gap], { stroke: AXIS, strokeDasharray: "2 3" }),
      ]),
      Plot.ruleY([0], { stroke: AXIS }),
      Plot.ruleX([scale.threshold], { ...THRESHOLD, insetTop: -30 }),
    ],
    color: { type: "identity" },
  };
}
