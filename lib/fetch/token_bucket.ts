/** A limit of a rate. */
export interface Limit {
  /** What it limits: a host, `gamma`, or a host and a path, `gamma /markets`. */
  readonly name: string;
  /** Requests in `perSeconds` seconds. */
  readonly requests: number;
  readonly perSeconds: number;
  /** Requests that may go at once after a rest, at least 1. */
  readonly burst: number;
}

/** Limits that workers keep together: plain data that can be posted to them. */
export interface SharedBuckets {
  readonly limits: readonly Limit[];
  /** Two 64-bit words a limit: when it will be at rest again, and until when it is held back. */
  readonly state: SharedArrayBuffer;
}

const MICROSECONDS = 1e6;

/**
 * Makes a bucket for each limit, all full.
 *
 * @throws {RangeError} If a limit has no positive rate or no burst.
 */
export function makeBuckets(limits: readonly Limit[]): SharedBuckets {
  for (const { name, requests, perSeconds, burst } of limits) {
    const isRate = requests > 0 && perSeconds > 0 && Number.isFinite(perSeconds / requests);
    if (!isRate || !(Number.isSafeInteger(burst) && burst >= 1)) {
      throw new RangeError(
        `Cannot limit "${name}" as it must have a positive rate and a burst >= 1: got ` +
          `${requests} in ${perSeconds} seconds, burst ${burst}`,
      );
    }
  }
  return { limits, state: new SharedArrayBuffer(limits.length * 16) };
}

/**
 * Takes the next free place of a limit, and says how long to wait for it, 0 where it is now.
 *
 * The place is taken at once, in one atomic step, so that asks of all workers stand in one line and
 * none is woken to find its place gone. In any window of T seconds at most burst + T · rate places
 * lie, whatever the order and the clocks of those who ask: each place moves the time at which the
 * bucket is at rest by one interval at least, and no place is more than burst − 1 intervals before it.
 * A place that is not used is lost.
 *
 * Units: UTC milliseconds → milliseconds, of which the parts are microseconds.
 * Cost: O(1) without contention; no lock, so a worker that is ended in it stops nobody.
 * Source: generic cell rate algorithm, ITU-T I.371 (virtual scheduling).
 *
 * @param nowMs Of a clock that is the same in all workers.
 * @throws {RangeError} If there is no such limit.
 */
export function takeToken({ limits, state }: SharedBuckets, index: number, nowMs: number): number {
  const { interval, slack } = spacing(limits, index);
  const words = new BigInt64Array(state);
  const now = microseconds(nowMs);
  while (true) {
    const atRest = Atomics.load(words, 2 * index);
    const place = later(now, atRest - slack);
    const next = later(atRest, place) + interval;
    if (Atomics.compareExchange(words, 2 * index, atRest, next) === atRest) {
      return Number(place - now) / 1000;
    }
  }
}

/**
 * Holds a limit back for everybody: no place is given before a time, and the first after it come one
 * by one, without a burst.
 *
 * Who waits already for an earlier place must ask `heldMs` before going.
 *
 * @throws {RangeError} If there is no such limit.
 */
export function holdBack({ limits, state }: SharedBuckets, index: number, untilMs: number): void {
  const { slack } = spacing(limits, index);
  const words = new BigInt64Array(state);
  const until = microseconds(untilMs);
  raise(words, 2 * index + 1, until);
  raise(words, 2 * index, until + slack);
}

/**
 * Takes a place only where one is free now; whether it did. Who uses it at once keeps the limit when
 * requests are sent, and a late one loses nothing that the burst allows.
 *
 * @throws {RangeError} If there is no such limit.
 */
export function tryToken({ limits, state }: SharedBuckets, index: number, nowMs: number): boolean {
  const { interval, slack } = spacing(limits, index);
  const words = new BigInt64Array(state);
  const now = microseconds(nowMs);
  while (true) {
    const atRest = Atomics.load(words, 2 * index);
    if (atRest - slack > now) return false;
    const next = later(atRest, now) + interval;
    if (Atomics.compareExchange(words, 2 * index, atRest, next) === atRest) return true;
  }
}

/**
 * Milliseconds until the next place of a limit, which is not taken; 0 where one is free now.
 *
 * @throws {RangeError} If there is no such limit.
 */
export function freeInMs({ limits, state }: SharedBuckets, index: number, nowMs: number): number {
  const { slack } = spacing(limits, index);
  const atRest = Atomics.load(new BigInt64Array(state), 2 * index);
  return Math.max(0, Number(atRest - slack - microseconds(nowMs)) / 1000);
}

/** Milliseconds that a limit is still held back, 0 for free. */
export function heldMs({ limits, state }: SharedBuckets, index: number, nowMs: number): number {
  spacing(limits, index);
  const until = Atomics.load(new BigInt64Array(state), 2 * index + 1);
  return Math.max(0, Number(until - microseconds(nowMs)) / 1000);
}

function raise(words: BigInt64Array, at: number, value: bigint): void {
  while (true) {
    const old = Atomics.load(words, at);
    if (old >= value || Atomics.compareExchange(words, at, old, value) === old) return;
  }
}

function spacing(limits: readonly Limit[], index: number): { interval: bigint; slack: bigint } {
  const limit = limits[index];
  if (limit === undefined) {
    throw new RangeError(
      `Cannot find a limit as its index must be below ${limits.length}: got ${index}`,
    );
  }
  // rounded up: never faster than the limit
  const interval = BigInt(Math.ceil((limit.perSeconds * MICROSECONDS) / limit.requests));
  return { interval, slack: interval * BigInt(limit.burst - 1) };
}

function microseconds(ms: number): bigint {
  return BigInt(Math.floor(ms * 1000));
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
