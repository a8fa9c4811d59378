import { countOf, countText } from "../core/number_text.ts";
import { INK, MUTED } from "./palette.ts";
import { branchClusters, clusterBranches, clusterRuns } from "./tree_branches.ts";
import { type TreeShape, treeShape } from "./tree_shape.ts";
import {
  clusterHue,
  clusterName,
  clusterSizes,
  leafTitle,
  stabilityText,
  STABLE,
  type TreeView,
} from "./tree_view.ts";

/** At most this number of rows; above it a tree is folded. */
export const MAX_ROWS = 320;

const LEAF_ROW = 12, WIDE_ROW = 20, NARROW_ROW = 13;

/** A line of words in the column beside the tree; x in pixels, y in rows. */
export interface RowWords {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly fill: string;
  readonly weight: 400 | 600;
  readonly anchor: "start" | "end";
}

/** A tree laid out in rows down the page, with the words beside them. */
export interface TreeRows {
  readonly shape: TreeShape;
  readonly nRows: number;
  readonly rowHeight: number;
  /** Merges to draw as lines. */
  readonly merges: readonly number[];
  /** Branches to draw as wedges. */
  readonly wedges: readonly number[];
  /** Branches that bear their cluster's number. */
  readonly numbered: readonly number[];
  /** Cluster of each node, from {@link branchClusters}. */
  readonly clusters: Int32Array;
  readonly words: readonly RowWords[];
  /** Bars beside the leaves of a cluster, from row to row. */
  readonly bars: readonly { readonly from: number; readonly to: number; readonly fill: string }[];
  /** How stable clusters are told from others. */
  readonly stableLook: string;
  readonly notes: readonly string[];
}

/** One row a leaf, with its title, and each cluster's name, size and stability beside its leaves. */
export function leafRows(view: TreeView): TreeRows {
  const { tree, order, clusters, noun = "event" } = view;
  const n = tree.ids.length;
  const shape = treeShape(tree, order);
  const of = branchClusters(tree, clusters);
  const words: RowWords[] = [
    header(0, capital(noun)),
    header(298, "Cluster, size, stability"),
  ];
  for (let row = 0; row < n; ++row) {
    words.push(line(0, row + 0.5, leafTitle(view, order[row]!, 268, 11)));
  }
  const sizes = clusterSizes(clusters);
  const runs = clusterRuns(order, clusters).filter(({ cluster }) => cluster >= 0);
  for (const { cluster, from, to, isMain } of runs) {
    if (!isMain) {
      // a cluster that the tree does not hold together: the number at each further part
      words.push({
        ...line(298, (from + to) / 2, String(cluster)),
        fill: clusterHue(cluster).text,
        weight: 600,
      });
      continue;
    }
    const middle = (from + to) / 2, isTall = to - from > 1;
    words.push({
      ...line(298, middle - (isTall ? 0.5 : 0), clusterName(view, cluster, 194, 600)),
      fill: clusterHue(cluster).text,
      weight: 600,
    });
    if (!isTall) continue;
    const reading = `J ${stabilityText(view.stability[cluster]!)}`;
    words.push({
      ...line(298, middle + 0.5, `${countOf(sizes[cluster]!, noun)}, ${reading}`),
      ...emphasis(view.stability[cluster]!),
    });
  }
  return {
    shape,
    nRows: n,
    rowHeight: LEAF_ROW,
    merges: Array.from({ length: n - 1 }, (_, m) => n + m),
    wedges: [],
    numbered: clusterBranches(shape, of).filter((node) => node >= n && of[node]! >= 0),
    clusters: of,
    words,
    bars: runs.map(({ cluster, from, to }) => ({
      from: from + 0.12,
      to: to - 0.12,
      fill: clusterHue(cluster).fill,
    })),
    stableLook: "thick branches are stable clusters",
    notes: [],
  };
}

