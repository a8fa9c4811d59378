import * as Plot from "@observablehq/plot";
import { pairAt, type PairMatrix } from "../core/pair_matrix.ts";
import { countOf, countText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { correlationLegend, hatching } from "./correlation_legend.ts";
import { clusterNames, clusterNamesPlot, type PlacedName } from "./cluster_names.ts";
import { heatMapImage, type HeatMapRaster, heatMapRaster } from "./heat_map_raster.ts";
import { nullBand } from "./null_band.ts";
import { AXIS, INK, MISSING_FILL, MUTED, NULL_FILL } from "./palette.ts";
import { clusterRuns } from "./tree_branches.ts";
import { treeLineMark, type TreeSide, treeWedgeMark } from "./tree_marks.ts";
import {
  topHeight,
  topMerges,
  treeLine,
  type TreeShape,
  treeShape,
  treeWedges,
  unjoinedParts,
} from "./tree_shape.ts";
import { checkTreeView, type TreeView } from "./tree_view.ts";
import { decimalsApart } from "./value_ticks.ts";

const TREE = 72, LEGEND_HEIGHT = 62;
/** Width of the map beside names of clusters, and where there are none. */
const MAP_BESIDE_NAMES = 500, MAP_ALONE = 660;
/** Cells on a side; more would not fit into 300 kB. */
const MAX_SIDE = 400;
/** Merges drawn in a margin, from which on, and how many then. */
const MAX_MERGES = 400, MERGES_OF_MANY = 200;
/** Clusters narrower than this many pixels are not outlined. */
const LEAST_BLOCK = 4;

/** What {@link correlationHeatMapChart} draws. */
export interface CorrelationHeatMap {
  /** Correlations of the held sides; items as in the view. */
  readonly rho: PairMatrix;
  readonly view: TreeView;
  /** Whether the clusters of the view are the subject, true by default; it names the chart. */
  readonly clustered?: boolean;
  /** What circularly shifted moves give. */
  readonly null?: {
    /** 95th percentile of |ρ| over their pairs. */
    readonly p95Abs: number;
    /** Mean ρ within clusters of each shifted panel, clustered the same way; empty where unknown. */
    readonly within: ArrayLike<number>;
  };
}

/**
 * How strongly the members of each cluster correlate, and what lies between the clusters; or, in a
 * view without clusters, how strongly everything correlates. The two have different names.
 *
 * Every pair of items in the order of the tree on both margins. The colours always go from −1 to 1.
 * Unknown pairs are hatched. Beyond 400 items neighbours share a cell, which shows their mean.
 *
 * Clustering finds members that correlate in noise too, so the title compares them with the members
 * of clusters of shifted moves where those are given.
 *
 * @throws {RangeError} If the correlations are not those of the view's leaves, or the parts of the
 * view do not fit each other.
 */
export function correlationHeatMapChart(
  { rho, view, clustered = true, null: shifted }: CorrelationHeatMap,
  context: ChartContext,
): Figure {
  checkTreeView(view);
  const { tree, order, noun = "event" } = view;
  const n = tree.ids.length;
  const isClustered = clustered && view.clusters.nClusters > 0;
  const name = clustered ? "clustered_heat_map" : "correlation_heat_map";
  if (rho.ids.length !== n) {
    throw new RangeError(
      `Cannot draw a heat map as the correlations must be of the tree's ${n} leaves: got ${rho.ids.length}`,
    );
  }
  const means = clusterMeans(rho, isClustered ? view.clusters.cluster : undefined);
  if (means.nKnown === 0) {
    const title = n < 2 ? `There is no pair of ${noun}s` : `No pair of ${n} ${noun}s is known`;
    return figure({
      name,
      title,
      subtitle: `Correlation of each pair of ${noun}s.`,
      alt: `Nothing is drawn. ${title}.`,
      context,
      body: `no pairs of ${noun}s with a known correlation`,
    });
  }
  const title = isClustered ? titleOf(means, shifted?.within ?? []) : plainTitle(n, noun, means);
  const raster = heatMapRaster(rho, order, MAX_SIDE);
  const nPairs = n * (n - 1) / 2;
  const unknown = means.nKnown === nPairs
    ? ""
    : `; ${shareText(1 - means.nKnown / nPairs)} of pairs unknown, hatched`;
  const cells = raster.perCell === 1
    ? ""
    : ` Each cell is the mean over up to ${raster.perCell} × ${raster.perCell} pairs.`;
  const map = isClustered ? MAP_BESIDE_NAMES : MAP_ALONE;
  const names = clusterNames(view, { height: map, width: BODY_WIDTH - TREE - map });
  const parts = unjoinedParts(tree);
  return figure({
    name,
    title,
    subtitle: `Correlation ρ of each pair, in the order of the tree. n\u00a0=\u00a0${
      countOf(n, noun)
    }, ${countOf(nPairs, "pair")}${unknown}.${cells}`,
    alt: isClustered
      ? `${title}. Clusters are squares along the diagonal, from the top: ${
        names.slice(0, 8).map(({ text }) => text).join("; ")
      }.`
      : `${title}. No clusters are drawn.`,
    context,
    notes: [
      isClustered
        ? "The clusters were made from these correlations: members correlate more by construction. Whether they still do in a later window is another chart."
        : "Sides and order were chosen from these correlations: warm colours and blocks along the diagonal appear in noise too.",
      ...(isClustered ? [besideNote(names.length, view.clusters.nClusters, noun)] : []),
      ...(n - 1 <= MAX_MERGES ? [] : [
        `Margins: the ${countText(MERGES_OF_MANY)} highest of ${
          countText(n - 1)
        } merges; what joins below is grey.`,
      ]),
      ...(parts === 1 ? [] : [
        `${
          countText(parts)
        } parts of the tree share no known pair of ${noun}s and are left unjoined.`,
      ]),
    ],
    height: TREE + map + LEGEND_HEIGHT,
    body: panels({ view, raster, names, map, p95Abs: shifted?.p95Abs ?? NaN }),
  });
}

function besideNote(nNamed: number, nClusters: number, noun: string): string {
  const what = nNamed === nClusters
    ? "each cluster"
    : `the ${countOf(nNamed, "largest cluster")} of ${countText(nClusters)}, each`;
  return `Beside the map: ${what} with its number of ${noun}s.`;
}

/** Mean correlations of pairs within clusters and of all other pairs; all are others without. */
interface ClusterMeans {
  readonly within: number;
  readonly between: number;
  readonly nKnown: number;
}

function clusterMeans(rho: PairMatrix, cluster: Int32Array | undefined): ClusterMeans {
  let within = 0, nWithin = 0, between = 0, nBetween = 0;
  const n = rho.ids.length;
  for (let i = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j) {
      const r = pairAt(rho, i, j);
      if (r !== r) continue;
      if (cluster !== undefined && cluster[i]! >= 0 && cluster[i] === cluster[j]) {
        within += r;
        ++nWithin;
      } else {
        between += r;
        ++nBetween;
      }
    }
  }
  return { within: within / nWithin, between: between / nBetween, nKnown: nWithin + nBetween };
}

