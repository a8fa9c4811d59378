import type { PairMatrix } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";
import { randomStream } from "../core/random.ts";
import { circularShift } from "../stats/circular_shift.ts";
import { correlationDistance } from "./distance.ts";
import { type WindowCorrelation, windowCorrelation } from "./fit_methods.ts";
import { optimalLeafOrder } from "./leaf_order.ts";
import { type Linkage, linkage } from "./linkage.ts";

/** The Ward tree of a window's moves as it is drawn. */
export interface WindowTree {
  readonly correlation: WindowCorrelation;
  /** √(2(1 − ρ)) between held sides. */
  readonly distance: PairMatrix;
  readonly tree: Linkage;
  /** Leaves with the least distance between neighbours that the tree allows. */
  readonly order: Int32Array;
}

/**
 * The Ward tree of a window, on Euclidean distances of the held sides, with its leaves in order.
 *
 * Cost: O(pairs × days), and up to O(n³) for the order.
 *
 * Markets without a known correlation to each other leave a tree of one leaf, or of none.
 *
 * @param moves Moves of one exposure an event.
 */
export function windowTree(
  moves: Panel,
  { minOverlap }: { readonly minOverlap: number },
): WindowTree {
  const correlation = windowCorrelation(moves, minOverlap);
  const distance = correlationDistance(correlation.held, { form: "euclidean" });
  if (distance.ids.length === 0) {
    return { correlation, distance, tree: NO_TREE, order: new Int32Array(0) };
  }
  const tree = linkage(distance, { method: "ward" });
  return { correlation, distance, tree, order: optimalLeafOrder(tree, distance).order };
}

/** The tree of no market. */
export const NO_TREE: Linkage = {
  ids: [],
  left: new Int32Array(0),
  right: new Int32Array(0),
  height: new Float64Array(0),
  size: new Int32Array(0),
};

/** The tree of shifted panel `number`, the same panel as in every other comparison. */
export function shiftedTree(
  moves: Panel,
  { minOverlap, seed, number }: {
    readonly minOverlap: number;
    readonly seed: number;
    readonly number: number;
  },
): WindowTree {
  const shifted = circularShift(moves, randomStream(seed, `shift ${number}`));
  return windowTree(shifted, { minOverlap });
}
