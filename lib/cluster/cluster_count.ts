import type { PairMatrix } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";
import { randomStream } from "../core/random.ts";
import { circularShift } from "../stats/circular_shift.ts";
import { correlationDistance } from "./distance.ts";
import { windowCorrelation } from "./fit_methods.ts";
import { gapStatistic, withinDispersion } from "./gap.ts";
import { linkage } from "./linkage.ts";
import { silhouetteByCount } from "./silhouette.ts";

/** What one Ward tree says about every number of clusters. */
export interface CountCurve {
  /** Mean silhouette for k = 2 … kMax. */
  readonly silhouette: Float64Array;
  /** Logarithm of the dispersion within clusters for k = 1 … kMax. */
  readonly logWithin: Float64Array;
  /** Lower quartile of the heights at which branches join: where the tightest groups form. */
  readonly quartileHeight: number;
}

/**
 * Silhouette and dispersion of a window's Ward tree for every number of clusters in one pass.
 *
 * Cost: O(pairs × days + pairs).
 *
 * @param moves Moves of one exposure an event.
 * @param options.maxClusters Largest k; the number of markets bounds it.
 */
export function countCurve(
  moves: Panel,
  { minOverlap, maxClusters }: { readonly minOverlap: number; readonly maxClusters: number },
): CountCurve {
  return correlationCurve(windowCorrelation(moves, minOverlap).held, { maxClusters });
}

/**
 * The same from correlations that are known already.
 *
 * @param held Correlations of the held sides, every pair known.
 */
export function correlationCurve(
  held: PairMatrix,
  { maxClusters }: { readonly maxClusters: number },
): CountCurve {
  const n = held.ids.length;
  const curve = {
    silhouette: new Float64Array(Math.max(maxClusters - 1, 0)).fill(NaN),
    logWithin: new Float64Array(maxClusters).fill(NaN),
  };
  if (n < 3) return { ...curve, quartileHeight: NaN };
  const distance = correlationDistance(held, { form: "euclidean" });
  const tree = linkage(distance, { method: "ward" });
  const max = Math.min(maxClusters, n - 1);
  // the distance on which every method's silhouette is measured
  const plain = correlationDistance(held, { form: "one_minus" });
  curve.silhouette.set(silhouetteByCount(plain, tree, { min: 2, max }).silhouette);
  curve.logWithin.set(withinDispersion(distance, tree, { min: 1, max }).logWithin);
  return { ...curve, quartileHeight: tree.height[tree.height.length >> 2]! };
}

/** The same for shifted panels number `from` to `to` − 1; for workers. */
export function shiftedCurves(
  moves: Panel,
  { minOverlap, maxClusters, seed, from, to }: {
    readonly minOverlap: number;
    readonly maxClusters: number;
    readonly seed: number;
    readonly from: number;
    readonly to: number;
  },
): CountCurve[] {
  return Array.from({ length: to - from }, (_, k) => {
    const shifted = circularShift(moves, randomStream(seed, `shift ${from + k}`));
    return countCurve(shifted, { minOverlap, maxClusters });
  });
}

/** A number of clusters and what speaks for it. */
export interface ChosenCount {
  /** Gap for k = 1 … kMax and its standard error; NaN beyond the number of markets. */
  readonly gap: Float64Array;
  readonly gapError: Float64Array;
  /** The gap statistic's choice among all k, 1 where one group is as good as several. */
  readonly unbounded: number;
  /** The same rule within the bounds. */
  readonly nClusters: number;
}

/**
 * The number of clusters by the gap statistic against shifted panels, within bounds.
 *
 * The rule takes the first k whose gap is not exceeded by that of k + 1 less its standard error.
 * The bounds come from what the clusters are for; a choice outside them is reported, not hidden.
 * Fewer markets than the upper bound lower it, and so do markets that equal each other: from the
 * number at which nothing is left within clusters on, no number is judged.
 *
 * @param options.min Fewest clusters. @param options.max Most; the curves must reach one further.
 */
export function chosenCount(
  curve: CountCurve,
  nulls: readonly CountCurve[],
  { min, max }: { readonly min: number; readonly max: number },
): ChosenCount {
  const known = Math.min(...[curve, ...nulls].map(({ logWithin }) => {
    const end = logWithin.findIndex((x) => !Number.isFinite(x));
    return end < 0 ? logWithin.length : end;
  }));
  const gap = new Float64Array(curve.logWithin.length).fill(NaN), gapError = gap.slice();
  if (known < 2) {
    return { gap, gapError, unbounded: Math.max(known, 1), nClusters: Math.max(known, 1) };
  }
  const found = gapStatistic(curve.logWithin.subarray(0, known), {
    nullLogWithin: nulls.map((one) => one.logWithin.subarray(0, known)),
  });
  gap.set(found.gap);
  gapError.set(found.error);
  const most = Math.min(max, known - 1), fewest = Math.min(min, most);
  let nClusters = most;
  for (let k = most - 1; k >= fewest; --k) {
    if (gap[k - 1]! >= gap[k]! - gapError[k]!) nClusters = k;
  }
  return { gap, gapError, unbounded: found.chosen, nClusters };
}
