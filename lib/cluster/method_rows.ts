import { randomIndex, randomStream } from "../core/random.ts";
import { maxStatisticPValues } from "../stats/max_statistic.ts";
import { meanKnown } from "../stats/mean_known.ts";
import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
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
  /** Mean of the same over shifted panels, and the place among them. */
  readonly stabilityNull: number;
  readonly stabilityPercentile: number;
  /** Clusters at or above the mark of stability that are no larger than a cluster may be. */
  readonly nStable: number;
  /** Adjusted Rand index with the shorter window, after dropping markets, and with other seeds. */
  readonly windowAgreement: number;
  readonly droppedAgreement: number;
  readonly seedAgreement: number;
  /** Windows in which the difference below could be measured. */
  readonly nTrials: number;
  /** Of these, windows in which the method by itself is above 95 % of its shifts. */
  readonly nAbove: number;
  /** Next correlation within minus between clusters, pooled; 95 % over windows and markets. */
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
  /** The same difference among pairs of different topics, and its p-value adjusted likewise. */
  readonly beyondWording: number;
  readonly beyondP: number;
  readonly verdict: Verdict;
}

/** Evidence of all methods, each list in the order of METHODS. */
export interface MethodEvidence {
  readonly fits: readonly MethodFit[];
  readonly shifted: readonly (readonly ShiftedFit[])[];
  /** Per method and cluster the mean Jaccard index. */
  readonly stability: readonly Float64Array[];
  /** Per method the mean Jaccard index of each shifted panel. */
  readonly shiftedStability: readonly Float64Array[];
  readonly windowAgreement: readonly number[];
  readonly droppedAgreement: readonly number[];
  readonly seedAgreement: ArrayLike<number>;
  /** Per window the results of all methods. */
  readonly trials: readonly (readonly TrialResult[])[];
}

/**
 * The comparison of methods with a verdict for each.
 *
 * A method is better than noise when its coherence on days that it has not seen, pooled over the
 * windows, exceeds what shifted days give, at a level that holds for all methods together. What it
 * reaches in the window that it was fitted to decides nothing. A pool can rest on few windows, so the
 * row says in how many of them the method stands above its shifts by itself.
 *
 * @param options.level Probability that any method passes on noise.
 * @param options.stableJaccard Mean Jaccard index from which a cluster is called stable.
 * @param options.maxShare Largest share of the placed markets that a stable cluster may hold.
 * @param options.seed Seed of the windows drawn for the intervals.
 */
export function methodRows(
  evidence: MethodEvidence,
  { level, stableJaccard, maxShare, seed }: {
    readonly level: number;
    readonly stableJaccard: number;
    readonly maxShare: number;
    readonly seed: number;
  },
): MethodRow[] {
  const pooled = METHODS.map((_, m) => pool(evidence.trials.map((results) => results[m]!), seed));
  const adjusted = maxStatisticPValues(
    pooled.map((one) => one.difference),
    pooled.map((one) => one.nulls),
  );
  const beyond = METHODS.map((_, m) =>
    pool(
      evidence.trials.map((results) => {
        const { beyondWording, beyondNulls } = results[m]!;
        return { ...results[m]!, difference: beyondWording, nulls: beyondNulls };
      }),
      seed,
    )
  );
  const beyondAdjusted = maxStatisticPValues(
    beyond.map((one) => one.difference),
    beyond.map((one) => one.nulls),
  );
  return METHODS.map(({ key, name, evidence: kind }, m) => {
    const { partition, silhouette } = evidence.fits[m]!;
    const { difference, nulls, resampled, nTrials, nAbove } = pooled[m]!;
    const [nullLow, nullMid, nullHigh] = nullQuantiles(nulls, [0.05, 0.5, 0.95]);
    const [coherenceLow, coherenceHigh] = nullQuantiles(resampled, [0.025, 0.975]);
    const sizes = partition.cluster.reduce(
      (counts, c) => c < 0 ? counts : counts.set(c, (counts.get(c) ?? 0) + 1),
      new Map<number, number>(),
    );
    const nPlaced = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const adjustedP = adjusted[m]!;
    // what looks at no price is the same on any days, which says nothing for it
    const isWording = kind === "wording";
    const stability = isWording ? new Float64Array(0) : evidence.stability[m]!;
    const stabilityNulls = isWording ? [] : evidence.shiftedStability[m]!;
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
      stabilityNull: meanKnown(stabilityNulls),
      stabilityPercentile: nullPercentile(meanKnown(stability), stabilityNulls),
      nStable: stability.filter((value, c) =>
        value >= stableJaccard && sizes.get(c)! <= maxShare * nPlaced
      ).length,
      windowAgreement: isWording ? NaN : evidence.windowAgreement[m]!,
      droppedAgreement: isWording ? NaN : evidence.droppedAgreement[m]!,
      seedAgreement: isWording ? NaN : evidence.seedAgreement[m]!,
      nTrials,
      nAbove,
      coherence: difference,
      coherenceLow: coherenceLow!,
      coherenceHigh: coherenceHigh!,
      nullLow: nullLow!,
      nullMid: nullMid!,
      nullHigh: nullHigh!,
      percentile: nullPercentile(difference, nulls),
      adjustedP,
      beyondWording: beyond[m]!.difference,
      beyondP: beyondAdjusted[m]!,
      verdict: Number.isNaN(adjustedP)
        ? "not measured"
        : adjustedP <= level
        ? "better than noise"
        : "not better than noise",
    };
  });
}

/** One method over its windows. */
interface Pool {
  readonly difference: number;
  readonly nulls: Float64Array;
  readonly resampled: Float64Array;
  readonly nTrials: number;
  readonly nAbove: number;
}

/**
 * One method over the windows in which it could be measured, each weighted by one over the variance
 * of its null: a window of few markets says little. For the interval windows are drawn with
 * replacement, and within each the markets.
 */
function pool(results: readonly TrialResult[], seed: number): Pool {
  const measured = results
    .map((one) => ({ one, weight: 1 / variance(one.nulls) }))
    .filter(({ one, weight }) => !Number.isNaN(one.difference) && weight < Infinity);
  const nDraws = results[0]?.nulls.length ?? 0, random = randomStream(seed, "windows");
  const drawn = () => measured.map(() => measured[randomIndex(random, measured.length)]!);
  return {
    difference: weighted(measured, (one) => one.difference),
    nulls: Float64Array.from(
      { length: nDraws },
      (_, b) => weighted(measured, (one) => one.nulls[b]!),
    ),
    resampled: Float64Array.from(
      { length: nDraws },
      (_, b) => weighted(drawn(), (one) => one.resampled[b]!),
    ),
    nTrials: measured.length,
    nAbove:
      measured.filter(({ one }) => one.difference > nullQuantiles(one.nulls, [0.95])[0]!).length,
  };
}

/** Mean over windows by their weights; a window without a value does not count. */
function weighted(
  windows: readonly { readonly one: TrialResult; readonly weight: number }[],
  of: (one: TrialResult) => number,
): number {
  const known = windows.filter(({ one }) => !Number.isNaN(of(one)));
  return known.reduce((sum, { one, weight }) => sum + weight * of(one), 0) /
    known.reduce((sum, { weight }) => sum + weight, 0);
}

/** Variance of the known draws; 0 where they do not vary, NaN where there are none. */
function variance(draws: Float64Array): number {
  const centre = meanKnown(draws);
  return meanKnown(draws.map((x) => (x - centre) ** 2));
}
