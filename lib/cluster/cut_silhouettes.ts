import { pairCount, type PairMatrix } from "../core/pair_matrix.ts";
import { meanKnown } from "../stats/mean_known.ts";
import { cutByCount } from "./cut.ts";
import type { Linkage } from "./linkage.ts";

/** Silhouettes of every cut of one tree. */
export interface CutSilhouettes {
  /** Mean silhouette of the cut into k clusters, k = 2 … n − 1. */
  readonly mean: Float64Array;
  /** For k = 2 … `detailed`, the mean of each cluster, numbered as `cutByCount()` does. */
  readonly byCluster: readonly Float64Array[];
}

/** State of a walk up the tree: clusters live in columns, each in that of one of its leaves. */
interface Walk {
  readonly n: number;
  /** At i · n + c the sum of the distances from item i to the cluster in column c. */
  readonly sum: Float64Array;
  /** Items of the cluster in each column. */
  readonly size: Int32Array;
  /** Column of each item's cluster. */
  readonly column: Int32Array;
  /** For each item the column of the nearest other cluster, and the mean distance to it. */
  readonly nearest: Int32Array;
  readonly distance: Float64Array;
}

/**
 * Mean silhouette of a tree's cuts into 2 to n − 1 clusters, and of each cluster of the coarse ones.
 *
 * `silhouetteByCount()` compares every item with every cluster at every cut, which for all cuts is
 * O(n³). Here each item keeps its nearest other cluster. A merged cluster's mean distance lies between
 * those of its two parts, so an item has to look around again only where its nearest was one of them.
 *
 * Units: [−1, 1]; an item alone in its cluster has 0. NaN: impossible, every distance must be known.
 * Cost: O(n²) time in practice and O(n³) at worst, 8 n² bytes.
 * Source: Rousseeuw 1987; each cut equals scikit-learn's `silhouette_score`.
 *
 * @param distance Distances between the tree's leaves, in order.
 * @param options.detailed Largest cut whose clusters are told apart.
 * @throws {RangeError} If distances and tree are not of equally many items, or one is unknown.
 */
export function cutSilhouettes(
  distance: PairMatrix,
  tree: Linkage,
  { detailed }: { readonly detailed: number },
): CutSilhouettes {
  const n = tree.ids.length;
  requireKnown(distance, n);
  const mean = new Float64Array(Math.max(n - 2, 0)), each = new Float64Array(n);
  const byCluster: Float64Array[] = [];
  if (n < 3) return { mean, byCluster };
  const walk = singletons(distance);
  const columnOf = Int32Array.from({ length: 2 * n - 1 }, (_, node) => node);
  let used = Int32Array.from({ length: n }, (_, c) => c);
  for (let k = n - 1; k >= 2; --k) {
    const merge = n - k - 1;
    const into = columnOf[tree.left[merge]!]!, from = columnOf[tree.right[merge]!]!;
    columnOf[n + merge] = into;
    used = used.filter((c) => c !== from);
    join(walk, { from, into, used });
    writeSilhouettes(walk, each);
    mean[k - 2] = meanKnown(each);
    if (k <= detailed) byCluster.unshift(clusterMeans(each, cutByCount(tree, k).cluster, k));
  }
  return { mean, byCluster };
}

function requireKnown({ ids, values }: PairMatrix, n: number): void {
  if (ids.length !== n || values.length !== pairCount(n)) {
    throw new RangeError(
      `Cannot judge cuts as there must be a distance for each of ${n} items: got ${ids.length}`,
    );
  }
  const unknown = values.findIndex((d) => d !== d);
  if (unknown >= 0) {
    throw new RangeError(
      `Cannot judge cuts as every distance must be known: got NaN at pair ${unknown}`,
    );
  }
}

function singletons({ ids, values }: PairMatrix): Walk {
  const n = ids.length, sum = new Float64Array(n * n);
  for (let i = 0, at = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j, ++at) sum[i * n + j] = sum[j * n + i] = values[at]!;
  }
  const walk = {
    ...{ n, sum, size: new Int32Array(n).fill(1) },
    column: Int32Array.from({ length: n }, (_, i) => i),
    nearest: new Int32Array(n),
    distance: new Float64Array(n),
  };
  for (let i = 0; i < n; ++i) lookAround(walk, i, walk.column);
  return walk;
}

/** Puts the cluster in column `from` into that in column `into`. */
function join(
  walk: Walk,
  { from, into, used }: { readonly from: number; readonly into: number; readonly used: Int32Array },
): void {
  const { n, sum, size, column, nearest, distance } = walk;
  size[into] = size[into]! + size[from]!;
  for (let i = 0, row = 0; i < n; ++i, row += n) {
    sum[row + into] = sum[row + into]! + sum[row + from]!;
    if (column[i] === from) column[i] = into;
  }
  for (let i = 0, row = 0; i < n; ++i, row += n) {
    if (nearest[i] === from || nearest[i] === into) {
      lookAround(walk, i, used);
    } else if (column[i] !== into && sum[row + into]! / size[into]! < distance[i]!) {
      // by rounding alone: in exact numbers the merged mean is no less than the lesser part's
      nearest[i] = into;
      distance[i] = sum[row + into]! / size[into]!;
    }
  }
}

/** Finds an item's nearest other cluster among the columns in use. */
function lookAround(
  { n, sum, size, column, nearest, distance }: Walk,
  i: number,
  used: Int32Array,
): void {
  const row = i * n, own = column[i]!;
  let place = -1, low = Infinity;
  for (let q = 0; q < used.length; ++q) {
    const c = used[q]!;
    if (c === own) continue;
    const mean = sum[row + c]! / size[c]!;
    if (mean < low) {
      low = mean;
      place = c;
    }
  }
  nearest[i] = place;
  distance[i] = low;
}

function writeSilhouettes({ n, sum, size, column, distance }: Walk, out: Float64Array): void {
  for (let i = 0; i < n; ++i) {
    const own = column[i]!, b = distance[i]!;
    const a = sum[i * n + own]! / (size[own]! - 1);
    out[i] = size[own] === 1 || a === b ? 0 : (b - a) / Math.max(a, b);
  }
}

function clusterMeans(each: Float64Array, cluster: Int32Array, k: number): Float64Array {
  const sum = new Float64Array(k), count = new Float64Array(k);
  each.forEach((s, i) => {
    const c = cluster[i]!;
    sum[c] = sum[c]! + s;
    count[c] = count[c]! + 1;
  });
  return sum.map((total, c) => total / count[c]!);
}
