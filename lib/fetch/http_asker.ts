import type { Ask, Asker, Failure, Reply } from "./ask.ts";
import type { Clock } from "./clock.ts";
import { middleSkewMs, withSample } from "./clock_skew.ts";
import type { Credentials } from "./credentials.ts";
import type { Host, Hosts } from "./hosts.ts";
import { MAX_TRIES, retryDelayMs } from "./retry_delay.ts";
import type { SharedBuckets } from "./token_bucket.ts";
import { STOPPED, tryAsk } from "./try_ask.ts";
import { hostTurns, type Turns } from "./turns.ts";

/** After "too many requests" without a time; a wait drawn near zero would be none. */
const LEAST_HOLD_MS = 1000;

/** What asks the network, and what it saw of it. */
export interface HttpAsker {
  readonly ask: Asker;
  /** What was seen so far of every host that was asked, by name, sorted. */
  readonly stats: () => Readonly<Record<string, HostStats>>;
}

/** What was seen of a host. */
export interface HostStats {
  /** Requests sent, tries again among them. */
  readonly requests: number;
  readonly retries: number;
  /** Bytes of bodies, decompressed. */
  readonly bytes: number;
  /** How far its clock is before ours, milliseconds, to about a second; `undefined` until seen. */
  readonly skewMs: number | undefined;
}

/** A try that failed and will be made again. */
export interface Retry {
  readonly ask: Ask;
  /** Tries so far. */
  readonly nTries: number;
  /** Wait before the next one. */
  readonly delayMs: number;
  /** Without credentials. */
  readonly reason: string;
}

export interface HttpAskerOptions {
  readonly hosts: Hosts;
  /** Made of `hostLimits(hosts, credentials.names)`; one for all workers. */
  readonly buckets: SharedBuckets;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** Draws in [0, 1) for the waits between tries. */
  readonly random: () => number;
  readonly fetch?: typeof fetch;
  /** Longest body taken, decompressed: 64 MiB by default. */
  readonly maxBytes?: number;
  /** Ends everything under way; each ask then fails with the reason `stopped`. */
  readonly signal?: AbortSignal;
  readonly onRetry?: (retry: Retry) => void;
}

/** A host with what this worker keeps of it. */
interface Line {
  readonly host: Host;
  readonly turns: Turns;
  requests: number;
  retries: number;
  bytes: number;
  skews: readonly number[];
}

/**
 * The only door to the network: asks as the hosts allow, and again where a fault may pass.
 *
 * An ask waits for its turn (`hostTurns`), for each try anew. Where a host says that it is asked too
 * often, everybody waits, other workers too. A host that fails is a `Failure`, never an exception.
 * Limits are kept by all workers together, places under way by each.
 *
 * @throws {RangeError} From `ask`, if its host is not listed or has no limit, or its path leads out of
 *   it.
 */
export function httpAsker(options: HttpAskerOptions): HttpAsker {
  const { hosts, clock, signal } = options;
  const lines = new Map<string, Line>();

  function lineOf(name: string): Line {
    const host = Object.hasOwn(hosts, name) ? hosts[name] : undefined;
    if (host === undefined) {
      throw new RangeError(`Cannot ask a host as it must be listed in hosts.yaml: got "${name}"`);
    }
    const line = lines.get(name) ??
      { host, turns: hostTurns(host, options), requests: 0, retries: 0, bytes: 0, skews: [] };
    lines.set(name, line);
    return line;
  }

  /** One try in its turn; `null` where it was stopped before. */
  async function tryOnce(ask: Ask, line: Line, nTries: number) {
    if (!(await line.turns.enter(ask.path))) return null;
    try {
      line.requests += 1;
      const { result, nBytes, skewMs } = await tryAsk(ask, {
        host: line.host,
        credentials: options.credentials,
        nowMs: clock.nowMs,
        fetch: options.fetch ?? fetch,
        maxBytes: options.maxBytes ?? 2 ** 26,
        signal,
      });
      line.bytes += nBytes;
      line.skews = withSample(line.skews, skewMs);
      if (result.isAnswer || !result.isPassing) return { result, delayMs: 0 };
      const { retryAfterMs, isTooOften } = result;
      const delayMs = retryDelayMs(nTries, { random: options.random(), retryAfterMs });
      if (isTooOften || retryAfterMs !== null) {
        // before the turn ends, or the next in line would go
        line.turns.hold(clock.nowMs() + Math.max(delayMs, LEAST_HOLD_MS));
      }
      return { result, delayMs };
    } finally {
      line.turns.leave();
    }
  }

  async function ask(ask: Ask): Promise<Reply> {
    const line = lineOf(ask.host);
    const fail = (status: number | null, reason: string, isPassing: boolean): Reply => {
      const failure: Failure = { ask, atMs: Math.floor(clock.nowMs()), status, reason, isPassing };
      return { isAnswer: false, failure };
    };
    for (let nTries = 1;; ++nTries) {
      const tried = await tryOnce(ask, line, nTries);
      if (tried === null) return fail(null, STOPPED, true);
      const { result, delayMs } = tried;
      if (result.isAnswer) {
        const { status, text, value } = result;
        const atMs = Math.floor(clock.nowMs());
        return { isAnswer: true, answer: { ask, atMs, status, text, value } };
      }
      const { status, reason, isPassing } = result;
      if (signal?.aborted) return fail(status, STOPPED, true);
      if (!isPassing) return fail(status, reason, false);
      if (nTries === MAX_TRIES) return fail(status, `${reason} (${MAX_TRIES} tries)`, true);
      line.retries += 1;
      options.onRetry?.({ ask, nTries, delayMs, reason });
      await clock.sleep(delayMs, signal);
    }
  }

  function stats(): Record<string, HostStats> {
    const names = [...lines.keys()].sort();
    return Object.fromEntries(names.map((name) => {
      const { requests, retries, bytes, skews } = lines.get(name)!;
      return [name, { requests, retries, bytes, skewMs: middleSkewMs(skews) }];
    }));
  }

  return { ask, stats };
}
