/**
 * Shares a sample between groups in proportion to their sizes, with at least one of each group.
 *
 * Groups whose share is below one get one. The rest goes to the others by largest remainder: each
 * gets the whole part of its share, and what is left over goes to the largest fractions, of equal
 * ones to the larger group, then to the first.
 *
 * Shape: n sizes → n counts that sum to the smaller of `total` and all items, none above its size.
 * Cost: O(n² log n). Source: Hamilton's method; the least of one is ours, so that no stratum is
 * unseen.
 *
 * @param sizes Items of each group, whole numbers >= 1.
 * @param total Sample size.
 * @throws {RangeError} If a size is not a whole number >= 1, or `total` is not one of at least the
 *   number of groups.
 *
 * @example Ten items of 90, 9 and 1
 * ```ts
 * import assert from "node:assert/strict";
 * import { proportionalAllocation } from "lib/stats/proportional_allocation.ts";
 * assert.deepEqual(proportionalAllocation([90, 9, 1], 10), [8, 1, 1]);
 * ```
 */
export function proportionalAllocation(sizes: readonly number[], total: number): number[] {
  for (const size of sizes) {
    if (Number.isInteger(size) && size >= 1) continue;
    throw new RangeError(
      `Cannot share a sample as each group must have a whole number of items >= 1: got ${size}`,
    );
  }
  if (!(Number.isInteger(total) && total >= sizes.length)) {
    throw new RangeError(
      `Cannot share a sample as each of ${sizes.length} groups must get one: got ${total} to share`,
    );
  }
  const nItems = sizes.reduce((sum, size) => sum + size, 0);
  if (total >= nItems) return [...sizes];
  const small = new Set<number>();
  // one that is lifted to one takes from the others, which may bring another below one
  while (true) {
    const left = total - small.size;
    const rest = sizes.reduce((sum, size, g) => sum + (small.has(g) ? 0 : size), 0);
    const below = sizes.findIndex((size, g) => !small.has(g) && size * left < rest);
    if (below < 0) return largestRemainder(sizes, { small, left, rest });
    small.add(below);
  }
}

function largestRemainder(
  sizes: readonly number[],
  { small, left, rest }: {
    readonly small: ReadonlySet<number>;
    readonly left: number;
    readonly rest: number;
  },
): number[] {
  const counts = sizes.map((size, g) => small.has(g) ? 1 : Math.floor(size * left / rest));
  const over = left - counts.reduce((sum, count, g) => sum + (small.has(g) ? 0 : count), 0);
  // whole numbers, so that equal fractions are equal
  const fraction = (g: number) => sizes[g]! * left % rest;
  [...sizes.keys()].filter((g) => !small.has(g))
    .sort((a, b) => fraction(b) - fraction(a) || sizes[b]! - sizes[a]! || a - b)
    .slice(0, over)
    .forEach((g) => counts[g] = counts[g]! + 1);
  return counts;
}
