import { randomStream } from "../core/random.ts";
import { circularShift } from "../stats/circular_shift.ts";
import { fitMethods, type MethodFit } from "./fit_methods.ts";
import { members } from "./partition.ts";
import type { Repetitions } from "./stability.ts";

/** What one method finds in one shifted panel. */
export interface ShiftedFit {
  /** Mean silhouette; NaN with fewer than two clusters. */
  readonly silhouette: number;
  /** Members of each cluster, and their mean correlation. */
  readonly sizes: Int32Array;
  readonly within: Float64Array;
}

/**
 * Every method on circularly shifted panels: what each reaches on noise that stands still as often
 * as the real prices do.
 *
 * @returns Per method: one entry a shift.
 */
export function shiftedFits({ window, fits, fit, seed, from, to }: Repetitions): ShiftedFit[][] {
  const found: ShiftedFit[][] = fits.map(() => []);
  for (let b = from; b < to; ++b) {
    const name = `shift ${b}`;
    fitMethods({
      ...window,
      moves: circularShift(window.moves, randomStream(seed, name)),
      seedMoves: circularShift(window.seedMoves, randomStream(seed, name)),
    }, fit).forEach(({ silhouette, partition, within }, m) => {
      const sizes = Int32Array.from(members(partition), (list) => list.length);
      found[m]!.push({ silhouette, sizes, within });
    });
  }
  return found;
}

/**
 * For each cluster the share of shifted panels in which the same method finds a cluster at least as
 * large with at least as much correlation among its members.
 *
 * The best cluster of each panel answers for all of them, so the level holds for any number of
 * clusters.
 *
 * NaN: a cluster of one member. Cost: O(clusters × shifts × clusters).
 *
 * @returns One p-value a cluster, in [1/(shifts + 1), 1].
 */
export function clusterPValues(
  { partition, within }: Pick<MethodFit, "partition" | "within">,
  shifted: readonly ShiftedFit[],
): Float64Array {
  return Float64Array.from(members(partition), ({ length }, c) => {
    if (Number.isNaN(within[c]!)) return NaN;
    const reached = shifted.filter(({ sizes, within: others }) =>
      sizes.some((size, k) => size >= length && others[k]! >= within[c]!)
    );
    return (1 + reached.length) / (1 + shifted.length);
  });
}
