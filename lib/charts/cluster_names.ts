import * as Plot from "@observablehq/plot";
import { countText } from "../core/number_text.ts";
import { AXIS, MUTED } from "./palette.ts";
import { textWidth } from "./text_width.ts";
import { clusterRuns } from "./tree_branches.ts";
import { clusterHue, clusterName, clusterSizes, type TreeView } from "./tree_view.ts";

const STEP = 13, TEXT_AT = 19, GAP = 10;

/** A cluster's name beside a map of its members. */
export interface PlacedName {
  readonly cluster: number;
  readonly text: string;
  /** Number of its members; drawn apart, as a name that reads from right to left would move it. */
  readonly size: string;
  /** Middle of the cluster, in pixels from the top of the map. */
  readonly from: number;
  /** Where its name stands. */
  readonly at: number;
}

/**
 * Names of the clusters of two and more, from the top: the largest for which there is room, each as
 * near to its cluster as the others allow.
 */
export function clusterNames(
  view: TreeView,
  { width, height }: { width: number; height: number },
): PlacedName[] {
  const n = view.tree.ids.length;
  const room = Math.floor(height / STEP);
  const sizes = clusterSizes(view.clusters);
  const runs = clusterRuns(view.order, view.clusters).filter(({ cluster, isMain }) =>
    isMain && cluster >= 0 && cluster < room && sizes[cluster]! > 1
  );
  const from = runs.map((run) => (run.from + run.to) / 2 / n * height);
  const at = apart(from, height);
  return runs.map(({ cluster }, i) => {
    const size = countText(sizes[cluster]!);
    const room = width - TEXT_AT - textWidth(size, 11) - GAP;
    return {
      cluster,
      text: clusterName(view, cluster, room, 400),
      size,
      from: from[i]!,
      at: at[i]!,
    };
  });
}

/**
 * Places at least a step apart with the least sum of squared moves: the means of neighbours that
 * would meet.
 *
 * Source: the pool-adjacent-violators algorithm of isotonic regression (Ayer et al. 1955).
 */
function apart(wanted: readonly number[], height: number): number[] {
  const pools: { sum: number; count: number }[] = [];
  wanted.forEach((place, i) => {
    pools.push({ sum: place - i * STEP, count: 1 });
    for (;;) {
      const last = pools.at(-1)!, before = pools.at(-2);
      if (before === undefined || before.sum / before.count < last.sum / last.count) break;
      pools.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  // clamping keeps steps: both bounds leave room for the names above and below
  const least = STEP / 2, most = height - STEP / 2 - (wanted.length - 1) * STEP;
  const starts = pools.flatMap(({ sum, count }) => Array<number>(count).fill(sum / count));
  return starts.map((start, i) => Math.max(least, Math.min(most, start)) + i * STEP);
}

/** Bars of the clusters' colours along the map, and their names. */
export function clusterNamesPlot(
  view: TreeView,
  names: readonly PlacedName[],
  { width, height }: { width: number; height: number },
): Plot.PlotOptions {
  const n = view.tree.ids.length;
  const bars = clusterRuns(view.order, view.clusters)
    .filter(({ cluster }) => cluster >= 0)
    .map(({ cluster, from, to }) => ({
      from: from / n * height,
      to: to / n * height,
      fill: clusterHue(cluster).fill,
    }));
  const leaders = names.flatMap(({ from, at }): [number, number][] => [
    [9, from],
    [TEXT_AT - 3, at],
    [NaN, NaN],
  ]);
  return {
    margin: 0,
    x: { axis: null, domain: [0, width] },
    y: { axis: null, domain: [height, 0] },
    color: { type: "identity" },
    marks: [
      Plot.rect(bars, { x1: 3, x2: 8, y1: "from", y2: "to", fill: "fill" }),
      Plot.line(leaders, { stroke: AXIS, strokeWidth: 0.75 }),
      Plot.text(names, {
        x: TEXT_AT,
        y: "at",
        text: "text",
        textAnchor: "start",
        fontSize: 11,
        fill: ({ cluster }: PlacedName) => clusterHue(cluster).text,
      }),
      Plot.text(names, {
        x: width,
        y: "at",
        text: "size",
        textAnchor: "end",
        fontSize: 11,
        fill: MUTED,
      }),
    ],
  };
}
