import { countOf, countText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { cleanText, shortText } from "./text_lines.ts";
import { subtree } from "./tree_branches.ts";
import { heightText } from "./tree_marks.ts";
import { treePanels, treePanelsHeight } from "./tree_panels.ts";
import { titleRows } from "./tree_rows.ts";
import { topHeight, unjoinedParts } from "./tree_shape.ts";
import {
  checkTreeView,
  clusterHue,
  STABILITY_NOTE,
  stabilityText,
  STABLE,
  type TreeView,
} from "./tree_view.ts";

/** Rows of one figure. */
const MAX_LEAVES = 400;

/**
 * Which items one cluster holds, and how tightly each of them hangs in it.
 *
 * The branch of {@link dendrogramChart} for one cluster, with the whole titles of its leaves. The
 * first 400 leaves are shown; a note says how many are left out.
 *
 * @param cluster Number of the cluster, as in the partition.
 * @param options.distanceName What the heights are: "Ward distance of √(2(1 − ρ))".
 * @throws {RangeError} If there is no such cluster, or the parts of the view do not fit each other.
 */
export function clusterDendrogramChart(
  view: TreeView,
  cluster: number,
  { distanceName }: { readonly distanceName: string },
  context: ChartContext,
): Figure {
  checkTreeView(view);
  const { tree, clusters, noun = "event" } = view;
  if (clusters.nClusters === 0) {
    const title = `No ${noun} belongs to a cluster`;
    return figure({
      name: `cluster_dendrogram_${cluster}`,
      title,
      subtitle: "The branch of one cluster.",
      alt: `Nothing is drawn. ${title}.`,
      context,
      body: "no clusters",
    });
  }
  if (!(Number.isInteger(cluster) && cluster >= 0 && cluster < clusters.nClusters)) {
    throw new RangeError(
      `Cannot draw a cluster as its number must be below ${clusters.nClusters}: got ${cluster}`,
    );
  }
  const leaves = Array.from(view.order).filter((leaf) => clusters.cluster[leaf] === cluster);
  const label = shortText(cleanText(view.labels[cluster]!), 420, 18, 600);
  const name = `Cluster ${cluster}${label === "" ? "" : `, “${label}”`}`;
  const jaccard = view.stability[cluster]!;
  const subtitle = `Two branches join at the height of their distance, to the left. n\u00a0=\u00a0${
    countOf(leaves.length, noun)
  } of ${countText(tree.ids.length)}.`;
  if (leaves.length < 2) {
    const title = `${name} holds one ${noun}`;
    return figure({
      name: `cluster_dendrogram_${cluster}`,
      title,
      subtitle,
      alt: `Nothing is drawn. ${title}: ${cleanText(view.titles[leaves[0]!]!)}.`,
      context,
      body: `one ${noun}: ${cleanText(view.titles[leaves[0]!]!)}`,
    });
  }
  const whole = subtree(tree, leaves);
  const parts = unjoinedParts(whole), top = topHeight(whole);
  const joined = parts === 1
    ? `${countOf(leaves.length, noun)} join at ${heightText(whole.height.at(-1)!, top)} and below`
    : `${countOf(leaves.length, noun)} in ${countText(parts)} parts`;
  const title = `${name}: ${joined}; bootstrap Jaccard ${stabilityText(jaccard)}`;
  const shown = leaves.slice(0, MAX_LEAVES);
  const rows = titleRows({
    ...view,
    tree: subtree(tree, shown),
    order: shown.map((_, row) => row),
    titles: shown.map((leaf) => view.titles[leaf]!),
  });
  return figure({
    name: `cluster_dendrogram_${cluster}`,
    title,
    subtitle,
    alt: `${title}. From the top: ${
      shown.slice(0, 5).map((leaf) => cleanText(view.titles[leaf]!)).join("; ")
    }.`,
    context,
    notes: [
      STABILITY_NOTE,
      ...(shown.length === leaves.length ? [] : [
        `${
          countText(leaves.length - shown.length)
        } further ${noun}s of the cluster are left out below.`,
      ]),
      ...(parts === 1 ? [] : [
        `${countText(parts)} parts share no known pair of ${noun}s and are left unjoined.`,
      ]),
    ],
    height: treePanelsHeight(rows),
    body: treePanels(rows, {
      distanceName,
      cutHeight: NaN,
      branchLook: () => ({ stroke: clusterHue(cluster).fill, isStrong: jaccard >= STABLE }),
    }),
  });
}
