/** An urn without replacement: what is drawn from it and what counts. */
export interface Urn {
  readonly nItems: number;
  /** Items that count. */
  readonly nMarked: number;
  readonly nDrawn: number;
}

/**
 * Chance that at least `count` of the drawn items are marked, where every draw is equally likely.
 *
 * With a group as the draw and a class as the mark it is Fisher's exact test, one-sided, of whether
 * the class is in the group more often than chance puts it there.
 *
 * Cost: O(nDrawn). Accuracy: relative error below 1e-10 up to ten thousand items.
 * Source: the hypergeometric law; the terms of the tail from their ratio.
 *
 * @throws {RangeError} If the urn is not made of whole numbers with `nMarked` and `nDrawn` in
 *   [0, nItems], or `count` is not whole.
 *
 * @example Both of two drawn from four of which two are marked
 * ```ts
 * import assert from "node:assert/strict";
 * import { hypergeometricTail } from "lib/stats/hypergeometric.ts";
 * const chance = hypergeometricTail(2, { nItems: 4, nMarked: 2, nDrawn: 2 });
 * assert.ok(Math.abs(chance - 1 / 6) < 1e-15);
 * ```
 */
export function hypergeometricTail(count: number, { nItems, nMarked, nDrawn }: Urn): number {
  const whole = [count, nItems, nMarked, nDrawn].every(Number.isInteger);
  if (!whole || nMarked < 0 || nDrawn < 0 || Math.max(nMarked, nDrawn) > nItems) {
    throw new RangeError(
      `Cannot give a chance as marked and drawn items must be whole numbers up to all items: got ${count} of ${nMarked} marked and ${nDrawn} drawn of ${nItems}`,
    );
  }
  const least = Math.max(0, nMarked + nDrawn - nItems), most = Math.min(nMarked, nDrawn);
  if (count <= least) return 1;
  if (count > most) return 0;
  let term = Math.exp(
    logChoose(nMarked, count) + logChoose(nItems - nMarked, nDrawn - count) -
      logChoose(nItems, nDrawn),
  );
  let sum = term;
  for (let k = count; k < most; ++k) {
    term *= (nMarked - k) * (nDrawn - k) / ((k + 1) * (nItems - nMarked - nDrawn + k + 1));
    sum += term;
  }
  return Math.min(1, sum);
}

/** Logarithm of the number of ways to choose k of n. */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= Math.min(k, n - k); ++i) sum += Math.log((n - i + 1) / i);
  return sum;
}
