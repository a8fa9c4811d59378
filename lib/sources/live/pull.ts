import type { IngestSettings } from "../../core/ingest_settings.ts";
import { dayOf, dayStartMs, formatDay } from "../../core/day.ts";
import type { Hosts } from "../../fetch/hosts.ts";
import type { HttpAsker } from "../../fetch/http_asker.ts";
import type { ResponseStore } from "../../store/response_store.ts";
import { estimateText } from "./estimate.ts";
import { clockShift, recordClock } from "./pull_clock.ts";
import { progressTeller } from "./pull_progress.ts";
import { INTERRUPTED, type RequestCount } from "./stored_asker.ts";
import type { PlanOptions, Venue } from "./venue.ts";
import { type PullStop, venueRun } from "./venue_run.ts";

/** What a pull works with; everything that touches the world is handed in. */
export interface PullOptions {
  readonly venues: readonly Venue[];
  readonly store: ResponseStore;
  readonly hosts: Hosts;
  readonly http: HttpAsker;
  readonly settings: IngestSettings;
  /** Nothing before it is wanted, UTC milliseconds; `null`: everything. */
  readonly sinceMs: number | null;
  /** Midnight after the last day that is wanted; `null`: the last one that has ended. */
  readonly untilMs: number | null;
  /** Share of events whose histories are asked for, in (0, 1]; the same events each time. */
  readonly share: number;
  /** Most requests of the pull. */
  readonly maxRequests: number;
  /** Whether to end after the estimate. */
  readonly isPlanOnly: boolean;
  readonly nowMs: () => number;
  readonly say: (text: string) => void;
  readonly isTerminal: boolean;
}

/** How a pull went. */
export interface PullResult {
  /** Requests to the network. */
  readonly asked: number;
  /** Answers that were here already, such as those of a pull that was killed. */
  readonly fromStore: number;
  readonly failed: number;
  /** Why it ended early, a sentence for each reason; faults are those that a person must look at. */
  readonly stops: readonly PullStop[];
  readonly untilMs: number;
}

/**
 * Pulls what is missing from each venue into the store, venues side by side.
 *
 * First the catalogues, then an estimate of all that is left, then that. Safe to stop at any moment:
 * each answer is stored with what it says in one transaction, and the next pull plans from what is
 * there.
 *
 * @throws {Error} If the store cannot take answers, or no host can be reached.
 * @throws {RangeError} If no day since `sinceMs` has ended.
 */
export async function pull(options: PullOptions): Promise<PullResult> {
  const { venues, store, say, settings, hosts } = options;
  const clockShiftMs = await clockShift(options);
  const nowMs = options.nowMs() + clockShiftMs;
  const lastMidnight = dayStartMs(dayOf(nowMs - settings.pull.settle_minutes.value * 60_000));
  const untilMs = Math.min(options.untilMs ?? Infinity, lastMidnight);
  const { sinceMs } = options;
  if (sinceMs !== null && sinceMs > lastMidnight) {
    throw new RangeError(
      `Cannot pull as --since must be a day that has ended: got ${
        formatDay(dayOf(sinceMs))
      }, the last one that has is ${formatDay(dayOf(lastMidnight) - 1)}`,
    );
  }
  const plan: PlanOptions = {
    nowMs,
    edition: formatDay(dayOf(nowMs)),
    sinceMs,
    untilMs,
    settings,
  };
  const count: RequestCount = { asked: 0, fromStore: 0, most: options.maxRequests };
  const teller = progressTeller(options);
  const runs = venues.map((venue) =>
    venueRun(venue, { options, plan, count, clockShiftMs, teller })
  );

  await settled(runs.map((run) => run.through((phase) => phase.isCatalogue)));
  const isInterrupted = runs.some(({ tally }) =>
    tally.stops.some(({ message }) => message === INTERRUPTED)
  );
  const unread = venues.filter((_, v) => runs[v]!.tally.stops.length > 0).map(({ name }) => name);
  if (!isInterrupted) say(estimateText(runs.flatMap((run) => run.estimates(hosts)), { unread }));
  if (!options.isPlanOnly && !isInterrupted) {
    await settled(runs.map((run) => run.through((phase) => !phase.isCatalogue)));
    for (const run of runs) run.forgetOldFailures();
  }
  recordClock(store, { clockShiftMs, atMs: nowMs });
  return {
    asked: count.asked,
    fromStore: count.fromStore,
    failed: runs.reduce((sum, run) => sum + run.tally.failed, 0),
    stops: runs.flatMap((run) => run.tally.stops),
    untilMs,
  };
}

/** Waits for all, then throws what the first of them threw: none is left running. */
async function settled(running: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(running)) {
    if (result.status === "rejected") throw result.reason;
  }
}
