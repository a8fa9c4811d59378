/** What time it is, and waiting: an argument, so that a test need not wait. */
export interface Clock {
  /** UTC milliseconds, the same in all workers. */
  readonly nowMs: () => number;
  /** Waits so many milliseconds, or until the signal says stop; never throws. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * The clock of the machine.
 *
 * Wall time, because it is also the knowledge time of answers: the monotonic clock of a worker
 * (`performance.now`) stands still while the machine sleeps, and stamps them too early after it.
 * Workers share it. Where it is set back during a run, asks wait until it is where it was.
 */
export function systemClock(): Clock {
  return { nowMs: () => Date.now(), sleep };
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    // timers cut parts of a millisecond off
    const timer = setTimeout(end, Math.ceil(ms));
    signal?.addEventListener("abort", end, { once: true });
  });
}