function titleOf({ within, between }: ClusterMeans, nullWithin: ArrayLike<number>): string {
  if (Number.isNaN(within)) {
    return `No two members of a cluster have a known correlation; other pairs correlate by ${
      rhoText(between)
    } on average`;
  }
  const own = rhoText(within), other = rhoText(between);
  if (Number.isNaN(between)) {
    return `All pairs lie within clusters and correlate by ${own} on average`;
  }
  if (own === other || within < between) {
    return `Members of a cluster correlate no more than others: by ${own} on average against ${other}`;
  }
  const band = nullBand(Float64Array.from(nullWithin));
  if (band.nReplicates === 0) {
    return `Members of a cluster correlate by ${own} on average, others by ${other}, in the window that made the clusters`;
  }
  if (within <= band.high) {
    return `Members of a cluster correlate by ${own} on average, no more than in shifted moves (${
      rhoText(band.low)
    } to ${rhoText(band.high)})`;
  }
  const [above, high] = decimalsApart(within, band.high, 2);
  return `Members of a cluster correlate by ${above} on average, more than in shifted moves (${
    rhoText(band.low)
  } to ${high}); others by ${other}`;
}

function plainTitle(n: number, noun: string, { between }: ClusterMeans): string {
  return `${countOf(n, noun)} correlate by ${
    rhoText(between)
  } on average once a side is chosen for each`;
}

