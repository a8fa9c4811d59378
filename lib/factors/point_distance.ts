import { coreDistances } from "../cluster/core_distances.ts";
import { type PairMatrix, pairMatrix } from "../core/pair_matrix.ts";

/**
 * Euclidean distance of each two points.
 *
 * Shape: n × dimension by rows → n(n − 1)/2. NaN: propagates to its pairs. Cost: O(n² · dimension).
 *
 * @throws {RangeError} If the points are not `dimension` values each.
 */
export function pointDistance(
  ids: readonly string[],
  points: Float64Array,
  dimension: number,
): PairMatrix {
  const n = ids.length;
  if (points.length !== n * dimension) {
    throw new RangeError(
      `Cannot measure distances as ${n} points must have ${dimension} values each: got ${points.length} in all`,
    );
  }
  const values = new Float64Array(n * (n - 1) / 2);
  for (let i = 0, at = 0; i < n; ++i) {
    const from = i * dimension;
    for (let j = i + 1; j < n; ++j, ++at) {
      let sum = 0;
      for (let d = 0, to = j * dimension; d < dimension; ++d, ++to) {
        const apart = points[from + d]! - points[to]!;
        sum += apart * apart;
      }
      values[at] = Math.sqrt(sum);
    }
  }
  return pairMatrix(ids, values);
}

/** Neighbours whose distance sets the width of a point's affinity. */
const NEIGHBOURS = 7;

/**
 * Affinity exp(−d² / (s_i · s_j)), s the distance of a point from its seventh neighbour.
 *
 * Each point brings its own width, so that dense and thin parts are both connected; one width for all
 * would leave every far point alone. Of fewer than eight points s is the distance of the farthest.
 *
 * Units: distance → [0, 1]. NaN: an unknown pair has no affinity. Cost: O(n²).
 * Source: Zelnik-Manor & Perona, "Self-tuning spectral clustering", NIPS 2004.
 */
export function localAffinity(distance: PairMatrix): PairMatrix {
  const { ids, values } = distance, n = ids.length;
  const width = coreDistances(distance, Math.max(1, Math.min(NEIGHBOURS + 1, n)));
  const affinity = new Float64Array(values.length);
  for (let i = 0, at = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j, ++at) {
      const d = values[at]!, spread = width[i]! * width[j]!;
      // points in one place are as near as can be, whatever their widths
      affinity[at] = d === 0 ? 1 : spread > 0 ? Math.exp(-d * d / spread) : 0;
    }
  }
  return pairMatrix(ids, affinity.map((a) => Number.isNaN(a) ? 0 : a));
}
