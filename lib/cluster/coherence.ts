import { pairIndex, type PairMatrix } from "../core/pair_matrix.ts";
import type { Partition } from "./partition.ts";

/** How much more the members of a cluster correlate with each other than with the rest. */
export interface Coherence {
  /** Mean correlation of the pairs within a cluster. */
  readonly within: number;
  /** Mean correlation of the pairs of different clusters; items of none count as apart. */
  readonly between: number;
  /** `within` − `between`. */
  readonly difference: number;
  readonly nWithin: number;
  readonly nBetween: number;
  /** Mean correlation within each cluster; NaN where it has no known pair. */
  readonly byCluster: Float64Array;
}

/**
 * Correlation within clusters minus correlation between them.
 *
 * In the window that made the clusters it is positive by construction. It is evidence only with
 * correlations of a later window, the sides fixed before it. Every known pair counts once, so large
 * clusters weigh more.
 *
 * NaN: unknown pairs are skipped; no pair within, or none between, gives NaN. Cost: O(n²).
 *
 * @param rho Correlations of the held sides; its items are those of the partition, in order.
 * @param options.times How often each item counts, once by default; a pair counts as often as the
 * product. For the bootstrap over items.
 * @param options.apart A label an item, −1 for none; pairs of one label are left out, so that what is
 * left is agreement beyond that label.
 * @throws {RangeError} If the two differ in their number of items.
 */
export function coherence(
  rho: PairMatrix,
  { cluster, nClusters }: Partition,
  { times, apart }: { readonly times?: ArrayLike<number>; readonly apart?: Int32Array } = {},
): Coherence {
  const n = rho.ids.length;
  if (cluster.length !== n) {
    throw new RangeError(
      `Cannot measure coherence as the partition must have the ${n} items of the correlations: got ${cluster.length}`,
    );
  }
  const sums = new Float64Array(nClusters), counts = new Float64Array(nClusters);
  let sumBetween = 0, nBetween = 0;
  for (let i = 0; i < n; ++i) {
    const own = cluster[i]!;
    for (let j = i + 1, at = pairIndex(n, i, i + 1); j < n; ++j, ++at) {
      const r = rho.values[at]!;
      if (r !== r) continue;
      if (apart !== undefined && apart[i]! >= 0 && apart[i] === apart[j]) continue;
      const weight = times === undefined ? 1 : times[i]! * times[j]!;
      if (own >= 0 && own === cluster[j]) {
        sums[own] = sums[own]! + weight * r;
        counts[own] = counts[own]! + weight;
      } else {
        sumBetween += weight * r;
        nBetween += weight;
      }
    }
  }
  const nWithin = counts.reduce((sum, count) => sum + count, 0);
  const within = sums.reduce((sum, part) => sum + part, 0) / nWithin;
  const between = sumBetween / nBetween;
  return {
    within,
    between,
    difference: within - between,
    nWithin,
    nBetween,
    byCluster: sums.map((sum, c) => sum / counts[c]!),
  };
}
