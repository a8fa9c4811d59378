import { nullQuantiles } from "../core/null_percentile.ts";
import { countOf, shareText } from "../core/number_text.ts";

/** What noise gives, as a chart draws it: the 5th, 50th and 95th percentile of its replicates. */
export interface NullBand {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** Replicates with a value. */
  readonly nReplicates: number;
}

/**
 * The band of a null's replicates.
 *
 * NaN: replicates without a value are left out; of none, all three are NaN.
 * Source: linear interpolation between order statistics, R's type 7 and numpy's default.
 *
 * @example Eleven replicates
 * ```ts
 * import assert from "node:assert/strict";
 * import { nullBand } from "lib/charts/null_band.ts";
 * const band = nullBand(Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
 * assert.deepEqual(band, { low: 0.5, mid: 5, high: 9.5, nReplicates: 11 });
 * ```
 */
export function nullBand(replicates: Float64Array): NullBand {
  const [low, mid, high] = nullQuantiles(replicates, [0.05, 0.5, 0.95]);
  const nReplicates = replicates.filter((x) => !Number.isNaN(x)).length;
  return { low: low!, mid: mid!, high: high!, nReplicates };
}

/** Share of the replicates with a value that lie below `value`; NaN where either is unknown. */
export function shareBelow(value: number, replicates: Float64Array): number {
  const known = replicates.filter((x) => !Number.isNaN(x));
  if (Number.isNaN(value) || known.length === 0) return NaN;
  return known.filter((x) => x < value).length / known.length;
}

/**
 * Where a value stands among its null, in words: "above 47 of 49 shifts".
 *
 * @param percentile Share of replicates below the value, in [0, 1] or NaN.
 * @param nReplicates How many there were; where it is not known the share is written.
 */
export function standingText(percentile: number, nReplicates?: number): string {
  if (Number.isNaN(percentile) || nReplicates === 0) return "null not measured";
  if (nReplicates === undefined) {
    const share = percentile === 1 ? "all" : percentile === 0 ? "none" : shareText(percentile);
    return `above ${share} of null`;
  }
  const nBelow = Math.round(percentile * nReplicates);
  if (nBelow === nReplicates) return `above all ${countOf(nReplicates, "shift")}`;
  return nBelow === 0
    ? `above none of ${countOf(nReplicates, "shift")}`
    : `above ${nBelow} of ${countOf(nReplicates, "shift")}`;
}

/**
 * Refuses a percentile that is not a share, such as 97 for 0.97.
 *
 * @throws {RangeError} If `percentile` is neither NaN nor in [0, 1].
 */
export function checkPercentile(percentile: number, where: string): void {
  if (percentile < 0 || percentile > 1) {
    throw new RangeError(
      `Cannot draw a percentile as it must be in [0, 1] or NaN: got ${percentile} (${where})`,
    );
  }
}
