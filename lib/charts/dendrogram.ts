import { countOf, countText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { heightText } from "./tree_marks.ts";
import { treePanels, treePanelsHeight } from "./tree_panels.ts";
import { foldedRows, leafRows, MAX_ROWS } from "./tree_rows.ts";
import { topHeight, unjoinedParts } from "./tree_shape.ts";
import {
  checkTreeView,
  clusterHue,
  clusterSizes,
  STABILITY_NOTE,
  stabilityText,
  STABLE,
  type TreeView,
} from "./tree_view.ts";

const NAME = "dendrogram";

/**
 * Which items hang together, in how many clusters, and which of these a bootstrap confirms.
 *
 * A tree that lies on its side, one readable row a leaf, branches of a cluster in its colour; the
 * branches of stable clusters are thick. Above 320 leaves each cluster becomes a wedge of one row.
 *
 * @param options.distanceName What the heights are: "Ward distance of √(2(1 − ρ))".
 * @throws {RangeError} If the parts of the view do not fit each other.
 */
export function dendrogramChart(
  view: TreeView,
  { distanceName }: { readonly distanceName: string },
  context: ChartContext,
): Figure {
  checkTreeView(view);
  const { tree, noun = "event" } = view;
  const n = tree.ids.length;
  if (n < 2) {
    const title = n === 0 ? `There is no ${noun} to cluster` : `One ${noun} makes no tree`;
    return figure({
      name: NAME,
      title,
      subtitle: "Tree of clusters.",
      alt: `Nothing is drawn. ${title}.`,
      context,
      body: n === 0 ? `no ${noun}s to cluster` : `one ${noun}: nothing to join`,
    });
  }
  const title = titleOf(view);
  const drawn = n > MAX_ROWS ? foldedRows(view) : leafRows(view);
  const parts = unjoinedParts(tree);
  const cut = Number.isFinite(view.cutHeight)
    ? ` Dashed: the cut at ${heightText(view.cutHeight, topHeight(tree))}.`
    : "";
  return figure({
    name: NAME,
    title,
    subtitle:
      `Two branches join at the height of their distance, to the left.${cut} n\u00a0=\u00a0${
        countOf(n, noun)
      }; ${drawn.stableLook}.`,
    alt: `${title}. ${largest(view)}`,
    context,
    notes: [
      STABILITY_NOTE,
      ...drawn.notes,
      ...(parts === 1 ? [] : [
        `${
          countText(parts)
        } parts of the tree share no known pair of ${noun}s and are left unjoined.`,
      ]),
    ],
    height: treePanelsHeight(drawn),
    body: treePanels(drawn, {
      distanceName,
      cutHeight: view.cutHeight,
      branchLook: (cluster) => ({
        stroke: clusterHue(cluster).fill,
        isStrong: view.stability[cluster]! >= STABLE,
      }),
    }),
  });
}

/** The finding: how many clusters there are, and how many of them a bootstrap confirms. */
function titleOf({ clusters, stability, noun = "event" }: TreeView): string {
  const sizes = clusterSizes(clusters);
  const groups = Array.from(sizes, (_, c) => c).filter((c) => sizes[c]! > 1);
  const nGrouped = groups.reduce((sum, c) => sum + sizes[c]!, 0);
  const nAlone = clusters.cluster.length - nGrouped;
  if (groups.length === 0) return `None of ${countOf(nAlone, noun)} shares a cluster with another`;
  const of = `${countOf(groups.length, "cluster")} of ${countOf(nGrouped, noun)}`;
  const nStable = groups.filter((c) => stability[c]! >= STABLE).length;
  const nUnknown = groups.filter((c) => Number.isNaN(stability[c]!)).length;
  const rule = "(bootstrap Jaccard ≥ .75)";
  const alone = nAlone === 0
    ? ""
    : `; ${countOf(nAlone, `other ${noun}`)} ${nAlone === 1 ? "stands" : "stand"} alone`;
  if (nUnknown === groups.length) return `${of}, whose stability is not known${alone}`;
  return nStable === 0
    ? `${groups.length === 1 ? "The" : "None of"} ${of} is ${
      groups.length === 1 ? "not stable" : "stable"
    } ${rule}${alone}`
    : `${of}, of which ${nStable} ${nStable === 1 ? "is" : "are"} stable ${rule}${alone}`;
}

/** The largest clusters in words, for readers who cannot see the tree. */
function largest({ clusters, labels, stability, noun = "event" }: TreeView): string {
  const sizes = clusterSizes(clusters);
  const shown = labels.slice(0, 5).map((label, c) =>
    `${c} · ${label} (${countOf(sizes[c]!, noun)}, stability ${stabilityText(stability[c]!)})`
  );
  return shown.length === 0 ? "There is no cluster." : `Largest clusters: ${shown.join("; ")}.`;
}
