import type { PairMatrix } from "../core/pair_matrix.ts";
import { coreDistances, requireDistances } from "./core_distances.ts";
import { type Partition, partition } from "./partition.ts";

/** Clusters of dense items; −1 is noise. */
export interface DensityPartition extends Partition {
  /** 1 for an item with enough neighbours to extend its cluster, 0 for its border and for noise. */
  readonly isCore: Uint8Array;
}

/**
 * DBSCAN: items with at least `minPoints` items within `radius`, themselves counted, grow into
 * clusters; an item within reach of one joins it; the rest is noise.
 *
 * A border item within reach of two clusters joins the one whose first core item comes first, as in
 * scikit-learn, so the answer depends on the order of the items there and nowhere else.
 *
 * NaN: an unknown pair is never a neighbour. Cost: O(n²) time, O(neighbours) memory.
 * Source: Ester, Kriegel, Sander & Xu, "A density-based algorithm for discovering clusters", KDD
 * 1996.
 *
 * @throws {RangeError} If `radius` is negative or not finite, `minPoints` is not a whole number
 * >= 1 or a distance is negative or infinite.
 */
export function dbscan(
  distance: PairMatrix,
  { radius, minPoints }: { radius: number; minPoints: number },
): DensityPartition {
  if (!(radius >= 0 && radius < Infinity)) {
    throw new RangeError(
      `Cannot run DBSCAN as radius must be finite and >= 0: got ${radius}`,
    );
  }
  requireDistances(distance);
  const n = distance.ids.length;
  const core = coreDistances(distance, minPoints);
  const isCore = Uint8Array.from(core, (d) => d <= radius ? 1 : 0);
  const { offsets, neighbours } = withinRadius(distance, radius);
  const labels = new Int32Array(n).fill(-1);
  const stack: number[] = [];
  for (let start = 0, label = 0; start < n; ++start) {
    if (isCore[start] === 0 || labels[start] !== -1) continue;
    labels[start] = label;
    stack.push(start);
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      if (isCore[item] === 0) continue;
      for (let at = offsets[item]!; at < offsets[item + 1]!; ++at) {
        const other = neighbours[at]!;
        if (labels[other] !== -1) continue;
        labels[other] = label;
        stack.push(other);
      }
    }
    ++label;
  }
  return { ...partition(distance.ids, labels), isCore };
}

/** Neighbours of every item one after another; those of i from `offsets[i]` to `offsets[i + 1]`. */
function withinRadius(
  { ids, values }: PairMatrix,
  radius: number,
): { offsets: Uint32Array; neighbours: Uint32Array } {
  const n = ids.length;
  const offsets = new Uint32Array(n + 1);
  const eachPair = (use: (i: number, j: number) => void) => {
    for (let i = 0, at = 0; i < n; ++i) {
      for (let j = i + 1; j < n; ++j, ++at) if (values[at]! <= radius) use(i, j);
    }
  };
  eachPair((i, j) => {
    ++offsets[i + 1]!;
    ++offsets[j + 1]!;
  });
  for (let i = 0; i < n; ++i) offsets[i + 1]! += offsets[i]!;
  const neighbours = new Uint32Array(offsets[n]!), next = offsets.slice();
  eachPair((i, j) => {
    neighbours[next[i]!++] = j;
    neighbours[next[j]!++] = i;
  });
  return { offsets, neighbours };
}

/**
 * A radius for {@link dbscan}: the knee of the items' core distances in ascending order.
 *
 * Dense items have short ones, noise long ones, and the knee between is where the curve lies
 * farthest below the chord from its first to its last point. Without any bend it is the shortest
 * core distance. It is a place to begin and not an estimate of anything.
 *
 * Units: those of the distances. NaN: an unknown pair is no neighbour; items with fewer than
 * `minPoints` − 1 known pairs are left out, and 0 is given where that leaves none.
 * Source: the sorted k-distance graph of Ester et al. 1996; the chord makes its reading a rule.
 *
 * @throws {RangeError} If `minPoints` is not a whole number >= 1 or a distance is negative or
 * infinite.
 */
export function suggestedRadius(
  distance: PairMatrix,
  { minPoints }: { minPoints: number },
): number {
  requireDistances(distance);
  const sorted = coreDistances(distance, minPoints).filter((d) => d < Infinity).sort();
  if (sorted.length === 0) return 0;
  const first = sorted[0]!, rise = sorted.at(-1)! - first, last = sorted.length - 1;
  let knee = 0, deepest = 0;
  sorted.forEach((d, i) => {
    const below = first + rise * (i / last) - d;
    if (below > deepest) {
      deepest = below;
      knee = i;
    }
  });
  return sorted[knee]!;
}
