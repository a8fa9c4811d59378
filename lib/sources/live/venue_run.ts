import type { Ask } from "../../fetch/ask.ts";
import type { Hosts } from "../../fetch/hosts.ts";
import { type Estimate, estimatePhase } from "./estimate.ts";
import { knownOf } from "./known.ts";
import type { PullOptions } from "./pull.ts";
import { progressTeller } from "./pull_progress.ts";
import { PullStopped, runJobs } from "./run_jobs.ts";
import { shareOf } from "./share.ts";
import { type RequestCount, storedAsker } from "./stored_asker.ts";
import type { Job, Phase, PlanOptions, Venue } from "./venue.ts";

/** Why a venue's part of a pull ended early. */
export interface PullStop {
  readonly message: string;
  /** Whether a person must look at it; reaching a limit is none. */
  readonly isFault: boolean;
}

/** One venue's part of a pull. */
export interface VenueRun {
  /** Runs the phases that are wanted, in order, unless the venue has stopped. */
  through(isWanted: (phase: Phase) => boolean): Promise<void>;
  /** What the phases after the catalogue will take, from what is known now. */
  estimates(hosts: Hosts): Estimate[];
  readonly tally: { readonly failed: number; readonly stops: readonly PullStop[] };
}

/** A venue's part of a pull; see `pull`. */
export function venueRun(
  venue: Venue,
  { options, plan, count, clockShiftMs }: {
    readonly options: PullOptions;
    readonly plan: PlanOptions;
    readonly count: RequestCount;
    readonly clockShiftMs: number;
  },
): VenueRun {
  const { store, settings, nowMs } = options;
  const known = shareOf(knownOf(store, venue.name), options.share);
  const teller = progressTeller(options);
  const tally = { failed: 0, stops: [] as PullStop[] };
  let asked = 0, told = () => {};
  const ask = storedAsker(venue, {
    store,
    ask: options.http.ask,
    count,
    giveUpAfter: settings.pull.give_up_after.value,
    clockShiftMs,
    asked: () => (++asked, told()),
  });
  const ended = (job: Job, error: Error | undefined) => {
    if (error === undefined) return store.clearFailure(jobAsk(venue, job));
    ++tally.failed;
    store.addFailure({
      ask: jobAsk(venue, job),
      atMs: nowMs() + clockShiftMs,
      status: null,
      reason: error.message,
      isPassing: true,
    });
  };

  const run = async (phase: Phase) => {
    const planned = nAsksOf(phase.plan(known, plan));
    const startMs = nowMs(), askedBefore = asked, failedBefore = tally.failed;
    const progress = () => ({
      venue: venue.name,
      phase: phase.name,
      asked: asked - askedBefore,
      planned,
      failed: tally.failed - failedBefore,
      seconds: (nowMs() - startMs) / 1000,
    });
    told = () => teller.tell(progress());
    try {
      await runJobs(phase.plan(known, plan), { ask, atOnce: settings.pull.at_once.value, ended });
    } finally {
      if (asked > askedBefore || tally.failed > failedBefore) teller.end(progress());
    }
  };

  return {
    tally,
    async through(isWanted) {
      for (const phase of venue.phases.filter(isWanted)) {
        if (tally.stops.length > 0) return;
        try {
          await run(phase);
        } catch (error) {
          if (!(error instanceof PullStopped)) throw error;
          tally.stops.push({ message: error.message, isFault: error.isFault });
        }
      }
    },
    estimates: (hosts) =>
      venue.phases.filter((phase) => !phase.isCatalogue).flatMap((phase) => {
        const frame = { venue: venue.name, phase: phase.name, hosts };
        return estimatePhase(phase.plan(known, plan), frame) ?? [];
      }),
  };
}

/** Requests that jobs will take, as far as can be told. */
function nAsksOf(jobs: Iterable<Job>): number {
  let nAsks = 0;
  for (const job of jobs) nAsks += job.nAsks;
  return nAsks;
}

/** Under which a job's failure is kept, until the same job ends well. */
function jobAsk(venue: Venue, job: Job): Ask {
  return {
    host: venue.name,
    path: job.name,
    body: null,
    format: "json",
    kind: "job",
    subject: "",
    edition: "",
  };
}
