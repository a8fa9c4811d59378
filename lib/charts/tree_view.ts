import type { ClusteredTree } from "../cluster/tree_view.ts";
import type { Partition } from "../cluster/partition.ts";
import { type Hue, HUES } from "./palette.ts";
import { cleanText, shortText } from "./text_lines.ts";
import type { FontWeight } from "./text_width.ts";

/** A clustered tree as the charts of trees take it; its labels and titles are untrusted. */
export type TreeView = ClusteredTree & {
  /** What a leaf is, "event" by default; the plural takes an s. */
  readonly noun?: string;
};

/** From here on a cluster counts as stable, and below the second bound it is not to be trusted. */
export const STABLE = 0.75, DOUBTFUL = 0.6;

/** How small print explains {@link stabilityText}. */
export const STABILITY_NOTE =
  "J: mean Jaccard similarity of a cluster to its best match in bootstrap samples; from .75 stable, below .60 not to be trusted (Hennig 2007).";

/**
 * A cluster's bootstrap stability with its reading: ".82 stable", ".41 do not trust".
 *
 * Cut after two decimals rather than rounded, so that ".75" is never read beside "doubtful".
 */
export function stabilityText(jaccard: number): string {
  if (Number.isNaN(jaccard)) return "unknown";
  const hundredths = Math.floor(jaccard * 100 + 1e-9);
  const number = hundredths >= 100 ? "1.00" : `.${String(hundredths).padStart(2, "0")}`;
  const reading = jaccard >= STABLE ? "stable" : jaccard >= DOUBTFUL ? "doubtful" : "do not trust";
  return `${number} ${reading}`;
}

/** Eight colours in turn; the number is always printed beside the colour. */
export function clusterHue(cluster: number): Hue {
  return HUES[cluster % HUES.length]!;
}

/** Number of leaves of each cluster. */
export function clusterSizes({ cluster, nClusters }: Partition): Int32Array {
  const sizes = new Int32Array(nClusters);
  for (const c of cluster) if (c >= 0) sizes[c] = sizes[c]! + 1;
  return sizes;
}

/** Number and name of a cluster: "3 · Fed rate cuts". */
export function clusterName(view: TreeView, cluster: number, width: number, weight: FontWeight) {
  const label = cleanText(view.labels[cluster]!);
  return shortText(label === "" ? `${cluster}` : `${cluster} · ${label}`, width, 11, weight);
}

/** Title of a leaf, or its id where it has none, cut to `width` user units. */
export function leafTitle({ tree, titles }: TreeView, leaf: number, width: number, size: number) {
  const title = cleanText(titles[leaf]!);
  return shortText(title === "" ? tree.ids[leaf]! : title, width, size);
}

/**
 * Checks that the parts of a view fit each other.
 *
 * @throws {RangeError} If there is not one title and one cluster a leaf, one label and one
 * stability a cluster.
 */
export function checkTreeView({ tree, clusters, labels, stability, titles }: TreeView): void {
  const n = tree.ids.length, k = clusters.nClusters;
  const checks = [
    [`each of ${n} leaves`, "title", n, titles.length],
    [`each of ${n} leaves`, "cluster", n, clusters.cluster.length],
    [`each of ${k} clusters`, "label", k, labels.length],
    [`each of ${k} clusters`, "stability", k, stability.length],
  ] as const;
  for (const [each, what, wanted, got] of checks) {
    if (wanted !== got) {
      throw new RangeError(`Cannot draw a tree as ${each} must have one ${what}: got ${got}`);
    }
  }
}
