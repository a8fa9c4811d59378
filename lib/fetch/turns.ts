import type { Clock } from "./clock.ts";
import { type Gate, makeGate } from "./gate.ts";
import { pathLimitName } from "./host_limits.ts";
import type { Host } from "./hosts.ts";
import {
  freeInMs,
  heldMs,
  holdBack,
  type SharedBuckets,
  takeToken,
  tryToken,
} from "./token_bucket.ts";

/** When the asks of one worker to one host may be sent. */
export interface Turns {
  /**
   * Waits until an ask with this path may be sent now, and gives true; false where it was stopped,
   * and then it holds no place.
   */
  readonly enter: (path: string) => Promise<boolean>;
  /** Ends a turn; once for each `enter` that gave true. */
  readonly leave: () => void;
  /** Nobody, other workers too, may send before this time, UTC milliseconds. */
  readonly hold: (untilMs: number) => void;
}

export interface TurnOptions {
  /** With a limit of each name that `hostLimits` gives. */
  readonly buckets: SharedBuckets;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Turns by the limits of a host and of its paths, and no more under way than it allows.
 *
 * Asks whose path has a limit of its own stand in a lane of it first, and only the first of a lane
 * waits for the host: a long lane neither fills the places under way nor uses up turns of the host.
 * The path's place is taken last, when the request is sent, so that the path's limit holds of
 * requests sent, and what was lost to late timers and a busy host is won back as far as the burst
 * allows. Where another worker has taken it in between, the place of the host is lost.
 *
 * @throws {RangeError} If the buckets lack a limit of the host.
 */
export function hostTurns(host: Host, { buckets, clock, signal }: TurnOptions): Turns {
  const gate = makeGate(host.atOnce);
  const hostLimit = limitOf(buckets, host.name);
  const lanes = new Map(
    host.paths.map(({ prefix }) => {
      const name = pathLimitName(host, prefix)!;
      return [name, { line: makeGate(1), limit: limitOf(buckets, name) }];
    }),
  );

  async function enterHost(): Promise<boolean> {
    if (!(await gate.enter(signal))) return false;
    do {
      await clock.sleep(takeToken(buckets, hostLimit, clock.nowMs()), signal);
      // a place from before a hold is no longer one
    } while (!signal?.aborted && heldMs(buckets, hostLimit, clock.nowMs()) > 0);
    if (signal?.aborted) gate.leave();
    return !signal?.aborted;
  }

  async function enterLane({ line, limit }: { line: Gate; limit: number }): Promise<boolean> {
    if (!(await line.enter(signal))) return false;
    try {
      while (true) {
        await clock.sleep(freeInMs(buckets, limit, clock.nowMs()), signal);
        if (!(await enterHost())) return false;
        if (tryToken(buckets, limit, clock.nowMs())) return true;
        gate.leave();
      }
    } finally {
      line.leave();
    }
  }

  function enter(path: string): Promise<boolean> {
    const lane = lanes.get(pathLimitName(host, path) ?? "");
    return lane === undefined ? enterHost() : enterLane(lane);
  }

  return { enter, leave: gate.leave, hold: (untilMs) => holdBack(buckets, hostLimit, untilMs) };
}

function limitOf({ limits }: SharedBuckets, name: string): number {
  const index = limits.findIndex((limit) => limit.name === name);
  if (index < 0) {
    throw new RangeError(`Cannot ask a host as it must have a limit: got none named "${name}"`);
  }
  return index;
}
