import type { PairMatrix } from "../core/pair_matrix.ts";
import { cutByCount } from "./cut.ts";
import type { Linkage } from "./linkage.ts";

/** Dispersion within the clusters of one tree's cuts. */
export interface WithinDispersion {
  /** Numbers of clusters, rising by one. */
  readonly nClusters: Int32Array;
  /** Logarithm of the pooled within-cluster sum of squares; −Infinity where it is zero. */
  readonly logWithin: Float64Array;
}

/** How much tighter each number of clusters is than under the null. */
export interface GapStatistic {
  readonly nClusters: Int32Array;
  /** Mean of the null's log dispersion less that of the data. */
  readonly gap: Float64Array;
  /** Standard deviation over the null's replicates times √(1 + 1/B). */
  readonly error: Float64Array;
  /**
   * The smallest number whose gap is at least the next one's less its error; the largest number
   * judged where none is.
   */
  readonly chosen: number;
}

/**
 * log W for each cut of a tree from `min` to `max` clusters, W the sum over clusters of
 * Σ d² over all ordered pairs / (2 × size): for Euclidean distances the squares about the centres.
 *
 * The distances are read once, for the finest cut; going up the tree the sums are added.
 *
 * Units: log of the distance's square. NaN: in place of an unknown pair stands the mean square of
 * its cluster's known ones. Cost: O(n² + max²).
 * Source: Tibshirani, Walther & Hastie 2001, equations 1 and 2.
 *
 * @throws {RangeError} If distances and tree are not of equally many items, or the tree cannot be
 * cut into `min` or `max` clusters, or min > max.
 */
export function withinDispersion(
  distance: PairMatrix,
  tree: Linkage,
  { min, max }: { readonly min: number; readonly max: number },
): WithinDispersion {
  const n = tree.ids.length;
  if (distance.ids.length !== n) {
    throw new RangeError(
      `Cannot judge clusters as there must be a distance for each of ${n} items: got ${distance.ids.length}`,
    );
  }
  if (min > max) {
    throw new RangeError(`Cannot cut a tree as min must be <= max: got ${min} > ${max}`);
  }
  cutByCount(tree, min);
  const { cluster } = cutByCount(tree, max);
  const { squares, known } = squaresBetween(distance, cluster, max);
  const size = new Int32Array(max);
  for (const c of cluster) size[c] = size[c]! + 1;
  // the cluster of each node that is whole at the current cut
  const clusterOf = new Int32Array(2 * n - 1).fill(-1);
  clusterOf.set(cluster);
  for (let m = 0; m < n - max; ++m) clusterOf[n + m] = clusterOf[tree.left[m]!]!;

  const nClusters = Int32Array.from({ length: max - min + 1 }, (_, at) => min + at);
  const logWithin = new Float64Array(nClusters.length);
  for (let k = max;; --k) {
    logWithin[k - min] = Math.log(pooled(squares, known, size));
    if (k === min) break;
    const m = n - k;
    const into = clusterOf[tree.left[m]!]!, from = clusterOf[tree.right[m]!]!;
    clusterOf[n + m] = into;
    addCluster(squares, max, from, into);
    addCluster(known, max, from, into);
    size[into] = size[into]! + size[from]!;
    size[from] = 0;
  }
  return { nClusters, logWithin };
}

/**
 * The gap statistic: for each number of clusters how much lower log W is than under a null without
 * clusters, and the number it chooses. May choose 1: no clusters.
 *
 * The null is the caller's. For markets use panels whose series were shifted in a circle, each
 * clustered anew: the uniform box of the paper knows nothing of stale prices.
 *
 * Shape: one log W a number of clusters, and as many for each replicate. Units: log.
 * Cost: O(numbers × replicates). Source: Tibshirani, Walther & Hastie 2001, section 4, with the
 * standard deviation over B replicates, not B − 1.
 *
 * @param logWithin log W of the data for min, min + 1, … clusters, as `withinDispersion()` gives it.
 * @param options.nullLogWithin The same of each replicate of the null.
 * @param options.min First number of clusters; 1 by default.
 * @throws {RangeError} If there is no number or no replicate, lengths differ, or a value is not
 * finite.
 */
