import type { PairMatrix } from "../core/pair_matrix.ts";
import { copheneticCorrelation } from "./cophenetic.ts";
import type { Linkage } from "./linkage.ts";

/** How far a tree repeats the distances that it was made from, in a sentence for a notebook. */
export function treeLine(tree: Linkage, distance: PairMatrix): string {
  const correlation = copheneticCorrelation(tree, distance);
  return Number.isNaN(correlation)
    ? "The tree has too few joins to be compared with the distances that it was made from."
    : `Cophenetic correlation ${correlation.toFixed(2)}: how far the tree's heights repeat the ` +
      "distances that it was made from. At 1 they are the same, at 0 the tree says nothing of them.";
}