function rhoText(r: number): string {
  return r.toFixed(2).replace(/^-(?!0\.00$)/, "−").replace("-", "");
}

function panels({ view, raster, names, map, p95Abs }: {
  view: TreeView;
  raster: HeatMapRaster;
  names: readonly PlacedName[];
  map: number;
  p95Abs: number;
}): FigurePanel[] {
  const shape = treeShape(view.tree, view.order);
  const column = { left: TREE, width: map }, row = { top: TREE, height: map };
  const beside = { left: TREE + map, width: BODY_WIDTH - TREE - map };
  return [
    { ...column, top: 0, height: TREE, plot: marginPlot(shape, "up") },
    { ...row, left: 0, width: TREE, plot: marginPlot(shape, "left") },
    { ...column, ...row, plot: mapPlot(view, raster, map) },
    {
      ...beside,
      ...row,
      plot: clusterNamesPlot(view, names, { height: map, width: beside.width }),
    },
    {
      ...column,
      top: TREE + map,
      height: LEGEND_HEIGHT,
      plot: correlationLegend(map, LEGEND_HEIGHT, p95Abs),
    },
  ];
}

/** The tree in a margin, its leaves at the edge of the map. */
function marginPlot(shape: TreeShape, side: TreeSide): Plot.PlotOptions {
  const n = shape.tree.ids.length, top = topHeight(shape.tree);
  const { merges, folded } = topMerges(
    shape.tree,
    n - 1 > MAX_MERGES ? MERGES_OF_MANY : MAX_MERGES,
  );
  const along = { axis: null, domain: side === "left" ? [n, 0] : [0, n] };
  const heights = { axis: null, domain: side === "left" ? [top, 0] : [0, top] };
  return {
    marginTop: side === "left" ? 0 : 3,
    marginLeft: side === "left" ? 3 : 0,
    marginRight: side === "left" ? 3 : 0,
    marginBottom: side === "left" ? 0 : 3,
    x: side === "left" ? heights : along,
    y: side === "left" ? along : heights,
    marks: [
      treeWedgeMark(treeWedges(shape, folded), { side, fill: NULL_FILL, stroke: "none" }),
      treeLineMark(treeLine(shape, merges), { side, stroke: MUTED, strokeWidth: 0.75 }),
    ],
  };
}

function mapPlot(view: TreeView, raster: HeatMapRaster, map: number): Plot.PlotOptions {
  const n = view.tree.ids.length;
  const blocks = clusterRuns(view.order, view.clusters)
    .filter(({ cluster, from, to }) =>
      cluster >= 0 && (to - from) / n * map >= LEAST_BLOCK && to - from > 1
    );
  const edges = [...new Set(blocks.flatMap(({ from, to }) => [from, to]))]
    .filter((edge) => edge > 0 && edge < n);
  const hairline = { stroke: INK, strokeOpacity: 0.22, strokeWidth: 0.5 };
  const covered = raster.side * raster.perCell / n * map;
  return {
    margin: 0,
    x: { axis: null, domain: [0, n] },
    y: { axis: null, domain: [n, 0] },
    marks: [
      Plot.frame({ fill: MISSING_FILL, stroke: "none" }),
      hatching({ x: 0, y: 0, side: n, nLines: 150 }),
      Plot.image([0], {
        x: covered / map * n / 2,
        y: covered / map * n / 2,
        src: () => heatMapImage(raster, 2 * map),
        width: covered,
        height: covered,
        preserveAspectRatio: "none",
        imageRendering: "optimizeSpeed",
        clip: true,
      }),
      Plot.ruleX(edges, hairline),
      Plot.ruleY(edges, hairline),
      Plot.rect(blocks, {
        x1: "from",
        x2: "to",
        y1: "from",
        y2: "to",
        stroke: INK,
        strokeWidth: 1,
      }),
      Plot.frame({ stroke: AXIS }),
    ],
  };
}
