import * as Plot from "@observablehq/plot";
import { HUES } from "../../charts/palette.ts";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";

/** Room of a chart by number of clusters. */
export interface CountFrame {
  readonly width: number;
  readonly height: number;
  /** Largest number of clusters on the axis. */
  readonly most: number;
}

const MARGIN = { left: 40, right: 14, top: 28, bottom: 34 };
/** Numbers of clusters with words on the axis. */
const TICKS = [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** A measure of every cut, with its null where there is one, on a log scale of clusters. */
export function countPlot(
  values: { readonly k: readonly number[]; readonly value: readonly (number | null)[] },
  { frame, nClusters, label, hue, isDark, nulls, rules = [] }: {
    readonly frame: CountFrame;
    /** The present cut; `null` leaves it out. */
    readonly nClusters: number | null;
    readonly label: string;
    /** Index of the palette. */
    readonly hue: number;
    readonly isDark: boolean;
    readonly nulls?: readonly (number | null)[];
    /** Values that are read off. */
    readonly rules?: readonly number[];
  },
): Plot.PlotOptions {
  const rows = thinned(values.k, frame).map((at) => ({
    k: values.k[at]!,
    value: values.value[at] ?? NaN,
    null: nulls?.[at] ?? NaN,
  }));
  const colour = HUES[hue]![isDark ? "dark" : "fill"];
  const present = rows.filter(({ k }) => k === nClusters);
  return {
    width: frame.width,
    height: frame.height,
    ...{ marginLeft: MARGIN.left, marginRight: MARGIN.right },
    ...{ marginTop: MARGIN.top, marginBottom: MARGIN.bottom },
    x: { type: "log", domain: [2, frame.most], axis: null },
    y: { nice: true, zero: true, axis: null },
    marks: [
      Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 4 }),
      Plot.axisY({ ticks: 4, tickSize: 0, label: null, fontSize: 11, fill: "var(--muted)" }),
      Plot.axisX({
        ticks: spacedTicks(frame),
        // a format of the axis would leave out some of them on a log scale
        text: (k: number) => k.toLocaleString("en"),
        ...{ tickSize: 3, fontSize: 11, fill: "var(--muted)" },
        label: "Clusters (log scale)",
        ...{ labelAnchor: "left", labelArrow: "none", labelOffset: 30 },
      }),
      Plot.ruleY([0], { stroke: "var(--edge)" }),
      Plot.ruleY(rules, { stroke: "var(--edge)", strokeDasharray: "3 3" }),
      ...(nulls === undefined ? [] : [
        Plot.areaY(rows, { x: "k", y1: 0, y2: "null", fill: "var(--edge)", fillOpacity: 0.35 }),
      ]),
      Plot.lineY(rows, { x: "k", y: "value", stroke: colour, strokeWidth: 2 }),
      ...(nClusters !== null && nClusters >= 2 && nClusters <= frame.most
        ? [Plot.ruleX([nClusters], { stroke: "var(--accent)", strokeWidth: 1.5 })]
        : []),
      Plot.dot(present, { x: "k", y: "value", r: 4, fill: colour, stroke: "var(--panel)" }),
      Plot.text([label], {
        frameAnchor: "top-left",
        ...{ dx: -MARGIN.left + 4, dy: -22, fontSize: 12, fill: "var(--ink)" },
      }),
    ],
  };
}

/** Place of a number of clusters in such a chart, in the chart's own units. */
export function xOfCount(nClusters: number, { width, most }: CountFrame): number {
  const share = Math.log(Math.max(nClusters, 2) / 2) / Math.log(most / 2);
  return MARGIN.left + (width - MARGIN.left - MARGIN.right) * Math.min(share, 1);
}

/** Number of clusters under an x of such a chart, in the chart's own units. */
export function countAtX(x: number, { width, most }: CountFrame): number {
  const share = (x - MARGIN.left) / (width - MARGIN.left - MARGIN.right);
  const within = Math.min(Math.max(share, 0), 1);
  return Math.round(2 * (most / 2) ** within);
}

/** Largest number of clusters that the charts show. */
export function mostShown({ cuts }: Pick<DendrogramView, "cuts">): number {
  return Math.max(cuts?.k.at(-1) ?? 2, 3);
}

/** Round numbers with room for their words between them. */
function spacedTicks(frame: CountFrame): number[] {
  const kept: number[] = [];
  for (const k of TICKS) {
    const room = 16 + 7 * String(k).length;
    const last = kept.at(-1);
    if (k > frame.most) break;
    if (last === undefined || xOfCount(k, frame) - xOfCount(last, frame) >= room) kept.push(k);
  }
  return kept;
}

/** Places of at most some three points a pixel column less than all of them: 1 % apart or more. */
function thinned(k: readonly number[], { most }: CountFrame): number[] {
  const kept: number[] = [];
  let last = 0;
  k.forEach((count, at) => {
    if (count > most || count - last < count / 120) return;
    last = count;
    kept.push(at);
  });
  return kept;
}
