import { treeShape } from "../charts/tree_shape.ts";
import { parseDay } from "../core/day.ts";
import { columnOf, type Table } from "../core/table.ts";
import { readCheckpoint } from "../store/checkpoint.ts";
import type { CheckpointMeta } from "../store/checkpoint_meta.ts";
import { cutEvidence, type DendrogramCuts } from "./dendrogram_cuts.ts";

/** `GET /api/dendrogram`: Ward's tree of the last run with its clusters. Titles are untrusted. */
export interface DendrogramView extends DendrogramCuts {
  readonly source: string;
  /** Latest day in the data, ISO. */
  readonly asOf: string;
  /** The same as long as every checkpoint that it is made from is. */
  readonly version: string;
  /** Merges, numbered as scipy does; the height is `null` where the sides share no known pair. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly height: readonly (number | null)[];
  /** Leaves from first to last along the page. */
  readonly order: readonly number[];
  /** By leaf: the contract, its title as it is held (`NO · …`), and +1 for YES, −1 for NO. */
  readonly marketIds: readonly string[];
  readonly titles: readonly string[];
  readonly sides: readonly number[];
  /** By leaf: its place in `clusters`, −1 for none. */
  readonly clusterOf: readonly number[];
  /** Ward's clusters of the last run, with what people signed before it. */
  readonly clusters: readonly WardCluster[];
  /** Clusters that the tree was cut into, before signed merges and splits. */
  readonly nClusters: number;
  /** Mean Jaccard index from which a cluster is stable, and below which it is not to be trusted. */
  readonly stableJaccard: number;
  readonly doubtfulJaccard: number;
  /** UTC days of the moves that were clustered, both included; `null` where the run does not say. */
  readonly window: { readonly from: number; readonly to: number } | null;
}

/** A cluster of the last run. */
export interface WardCluster {
  readonly key: string;
  readonly label: string;
  /** Mean over its members; `null` unknown. */
  readonly silhouette: number | null;
  readonly stability: number | null;
}

/** Hennig's rule of thumb, where a run does not say. */
const STABLE = 0.75, DOUBTFUL = 0.6;

/**
 * The tree that is looked at on the desk, out of the checkpoints of notebook 03.
 *
 * Heights are rounded to 1e-6 and shares to 1e-4, so that 2,700 leaves stay within 600 kB.
 *
 * @param out Folder of the run.
 * @throws {Error} If a checkpoint is missing or broken, or they are not of one run.
 * @throws {RangeError} If the leaves are not in an order of the tree.
 */
export async function dendrogramView(out: string): Promise<DendrogramView> {
  const dir = `${out}/checkpoints`;
  const [linkage, leaves, clusters, methods, evidence] = await Promise.all([
    readCheckpoint("03_linkage", { dir }),
    readCheckpoint("03_leaves", { dir }),
    readCheckpoint("03_clusters", { dir }),
    readCheckpoint("03_methods", { dir }),
    cutEvidence(dir),
  ]);
  const { hashes, ...cuts } = evidence;
  const { table: tree, meta } = linkage;
  const byLeaf = leavesOf(leaves.table);
  const n = byLeaf.marketIds.length;
  if (tree.nRows !== Math.max(n - 1, 0)) {
    throw new Error(
      `Cannot show the tree as its ${n} leaves must have ${
        Math.max(n - 1, 0)
      } merges: got ${tree.nRows} (run notebook 03 again)`,
    );
  }
  const left = columnOf(tree, "left", "integer").values;
  const right = columnOf(tree, "right", "integer").values;
  const height = columnOf(tree, "height", "number").values;
  const size = columnOf(tree, "size", "integer").values;
  // leaves of another run would cross their branches
  treeShape({ ids: byLeaf.marketIds, left, right, height, size }, byLeaf.order);
  const ward = wardClusters(clusters.table, byLeaf.marketIds);
  return {
    source: meta.source,
    asOf: meta.asOf,
    version: [linkage, leaves, clusters, methods].map((one) => one.meta.sha256.slice(0, 16))
      .concat(hashes).join(" "),
    left: [...left],
    right: [...right],
    height: Array.from(height, (h) => rounded(h, 1e6)),
    ...byLeaf,
    ...ward,
    nClusters: cutCount(methods.table) ?? ward.clusters.length,
    ...cuts,
    stableJaccard: setting(meta, "stable_jaccard") ?? STABLE,
    doubtfulJaccard: setting(meta, "doubtful_jaccard") ?? DOUBTFUL,
    window: windowOf(meta),
  };
}

