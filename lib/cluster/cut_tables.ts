import { type Table, table } from "../core/table.ts";
import type { CutStudy } from "./cut_study.ts";

/**
 * The checkpoint `03_cuts`: a row for each cut of the Ward tree into 2 … n − 1 clusters with k, height,
 * silhouette, stability and null_stability. The last two are missing where a cut is not studied cluster
 * by cluster.
 */
export function cutTable({ k, height, silhouette, stability, nullStability }: CutStudy): Table {
  return table({
    k: { type: "integer", values: k },
    height: { type: "number", values: height },
    silhouette: { type: "number", values: silhouette },
    stability: { type: "number", values: stability },
    null_stability: { type: "number", values: nullStability },
  });
}

/**
 * The checkpoint `03_cut_clusters`: a row for each cluster of each cut that is studied cluster by
 * cluster, with k, node (a leaf of `03_leaves`, or n + a row of `03_linkage`), size, silhouette and
 * stability.
 */
export function cutClusterTable({ clusters }: CutStudy): Table {
  return table({
    k: { type: "integer", values: clusters.k },
    node: { type: "integer", values: clusters.node },
    size: { type: "integer", values: clusters.size },
    silhouette: { type: "number", values: clusters.silhouette },
    stability: { type: "number", values: clusters.stability },
  });
}
