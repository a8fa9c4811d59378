/** Marks of an axis of values, and how they are written. */
export interface ValueTicks {
  /** Ascending; the first is at or below the lowest value, the last at or above the highest. */
  readonly ticks: readonly number[];
  /** A tick with as many decimals as its step needs. */
  readonly text: (value: number) => string;
}

/**
 * Round numbers that span [low, high], in steps of 1, 2 or 5 times a power of ten.
 *
 * @param low Lowest value drawn. @param high Highest value drawn.
 * @param most Most ticks that fit, at least 3.
 * @throws {RangeError} If the two are not finite and in order.
 *
 * @example Four ticks over shares
 * ```ts
 * import assert from "node:assert/strict";
 * import { valueTicks } from "lib/charts/value_ticks.ts";
 * assert.deepEqual(valueTicks(-0.03, 0.21, 5).ticks, [-0.1, 0, 0.1, 0.2, 0.3]);
 * ```
 */
export function valueTicks(low: number, high: number, most: number): ValueTicks {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new RangeError(
      `Cannot choose ticks as low and high must be finite and in order: got ${low} and ${high}`,
    );
  }
  const size = Math.max(Math.abs(low), Math.abs(high), 1e-3);
  if (high - low <= 1e-9 * size) {
    // one value: an axis around it
    return valueTicks(low - size / 10, high + size / 10, most);
  }
  const span = high - low;
  const start = Math.floor(Math.log10(span / most));
  for (let power = start;; ++power) {
    for (const lead of [1, 2, 5]) {
      // decimals through text, since 3 times 0.1 is not 0.3
      const at = (k: number) => Number(`${k * lead}e${power}`);
      const step = at(1);
      const from = Math.floor(low / step + 1e-9);
      const to = Math.max(Math.ceil(high / step - 1e-9), from + 1);
      if (to - from + 1 > Math.max(most, 3)) continue;
      return {
        ticks: Array.from({ length: to - from + 1 }, (_, k) => at(from + k)),
        text: (value) => decimalText(value, Math.max(-power, 0)),
      };
    }
  }
}

/** A number with a fixed count of decimals and a true minus sign; NaN gives "not measured". */
export function decimalText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "not measured";
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/**
 * Two numbers written with the fewest decimals, `decimals` or more, that tell them apart.
 *
 * A title that says one is above the other may not write both the same.
 */
export function decimalsApart(a: number, b: number, decimals: number): [string, string] {
  for (let more = decimals;; ++more) {
    const texts: [string, string] = [decimalText(a, more), decimalText(b, more)];
    if (texts[0] !== texts[1] || a === b || more >= decimals + 3 || Number.isNaN(a - b)) {
      return texts;
    }
  }
}
