/** How fast a server is asked. Clock, waiting and chance are arguments so that tests replay. */
export interface Pace {
  /** Requests under way at the same time. */
  readonly concurrency: number;
  /** Attempts at one request, the first included. */
  readonly maxAttempts: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  readonly nowMs: () => number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  readonly delay: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** A number in [0, 1). */
  readonly jitter: () => number;
}

const MINUTE_MS = 60_000;

/** Lets a request through when the limits of the last minute allow it. */
export type Turn = (tokens: number, signal?: AbortSignal) => Promise<void>;

/**
 * Turns in order of asking, so that no 60 seconds hold more requests or tokens than the pace names;
 * without limits every turn is at once.
 *
 * A request larger than a whole minute's tokens waits for an empty minute rather than forever.
 *
 * @throws {RangeError} If a limit, the concurrency or the attempts are not at least 1.
 */
export function turns(pace: Pace): Turn {
  const { requestsPerMinute = Infinity, tokensPerMinute = Infinity, nowMs, delay } = pace;
  const checked = {
    concurrency: pace.concurrency,
    maxAttempts: pace.maxAttempts,
    requestsPerMinute,
    tokensPerMinute,
  };
  for (const [name, value] of Object.entries(checked)) {
    if (value >= 1) continue;
    throw new RangeError(`Cannot ask at a pace as ${name} must be at least 1: got ${value}`);
  }
  if (requestsPerMinute === Infinity && tokensPerMinute === Infinity) {
    return () => Promise.resolve();
  }
  let recent: { atMs: number; tokens: number }[] = [];
  let last: Promise<void> = Promise.resolve();

  async function wait(tokens: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      if (signal?.aborted) return;
      const now = nowMs();
      recent = recent.filter(({ atMs }) => atMs > now - MINUTE_MS);
      const used = recent.reduce((sum, one) => sum + one.tokens, 0);
      const isFree = recent.length < requestsPerMinute &&
        (used + tokens <= tokensPerMinute || recent.length === 0);
      if (isFree) {
        recent.push({ atMs: now, tokens });
        return;
      }
      await delay(recent[0]!.atMs + MINUTE_MS - now, signal);
    }
  }
  return (tokens, signal) => last = last.then(() => wait(tokens, signal));
}

/** Waits in real time; ends early, without an error, when the signal is aborted. */
export function realDelay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done, { once: true });
  });
}

/**
 * The pace of a real run: this machine's clock, real waits, real chance.
 *
 * Eight requests at a time suit OpenAI's lowest paid tier; a local server wants 1 or 2.
 */
export function realPace(
  { concurrency = 8, maxAttempts = 6, ...limits }: Partial<
    Pick<Pace, "concurrency" | "maxAttempts" | "requestsPerMinute" | "tokensPerMinute">
  > = {},
): Pace {
  return {
    concurrency,
    maxAttempts,
    ...limits,
    nowMs: Date.now,
    delay: realDelay,
    jitter: Math.random,
  };
}
