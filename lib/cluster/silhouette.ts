import { meanKnown } from "../stats/mean_known.ts";
import type { PairMatrix } from "../core/pair_matrix.ts";
import { cutByCount } from "./cut.ts";
import type { Linkage } from "./linkage.ts";
import type { Partition } from "./partition.ts";

/** Mean silhouettes of one tree's cuts. */
export interface SilhouetteByCount {
  /** Numbers of clusters, rising by one. */
  readonly nClusters: Int32Array;
  /** Mean silhouette of each cut. */
  readonly silhouette: Float64Array;
}

/** For each item (row) and cluster (column): distances summed and known pairs counted. */
interface ClusterSums {
  readonly nColumns: number;
  readonly sum: Float64Array;
  /** Null where every pair is known. */
  readonly known: Uint32Array | null;
}

/**
 * Silhouette of each item: (b − a) / max(a, b), a the mean distance to its own cluster's other items
 * and b the least of the mean distances to another cluster.
 *
 * Near 1 the item is far better placed than in the next cluster, near 0 between two, below 0
 * misplaced. An item alone in its cluster has 0.
 *
 * Units: [−1, 1]. NaN: an item of no cluster, or one without a known pair in its own cluster or in
 * any other; unknown pairs are left out of the means. Cost: O(n² + n k) time, O(n k) memory.
 * Source: Rousseeuw 1987; over full matrices scikit-learn's `silhouette_samples`.
 *
 * @throws {RangeError} If distances and partition are not of equally many items.
 */
export function silhouettes(distance: PairMatrix, partition: Partition): Float64Array {
  requireSameItems(distance, partition.ids.length);
  const { cluster, nClusters } = partition;
  const columns = Int32Array.from({ length: nClusters }, (_, c) => c);
  const out = new Float64Array(cluster.length);
  writeSilhouettes(
    clusterSums(distance, partition),
    { cluster, columns, size: clusterSizes(partition) },
    out,
  );
  return out;
}

/**
 * Mean silhouette over the items that have one.
 *
 * Units: [−1, 1]. NaN: no item has one, as with a single cluster. Cost: as `silhouettes()`.
 */
export function meanSilhouette(distance: PairMatrix, partition: Partition): number {
  return meanKnown(silhouettes(distance, partition));
}

/**
 * Mean silhouette of each cluster over its items that have one.
 *
 * Shape: one value a cluster. Units: [−1, 1]. NaN: no item of the cluster has one.
 * Cost: as `silhouettes()`.
 */
export function clusterSilhouettes(distance: PairMatrix, partition: Partition): Float64Array {
  const sum = new Float64Array(partition.nClusters), count = new Float64Array(partition.nClusters);
  silhouettes(distance, partition).forEach((s, i) => {
    const c = partition.cluster[i]!;
    if (s !== s) return;
    sum[c] = sum[c]! + s;
    count[c] = count[c]! + 1;
  });
  return sum.map((total, c) => total / count[c]!);
}

/**
 * Mean silhouettes of a tree's cuts from `min` to `max` clusters.
 *
 * The distances are read once, for the finest cut; going up the tree, two clusters' sums become
 * one by addition.
 *
 * Units: [−1, 1]. NaN: as `meanSilhouette()`. Cost: O(n² + n max²) time, O(n max) memory.
 *
 * @throws {RangeError} If distances and tree are not of equally many items, or the tree cannot be
 * cut into `min` or `max` clusters, or min > max.
 */
