import { countOf } from "../../core/number_text.ts";
import type { Hosts } from "../../fetch/hosts.ts";
import type { Job } from "./venue.ts";

/** What a part of a pull will take. */
export interface Estimate {
  readonly venue: string;
  readonly phase: string;
  readonly host: string;
  readonly nJobs: number;
  readonly nAsks: number;
  /** Seconds at the rate of the narrowest limit. */
  readonly seconds: number;
}

/**
 * Requests and time of a phase's jobs, from the plan alone: nothing is asked.
 *
 * A phase is reckoned at the rate of its first ask, as its jobs ask one host.
 *
 * @returns `undefined` where there is nothing to do.
 */
export function estimatePhase(
  jobs: Iterable<Job>,
  { venue, phase, hosts }: { venue: string; phase: string; hosts: Hosts },
): Estimate | undefined {
  let nJobs = 0, nAsks = 0;
  let first: Job | undefined;
  for (const job of jobs) {
    first ??= job;
    ++nJobs;
    nAsks += job.nAsks;
  }
  const ask = first?.run().next().value;
  if (ask === undefined || ask === null) return undefined;
  const host = hosts[ask.host];
  if (host === undefined) {
    throw new RangeError(
      `Cannot estimate ${venue} ${phase} as its host must be in config/hosts.yaml: got "${ask.host}"`,
    );
  }
  const path = host.paths.find(({ prefix }) => ask.path.startsWith(prefix));
  const perSecond = Math.min(
    host.requests / host.perSeconds,
    path === undefined ? Infinity : path.requests / path.perSeconds,
  );
  return { venue, phase, host: ask.host, nJobs, nAsks, seconds: nAsks / perSecond };
}

/**
 * Estimates as lines for a person, with the time until the slowest venue is done: venues are asked
 * side by side, the phases of one after another.
 *
 * @param options.unread Venues whose catalogue is not whole, so that nobody can tell what they lack.
 */
export function estimateText(
  estimates: readonly Estimate[],
  { unread = [] }: { readonly unread?: readonly string[] } = {},
): string {
  const note = unread.length === 0
    ? ""
    : `What ${unread.join(" and ")} will take is not known, as the catalogue is not whole\n`;
  if (estimates.length === 0) {
    return note || "Nothing to ask: everything up to the last whole day is here\n";
  }
  const lines = estimates.map(({ venue, phase, nAsks, host, seconds }) =>
    `  ${`${venue} ${phase}`.padEnd(24)} ${requestsText(nAsks)} to ${host.padEnd(9)} ${
      durationText(seconds).padStart(8)
    }\n`
  );
  const byVenue = new Map<string, number>();
  for (const { venue, seconds } of estimates) {
    byVenue.set(venue, (byVenue.get(venue) ?? 0) + seconds);
  }
  const total = estimates.reduce((sum, { nAsks }) => sum + nAsks, 0);
  return `To ask, at the rates of config/hosts.yaml:\n${lines.join("")}  ${"all".padEnd(24)} ${
    requestsText(total)
  }              ${durationText(Math.max(...byVenue.values())).padStart(8)}\n${note}`;
}

/** ` 1,204 requests`, `     1 request `: in a column. */
function requestsText(nAsks: number): string {
  return countOf(nAsks, "request").replace(/request$/, "request ").padStart(18);
}

/** `4 s`, `12 min`, `3.5 h`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
