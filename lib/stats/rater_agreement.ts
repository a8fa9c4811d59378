import { contingency } from "./label_agreement.ts";

/** How often several raters say the same, without any correction for chance. */
export interface RawAgreement {
  /** Share of the items on which every rater gave the same label. */
  readonly allAgree: number;
  /** Share of equal labels, the mean over the pairs of raters. */
  readonly meanPair: number;
  /** Items that every rater labelled; only these count. */
  readonly nItems: number;
}

/**
 * Share of items on which raters agree.
 *
 * It rises when one label is common, whatever the raters know, so it stands beside {@link cohenKappa}
 * or {@link krippendorffAlpha} and never alone.
 *
 * Shape: raters × items. A negative label means that the rater gave none.
 * NaN: no item labelled by all. Cost: O(raters² · items).
 *
 * @throws {RangeError} If there are fewer than two raters, their lengths differ or a label is not a
 *   whole number.
 */
export function rawAgreement(raters: readonly ArrayLike<number>[]): RawAgreement {
  const nAll = checkedLength(raters);
  let nItems = 0, nSame = 0, nPairs = 0, nSamePairs = 0;
  for (let i = 0; i < nAll; ++i) {
    const labels = raters.map((labelled) => labelled[i]!);
    if (labels.some((label) => label < 0)) continue;
    ++nItems;
    if (labels.every((label) => label === labels[0])) ++nSame;
    for (let a = 0; a < labels.length; ++a) {
      for (let b = a + 1; b < labels.length; ++b) {
        ++nPairs;
        if (labels[a] === labels[b]) ++nSamePairs;
      }
    }
  }
  return { allAgree: nSame / nItems, meanPair: nSamePairs / nPairs, nItems };
}

/**
 * Agreement of two raters, corrected for the agreement their own label counts give by chance: 1 is
 * full agreement, 0 what chance gives, below 0 less than that.
 *
 * Shape: two times n labels. A negative label means none, and the item is left out.
 * NaN: no item labelled by both, or both gave one and the same label throughout, where chance
 * alone agrees fully. Cost: O(n + rows · columns).
 * Source: Cohen 1960; as sklearn's `cohen_kappa_score` without weights.
 *
 * @throws {RangeError} If the two have different lengths or a label is not a whole number.
 */
export function cohenKappa(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { rowLabels, columnLabels, counts, rowTotals, columnTotals, nItems } = contingency(a, b);
  let same = 0, byChance = 0;
  rowLabels.forEach((label, r) => {
    const c = columnLabels.indexOf(label);
    if (c < 0) return;
    same += counts[r * columnLabels.length + c]!;
    byChance += rowTotals[r]! * columnTotals[c]!;
  });
  // whole numbers until the one division, so that full agreement is exactly 1
  return (same * nItems - byChance) / (nItems * nItems - byChance);
}

/**
 * Krippendorff's alpha for labels without order: agreement of any number of raters corrected for
 * chance, where each may leave items out.
 *
 * An item counts in every pair of labels it got, weighted so that each label counts once; an item
 * with fewer than two labels says nothing about agreement and is left out. Chance is drawn from
 * all labels together, unlike in {@link cohenKappa}, which gives each rater their own.
 *
 * Shape: raters × items. A negative label means that the rater gave none.
 * NaN: no item with two labels, or one label throughout. Cost: O(raters · items).
 * Source: Krippendorff 2011, "Computing Krippendorff's alpha-reliability", for nominal data.
 *
 * @throws {RangeError} If there are fewer than two raters, their lengths differ or a label is not a
 *   whole number.
 *
 * @example Krippendorff's second example, two observers of twelve units
 * ```ts
 * import assert from "node:assert/strict";
 * import { krippendorffAlpha } from "lib/stats/rater_agreement.ts";
 * const a = [0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0];
 * const b = [1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3];
 * assert.equal(krippendorffAlpha([a, b]).toFixed(3), "0.692");
 * ```
 */
export function krippendorffAlpha(raters: readonly ArrayLike<number>[]): number {
  const nAll = checkedLength(raters);
  const totals = new Map<number, number>();
  let nLabels = 0, same = 0;
  for (let i = 0; i < nAll; ++i) {
    const counts = new Map<number, number>();
    let nHere = 0;
    for (const labelled of raters) {
      const label = labelled[i]!;
      if (label < 0) continue;
      counts.set(label, (counts.get(label) ?? 0) + 1);
      ++nHere;
    }
    if (nHere < 2) continue;
    nLabels += nHere;
    for (const [label, count] of counts) {
      same += count * (count - 1) / (nHere - 1);
      totals.set(label, (totals.get(label) ?? 0) + count);
    }
  }
  let byChance = 0;
  for (const count of totals.values()) byChance += count * (count - 1);
  const observed = nLabels - same;
  const expected = nLabels * (nLabels - 1) - byChance;
  return 1 - (nLabels - 1) * observed / expected;
}

/** Number of items, after the raters were found comparable. */
function checkedLength(raters: readonly ArrayLike<number>[]): number {
  if (raters.length < 2) {
    throw new RangeError(
      `Cannot compare raters as there must be at least two: got ${raters.length}`,
    );
  }
  const nItems = raters[0]!.length;
  for (const labels of raters) {
    if (labels.length !== nItems) {
      throw new RangeError(
        `Cannot compare raters as all must cover the same items: got ${nItems} and ${labels.length}`,
      );
    }
    for (let i = 0; i < nItems; ++i) {
      if (Number.isInteger(labels[i])) continue;
      throw new RangeError(
        `Cannot compare raters as each label must be a whole number: got ${labels[i]}`,
      );
    }
  }
  return nItems;
}
