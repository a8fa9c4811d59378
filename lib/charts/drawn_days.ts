/** Days of a long curve that are drawn. */
export interface DrawnDays {
  /** Positions, ascending, the first and the last among them. */
  readonly indexes: readonly number[];
  /** Days from one drawn day to the next; 1 where all are drawn. */
  readonly step: number;
}

/**
 * Every `step`-th position of `n`, so that no more than `most` and the first are drawn.
 *
 * A curve with more points than its picture has columns tells no more, and takes the bytes.
 *
 * @example A short curve is drawn whole
 * ```ts
 * import assert from "node:assert/strict";
 * import { drawnDays } from "lib/charts/drawn_days.ts";
 * assert.deepEqual(drawnDays(3, 400), { indexes: [0, 1, 2], step: 1 });
 * assert.deepEqual(drawnDays(7, 3).indexes, [0, 2, 4, 6]);
 * ```
 */
export function drawnDays(n: number, most: number): DrawnDays {
  const step = Math.max(Math.ceil((n - 1) / most), 1);
  const indexes: number[] = [];
  // counted from the end, since the last day is what is read off
  for (let i = n - 1; i > 0; i -= step) indexes.push(i);
  if (n > 0) indexes.push(0);
  return { indexes: indexes.reverse(), step };
}
