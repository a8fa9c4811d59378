import type { Clock } from "lib/fetch/clock.ts";

/** A clock that stands still but for sleeps: the earliest to end is next, and none takes time. */
export interface VirtualClock extends Clock {
  /** Sleeps of more than nothing, in milliseconds, in the order in which they began. */
  readonly sleeps: readonly number[];
}

/**
 * @param options.lateMs How many milliseconds a sleep ends too late, drawn for each; never by default.
 */
export function virtualClock(
  startMs: number,
  { lateMs = () => 0 }: { lateMs?: () => number } = {},
): VirtualClock {
  let nowMs = startMs;
  const sleeps: number[] = [];
  const sleepers: { wakeMs: number; wake: () => void }[] = [];

  function wakeFirst(): void {
    sleepers.sort((a, b) => a.wakeMs - b.wakeMs);
    const first = sleepers.shift();
    if (first === undefined) return;
    nowMs = Math.max(nowMs, first.wakeMs);
    first.wake();
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted) return Promise.resolve();
    sleeps.push(ms);
    return new Promise((resolve) => {
      const sleeper = { wakeMs: Math.ceil(nowMs + ms) + lateMs(), wake };
      const timer = setTimeout(wakeFirst, 0);
      function wake() {
        signal?.removeEventListener("abort", stop);
        resolve();
      }
      function stop() {
        clearTimeout(timer);
        const at = sleepers.indexOf(sleeper);
        if (at >= 0) sleepers.splice(at, 1);
        resolve();
      }
      sleepers.push(sleeper);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  return { nowMs: () => nowMs, sleep, sleeps };
}
