import { type PairMatrix, selectPairs } from "../core/pair_matrix.ts";
import type { Random } from "../core/random.ts";
import { kMeans } from "./kmeans.ts";
import { leadingEigenvectors } from "./leading_eigenvectors.ts";
import { pairProduct } from "./pair_product.ts";
import { type Partition, partition } from "./partition.ts";

/** Items placed by the slowest random walks over their affinities. */
export interface SpectralEmbedding {
  /** Items with any affinity to another, as indices, ascending. */
  readonly placed: Int32Array;
  /** placed × dimension, row by row. */
  readonly coordinates: Float64Array;
  /** Eigenvalues of the random walk, falling from 1. */
  readonly eigenvalues: Float64Array;
}

/**
 * Coordinates in which items of high mutual affinity lie close: eigenvectors of the random walk
 * D⁻¹A, found as those of the symmetric D^−½AD^−½ and divided by √degree.
 *
 * Rows are not scaled to length 1, as scikit-learn does not scale them either. The first coordinate
 * is constant within each connected part.
 *
 * NaN: an unknown pair has no affinity. Cost: O(n²) for each of a few hundred products.
 * Source: Shi & Malik 2000; von Luxburg, "A tutorial on spectral clustering", 2007.
 *
 * @param affinity Values in [0, 1].
 * @param options.dimension Eigenvectors wanted; fewer are given where fewer items can be placed.
 * @throws {RangeError} If an affinity is outside [0, 1] or `dimension` is not a whole number >= 1.
 */
export function spectralEmbedding(
  affinity: PairMatrix,
  { dimension, random }: { dimension: number; random: Random },
): SpectralEmbedding {
  if (!(Number.isInteger(dimension) && dimension >= 1)) {
    throw new RangeError(
      `Cannot embed items as dimension must be a whole number >= 1: got ${dimension}`,
    );
  }
  const bad = affinity.values.find((a) => a < 0 || a > 1);
  if (bad !== undefined) {
    throw new RangeError(`Cannot embed items as an affinity must be in [0, 1]: got ${bad}`);
  }
  const known = { ids: affinity.ids, values: affinity.values.map((a) => a > 0 ? a : 0) };
  const placed = Int32Array.from(degrees(known).entries(), ([i, d]) => d > 0 ? i : -1)
    .filter((i) => i >= 0);
  const n = placed.length;
  if (n === 0) {
    return { placed, coordinates: new Float64Array(0), eigenvalues: new Float64Array(0) };
  }
  const chosen = selectPairs(known, placed);
  const root = degrees(chosen).map(Math.sqrt);
  for (let i = 0, at = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j, ++at) chosen.values[at]! /= root[i]! * root[j]!;
  }
  const count = Math.min(dimension, n);
  const { values, vectors } = leadingEigenvectors(
    n,
    (x, out) => pairProduct(chosen.values, x, out),
    { count, random },
  );
  const coordinates = new Float64Array(n * count);
  for (let i = 0; i < n; ++i) {
    for (let d = 0; d < count; ++d) coordinates[i * count + d] = vectors[d * n + i]! / root[i]!;
  }
  return { placed, coordinates, eigenvalues: values };
}

/**
 * Spectral clustering: k-means on {@link spectralEmbedding}.
 *
 * An item without any affinity has no place in the walk and belongs to no cluster (−1). Where fewer
 * than k items can be placed, each is a cluster of its own.
 *
 * NaN: an unknown pair has no affinity. Cost: that of the embedding and of k-means.
 * Source: as in scikit-learn's `SpectralClustering` with `assign_labels="kmeans"`; the row scaling
 * of Ng, Jordan & Weiss 2001 is not applied.
 *
 * @param affinity Values in [0, 1].
 * @param options.starts Starts of k-means; 20 by default.
 * @throws {RangeError} If an affinity is outside [0, 1] or `k` is not a whole number >= 1.
 */
export function spectralClusters(
  affinity: PairMatrix,
  { k, random, starts = 20 }: { k: number; random: Random; starts?: number },
): Partition {
  const { placed, coordinates } = spectralEmbedding(affinity, { dimension: k, random });
  const labels = new Int32Array(affinity.ids.length).fill(-1);
  if (placed.length > 0) {
    const count = Math.min(k, placed.length);
    const found = kMeans(coordinates, { dimension: count, k: count, starts, random });
    placed.forEach((item, i) => labels[item] = found.labels[i]!);
  }
  return partition(affinity.ids, labels);
}

/** Sum of the affinities of each item. */
function degrees({ ids, values }: PairMatrix): Float64Array {
  const sums = new Float64Array(ids.length);
  pairProduct(values, new Float64Array(ids.length).fill(1), sums);
  return sums;
}