export function gapStatistic(
  logWithin: Float64Array,
  { nullLogWithin, min = 1 }: {
    readonly nullLogWithin: readonly Float64Array[];
    readonly min?: number;
  },
): GapStatistic {
  const nNumbers = logWithin.length, nNulls = nullLogWithin.length;
  if (!(nNumbers > 0 && nNulls > 0)) {
    throw new RangeError(
      `Cannot judge gaps as there must be numbers of clusters and null replicates: got ${nNumbers} and ${nNulls}`,
    );
  }
  for (const row of [logWithin, ...nullLogWithin]) {
    if (row.length !== nNumbers) {
      throw new RangeError(
        `Cannot judge gaps as each null replicate must have ${nNumbers} values: got ${row.length}`,
      );
    }
    const bad = row.find((value) => !Number.isFinite(value));
    if (bad !== undefined) {
      throw new RangeError(`Cannot judge gaps as each log dispersion must be finite: got ${bad}`);
    }
  }
  const gap = new Float64Array(nNumbers), error = new Float64Array(nNumbers);
  for (let at = 0; at < nNumbers; ++at) {
    let mean = 0;
    for (const row of nullLogWithin) mean += row[at]! / nNulls;
    let variance = 0;
    for (const row of nullLogWithin) variance += (row[at]! - mean) ** 2 / nNulls;
    gap[at] = mean - logWithin[at]!;
    error[at] = Math.sqrt(variance) * Math.sqrt(1 + 1 / nNulls);
  }
  let choice = 0;
  while (choice < nNumbers - 1 && gap[choice]! < gap[choice + 1]! - error[choice + 1]!) ++choice;
  return {
    nClusters: Int32Array.from({ length: nNumbers }, (_, at) => min + at),
    gap,
    error,
    chosen: min + choice,
  };
}

/** Squares and known pairs summed within (on the diagonal) and between clusters, a k × k square. */
function squaresBetween(
  { ids, values }: PairMatrix,
  cluster: Int32Array,
  k: number,
): { squares: Float64Array; known: Float64Array } {
  const squares = new Float64Array(k * k), known = new Float64Array(k * k);
  let at = 0;
  for (let i = 0; i < ids.length; ++i) {
    for (let j = i + 1; j < ids.length; ++j, ++at) {
      const d = values[at]!;
      if (d !== d) continue;
      const a = cluster[i]!, b = cluster[j]!;
      const cell = a < b ? a * k + b : b * k + a;
      squares[cell] = squares[cell]! + d * d;
      known[cell] = known[cell]! + 1;
    }
  }
  for (let a = 0; a < k; ++a) {
    for (let b = a + 1; b < k; ++b) {
      squares[b * k + a] = squares[a * k + b]!;
      known[b * k + a] = known[a * k + b]!;
    }
  }
  return { squares, known };
}

/** Adds one cluster's sums to another's. */
function addCluster(sums: Float64Array, k: number, from: number, into: number): void {
  const within = sums[into * k + into]! + sums[from * k + from]! + sums[from * k + into]!;
  for (let c = 0; c < k; ++c) {
    const both = sums[into * k + c]! + sums[from * k + c]!;
    sums[into * k + c] = both;
    sums[c * k + into] = both;
  }
  sums[into * k + into] = within;
}

function pooled(squares: Float64Array, known: Float64Array, size: Int32Array): number {
  const k = size.length;
  let sum = 0;
  for (let c = 0; c < k; ++c) {
    // half of (size − 1) times the mean square: Σ over pairs / size where all are known
    if (size[c]! > 1) sum += (size[c]! - 1) / 2 * squares[c * k + c]! / known[c * k + c]!;
  }
  return sum;
}
