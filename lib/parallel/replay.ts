import type { BasketReplay } from "../backtest/basket_replay.ts";
import type { RandomPortfolios } from "../backtest/random_portfolios.ts";
import type { DataSet } from "../core/data_set.ts";
import type { DatedDecisions } from "../decide/decide_at.ts";
import type { decideDates as decideDatesTask } from "../decide/decide_dates.ts";
import type { DecideConfig } from "../decide/decide_tools.ts";
import type { Plant } from "../decide/planted_view.ts";
import type { RandomJob, randomNull as randomNullTask } from "../decide/random_null.ts";
import type { MethodJob, replayMethod as replayMethodTask } from "../decide/replay_method.ts";
import { parallelMap, type ParallelOptions } from "./parallel_map.ts";

/** How decisions are shared between workers. */
export interface DecideParallel extends ParallelOptions {
  readonly config: DecideConfig;
  readonly plant?: Plant;
}

/**
 * The decisions of all methods on some days, every other day in the same worker.
 *
 * Later days know more and take longer, so neighbours go to different workers; a worker remembers what
 * words mean from one of its days to the next.
 *
 * @returns In the order of the days.
 */
export async function decideInParallel(
  data: DataSet,
  days: readonly number[],
  { config, plant, ...parallel }: DecideParallel,
): Promise<DatedDecisions[]> {
  const nJobs = Math.max(Math.min(jobsOf(parallel), days.length), 1);
  const shares = Array.from({ length: nJobs }, (_, k) => days.filter((_, i) => i % nJobs === k));
  const found = await parallelMap<typeof decideDatesTask>(
    { module: new URL("../decide/decide_dates.ts", import.meta.url).href, name: "decideDates" },
    shares.map((share) => [data, share, { config, plant }]),
    parallel,
  );
  return days.map((_, i) => found[i % nJobs]![Math.floor(i / nJobs)]!);
}

/**
 * Replays of methods, one job each.
 *
 * Each job has a copy of the data: `replayData` leaves out the rule texts, which no replay reads.
 *
 * @returns Of all jobs, in their order.
 */
export async function replayInParallel(
  data: DataSet,
  jobs: readonly MethodJob[],
  parallel: ParallelOptions = {},
): Promise<BasketReplay[]> {
  const found = await parallelMap<typeof replayMethodTask>(
    { module: new URL("../decide/replay_method.ts", import.meta.url).href, name: "replayMethod" },
    jobs.map((job) => [data, job]),
    parallel,
  );
  return found.flat();
}

/** Random portfolios matched to methods, one job each. */
export function randomInParallel(
  data: DataSet,
  jobs: readonly RandomJob[],
  parallel: ParallelOptions = {},
): Promise<RandomPortfolios[]> {
  return parallelMap<typeof randomNullTask>(
    { module: new URL("../decide/random_null.ts", import.meta.url).href, name: "randomNull" },
    jobs.map((job) => [data, job]),
    parallel,
  );
}

function jobsOf({ pool, workers = navigator.hardwareConcurrency }: ParallelOptions): number {
  return pool?.size ?? workers;
}
