import type { Answer, Job } from "./worker.ts";

/** Web Workers that wait for work. */
export interface WorkerPool {
  readonly size: number;
  /** Gives a worker one job and waits for what becomes of it; one job a worker at a time. */
  readonly ask: (worker: number, job: Job) => Promise<unknown>;
  /** Ends the workers. A program does not end while they live; a kernel takes them with it. */
  readonly stop: () => void;
}

/**
 * Starts workers once for many calls, since each loads the modules of its first job anew.
 *
 * Cost: some tens of milliseconds a worker, and about a second for the first job of a large module.
 *
 * @param size Number of workers; one for each core by default.
 * @throws {RangeError} If `size` is not a whole number of at least 1.
 */
export function startWorkers(size = navigator.hardwareConcurrency): WorkerPool {
  if (!(Number.isInteger(size) && size >= 1)) {
    throw new RangeError(
      `Cannot start workers as their number must be a whole number >= 1: got ${size}`,
    );
  }
  const workers = Array.from(
    { length: size },
    () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
  );
  return {
    size,
    ask: (worker, job) => ask(workers[worker]!, job),
    stop: () => workers.forEach((worker) => worker.terminate()),
  };
}

function ask(worker: Worker, job: Job): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if ("error" in data) reject(data.error);
      else resolve(data.value);
    };
    worker.onmessageerror = () => {
      reject(new TypeError("Cannot share work as an answer must be readable: got a broken one"));
    };
    worker.onerror = (event) => {
      // the promise reports it; without this it would end the whole process as well
      event.preventDefault();
      reject(new Error(`Cannot share work as a worker must run: got ${event.message}`));
    };
    worker.postMessage(job);
  });
}
