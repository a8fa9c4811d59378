/**
 * Whole numbers to label on an axis of counts, from 0 to the first one at or above `most`.
 *
 * Steps are 1, 2 or 5 times a power of ten, so that no grid line stands at half a market.
 *
 * @param most Largest count drawn, 0 or more.
 * @returns Two to seven ticks; the last one is the top of the axis.
 *
 * @example Seven markets
 * ```ts
 * import assert from "node:assert/strict";
 * import { countTicks } from "lib/charts/count_ticks.ts";
 * assert.deepEqual(countTicks(7), [0, 2, 4, 6, 8]);
 * ```
 */
export function countTicks(most: number): number[] {
  let step = 1;
  for (let power = 1; Math.ceil(most / step) > 6; power *= 10) {
    for (const lead of [1, 2, 5]) {
      step = lead * power;
      if (Math.ceil(most / step) <= 6) break;
    }
  }
  return Array.from({ length: Math.max(Math.ceil(most / step), 1) + 1 }, (_, k) => k * step);
}
