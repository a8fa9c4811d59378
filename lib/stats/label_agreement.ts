/** How often each label of one grouping meets each label of another. */
export interface Contingency {
  /** Labels of the first and the second grouping, rising. */
  readonly rowLabels: readonly number[];
  readonly columnLabels: readonly number[];
  /** Items with the row's and the column's label, row by row. */
  readonly counts: Float64Array;
  readonly rowTotals: Float64Array;
  readonly columnTotals: Float64Array;
  /** Items labelled by both. */
  readonly nItems: number;
}

/**
 * Counts of the items by the labels of two groupings.
 *
 * A negative label means that the item belongs to no group, so it is counted in neither grouping.
 * This differs from sklearn, where −1 is a label as any other.
 *
 * Shape: two times n labels → rows × columns. Cost: O(n + rows · columns).
 *
 * @throws {RangeError} If the two have different lengths or a label is not a whole number.
 */
export function contingency(a: ArrayLike<number>, b: ArrayLike<number>): Contingency {
  if (a.length !== b.length) {
    throw new RangeError(
      `Cannot compare labels as both must cover the same items: got ${a.length} and ${b.length}`,
    );
  }
  const items: number[] = [];
  for (let i = 0; i < a.length; ++i) {
    for (const label of [a[i]!, b[i]!]) {
      if (Number.isInteger(label)) continue;
      throw new RangeError(`Cannot compare labels as each must be a whole number: got ${label}`);
    }
    if (a[i]! >= 0 && b[i]! >= 0) items.push(i);
  }
  const rowLabels = distinct(items.map((i) => a[i]!));
  const columnLabels = distinct(items.map((i) => b[i]!));
  const rowOf = new Map(rowLabels.map((label, r) => [label, r]));
  const columnOf = new Map(columnLabels.map((label, c) => [label, c]));
  const counts = new Float64Array(rowLabels.length * columnLabels.length);
  const rowTotals = new Float64Array(rowLabels.length);
  const columnTotals = new Float64Array(columnLabels.length);
  for (const i of items) {
    const r = rowOf.get(a[i]!)!, c = columnOf.get(b[i]!)!;
    const cell = r * columnLabels.length + c;
    counts[cell] = counts[cell]! + 1;
    rowTotals[r] = rowTotals[r]! + 1;
    columnTotals[c] = columnTotals[c]! + 1;
  }
  return { rowLabels, columnLabels, counts, rowTotals, columnTotals, nItems: items.length };
}

function distinct(labels: readonly number[]): number[] {
  return [...new Set(labels)].sort((x, y) => x - y);
}

/**
 * Agreement of two groupings by pairs of items, corrected for chance: 1 is the same grouping under
 * any names, 0 what random groupings of these sizes give on average.
 *
 * NaN: no item labelled by both. Two groupings of one group each agree with 1, as do two that leave
 * every item alone. Cost: O(n + rows · columns).
 * Source: Hubert & Arabie 1985, in the form of the 2 × 2 table of pairs.
 *
 * @throws {RangeError} If the two have different lengths or a label is not a whole number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adjustedRandIndex } from "lib/stats/label_agreement.ts";
 * assert.equal(adjustedRandIndex([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]).toFixed(6), "0.444444");
 * ```
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { counts, rowTotals, columnTotals, nItems } = contingency(a, b);
  if (nItems === 0) return NaN;
  const together = orderedPairs(counts);
  const onlyA = orderedPairs(rowTotals) - together, onlyB = orderedPairs(columnTotals) - together;
  if (onlyA === 0 && onlyB === 0) return 1;
  const apart = nItems * (nItems - 1) - together - onlyA - onlyB;
  return 2 * (together * apart - onlyA * onlyB) /
    ((together + onlyB) * (onlyB + apart) + (together + onlyA) * (onlyA + apart));
}

/** Ordered pairs of two different items within the same cell. */
function orderedPairs(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count * (count - 1), 0);
}

