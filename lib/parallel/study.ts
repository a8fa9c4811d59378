import type { CountCurve, shiftedCurves as shiftedCurvesTask } from "../cluster/cluster_count.ts";
import type {
  CutRepetitions,
  CutTree,
  resampledCuts as resampledCutsTask,
  shiftedCuts as shiftedCutsTask,
} from "../cluster/cut_stability.ts";
import type {
  outOfSample as outOfSampleTask,
  Trial,
  TrialResult,
} from "../cluster/out_of_sample.ts";
import type { ShiftedFit, shiftedFits as shiftedFitsTask } from "../cluster/shifted_fits.ts";
import type {
  droppedAgreement as droppedAgreementTask,
  Repetitions,
  resampledJaccard as resampledJaccardTask,
  shiftedStability as shiftedStabilityTask,
} from "../cluster/stability.ts";
import type { Panel } from "../core/panel.ts";
import type { CorrelationMeasure, MeasureOptions } from "../stats/correlation_measure.ts";
import type {
  MeasureEvidence,
  measureEvidence as measureEvidenceTask,
} from "../stats/measure_evidence.ts";
import type {
  PersistenceTrial,
  WindowPersistence,
  windowPersistence as windowPersistenceTask,
} from "../stats/window_persistence.ts";
import { parallelMap, type ParallelOptions } from "./parallel_map.ts";

/** Repetitions without their range, and how many there are. */
export type AllRepetitions = Omit<Repetitions, "from" | "to"> & { readonly count: number };

/** The same of the cuts of a tree. */
export type AllCutRepetitions = Omit<CutRepetitions, "from" | "to"> & { readonly count: number };

/** Repetitions that one job holds; the answer does not depend on it. */
const PER_JOB = 8;

/**
 * Strength of correlation by several measures, one job a measure.
 *
 * @returns One entry a measure, in the order given.
 */
export function measureEvidences(
  prices: Panel,
  measures: readonly CorrelationMeasure[],
  options: MeasureOptions & { readonly shifts: number; readonly seed: number },
  parallel?: ParallelOptions,
): Promise<MeasureEvidence[]> {
  return parallelMap<typeof measureEvidenceTask>(
    {
      module: new URL("../stats/measure_evidence.ts", import.meta.url).href,
      name: "measureEvidence",
    },
    measures.map((measure) => [prices, measure, options]),
    parallel,
  );
}

/** Persistence of correlation in several windows, one job a window and representation. */
export function windowPersistences(
  trials: readonly PersistenceTrial[],
  parallel?: ParallelOptions,
): Promise<WindowPersistence[]> {
  return parallelMap<typeof windowPersistenceTask>(
    {
      module: new URL("../stats/window_persistence.ts", import.meta.url).href,
      name: "windowPersistence",
    },
    trials.map((trial) => [trial]),
    parallel,
  );
}

/** Silhouettes and dispersions of shifted panels. */
export async function shiftedCurves(
  moves: Panel,
  { count, ...options }: {
    readonly minOverlap: number;
    readonly maxClusters: number;
    readonly seed: number;
    readonly count: number;
  },
  parallel?: ParallelOptions,
): Promise<CountCurve[]> {
  const parts = await parallelMap<typeof shiftedCurvesTask>(
    { module: new URL("../cluster/cluster_count.ts", import.meta.url).href, name: "shiftedCurves" },
    ranges(count).map((range) => [moves, { ...options, ...range }]),
    parallel,
  );
  return parts.flat();
}

/** Clusters of several windows judged on the days after each, one job a window. */
export function outOfSample(
  trials: readonly Trial[],
  parallel?: ParallelOptions,
): Promise<TrialResult[][]> {
  return parallelMap<typeof outOfSampleTask>(
    { module: new URL("../cluster/out_of_sample.ts", import.meta.url).href, name: "outOfSample" },
    trials.map((trial) => [trial]),
    parallel,
  );
}

