import { type Task, taskFunction } from "./task.ts";
import { startWorkers, type WorkerPool } from "./worker_pool.ts";

/** How many workers share the work. */
export interface ParallelOptions {
  /** One for each core by default; with 0 or 1 no worker is started. */
  readonly workers?: number;
  /** Workers that are there already, in place of new ones; they go on living. */
  readonly pool?: WorkerPool;
}

/**
 * Calls a function of lib once for each list of arguments, spread over Web Workers.
 *
 * A worker takes the next list when it has done its last one, so lists may differ in weight.
 * Arguments and results are copied, but memory in a `SharedArrayBuffer` is shared. With one list or
 * one worker the function is called in this thread, one list after the other.
 *
 * Shape: one result a list, in the order of the lists. Cost: some tens of milliseconds to start the
 * workers and load the module.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import type { pairCount } from "lib/core/pair_matrix.ts";
 * import { parallelMap } from "lib/parallel/parallel_map.ts";
 *
 * const task = { module: "core/pair_matrix.ts", name: "pairCount" };
 * const counts = await parallelMap<typeof pairCount>(task, [[2], [3], [4]], { workers: 2 });
 * assert.deepEqual(counts, [1, 3, 6]);
 * ```
 *
 * @typeParam F Type of the function that the task names.
 * @param task The function, by module and name.
 * @throws What the function throws; the lists that are not done by then are given up.
 * @throws {RangeError} If the number of workers is no whole number or the module is not one of lib.
 * @throws {TypeError} If the module exports no such function.
 */
export async function parallelMap<F extends (...args: never[]) => unknown>(
  task: Task,
  argLists: readonly Parameters<F>[],
  { workers = navigator.hardwareConcurrency, pool }: ParallelOptions = {},
): Promise<Awaited<ReturnType<F>>[]> {
  requireWorkers(workers);
  const values = pool !== undefined
    ? await callIn(pool, task, argLists)
    : Math.min(workers, argLists.length) > 1
    ? await callInNew(Math.min(workers, argLists.length), task, argLists)
    : await callHere(task, argLists);
  // the type of the function is the caller's word for what the task names
  return values as Awaited<ReturnType<F>>[];
}

async function callHere(
  task: Task,
  argLists: readonly (readonly unknown[])[],
): Promise<unknown[]> {
  const values: unknown[] = [];
  const run = await taskFunction(task);
  for (const args of argLists) values.push(await run(...args));
  return values;
}

async function callInNew(
  nWorkers: number,
  task: Task,
  argLists: readonly (readonly unknown[])[],
): Promise<unknown[]> {
  const pool = startWorkers(nWorkers);
  try {
    return await callIn(pool, task, argLists);
  } finally {
    pool.stop();
  }
}

/** Gives each worker the next list when it has done its last one. */
async function callIn(
  pool: WorkerPool,
  task: Task,
  argLists: readonly (readonly unknown[])[],
): Promise<unknown[]> {
  const values = new Array<unknown>(argLists.length);
  let next = 0;
  const workOff = async (worker: number) => {
    while (next < argLists.length) {
      const k = next++;
      try {
        values[k] = await pool.ask(worker, { task, args: argLists[k]! });
      } catch (error) {
        next = argLists.length;
        throw error;
      }
    }
  };
  // all must be done before an error goes out: a pool's worker may not meet a stale answer
  const ends = await Promise.allSettled(
    Array.from({ length: pool.size }, (_, worker) => workOff(worker)),
  );
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return values;
}

/** Refuses a number of workers that is none. */
export function requireWorkers(workers: number): void {
  if (!(Number.isInteger(workers) && workers >= 0)) {
    throw new RangeError(
      `Cannot share work as the number of workers must be a whole number >= 0: got ${workers}`,
    );
  }
}
