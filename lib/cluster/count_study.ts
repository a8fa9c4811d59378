import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import type { ChosenCount, CountCurve } from "./cluster_count.ts";

/** Silhouette and gap for k = 2 … kMax beside those of shifted panels. */
export interface CountStudy {
  readonly k: Int32Array;
  readonly silhouette: Float64Array;
  /** 5 %, 50 % and 95 % of the silhouette at each k over the shifts. */
  readonly nullLow: Float64Array;
  readonly nullMid: Float64Array;
  readonly nullHigh: Float64Array;
  readonly gap: Float64Array;
  readonly gapError: Float64Array;
  /** The k that is taken, and the rule. */
  readonly chosen: number;
  readonly rule: string;
  /** The silhouette at the chosen k, and its place among the shifts at the same k. */
  readonly chosenSilhouette: number;
  readonly chosenPercentile: number;
  /** The k that the gap statistic takes without a range, 1 where it sees no clusters. */
  readonly unboundedK: number;
  /** The k of the highest silhouette, and its place among the highest of each shift. */
  readonly bestSilhouetteK: number;
  readonly bestPercentile: number;
  readonly nShifts: number;
  readonly targetSilhouette: number;
}

/**
 * What speaks for each number of clusters.
 *
 * The silhouette at the chosen k is compared with that of each shift at the same k; the highest
 * with the highest of each shift, since it was looked for too.
 *
 * NaN: numbers that the markets are too few for are left out; with none left, the best is unknown,
 * and so is the silhouette of a chosen k that is left out. Cost: O(k × shifts).
 */
export function countStudy(
  curve: CountCurve,
  nulls: readonly CountCurve[],
  { chosen, targetSilhouette }: {
    readonly chosen: ChosenCount;
    readonly targetSilhouette: number;
  },
): CountStudy {
  const nKnown = curve.silhouette.filter((s) => !Number.isNaN(s)).length;
  const silhouette = curve.silhouette.slice(0, nKnown);
  const bands = Array.from(
    silhouette,
    (_, i) => nullQuantiles(nulls.map((one) => one.silhouette[i]!), [0.05, 0.5, 0.95]),
  );
  const highest = (values: Float64Array) => values.reduce((a, b) => b > a || a !== a ? b : a, NaN);
  const best = highest(silhouette);
  const chosenAt = chosen.nClusters - 2;
  const chosenSilhouette = silhouette[chosenAt] ?? NaN;
  return {
    k: Int32Array.from(silhouette, (_, i) => i + 2),
    silhouette,
    nullLow: Float64Array.from(bands, ([low]) => low!),
    nullMid: Float64Array.from(bands, ([, mid]) => mid!),
    nullHigh: Float64Array.from(bands, ([, , high]) => high!),
    gap: chosen.gap.slice(1, nKnown + 1),
    gapError: chosen.gapError.slice(1, nKnown + 1),
    chosen: chosen.nClusters,
    rule: chosen.unbounded === chosen.nClusters
      ? "gap statistic"
      : `gap statistic within the range; ${chosen.unbounded} without it`,
    chosenSilhouette,
    chosenPercentile: nullPercentile(
      chosenSilhouette,
      nulls.map((one) => one.silhouette[chosenAt] ?? NaN),
    ),
    unboundedK: chosen.unbounded,
    bestSilhouetteK: nKnown === 0 ? NaN : silhouette.indexOf(best) + 2,
    bestPercentile: nullPercentile(best, nulls.map((one) => highest(one.silhouette))),
    nShifts: nulls.length,
    targetSilhouette,
  };
}