/** One row a leaf of a single cluster, with its title over the whole column. */
export function titleRows(view: TreeView): TreeRows {
  const { tree, order, noun = "event" } = view;
  const n = tree.ids.length;
  return {
    shape: treeShape(tree, order),
    nRows: n,
    rowHeight: LEAF_ROW,
    merges: Array.from({ length: n - 1 }, (_, m) => n + m),
    wedges: [],
    numbered: [],
    clusters: new Int32Array(2 * n - 1),
    words: [
      header(0, capital(noun)),
      ...Array.from(order, (leaf, row) => line(0, row + 0.5, leafTitle(view, leaf, 490, 11))),
    ],
    bars: [],
    stableLook: "",
    notes: [],
  };
}

/** One row a cluster; where there are more than 320, the smallest share rows. */
export function foldedRows(view: TreeView): TreeRows {
  const { tree, order, clusters, noun = "event" } = view;
  const n = tree.ids.length;
  const of = branchClusters(tree, clusters);
  const flat = treeShape(tree, order);
  const branches = clusterBranches(flat, of, MAX_ROWS);
  const sizes = new Map(branches.map((node) => [node, flat.end[node]! - flat.start[node]!]));
  const extent = new Float64Array(n);
  for (const node of branches) {
    for (let row = flat.start[node]!; row < flat.end[node]!; ++row) {
      extent[order[row]!] = 1 / sizes.get(node)!;
    }
  }
  const words: RowWords[] = [
    header(0, "Cluster"),
    { ...header(370, `${capital(noun)}s`), anchor: "end" },
    header(390, "Stability"),
  ];
  branches.forEach((node, row) => {
    const cluster = of[node]!, y = row + 0.5;
    const name = cluster >= 0 ? clusterName(view, cluster, 300, 600) : foldedName(view, flat, node);
    words.push({
      ...line(0, y, name),
      fill: cluster >= 0 ? clusterHue(cluster).text : MUTED,
      weight: cluster >= 0 ? 600 : 400,
    });
    words.push({ ...line(370, y, countText(sizes.get(node)!)), anchor: "end" });
    if (cluster >= 0 && sizes.get(node)! > 1) {
      const jaccard = view.stability[cluster]!;
      words.push({ ...line(390, y, `J ${stabilityText(jaccard)}`), ...emphasis(jaccard) });
    }
  });
  const isBranch = new Set(branches);
  const merges: number[] = [];
  const above = [2 * n - 2];
  for (let node = above.pop(); node !== undefined; node = above.pop()) {
    if (isBranch.has(node)) continue;
    merges.push(node);
    above.push(tree.left[node - n]!, tree.right[node - n]!);
  }
  return {
    shape: treeShape(tree, order, { extent, centred: isBranch }),
    nRows: branches.length,
    rowHeight: branches.length > 60 ? NARROW_ROW : WIDE_ROW,
    merges,
    wedges: branches.filter((node) => node >= n),
    numbered: [],
    clusters: of,
    words,
    bars: [],
    stableLook: "filled wedges are stable clusters",
    notes: [
      `${countOf(n, noun)} are folded into ${
        countOf(branches.length, "row")
      }; each wedge is a branch from the height where its ${noun}s have all joined, thicker where it holds more of them. The charts of single clusters hold the leaves.`,
    ],
  };
}

/** Words for a folded branch that is no single cluster's. */
function foldedName({ clusters, order }: TreeView, { start, end }: TreeShape, node: number) {
  const held = new Set<number>();
  for (let row = start[node]!; row < end[node]!; ++row) {
    const cluster = clusters.cluster[order[row]!]!;
    if (cluster >= 0) held.add(cluster);
  }
  return held.size === 0 ? "in no cluster" : countOf(held.size, "small cluster");
}

function capital(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

function line(x: number, y: number, text: string): RowWords {
  return { x, y, text, fill: INK, weight: 400, anchor: "start" };
}

function header(x: number, text: string): RowWords {
  return { ...line(x, 0, text), fill: MUTED };
}

function emphasis(jaccard: number): { fill: string; weight: 400 | 600 } {
  return jaccard >= STABLE ? { fill: INK, weight: 600 } : { fill: MUTED, weight: 400 };
}
