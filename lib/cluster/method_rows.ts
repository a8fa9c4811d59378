import { maxStatisticPValues } from "../stats/max_statistic.ts";
import { meanKnown } from "../stats/mean_known.ts";
import { nullPercentile, nullQuantiles } from "../stats/null_percentile.ts";
import type { MethodFit } from "./fit_methods.ts";
import { type MethodKey, METHODS } from "./method_list.ts";
import type { TrialResult } from "./out_of_sample.ts";
import type { ShiftedFit } from "./shifted_fits.ts";

/** What is said of a method after all were tried. */
export type Verdict = "better than noise" | "not better than noise" | "not measured";

/** One method with all its evidence. */
export interface MethodRow {
  readonly method: MethodKey;
  readonly name: string;
  readonly evidence: string;
  /** Clusters in the last window. */
  readonly nClusters: number;
  /** Markets in a cluster, of those in the window. */
  readonly nPlaced: number;
  readonly nItems: number;
  /** Share of the placed markets in the largest cluster. */
  readonly largestShare: number;
  /** Mean silhouette in the last window, and its place among shifted panels. */
  readonly silhouette: number;
  readonly silhouettePercentile: number;
  /** Mean over clusters of the bootstrap Jaccard index; NaN for a method that looks at no price. */
  readonly stability: number;
  /** Clusters at or above the mark of stability. */
  readonly nStable: number;
  /** Adjusted Rand index with the shorter window, and after dropping markets. */
  readonly windowAgreement: number;
  readonly droppedAgreement: number;
  /** Windows in which the difference below could be measured. */
  readonly nTrials: number;
  /** Next correlation within minus between clusters, pooled over windows; 95 % interval. */
  readonly coherence: number;
  readonly coherenceLow: number;
  readonly coherenceHigh: number;
  /** 5 %, 50 % and 95 % of the same on shifted next moves, and the place among them. */
  readonly nullLow: number;
  readonly nullMid: number;
  readonly nullHigh: number;
  readonly percentile: number;
  /** P-value adjusted for all methods tried. */
  readonly adjustedP: number;
  readonly verdict: Verdict;
}

/** Evidence of all methods, each list in the order of METHODS. */
export interface MethodEvidence {
  readonly fits: readonly MethodFit[];
  readonly shifted: readonly (readonly ShiftedFit[])[];
  /** Per method and cluster the mean Jaccard index. */
  readonly stability: readonly Float64Array[];
  readonly windowAgreement: readonly number[];
  readonly droppedAgreement: readonly number[];
  /** Per window the results of all methods. */
  readonly trials: readonly (readonly TrialResult[])[];
}

/**
 * The comparison of methods with a verdict for each.
 *
 * A method is better than noise when its coherence on days that it has not seen, pooled over the
 * windows, exceeds what shifted days give, at a level that holds for all methods together. What it
 * reaches in the window that it was fitted to decides nothing.
 *
 * @param options.level Probability that any method passes on noise.
 * @param options.stableJaccard Mean Jaccard index from which a cluster is called stable.
 */
export function methodRows(
  evidence: MethodEvidence,
  { level, stableJaccard }: { readonly level: number; readonly stableJaccard: number },
): MethodRow[] {
  const pooled = METHODS.map((_, m) => pool(evidence.trials.map((results) => results[m]!)));
  const adjusted = maxStatisticPValues(
    pooled.map((one) => one.difference),
    pooled.map((one) => one.nulls),
  );
  return METHODS.map(({ key, name, evidence: kind }, m) => {
    const { partition, silhouette } = evidence.fits[m]!;
    const { difference, nulls, resampled, nTrials } = pooled[m]!;
    const [nullLow, nullMid, nullHigh] = nullQuantiles(nulls, [0.05, 0.5, 0.95]);
    const [coherenceLow, coherenceHigh] = nullQuantiles(resampled, [0.025, 0.975]);
    const sizes = partition.cluster.reduce(
      (counts, c) => c < 0 ? counts : counts.set(c, (counts.get(c) ?? 0) + 1),
      new Map<number, number>(),
    );
    const nPlaced = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const adjustedP = adjusted[m]!;
    // what looks at no price is the same on any days, which says nothing for it
    const stability = kind === "wording" ? new Float64Array(0) : evidence.stability[m]!;
    return {
      method: key,
      name,
      evidence: kind,
      nClusters: partition.nClusters,
      nPlaced,
      nItems: partition.ids.length,
      largestShare: nPlaced === 0 ? NaN : (sizes.get(0) ?? 0) / nPlaced,
      silhouette,
      silhouettePercentile: nullPercentile(
        silhouette,
        evidence.shifted[m]!.map((one) => one.silhouette),
      ),
      stability: meanKnown(stability),
      nStable: stability.filter((value) => value >= stableJaccard).length,
      windowAgreement: evidence.windowAgreement[m]!,
      droppedAgreement: evidence.droppedAgreement[m]!,
      nTrials,
      coherence: difference,
      coherenceLow: coherenceLow!,
      coherenceHigh: coherenceHigh!,
      nullLow: nullLow!,
      nullMid: nullMid!,
      nullHigh: nullHigh!,
      percentile: nullPercentile(difference, nulls),
      adjustedP,
      verdict: Number.isNaN(adjustedP)
        ? "not measured"
        : adjustedP <= level
        ? "better than noise"
        : "not better than noise",
    };
  });
}

/**
 * One method over the windows in which it could be measured, each weighted by one over the variance
 * of its null: a window of few markets says little.
 */
function pool(results: readonly TrialResult[]): {
  difference: number;
  nulls: Float64Array;
  resampled: Float64Array;
  nTrials: number;
} {
  const measured = results
    .map((one) => ({ one, weight: 1 / variance(one.nulls) }))
    .filter(({ one, weight }) => !Number.isNaN(one.difference) && weight < Infinity);
  const nDraws = results[0]?.nulls.length ?? 0;
  const pooled = (of: (one: TrialResult) => number) => {
    const known = measured.filter(({ one }) => !Number.isNaN(of(one)));
    return known.reduce((sum, { one, weight }) => sum + weight * of(one), 0) /
      known.reduce((sum, { weight }) => sum + weight, 0);
  };
  const draws = (of: (one: TrialResult) => Float64Array) =>
    Float64Array.from({ length: nDraws }, (_, b) => pooled((one) => of(one)[b]!));
  return {
    difference: pooled((one) => one.difference),
    nulls: draws((one) => one.nulls),
    resampled: draws((one) => one.resampled),
    nTrials: measured.length,
  };
}

/** Variance of the known draws; 0 where they do not vary, NaN where there are none. */
function variance(draws: Float64Array): number {
  const centre = meanKnown(draws);
  return meanKnown(draws.map((x) => (x - centre) ** 2));
}
