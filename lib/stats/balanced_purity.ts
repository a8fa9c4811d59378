import { contingency } from "./label_agreement.ts";

/**
 * Purity after every class has been given the same weight, however many items it has.
 *
 * Plain purity is at least the share of the commonest class, so that one large class makes any
 * clusters look pure. Here an item of class t weighs 1 / (T · nₜ), with nₜ the items of the class
 * and T the number of classes, which gives
 *
 *   (1 / T) · Σ over clusters k of the largest nₖₜ / nₜ.
 *
 * One cluster of everything gives 1 / T, clusters of one class each give 1. Classes of few items
 * raise it by chance, as a class of one item is always wholly in some cluster, so it is read against
 * random orders of the classes (`permutedAgreement`).
 *
 * NaN: no item labelled by both; a negative label is in no group. Cost: O(n + clusters · classes).
 * Source: our definition, by the weights of balanced accuracy (Brodersen, Ong, Stephan & Buhmann
 * 2010).
 *
 * @throws {RangeError} If the two have different lengths or a label is not a whole number.
 *
 * @example Three of four items are of one class: purity is 0.75 whatever the clusters are
 * ```ts
 * import assert from "node:assert/strict";
 * import { balancedPurity } from "lib/stats/balanced_purity.ts";
 * assert.equal(balancedPurity([0, 0, 0, 0], [7, 7, 7, 8]), 0.5);
 * assert.equal(balancedPurity([0, 0, 0, 1], [7, 7, 7, 8]), 1);
 * ```
 */
export function balancedPurity(clusters: ArrayLike<number>, classes: ArrayLike<number>): number {
  const { counts, rowTotals, columnTotals, nItems } = contingency(clusters, classes);
  if (nItems === 0) return NaN;
  let sum = 0;
  for (let r = 0; r < rowTotals.length; ++r) {
    let largest = 0;
    columnTotals.forEach((total, c) => {
      largest = Math.max(largest, counts[r * columnTotals.length + c]! / total);
    });
    sum += largest;
  }
  return sum / columnTotals.length;
}
