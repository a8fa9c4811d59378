import type * as Plot from "@observablehq/plot";
import type { CountStudy } from "../cluster/count_study.ts";
import type { ChartContext } from "./chart_context.ts";
import { gapPlot, silhouettePlot, silhouetteScale, targetText } from "./cluster_count_plot.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { checkPercentile, standingText } from "./null_band.ts";
import { HUES } from "./palette.ts";
import { decimalText } from "./value_ticks.ts";
import { countOf, shareText } from "../core/number_text.ts";

/** How well the items separate into k clusters, for each k, beside what noise gives. */
export type ClusterCountCurve = Omit<CountStudy, "chosen"> & {
  /** The number of clusters used; `null` where none was chosen. */
  readonly chosen: number | null;
};

const NAME = "cluster_count";
const SILHOUETTE_HEIGHT = 250, GAP_HEIGHT = 210;
/** From here on the silhouette at the chosen k counts as better than noise. */
const STANDS = 0.95;

/**
 * Whether the number of clusters that is used separates the items better than noise.
 *
 * Above, the mean silhouette over its null; below, the gap statistic with one standard error. The
 * title compares the silhouette at the chosen k with that of each shift at the same k. The best of
 * many is large by itself, so a note compares the best of all k with the best of each shift.
 *
 * @throws {RangeError} If the columns differ in length, k does not rise or a percentile is not in
 * [0, 1].
 */
export function clusterCountChart(curve: ClusterCountCurve, context: ChartContext): Figure {
  check(curve);
  const { k, silhouette, chosen } = curve;
  const isMeasured = [...silhouette, ...curve.gap].some(Number.isFinite);
  if (!isMeasured) {
    return figure({
      name: NAME,
      title: k.length === 0
        ? "There are too few items to be divided into clusters"
        : "No number of clusters could be measured",
      subtitle: "Mean silhouette and gap statistic by number of clusters k.",
      alt: "Nothing is drawn: neither the silhouette nor the gap was measured.",
      context,
      body: "no number of clusters measured",
    });
  }
  const title = finding(curve);
  const scale = silhouetteScale(curve);
  const targetHidden = curve.targetSilhouette > scale.ticks.at(-1)! ||
    curve.targetSilhouette < scale.ticks[0]!;
  return figure({
    name: NAME,
    title,
    subtitle:
      `Above: mean silhouette by number of clusters k, over that of moves shifted in time by random offsets (${
        countOf(curve.nShifts, "shift")
      }). Below: gap statistic with one standard error. k\u00a0${
        k.length === 1 ? `=\u00a0${k[0]!}` : `from ${k[0]!} to ${k.at(-1)!}`
      }.`,
    alt: `${title}. ${
      chosen === null ? "No k is chosen" : `k\u00a0=\u00a0${chosen} is chosen`
    } (${curve.rule}).`,
    context,
    notes: [
      ...largestNote(curve),
      ...(targetHidden
        ? [`The seed’s target of ${targetText(curve)} lies outside the axis of the silhouette.`]
        : []),
    ],
    height: KEY_HEIGHT + SILHOUETTE_HEIGHT + GAP_HEIGHT,
    body: [
      keyLine([
        { mark: "interval", colour: HUES[0].fill, words: "observed" },
        ...(curve.nullMid.every(Number.isNaN) ? [] : [
          { mark: "band" as const, words: "null, 5th to 95th percentile" },
          { mark: "line" as const, words: "its median" },
        ]),
      ]),
      panel(KEY_HEIGHT, SILHOUETTE_HEIGHT, silhouettePlot(curve, scale)),
      panel(KEY_HEIGHT + SILHOUETTE_HEIGHT, GAP_HEIGHT, gapPlot(curve)),
    ],
  });
}

function panel(top: number, height: number, plot: Plot.PlotOptions): FigurePanel {
  return { left: 0, top, width: BODY_WIDTH, height, plot };
}

function finding(curve: ClusterCountCurve): string {
  const { chosen, chosenSilhouette, chosenPercentile, nShifts } = curve;
  if (curve.silhouette.every(Number.isNaN)) {
    return "The silhouette was not measured at any number of clusters";
  }
  const gap = curve.unboundedK === 1 ? "; the gap statistic sees no clusters" : "";
  if (chosen === null) return `No number of clusters is chosen; ${largest(curve)}${gap}`;
  const where = `At the ${countOf(chosen, "cluster")} chosen, the silhouette`;
  if (Number.isNaN(chosenSilhouette)) return `${where} was not measured${gap}`;
  const value = decimalText(chosenSilhouette, 2);
  if (Number.isNaN(chosenPercentile) || nShifts === 0) {
    return `${where} is ${value} with no null beside it${gap}`;
  }
  const share = chosenPercentile === 0 ? "none" : shareText(chosenPercentile);
  return chosenPercentile >= STANDS
    ? `${where} of ${value} is ${standingText(chosenPercentile, nShifts)}${gap}`
    : `${where} of ${value} is no better than noise (above ${share} of shifts)${gap}`;
}

/** The largest silhouette over k and where it stands among the largest of each shift. */
function largest({ k, silhouette, bestSilhouetteK, bestPercentile, nShifts }: ClusterCountCurve) {
  const best = silhouette[k.indexOf(bestSilhouetteK)] ?? NaN;
  // two clusters are the fewest that can be: the lower end cuts nothing off there
  const isEdge = k.length > 1 &&
    (bestSilhouetteK === k.at(-1) || bestSilhouetteK === k[0] && bestSilhouetteK > 2);
  const edge = isEdge ? " (at the edge of the range looked at, so not a maximum)" : "";
  const value = `the largest silhouette is ${
    decimalText(best, 2)
  } at k\u00a0=\u00a0${bestSilhouetteK}${edge}`;
  return Number.isNaN(bestPercentile)
    ? `${value}, with no null beside it`
    : `${value}, ${standingText(bestPercentile, nShifts)}`;
}

function largestNote(curve: ClusterCountCurve): string[] {
  if (Number.isNaN(curve.silhouette[curve.k.indexOf(curve.bestSilhouetteK)] ?? NaN)) return [];
  const words = largest(curve);
  return [
    Number.isNaN(curve.bestPercentile)
      ? `T${words.slice(1)}.`
      : `T${words.slice(1)}, each at its own best k; the band is that of each k alone.`,
  ];
}

function check({ k, bestPercentile, chosenPercentile, ...columns }: ClusterCountCurve): void {
  const { silhouette, nullLow, nullMid, nullHigh, gap, gapError } = columns;
  for (
    const [name, column] of Object.entries({
      silhouette,
      nullLow,
      nullMid,
      nullHigh,
      gap,
      gapError,
    })
  ) {
    if (column.length !== k.length) {
      throw new RangeError(
        `Cannot draw cluster counts as ${name} must have one value a k (${k.length}): got ${column.length}`,
      );
    }
  }
  k.forEach((value, i) => {
    if (i > 0 && value <= k[i - 1]!) {
      throw new RangeError(
        `Cannot draw cluster counts as k must rise: got ${value} after ${k[i - 1]}`,
      );
    }
  });
  checkPercentile(bestPercentile, "bestPercentile");
  checkPercentile(chosenPercentile, "chosenPercentile");
}
