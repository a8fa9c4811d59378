import type { Ask, Reply } from "../../fetch/ask.ts";
import { middleSkewMs } from "../../fetch/clock_skew.ts";
import { STOPPED } from "../../fetch/try_ask.ts";
import type { ResponseStore } from "../../store/response_store.ts";
import type { PullOptions } from "./pull.ts";
import type { VenueName } from "./venue.ts";

/** A request that costs a host nothing and shows its clock; its answer is not kept. */
const CLOCK_ASKS: Readonly<Record<VenueName, Ask>> = {
  polymarket: clockAsk("clob", "/time"),
  kalshi: clockAsk("kalshi", "/historical/cutoff"),
  benchmarks: clockAsk("yahoo", "/v8/finance/chart/SPY?range=1d&interval=1d"),
};

/**
 * Asks each venue for its time, which also tells whether a network is there.
 *
 * Returns what to add to this machine's clock to have that of the hosts, ms: 0 while they differ by less
 * than the settings allow, else the middle one of their differences, the lower of two, of which a
 * person is told.
 *
 * A clock that is ahead would ask for days that have not ended, and store their halves for good.
 *
 * @throws {Error} If no connection reached any of the hosts.
 */
export async function clockShift({ venues, http, settings, say }: PullOptions): Promise<number> {
  const asks = venues.map((venue) => CLOCK_ASKS[venue.name]);
  throwIfUnreached(await Promise.all(asks.map((ask) => http.ask(ask))));
  const seen = http.stats();
  const skewMs = middleSkewMs(
    asks.map(({ host }) => seen[host]?.skewMs).filter((ms) => ms !== undefined),
  ) ?? 0;
  if (Math.abs(skewMs) <= settings.pull.max_clock_skew_seconds.value * 1000) return 0;
  say(`${skewText(skewMs)}\n`);
  return skewMs;
}

function throwIfUnreached(replies: readonly Reply[]): void {
  const failures = replies.flatMap((reply) => reply.isAnswer ? [] : reply.failure);
  const isUnreached = failures.every(({ status, reason }) => status === null && reason !== STOPPED);
  if (failures.length === 0 || failures.length < replies.length || !isUnreached) return;
  const lines = failures.map(({ ask, reason }) => `\n  ${ask.host}: ${reason}`);
  throw new Error(
    `Cannot pull as a host must be reachable: got none${lines.join("")}\n` +
      "  What to do: look after the network, or the addresses of --hosts; what was pulled before stays.",
  );
}

/** Keeps a wrong clock among the failures until a pull finds it right. */
export function recordClock(
  store: ResponseStore,
  { clockShiftMs, atMs }: { readonly clockShiftMs: number; readonly atMs: number },
): void {
  const ask = clockAsk("clock", "this machine");
  if (clockShiftMs === 0) return store.clearFailure(ask);
  store.addFailure({ ask, atMs, status: null, reason: skewText(clockShiftMs), isPassing: true });
}

function clockAsk(host: string, path: string): Ask {
  return { host, path, body: null, format: "json", kind: "clock", subject: "", edition: "clock" };
}

function skewText(skewMs: number): string {
  const hours = Math.abs(skewMs) / 3_600_000;
  const size = hours >= 48
    ? `${(hours / 24).toFixed(1)} days`
    : hours >= 1.95
    ? `${hours.toFixed(1)} hours`
    : `${Math.round(hours * 60)} minutes`;
  return `This machine's clock is ${size} ${
    skewMs < 0 ? "ahead of" : "behind"
  } that of the hosts, which is used`;
}
