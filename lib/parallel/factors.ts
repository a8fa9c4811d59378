import type { FactorClusterMeasures } from "../factors/factor_cluster_evidence.ts";
import type { shiftMeasures as shiftMeasuresTask } from "../factors/factor_cluster_study.ts";
import type { FactorClusterOptions } from "../factors/factor_clusters.ts";
import type { FactorPanel } from "../factors/factor_panel.ts";
import type { turnedMeanR2 as turnedMeanR2Task } from "../factors/fit_evidence.ts";
import type { LeastSquaresLoadings } from "../factors/loadings.ts";
import type { MacroFit } from "../factors/macro_fit.ts";
import {
  type macroFits as macroFitsTask,
  type MacroOptions,
  sameSessions,
} from "../factors/macro_fits.ts";
import type { SessionMoves } from "../factors/session_moves.ts";
import type { LoadingSet } from "../factors/shrunk_loadings.ts";
import type {
  TurnedLoadings,
  turnedLoadings as turnedLoadingsTask,
} from "../factors/turned_loadings.ts";
import { parallelMap, type ParallelOptions } from "./parallel_map.ts";

/** Moves that one job holds; the answer does not depend on it. */
const PER_JOB = 8000;

/** Turns that one job holds; the answer does not depend on it. */
const TURNS_PER_JOB = 2;

/**
 * Macro fits of many contracts, shared between workers.
 *
 * Contracts with the same sessions stay in one job, which decomposes these once.
 *
 * @returns One fit a contract, in the order given; the same as from `macroFits`.
 */
export async function macroFitsInParallel(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  options: MacroOptions,
  parallel?: ParallelOptions,
): Promise<MacroFit[]> {
  const jobs: number[][] = [];
  let load = Infinity;
  for (const group of sameSessions(contracts)) {
    if (load >= PER_JOB) {
      jobs.push([]);
      load = 0;
    }
    for (const c of group) {
      jobs.at(-1)!.push(c);
      load += contracts[c]!.move.length;
    }
  }
  const parts = await parallelMap<typeof macroFitsTask>(
    { module: new URL("../factors/macro_fits.ts", import.meta.url).href, name: "macroFits" },
    jobs.map((job) => [panel, job.map((c) => contracts[c]!), options]),
    parallel,
  );
  const fits = new Array<MacroFit>(contracts.length);
  jobs.forEach((job, part) => job.forEach((c, at) => fits[c] = parts[part]![at]!));
  return fits;
}

/**
 * Mean R² of contracts on all factors for each of some common turns of their moves.
 *
 * @param options.count Number of turns. @returns One mean a turn, as from `turnedMeanR2`.
 */
export async function turnedMeansInParallel(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { count, ...options }: {
    readonly alpha: number;
    readonly seed: number;
    readonly count: number;
  },
  parallel?: ParallelOptions,
): Promise<Float64Array> {
  const parts = await parallelMap<typeof turnedMeanR2Task>(
    { module: new URL("../factors/fit_evidence.ts", import.meta.url).href, name: "turnedMeanR2" },
    turnRanges(count).map((range) => [panel, contracts, { ...options, ...range }]),
    parallel,
  );
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

/** Loadings for each of some common turns of all moves, as from `turnedLoadings`. */
export async function turnedLoadingsInParallel(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { count, ...options }: LeastSquaresLoadings & { readonly seed: number; readonly count: number },
  parallel?: ParallelOptions,
): Promise<TurnedLoadings[]> {
  const parts = await parallelMap<typeof turnedLoadingsTask>(
    {
      module: new URL("../factors/turned_loadings.ts", import.meta.url).href,
      name: "turnedLoadings",
    },
    turnRanges(count).map((range) => [panel, contracts, { ...options, ...range }]),
    parallel,
  );
  return parts.flat();
}

/** What methods of clustering make of each shifted set of loadings, one job a set. */
export function shiftMeasuresInParallel(
  shifted: readonly LoadingSet[],
  options: FactorClusterOptions,
  parallel?: ParallelOptions,
): Promise<FactorClusterMeasures[][]> {
  return parallelMap<typeof shiftMeasuresTask>(
    {
      module: new URL("../factors/factor_cluster_study.ts", import.meta.url).href,
      name: "shiftMeasures",
    },
    shifted.map((set) => [set, options]),
    parallel,
  );
}

/** [0, count) cut into the turns of the jobs. */
function turnRanges(count: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(count / TURNS_PER_JOB) }, (_, k) => ({
    from: k * TURNS_PER_JOB,
    to: Math.min((k + 1) * TURNS_PER_JOB, count),
  }));
}
