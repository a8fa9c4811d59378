import type { Panel } from "../core/panel.ts";
import { type Random, randomIndex, randomStream } from "../core/random.ts";
import { circularShift } from "../stats/circular_shift.ts";
import { correlationMatrix } from "../stats/correlation_matrix.ts";
import { chosenCount, countCurve, shiftedCurves } from "./cluster_count.ts";
import { coherence } from "./coherence.ts";
import { fitMethods, type FitOptions, type MethodFit, type WindowMoves } from "./fit_methods.ts";
import type { MethodKey } from "./method_list.ts";
import { heldCorrelation } from "./sides.ts";

/** One window, the days that follow it, and how the trial is run. */
export interface Trial {
  readonly window: WindowMoves;
  /** Moves of the same markets on the days after the window, in the working representation. */
  readonly next: Panel;
  readonly fit: Omit<FitOptions, "nClusters">;
  /** Fewest common moves for a correlation on the days after the window. */
  readonly minNextOverlap: number;
  /** Bounds of the number of clusters, which the gap statistic of the window chooses. */
  readonly minClusters: number;
  readonly maxClusters: number;
  /** Shifted panels for the null, and drawings of the markets for the interval. */
  readonly shifts: number;
  readonly seed: number;
}

/** How one method's clusters of one window hold on the days after it. */
export interface TrialResult {
  readonly method: MethodKey;
  readonly nClusters: number;
  readonly nPlaced: number;
  /** Mean next correlation within clusters minus that between them, sides fixed before. */
  readonly difference: number;
  readonly within: number;
  readonly nPairs: number;
  /** The difference on each shifted panel of the next days. */
  readonly nulls: Float64Array;
  /** The difference among pairs of different topics only, and the same on the shifted panels. */
  readonly beyondWording: number;
  readonly beyondNulls: Float64Array;
  /** The difference with the markets drawn anew; for an interval. */
  readonly resampled: Float64Array;
}

/** Shifts that choose the number of clusters; the gap's error hardly needs more. */
const GAP_SHIFTS = 20;

/**
 * Clusters of one window judged on the days after it, for every method.
 *
 * Everything that is chosen, the sides, the number of clusters and the clusters themselves, comes
 * from the window. The null turns each market's next moves along its own days: what a grouping that
 * knows nothing of them would reach, stale days and all. One shift serves all methods, so their nulls
 * move together.
 *
 * NaN: a difference without a known pair within or between clusters.
 * Cost: one fit of all methods plus `shifts` correlation matrices.
 *
 * @throws {RangeError} If the markets of the next days are not those of the window.
 */
export function outOfSample(trial: Trial): TrialResult[] {
  const { window, next, fit, seed, maxClusters } = trial;
  requireSameMarkets(window.moves.markets, next.markets);
  const curveOptions = { minOverlap: fit.minOverlap, maxClusters: maxClusters + 1 };
  const nClusters = chosenCount(
    countCurve(window.moves, curveOptions),
    shiftedCurves(window.moves, { ...curveOptions, seed, from: 0, to: GAP_SHIFTS }),
    { min: trial.minClusters, max: maxClusters },
  ).nClusters;
  const fits = fitMethods(window, { ...fit, nClusters });
  const spearman = { kind: "spearman", minOverlap: trial.minNextOverlap } as const;
  const { rho } = correlationMatrix(next, spearman);
  const nulls = fits.map(() => new Float64Array(trial.shifts));
  const beyondNulls = fits.map(() => new Float64Array(trial.shifts));
  const apart = window.topics;
  for (let b = 0; b < trial.shifts; ++b) {
    const shifted = circularShift(next, randomStream(seed, `next ${b}`));
    const nullRho = correlationMatrix(shifted, spearman).rho;
    fits.forEach(({ partition, side }, m) => {
      const held = heldCorrelation(nullRho, side);
      nulls[m]![b] = coherence(held, partition).difference;
      beyondNulls[m]![b] = coherence(held, partition, { apart }).difference;
    });
  }
  const random = randomStream(seed, "markets");
  const drawings = Array.from({ length: trial.shifts }, () => drawing(next.markets.length, random));
  return fits.map((one, m) => {
    const held = heldCorrelation(rho, one.side);
    return {
      ...result(one, held, nulls[m]!, drawings),
      beyondWording: coherence(held, one.partition, { apart }).difference,
      beyondNulls: beyondNulls[m]!,
    };
  });
}

function requireSameMarkets(now: readonly string[], next: readonly string[]): void {
  if (now.length === next.length && now.every((id, j) => id === next[j])) return;
  const at = now.findIndex((id, j) => id !== next[j]);
  throw new RangeError(
    `Cannot judge clusters as the next days must have the ${now.length} markets of the window in order: got ${next.length}` +
      (at < 0 ? "" : `, number ${at} is ${next[at]} for ${now[at]}`),
  );
}

function result(
  { method, partition }: MethodFit,
  held: ReturnType<typeof heldCorrelation>,
  nulls: Float64Array,
  drawings: readonly Float64Array[],
): Omit<TrialResult, "beyondWording" | "beyondNulls"> {
  const found = coherence(held, partition);
  return {
    method,
    nClusters: partition.nClusters,
    nPlaced: partition.cluster.reduce((count, c) => count + (c >= 0 ? 1 : 0), 0),
    difference: found.difference,
    within: found.within,
    nPairs: found.nWithin,
    nulls,
    resampled: Float64Array.from(
      drawings,
      (times) => coherence(held, partition, { times }).difference,
    ),
  };
}

/** How often each of `n` markets is drawn in n drawings with replacement. */
function drawing(n: number, random: Random): Float64Array {
  const times = new Float64Array(n);
  for (let draw = 0; draw < n; ++draw) {
    const i = randomIndex(random, n);
    times[i] = times[i]! + 1;
  }
  return times;
}