function leavesOf(from: Table) {
  const order = [...columnOf(from, "leaf", "integer").values];
  const row = new Int32Array(order.length);
  order.forEach((leaf, at) => row[leaf] = at);
  const texts = (name: string) => {
    const { codes, labels } = columnOf(from, name, "string");
    return Array.from(row, (at) => labels[codes[at]!] ?? "");
  };
  const side = columnOf(from, "side", "integer").values;
  return {
    order,
    marketIds: texts("market_id"),
    titles: texts("title"),
    sides: Array.from(row, (at) => side[at]!),
  };
}

/** Ward's clusters by falling size, as the run numbered them, and the one of each leaf. */
function wardClusters(from: Table, marketIds: readonly string[]) {
  const [method, market, key, label] =
    (["method", "market_id", "cluster_key", "cluster_label"] as const)
      .map((name) => columnOf(from, name, "string"));
  const id = columnOf(from, "cluster_id", "integer").values;
  const stability = columnOf(from, "stability", "number").values;
  const silhouette = columnOf(from, "silhouette", "number").values;
  const leafOf = new Map(marketIds.map((one, leaf) => [one, leaf]));
  const found = new Map<number, { row: number; leaves: number[]; silhouettes: number[] }>();
  for (let row = 0; row < from.nRows; ++row) {
    if (method!.labels[method!.codes[row]!] !== "ward") continue;
    const leaf = leafOf.get(market!.labels[market!.codes[row]!]!);
    if (leaf === undefined) continue;
    const cluster = found.get(id[row]!) ?? { row, leaves: [], silhouettes: [] };
    found.set(id[row]!, cluster);
    cluster.leaves.push(leaf);
    if (!Number.isNaN(silhouette[row]!)) cluster.silhouettes.push(silhouette[row]!);
  }
  const clusterOf = marketIds.map(() => -1);
  const ordered = [...found].sort(([a], [b]) => a - b).map(([, one]) => one);
  const clusters = ordered.map(({ row, leaves, silhouettes }, place): WardCluster => {
    for (const leaf of leaves) clusterOf[leaf] = place;
    return {
      key: key!.labels[key!.codes[row]!] ?? "",
      label: label!.labels[label!.codes[row]!] ?? "",
      silhouette: rounded(silhouettes.reduce((a, b) => a + b, 0) / silhouettes.length, 1e4),
      stability: rounded(stability[row]!, 1e4),
    };
  });
  return { clusterOf, clusters };
}

/** Clusters that trees over the same distance were cut into; those of Ward's are merged and split since. */
function cutCount(from: Table): number | null {
  const { codes, labels } = columnOf(from, "method", "string");
  const rowOf = (method: string) => codes.findIndex((code) => labels[code] === method);
  const row = [rowOf("complete"), rowOf("ward")].find((at) => at >= 0);
  return row === undefined ? null : columnOf(from, "k", "integer").values[row]!;
}

function setting({ params }: CheckpointMeta, name: string): number | null {
  const value = (params[name] as { value?: unknown } | undefined)?.value;
  return typeof value === "number" ? value : null;
}

function windowOf({ params, asOf }: CheckpointMeta): DendrogramView["window"] {
  const days = (params.windows_days as { value?: unknown } | undefined)?.value;
  if (!Array.isArray(days) || days.length === 0) return null;
  const to = parseDay(asOf);
  const longest = Math.max(...days.map(Number));
  return Number.isFinite(longest) ? { from: to + 1 - longest, to } : null;
}

function rounded(value: number, parts: number): number | null {
  return Number.isFinite(value) ? Math.round(value * parts) / parts : null;
}
