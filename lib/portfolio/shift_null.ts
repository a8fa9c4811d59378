import { nullQuantiles } from "../core/null_percentile.ts";

/** Middle 95 % of what chance gives. */
export interface NullBand {
  readonly nullLow: number;
  readonly nullHigh: number;
}

/**
 * A measure of two series with the second one turned against the first by every offset but none.
 *
 * Both keep their own staleness, spells and tails; only their timing towards each other is lost.
 *
 * NaN: of fewer than two values. Shape: → n − 1 draws, sorted by offset. Cost: O(n) measures.
 *
 * @param second Series that is turned.
 * @param measure Measure of the first series with the turned one; the array is used again.
 */
export function shiftNull(
  second: Float64Array,
  measure: (turned: Float64Array) => number,
): Float64Array {
  const n = second.length, turned = new Float64Array(n);
  return Float64Array.from({ length: Math.max(n - 1, 0) }, (_, i) => {
    turned.set(second.subarray(i + 1));
    turned.set(second.subarray(0, i + 1), n - i - 1);
    return measure(turned);
  });
}

/** Middle 95 % of null draws. NaN: of none. */
export function nullBand(draws: Float64Array): NullBand {
  const [nullLow, nullHigh] = nullQuantiles(draws, [0.025, 0.975]) as [number, number];
  return { nullLow, nullHigh };
}
