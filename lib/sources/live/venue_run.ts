import { countOf } from "../../core/number_text.ts";
import type { Ask } from "../../fetch/ask.ts";
import type { Hosts } from "../../fetch/hosts.ts";
import { type Estimate, estimatePhase } from "./estimate.ts";
import { knownOf } from "./known.ts";
import type { PullOptions } from "./pull.ts";
import type { ProgressTeller } from "./pull_progress.ts";
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
  readonly tally: {
    readonly failed: number;
    /** Whether the venue is not asked any more. */
    readonly isStopped: boolean;
    readonly stops: readonly PullStop[];
  };
  /**
   * Clears failed jobs of earlier pulls once all phases have been run: what still fails has failed
   * anew, and what is planned no more is no longer missing.
   */
  forgetOldFailures(): void;
}

/**
 * A venue's part of a pull; see `pull`.
 *
 * To plan is to read all that is known, so where nothing was asked since the estimates, what they found
 * stands for the progress, and a phase that had nothing to do then is not planned again. Once more was
 * asked, a phase may have found work for the next: it is counted anew.
 */
export function venueRun(
  venue: Venue,
  { options, plan, count, clockShiftMs, teller }: {
    readonly options: PullOptions;
    readonly plan: PlanOptions;
    readonly count: RequestCount;
    readonly clockShiftMs: number;
    readonly teller: ProgressTeller;
  },
): VenueRun {
  const { store, settings, nowMs } = options;
  const startedAtMs = nowMs() + clockShiftMs;
  const known = shareOf(knownOf(store, venue.name, { nowMs: plan.nowMs }), options.share);
  const tally = { failed: 0, isStopped: false, stops: [] as PullStop[] };
  let asked = 0, lastFailure = "", told = () => {};
  const expected = new Map<Phase, { readonly nAsks: number; readonly asked: number }>();
  const ask = storedAsker(venue, {
    store,
    ask: options.http.ask,
    count,
    giveUpAfter: settings.pull.give_up_after.value,
    // where nothing has to be found out first, each job has several providers
    hasFallbacks: !venue.phases.some(({ isCatalogue }) => isCatalogue),
    clockShiftMs,
    asked: () => (++asked, told()),
  });
  const ended = (job: Job, error: Error | undefined) => {
    if (error === undefined) return store.clearFailure(jobAsk(venue, job));
    ++tally.failed;
    lastFailure = error.message;
    store.addFailure({
      ask: jobAsk(venue, job),
      atMs: nowMs() + clockShiftMs,
      status: null,
      reason: error.message,
      isPassing: true,
    });
  };

  const run = async (phase: Phase) => {
    const before = expected.get(phase);
    const counted = before?.asked === asked ? before.nAsks : undefined;
    if (counted === 0) return;
    // jobs of a catalogue are few; of the others there are as many as contracts
    const jobs = phase.isCatalogue ? [...phase.plan(known, plan)] : phase.plan(known, plan);
    const planned = counted ?? nAsksOf(Array.isArray(jobs) ? jobs : phase.plan(known, plan));
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
      const atOnce = settings.pull.at_once.value;
      const { done, failed } = await runJobs(jobs, { ask, atOnce, ended });
      if (phase.isCatalogue && failed > 0 && done === 0) {
        const message = `Cannot tell what ${venue.name} has as its ${phase.name} must be ` +
          `readable: got ${countOf(failed, "failed job")} of ${failed}, the last: ${lastFailure}`;
        tally.stops.push({ message, isFault: true });
      }
    } finally {
      if (asked > askedBefore || tally.failed > failedBefore) teller.end(progress());
    }
  };

  return {
    tally,
    forgetOldFailures() {
      if (tally.stops.length > 0) return;
      for (const { ask, atMs } of store.failures()) {
        if (ask.host === venue.name && ask.kind === "job" && atMs < startedAtMs) {
          store.clearFailure(ask);
        }
      }
    },
    async through(isWanted) {
      for (const phase of venue.phases.filter(isWanted)) {
        if (tally.isStopped) return;
        try {
          await run(phase);
        } catch (error) {
          if (!(error instanceof PullStopped)) throw error;
          tally.isStopped = true;
          tally.stops.push({ message: error.message, isFault: error.isFault });
        }
      }
    },
    estimates: (hosts) =>
      venue.phases.filter((phase) => !phase.isCatalogue).flatMap((phase) => {
        const frame = { venue: venue.name, phase: phase.name, hosts };
        let nAsks = 0;
        const jobs = withEach(phase.plan(known, plan), (job) => nAsks += job.nAsks);
        const estimate = estimatePhase(jobs, frame);
        expected.set(phase, { nAsks, asked });
        return estimate ?? [];
      }),
  };
}

/** Requests that jobs will take, as far as can be told. */
function nAsksOf(jobs: Iterable<Job>): number {
  let nAsks = 0;
  for (const job of jobs) nAsks += job.nAsks;
  return nAsks;
}

/** The jobs, of each of which somebody is told as it passes. */
function* withEach(jobs: Iterable<Job>, tell: (job: Job) => void): Generator<Job> {
  for (const job of jobs) {
    tell(job);
    yield job;
  }
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