/** Per method, what it finds in shifted panels. */
export async function shiftedFits(
  { count, ...job }: AllRepetitions,
  parallel?: ParallelOptions,
): Promise<ShiftedFit[][]> {
  const parts = await parallelMap<typeof shiftedFitsTask>(
    { module: new URL("../cluster/shifted_fits.ts", import.meta.url).href, name: "shiftedFits" },
    ranges(count).map((range) => [{ ...job, ...range }]),
    parallel,
  );
  return job.fits.map((_, m) => parts.flatMap((part) => part[m]!));
}

/** Per method, the agreement after a share of the markets was left out. */
export async function droppedAgreements(
  { count, ...job }: AllRepetitions & { readonly share: number },
  parallel?: ParallelOptions,
): Promise<Float64Array[]> {
  const parts = await parallelMap<typeof droppedAgreementTask>(
    { module: new URL("../cluster/stability.ts", import.meta.url).href, name: "droppedAgreement" },
    ranges(count).map((range) => [{ ...job, ...range }]),
    parallel,
  );
  return job.fits.map((_, m) => joined(parts.map((part) => part[m]!)));
}

/** Per method and cluster, the Jaccard indices of the resampled days. */
export async function resampledJaccards(
  { count, ...job }: AllRepetitions & { readonly blockDays: number },
  parallel?: ParallelOptions,
): Promise<Float64Array[][]> {
  const parts = await parallelMap<typeof resampledJaccardTask>(
    { module: new URL("../cluster/stability.ts", import.meta.url).href, name: "resampledJaccard" },
    ranges(count).map((range) => [{ ...job, ...range }]),
    parallel,
  );
  return job.fits.map(({ partition }, m) =>
    Array.from(
      { length: partition.nClusters },
      (_, c) => joined(parts.map((part) => part[m]![c]!)),
    )
  );
}

/**
 * Per method, the stability that its clusters reach in each shifted panel, one job a shift.
 *
 * @param job.count Number of shifts.
 */
export async function shiftedStabilities(
  { count, ...job }: AllRepetitions & { readonly blockDays: number; readonly resamples: number },
  parallel?: ParallelOptions,
): Promise<Float64Array[]> {
  const parts = await parallelMap<typeof shiftedStabilityTask>(
    { module: new URL("../cluster/stability.ts", import.meta.url).href, name: "shiftedStability" },
    ranges(count, 1).map((range) => [{ ...job, ...range }]),
    parallel,
  );
  return job.fits.map((_, m) => joined(parts.map((part) => part[m]!)));
}

/** One list of Jaccard indices a resampling, for each cluster of each cut of a tree. */
export async function cutStabilities(
  { count, ...job }: AllCutRepetitions & CutTree,
  parallel?: ParallelOptions,
): Promise<Float64Array[]> {
  const parts = await parallelMap<typeof resampledCutsTask>(
    { module: new URL("../cluster/cut_stability.ts", import.meta.url).href, name: "resampledCuts" },
    ranges(count, 2).map((range) => [{ ...job, ...range }]),
    parallel,
  );
  return parts.flat();
}

/**
 * One list of stabilities by the number of clusters a shifted panel, one job a shift.
 *
 * @param job.count Number of shifts.
 */
export async function shiftedCutStabilities(
  { count, ...job }: AllCutRepetitions & { readonly resamples: number },
  parallel?: ParallelOptions,
): Promise<Float64Array[]> {
  const parts = await parallelMap<typeof shiftedCutsTask>(
    { module: new URL("../cluster/cut_stability.ts", import.meta.url).href, name: "shiftedCuts" },
    ranges(count, 1).map((range) => [{ ...job, ...range }]),
    parallel,
  );
  return parts.flat();
}

/** [0, count) cut into the ranges of the jobs. */
function ranges(count: number, perJob = PER_JOB): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(count / perJob) }, (_, k) => ({
    from: k * perJob,
    to: Math.min((k + 1) * perJob, count),
  }));
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}
