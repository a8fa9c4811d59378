import {
  boolColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import type { MethodFit } from "./fit_methods.ts";
import type { Linkage } from "./linkage.ts";
import type { MethodKey } from "./method_list.ts";
import type { MethodRow } from "./method_rows.ts";
import type { LeftOut } from "../taxonomy/exposures.ts";

/** One method's clusters with what is known of each. */
export interface NamedFit {
  readonly fit: MethodFit;
  /** Label of each cluster. */
  readonly labels: readonly string[];
  /** Key of each cluster's members, under which a person may name it. */
  readonly keys: readonly string[];
  /** Mean bootstrap Jaccard index of each cluster. */
  readonly stability: Float64Array;
  /** Share of shifted panels with a cluster as large and as tight. */
  readonly pValues: Float64Array;
}

/**
 * The checkpoint `03_clusters`: a row for each method and market that it placed, with the columns
 * method, market_id, event_id, cluster_id, cluster_key, cluster_label, side, silhouette, stability, cluster_p.
 *
 * `side` is +1 where the quoted outcome is held and −1 where its complement is. `stability`
 * and `cluster_p` belong to the cluster.
 *
 * @param events Event of each market of the window.
 */
export function clusterTable(named: readonly NamedFit[], events: readonly string[]): Table {
  const rows = named.flatMap((one) =>
    Array.from(one.fit.partition.cluster, (cluster, item) => ({ one, cluster, item }))
      .filter(({ cluster }) => cluster >= 0)
  );
  return table({
    method: stringColumn(rows.map(({ one }) => one.fit.method)),
    market_id: stringColumn(rows.map(({ one, item }) => one.fit.partition.ids[item]!)),
    event_id: stringColumn(rows.map(({ item }) => events[item]!)),
    cluster_id: integerColumn(rows.map(({ cluster }) => cluster)),
    cluster_key: stringColumn(rows.map(({ one, cluster }) => one.keys[cluster]!)),
    cluster_label: stringColumn(rows.map(({ one, cluster }) => one.labels[cluster]!)),
    side: integerColumn(rows.map(({ one, item }) => one.fit.side[item]!)),
    silhouette: numberColumn(rows.map(({ one, item }) => one.fit.silhouettes[item]!)),
    stability: numberColumn(rows.map(({ one, cluster }) => one.stability[cluster]!)),
    cluster_p: numberColumn(rows.map(({ one, cluster }) => one.pValues[cluster]!)),
  });
}

/**
 * The export `cluster_assignments.csv`: market_id, cluster_id, cluster_label, side, cluster_key and
 * method, of the one method that is handed on.
 */
export function assignmentTable({ fit, labels, keys }: NamedFit): Table {
  const { ids, cluster } = fit.partition;
  const items = Array.from(cluster.keys()).filter((i) => cluster[i]! >= 0)
    .sort((a, b) => cluster[a]! - cluster[b]! || a - b);
  return table({
    market_id: stringColumn(items.map((i) => ids[i]!)),
    cluster_id: integerColumn(items.map((i) => cluster[i]!)),
    cluster_label: stringColumn(items.map((i) => labels[cluster[i]!]!)),
    side: integerColumn(items.map((i) => fit.side[i]!)),
    cluster_key: stringColumn(items.map((i) => keys[cluster[i]!]!)),
    method: stringColumn(items.map(() => fit.method)),
  });
}

/** The checkpoint `03_linkage`: the tree's joins in scipy's convention, left, right, height, size. */
export function linkageTable({ left, right, height, size }: Linkage): Table {
  return table({
    left: { type: "integer", values: left },
    right: { type: "integer", values: right },
    height: { type: "number", values: height },
    size: { type: "integer", values: size },
  });
}

/**
 * The checkpoint `03_leaves`: the tree's leaves in the order in which they are drawn, with their
 * number in the tree (leaf), market_id, title, side and seen.
 *
 * @param options.titles Title of each leaf. @param options.side Held side of each leaf.
 * @param options.seen Hash of what each leaf is judged by, so that a signature shows what it was about.
 */
export function leafTable(
  tree: Linkage,
  order: ArrayLike<number>,
  { titles, side, seen }: {
    readonly titles: readonly string[];
    readonly side: ArrayLike<number>;
    readonly seen: readonly string[];
  },
): Table {
  const leaves = Array.from(order);
  return table({
    leaf: integerColumn(leaves),
    market_id: stringColumn(leaves.map((leaf) => tree.ids[leaf]!)),
    title: stringColumn(leaves.map((leaf) => titles[leaf]!)),
    side: integerColumn(leaves.map((leaf) => side[leaf]!)),
    seen: stringColumn(leaves.map((leaf) => seen[leaf]!)),
  });
}

/**
 * The checkpoint `03_methods`: a row for each method with all its evidence.
 *
 * @param options.nTried Methods tried in all. @param options.handed The one whose clusters are handed on.
 */
export function methodTable(
  rows: readonly MethodRow[],
  { nTried, handed }: { readonly nTried: number; readonly handed: MethodKey },
): Table {
  const number = (of: (row: MethodRow) => number) => numberColumn(rows.map(of));
  const integer = (of: (row: MethodRow) => number) => integerColumn(rows.map(of));
  return table({
    method: stringColumn(rows.map((row) => row.method)),
    name: stringColumn(rows.map((row) => row.name)),
    evidence: stringColumn(rows.map((row) => row.evidence)),
    k: integer((row) => row.nClusters),
    n_placed: integer((row) => row.nPlaced),
    n_items: integer((row) => row.nItems),
    largest_share: number((row) => row.largestShare),
    silhouette: number((row) => row.silhouette),
    silhouette_null_percentile: number((row) => row.silhouettePercentile),
    stability: number((row) => row.stability),
    stability_null: number((row) => row.stabilityNull),
    stability_null_percentile: number((row) => row.stabilityPercentile),
    n_stable: integer((row) => row.nStable),
    window_ari: number((row) => row.windowAgreement),
    dropped_ari: number((row) => row.droppedAgreement),
    seed_ari: number((row) => row.seedAgreement),
    n_windows: integer((row) => row.nTrials),
    n_windows_above: integer((row) => row.nAbove),
    oos_coherence: number((row) => row.coherence),
    oos_low: number((row) => row.coherenceLow),
    oos_high: number((row) => row.coherenceHigh),
    oos_null_low: number((row) => row.nullLow),
    oos_null_mid: number((row) => row.nullMid),
    oos_null_high: number((row) => row.nullHigh),
    null_percentile: number((row) => row.percentile),
    adjusted_p: number((row) => row.adjustedP),
    beyond_wording: number((row) => row.beyondWording),
    beyond_p: number((row) => row.beyondP),
    verdict: stringColumn(rows.map((row) => row.verdict)),
    n_tried: integer(() => nTried),
    is_handed_on: boolColumn(rows.map((row) => row.method === handed)),
  });
}

/** The checkpoint `03_left_out`: market_id, kind and reason of each contract that is not clustered. */
export function leftOutTable(
  leftOut: readonly LeftOut[],
  markets: readonly { readonly marketId: string }[],
): Table {
  return table({
    market_id: stringColumn(leftOut.map(({ market }) => markets[market]!.marketId)),
    kind: stringColumn(leftOut.map(({ kind }) => kind)),
    reason: stringColumn(leftOut.map(({ reason }) => reason)),
  });
}
