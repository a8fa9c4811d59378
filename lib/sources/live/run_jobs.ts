import type { Asker } from "../../fetch/ask.ts";
import type { Job } from "./venue.ts";

/** How the jobs of a phase went. */
export interface JobTally {
  readonly done: number;
  readonly failed: number;
}

/** A pull that ends before its plan does: nothing is wrong with what was stored. */
export class PullStopped extends Error {
  /** Whether something is wrong, such as a host that does not answer. */
  readonly isFault: boolean;

  constructor(message: string, options: { isFault: boolean }) {
    super(message);
    this.isFault = options.isFault;
  }
}

/**
 * Runs jobs side by side, made one by one as others end, so that a plan of any length takes little
 * memory.
 *
 * A job that throws failed; the others go on. An asker that throws ends all of them: it does so only
 * where no job can go on, as with a full disk or a reached limit.
 *
 * @param options.atOnce Jobs under way at a time.
 * @param options.ended Told of each job that ended, with its error where it failed.
 * @throws What the asker threw, once no job is under way.
 */
export async function runJobs(
  jobs: Iterable<Job>,
  { ask, atOnce, ended }: {
    readonly ask: Asker;
    readonly atOnce: number;
    readonly ended: (job: Job, error: Error | undefined) => void;
  },
): Promise<JobTally> {
  let done = 0, failed = 0;
  let fatal: { cause: unknown } | undefined;
  const queue = jobs[Symbol.iterator]();

  const work = async () => {
    while (fatal === undefined) {
      const next = queue.next();
      if (next.done) return;
      const error = await drive(next.value, ask).catch((cause) => {
        fatal ??= { cause };
        return "stopped" as const;
      });
      if (error === "stopped") return;
      if (error === undefined) ++done;
      else ++failed;
      ended(next.value, error);
    }
  };
  const workers = Array.from({ length: atOnce }, () =>
    work().catch((cause) => {
      // a plan or a report that throws is a fault of ours: nobody goes on
      fatal ??= { cause };
    }));
  await Promise.all(workers);
  if (fatal !== undefined) throw fatal.cause;
  return { done, failed };
}

/** Runs one job; what the job throws is its answer, what the asker throws is thrown. */
async function drive(job: Job, ask: Asker): Promise<Error | undefined> {
  const running = job.run();
  const step = (advance: () => ReturnType<typeof running.next>) => {
    try {
      return advance();
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };
  let at = step(() => running.next());
  while (!(at instanceof Error)) {
    if (at.done) return undefined;
    const reply = await ask(at.value);
    at = step(() => running.next(reply));
  }
  return at;
}