export function silhouetteByCount(
  distance: PairMatrix,
  tree: Linkage,
  { min, max }: { readonly min: number; readonly max: number },
): SilhouetteByCount {
  requireSameItems(distance, tree.ids.length);
  if (min > max) {
    throw new RangeError(`Cannot cut a tree as min must be <= max: got ${min} > ${max}`);
  }
  cutByCount(tree, min);
  const finest = cutByCount(tree, max);
  const n = tree.ids.length;
  const sums = clusterSums(distance, finest);
  const cluster = finest.cluster.slice(), size = clusterSizes(finest);
  const columns = Int32Array.from({ length: max }, (_, c) => c);
  const leafBelow = firstLeaves(tree);
  const nClusters = Int32Array.from({ length: max - min + 1 }, (_, at) => min + at);
  const silhouette = new Float64Array(nClusters.length), each = new Float64Array(n);
  let used = columns;
  for (let k = max;; --k) {
    writeSilhouettes(sums, { cluster, columns: used, size }, each);
    silhouette[k - min] = meanKnown(each);
    if (k === min) break;
    const merge = n - k;
    const into = cluster[leafBelow[tree.left[merge]!]!]!;
    const from = cluster[leafBelow[tree.right[merge]!]!]!;
    addColumn(sums, from, into);
    size[into] = size[into]! + size[from]!;
    for (let i = 0; i < n; ++i) if (cluster[i] === from) cluster[i] = into;
    used = used.filter((c) => c !== from);
  }
  return { nClusters, silhouette };
}

function requireSameItems({ ids }: PairMatrix, nItems: number): void {
  if (ids.length !== nItems) {
    throw new RangeError(
      `Cannot judge clusters as there must be a distance for each of ${nItems} items: got ${ids.length}`,
    );
  }
}

function clusterSizes({ cluster, nClusters }: Partition): Int32Array {
  const size = new Int32Array(nClusters);
  for (const c of cluster) if (c >= 0) size[c] = size[c]! + 1;
  return size;
}

/** A leaf below each node. */
function firstLeaves({ ids, left }: Linkage): Int32Array {
  const leaf = Int32Array.from({ length: ids.length + left.length }, (_, node) => node);
  left.forEach((node, m) => leaf[ids.length + m] = leaf[node]!);
  return leaf;
}

function clusterSums({ values }: PairMatrix, { cluster, nClusters }: Partition): ClusterSums {
  const n = cluster.length;
  const sum = new Float64Array(n * nClusters);
  const known = values.some((d) => d !== d) ? new Uint32Array(sum.length) : null;
  let at = 0;
  for (let i = 0; i < n; ++i) {
    const ci = cluster[i]!;
    if (ci < 0) {
      at += n - i - 1;
      continue;
    }
    const row = i * nClusters;
    for (let j = i + 1; j < n; ++j, ++at) {
      const d = values[at]!, cj = cluster[j]!;
      if (d !== d || cj < 0) continue;
      const column = j * nClusters + ci;
      sum[row + cj] = sum[row + cj]! + d;
      sum[column] = sum[column]! + d;
      if (known === null) continue;
      known[row + cj] = known[row + cj]! + 1;
      known[column] = known[column]! + 1;
    }
  }
  return { nColumns: nClusters, sum, known };
}

function addColumn({ nColumns, sum, known }: ClusterSums, from: number, into: number): void {
  for (let row = 0; row < sum.length; row += nColumns) {
    sum[row + into] = sum[row + into]! + sum[row + from]!;
    if (known !== null) known[row + into] = known[row + into]! + known[row + from]!;
  }
}

function writeSilhouettes(
  { nColumns, sum, known }: ClusterSums,
  { cluster, columns, size }: {
    readonly cluster: Int32Array;
    readonly columns: Int32Array;
    readonly size: Int32Array;
  },
  out: Float64Array,
): void {
  for (let i = 0; i < cluster.length; ++i) {
    const own = cluster[i]!, row = i * nColumns;
    let a = NaN, b = Infinity;
    for (let q = 0; own >= 0 && q < columns.length; ++q) {
      const c = columns[q]!;
      const count = known !== null ? known[row + c]! : c === own ? size[c]! - 1 : size[c]!;
      const mean = sum[row + c]! / count;
      if (c === own) a = mean;
      else if (mean < b) b = mean;
    }
    const isAlone = own >= 0 && size[own] === 1 && columns.length > 1;
    if (isAlone) out[i] = 0;
    else if (b === Infinity || a !== a) out[i] = NaN;
    else out[i] = a === b ? 0 : (b - a) / Math.max(a, b);
  }
}
