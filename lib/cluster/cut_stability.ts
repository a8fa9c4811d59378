import type { Panel } from "../core/panel.ts";
import { randomStream } from "../core/random.ts";
import { resampledBlocks } from "../stats/block_bootstrap.ts";
import { circularShift } from "../stats/circular_shift.ts";
import { meanKnown } from "../stats/mean_known.ts";
import { cutByCount } from "./cut.ts";
import { correlationDistance } from "./distance.ts";
import { windowCorrelation } from "./fit_methods.ts";
import { jaccardOf } from "./jaccard.ts";
import { type Linkage, linkage } from "./linkage.ts";
import { type Partition, partition } from "./partition.ts";
import { NO_TREE } from "./window_tree.ts";

/** Which cuts of which trees are tried again, and how often. */
export interface CutRepetitions {
  /** Moves of one exposure an event. */
  readonly moves: Panel;
  readonly minOverlap: number;
  /** Most clusters of a cut; every cut from two on is tried. */
  readonly maxClusters: number;
  readonly blockDays: number;
  readonly seed: number;
  /** Repetitions number `from` to `to` − 1, so that workers can share them. */
  readonly from: number;
  readonly to: number;
}

/** The window's own Ward tree. */
export interface CutTree {
  readonly tree: Linkage;
  /** Market of each leaf, as an index into the panel. */
  readonly kept: Int32Array;
}

/**
 * Where the value of cluster 0 of the cut into k ≥ 2 clusters stands in a list of all cuts from two
 * clusters on; those of clusters 1 … k − 1 follow. With k = K + 1 it is the length of such a list.
 */
export function cutOffset(k: number): number {
  return k * (k - 1) / 2 - 1;
}

/**
 * For each cluster of each cut of the window's Ward tree, the Jaccard index of its best match in the
 * cut of a resampled panel's tree into as many clusters.
 *
 * The panels are those of `resampledJaccard` with the same seed, and so are the indices, cut by cut;
 * one tree a panel serves all cuts.
 *
 * Shape: one list a repetition, laid out as {@link cutOffset} says, clusters as `cutByCount()` numbers
 * them. NaN: a cluster of which no market could be placed in that resampling, or a cut that the tree is
 * too small for. Cost: one matrix of correlations a repetition, and O(n) a cut.
 * Source: Hennig 2007, "Cluster-wise assessment of cluster stability".
 */
export function resampledCuts(
  { moves, tree, kept, minOverlap, maxClusters, blockDays, seed, from, to }:
    & CutRepetitions
    & CutTree,
): Float64Array[] {
  const nMarkets = moves.markets.length;
  const cuts = wholeCuts({ tree, kept }, { nMarkets, maxClusters });
  return Array.from({ length: to - from }, (_, r) => {
    const random = randomStream(seed, `days ${from + r}`);
    const again = wardTree(resampledBlocks(moves, { blockDays, random }), minOverlap);
    const others = wholeCuts(again, { nMarkets, maxClusters });
    const present = new Uint8Array(nMarkets);
    // one market alone makes no cluster
    if (again.kept.length >= 2) { for (const item of again.kept) present[item] = 1; }
    const found = new Float64Array(cutOffset(maxClusters + 1)).fill(NaN);
    cuts.forEach((cut, at) => {
      found.set(jaccardOf(cut, others[at]!, { present }), cutOffset(at + 2));
    });
    return found;
  });
}

/**
 * The stability that the cuts of shifted panels reach, where only noise is left: for each number of
 * clusters the mean over the clusters of their mean Jaccard index.
 *
 * Panels and resamplings are those of `shiftedStability` with the same seed.
 *
 * Shape: one list a shift, k = 2 … `maxClusters`. NaN: no cluster could be matched.
 * Cost: 1 + `resamples` matrices of correlations a shift.
 *
 * @param options.resamples Resamplings of each shifted panel.
 * @throws {RangeError} If `resamples` is not a whole number >= 1.
 */
export function shiftedCuts(
  { resamples, ...job }: CutRepetitions & { readonly resamples: number },
): Float64Array[] {
  if (!(Number.isInteger(resamples) && resamples >= 1)) {
    throw new RangeError(
      `Cannot judge stability as resamples must be a whole number >= 1: got ${resamples}`,
    );
  }
  return Array.from({ length: job.to - job.from }, (_, r) => {
    const b = job.from + r;
    const moves = circularShift(job.moves, randomStream(job.seed, `shift ${b}`));
    const range = { from: b * resamples, to: (b + 1) * resamples };
    const own = wardTree(moves, job.minOverlap);
    const stability = meanOver(resampledCuts({ ...job, ...range, ...own, moves }));
    return Float64Array.from(
      { length: Math.max(job.maxClusters - 1, 0) },
      (_, at) => meanKnown(stability.subarray(cutOffset(at + 2), cutOffset(at + 3))),
    );
  });
}

/** Mean of each place over lists of equal length; NaN where no list knows it, or there is none. */
export function meanOver(lists: readonly Float64Array[]): Float64Array {
  return Float64Array.from(
    { length: lists[0]?.length ?? 0 },
    (_, at) => meanKnown(lists.map((list) => list[at]!)),
  );
}

/** The tree of `windowTree()` without the order of its leaves. */
function wardTree(moves: Panel, minOverlap: number): CutTree {
  const { held, kept } = windowCorrelation(moves, minOverlap);
  if (kept.length === 0) return { tree: NO_TREE, kept };
  const distance = correlationDistance(held, { form: "euclidean" });
  return { tree: linkage(distance, { method: "ward" }), kept };
}

/** The cuts into 2 … `maxClusters` clusters among all markets; a small tree's end at its leaves. */
function wholeCuts(
  { tree, kept }: CutTree,
  { nMarkets, maxClusters }: { readonly nMarkets: number; readonly maxClusters: number },
): Partition[] {
  const ids = Array.from({ length: nMarkets }, (_, i) => String(i));
  return Array.from({ length: Math.max(maxClusters - 1, 0) }, (_, at) => {
    const labels = new Int32Array(nMarkets).fill(-1);
    if (kept.length >= 2) {
      const { cluster } = cutByCount(tree, Math.min(at + 2, kept.length));
      kept.forEach((item, leaf) => labels[item] = cluster[leaf]!);
    }
    return partition(ids, labels);
  });
}