/**
 * Agreement of two groupings by shared information, corrected for chance: 1 is the same grouping,
 * 0 what random groupings of these sizes give on average.
 *
 * Weighs small groups more than the adjusted Rand index does, so it suits groups of unequal size.
 * The information expected by chance is exact, from the hypergeometric law of each cell, and the
 * bound it is scaled by is the mean of the two entropies.
 *
 * NaN: no item labelled by both. Two groupings of one group each agree with 1, one such against a
 * split with 0. Cost: O(n · (rows + columns)).
 * Source: Vinh, Epps & Bailey 2010; the limiting cases as in sklearn.
 *
 * @throws {RangeError} If the two have different lengths or a label is not a whole number.
 */
export function adjustedMutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const table = contingency(a, b);
  const { rowTotals, columnTotals, nItems } = table;
  if (nItems === 0) return NaN;
  if (rowTotals.length === 1 || columnTotals.length === 1) {
    return rowTotals.length === columnTotals.length ? 1 : 0;
  }
  const expected = expectedInformation(table);
  const bound = (entropy(rowTotals, nItems) + entropy(columnTotals, nItems)) / 2;
  // 0/0 where even chance gives the bound, as when every item is alone in both groupings
  return awayFromZero(mutualInformation(table) - expected) / awayFromZero(bound - expected);
}

function awayFromZero(x: number): number {
  return x < 0 ? Math.min(x, -Number.EPSILON) : Math.max(x, Number.EPSILON);
}

/** Entropy of group sizes, in nats. */
function entropy(totals: Float64Array, nItems: number): number {
  return -totals.reduce((sum, count) => sum + count / nItems * Math.log(count / nItems), 0);
}

/** Information that one grouping gives about the other, in nats. */
function mutualInformation({ counts, rowTotals, columnTotals, nItems }: Contingency): number {
  let sum = 0;
  rowTotals.forEach((row, r) => {
    columnTotals.forEach((column, c) => {
      const both = counts[r * columnTotals.length + c]!;
      if (both > 0) sum += both / nItems * Math.log(nItems * both / (row * column));
    });
  });
  return sum;
}

/** Its mean over all groupings of the same sizes, in nats. */
function expectedInformation({ rowTotals, columnTotals, nItems }: Contingency): number {
  const logFactorial = new Float64Array(nItems + 1);
  for (let i = 2; i <= nItems; ++i) logFactorial[i] = logFactorial[i - 1]! + Math.log(i);
  const f = (i: number) => logFactorial[i]!;
  let sum = 0;
  for (const row of rowTotals) {
    for (const column of columnTotals) {
      const fixed = f(row) + f(column) + f(nItems - row) + f(nItems - column) - f(nItems);
      for (let k = Math.max(1, row + column - nItems); k <= Math.min(row, column); ++k) {
        const logChance = fixed - f(k) - f(row - k) - f(column - k) - f(nItems - row - column + k);
        sum += k / nItems * Math.log(nItems * k / (row * column)) * Math.exp(logChance);
      }
    }
  }
  return sum;
}

/** Purity of clusters and what it must be held against. */
export interface Purity {
  /** Share of the items that are of the commonest class of their cluster. */
  readonly purity: number;
  /** Share of the items that are of the commonest class of all, the purity of one big cluster. */
  readonly majorityShare: number;
}

/**
 * How far clusters hold one class each.
 *
 * Purity is never below `majorityShare` and rises to 1 as clusters get smaller, whatever they mean,
 * so it says nothing alone; the chance-corrected measures do.
 *
 * NaN: no item labelled by both. Cost: O(n + rows · columns).
 *
 * @throws {RangeError} If the two have different lengths or a label is not a whole number.
 */
export function purity(clusters: ArrayLike<number>, classes: ArrayLike<number>): Purity {
  const { rowTotals, columnTotals, counts, nItems } = contingency(clusters, classes);
  let commonest = 0;
  for (let r = 0; r < rowTotals.length; ++r) {
    commonest += counts.subarray(r * columnTotals.length, (r + 1) * columnTotals.length)
      .reduce((most, count) => Math.max(most, count), 0);
  }
  return {
    purity: commonest / nItems,
    majorityShare: columnTotals.reduce((most, count) => Math.max(most, count), 0) / nItems,
  };
}
