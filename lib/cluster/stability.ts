import type { Panel } from "../core/panel.ts";
import { randomStream, shuffled } from "../core/random.ts";
import { resampledBlocks } from "../stats/block_bootstrap.ts";
import { circularShift } from "../stats/circular_shift.ts";
import { meanKnown } from "../stats/mean_known.ts";
import {
  fitMethods,
  type FitOptions,
  fitWindow,
  type MethodFit,
  type WindowMoves,
} from "./fit_methods.ts";
import { jaccardOf } from "./jaccard.ts";
import { type ClusterAgreement, splitAgreement } from "./split_agreement.ts";

/** A window, what the methods found in it, and which repetitions to run. */
export interface Repetitions {
  readonly window: WindowMoves;
  /** What the methods of `fit` found in the window. */
  readonly fits: readonly MethodFit[];
  readonly fit: FitOptions;
  readonly seed: number;
  /** Repetitions number `from` to `to` − 1, so that workers can share them. */
  readonly from: number;
  readonly to: number;
}

/**
 * For each method and each of its clusters, the Jaccard index of its best match in each resampling
 * of the days in blocks.
 *
 * NaN: a cluster of which no market could be placed in that resampling.
 *
 * @returns Per method, per cluster: one value a repetition.
 */
export function resampledJaccard(
  { window, fits, fit, seed, from, to, blockDays }: Repetitions & { readonly blockDays: number },
): Float64Array[][] {
  const found = fits.map(({ partition }) =>
    Array.from({ length: partition.nClusters }, () => new Float64Array(to - from))
  );
  for (let b = from; b < to; ++b) {
    const name = `days ${b}`;
    // the same days for both representations
    const { fits: again, kept } = fitWindow({
      ...window,
      moves: resampledBlocks(window.moves, { blockDays, random: randomStream(seed, name) }),
      seedMoves: resampledBlocks(window.seedMoves, { blockDays, random: randomStream(seed, name) }),
    }, fit);
    const present = presentOf(kept, window.moves.markets.length);
    again.forEach(({ partition }, m) => {
      jaccardOf(fits[m]!.partition, partition, { present }).forEach((value, c) => {
        found[m]![c]![b - from] = value;
      });
    });
  }
  return found;
}

/**
 * For each method, the stability that its clusters reach in shifted panels, where only noise is left.
 *
 * A method that makes few large clusters may find them again in any resampling, so a Jaccard index is
 * read against what the same method reaches without a common cause. The shifted panels are those of
 * `shiftedFits` with the same seed, and each is resampled with days of its own.
 *
 * NaN: a shifted panel in which the method finds no cluster.
 * Cost: (1 + `resamples`) fits of all methods a shift.
 *
 * @param options.resamples Resamplings of each shifted panel.
 * @returns Per method: the mean over the clusters of their mean Jaccard index, one value a shift.
 * @throws {RangeError} If `resamples` is not a whole number >= 1.
 */
export function shiftedStability(
  { window, fits, fit, seed, from, to, blockDays, resamples }: Repetitions & {
    readonly blockDays: number;
    readonly resamples: number;
  },
): Float64Array[] {
  if (!(Number.isInteger(resamples) && resamples >= 1)) {
    throw new RangeError(
      `Cannot judge stability as resamples must be a whole number >= 1: got ${resamples}`,
    );
  }
  const found = fits.map(() => new Float64Array(to - from));
  for (let b = from; b < to; ++b) {
    const shifted = shiftedWindow(window, { seed, number: b });
    const range = { from: b * resamples, to: (b + 1) * resamples };
    const own = { window: shifted, fits: fitMethods(shifted, fit), fit, seed, blockDays, ...range };
    resampledJaccard(own).forEach((clusters, m) => {
      found[m]![b - from] = meanKnown(clusters.map(meanKnown));
    });
  }
  return found;
}

/** A window whose markets are each shifted in time, both representations by the same days. */
export function shiftedWindow(
  window: WindowMoves,
  { seed, number }: { readonly seed: number; readonly number: number },
): WindowMoves {
  const name = `shift ${number}`;
  return {
    ...window,
    moves: circularShift(window.moves, randomStream(seed, name)),
    seedMoves: circularShift(window.seedMoves, randomStream(seed, name)),
  };
}

/**
 * Agreement of each method's clusters with those that it finds after a share of the markets has been
 * left out at random: the seed plan's check of robustness.
 *
 * NaN: fewer than two clusters on either side, see {@link splitAgreement}.
 *
 * @returns Per method: the adjusted Rand index of each repetition, over the markets that stayed.
 */
export function droppedAgreement(
  { window, fits, fit, seed, from, to, share }: Repetitions & { readonly share: number },
): Float64Array[] {
  const n = window.moves.markets.length;
  const found = fits.map(() => new Float64Array(to - from));
  for (let b = from; b < to; ++b) {
    const order = shuffled(Array.from({ length: n }, (_, i) => i), randomStream(seed, `drop ${b}`));
    const kept = order.slice(Math.round(share * n)).sort((x, y) => x - y);
    const again = fitMethods(selectMarkets(window, kept), fit);
    again.forEach(({ partition }, m) => {
      const before = kept.map((i) => fits[m]!.partition.cluster[i]!);
      found[m]![b - from] = splitAgreement(before, partition.cluster).adjustedRand;
    });
  }
  return found;
}

/**
 * Agreement of each method's clusters in a window with those in its last days alone: the seed plan's
 * check of 60 against 90 days.
 *
 * NaN: fewer than two clusters on either side, see {@link splitAgreement}.
 *
 * @param options.days Length of the shorter window.
 */
export function shorterAgreement(
  { window, fits, fit }: Pick<Repetitions, "window" | "fits" | "fit">,
  { days }: { readonly days: number },
): ClusterAgreement[] {
  const whole = window.moves.days.length;
  const shorter = fitMethods({
    ...window,
    moves: lastDays(window.moves, days),
    seedMoves: lastDays(window.seedMoves, days),
  }, { ...fit, minOverlap: Math.max(3, Math.ceil(fit.minOverlap * days / whole)) });
  return shorter.map(({ partition }, m) =>
    splitAgreement(fits[m]!.partition.cluster, partition.cluster)
  );
}

/** 1 for the markets that the methods could place; one alone makes no cluster. */
function presentOf(kept: Int32Array, nMarkets: number): Uint8Array {
  const present = new Uint8Array(nMarkets);
  if (kept.length >= 2) { for (const item of kept) present[item] = 1; }
  return present;
}

function lastDays({ days, markets, values }: Panel, count: number): Panel {
  const from = Math.max(days.length - count, 0);
  return { days: days.slice(from), markets, values: values.slice(from * markets.length) };
}

function selectMarkets(window: WindowMoves, kept: readonly number[]): WindowMoves {
  const select = ({ days, markets, values }: Panel): Panel => {
    const chosen = new Float64Array(days.length * kept.length);
    for (let i = 0, cell = 0; i < days.length; ++i) {
      for (const j of kept) chosen[cell++] = values[i * markets.length + j]!;
    }
    return { days, markets: kept.map((j) => markets[j]!), values: chosen };
  };
  return {
    ...window,
    moves: select(window.moves),
    seedMoves: select(window.seedMoves),
    topics: Int32Array.from(kept, (j) => window.topics[j]!),
  };
}
