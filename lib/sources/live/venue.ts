import type { Answer, Ask, Reply } from "../../fetch/ask.ts";
import type { IngestSettings } from "../../core/ingest_settings.ts";
import type { ListingFact, OutcomeFact, Reading, StateFact } from "./fact.ts";
import type { Span } from "./spans.ts";

/**
 * A place that data come from. A new one is a folder beside `polymarket` that makes one of these.
 *
 * Everything in it is pure. Plans say what to ask, given what is known; a job is a generator that
 * yields asks and is handed replies; `read` says what an answer means. Asking, storing, waiting and
 * telling are done by the run, so that a job that is started again gets the stored answers and goes
 * on where it was stopped.
 */
export interface Venue {
  readonly name: VenueName;
  /** Hosts it asks, named in `config/hosts.yaml`. */
  readonly hosts: readonly string[];
  /** Parts of a pull, in order; each is planned when the one before it is done. */
  readonly phases: readonly Phase[];
  /**
   * What an answer says. Total: a field of another type or an unknown value is an oddity of its row,
   * never an exception; only a page that is no page at all throws.
   *
   * @throws {TypeError} If the answer's outer form is another than the venue's documents say.
   */
  read(answer: Answer): Reading;
}

export type VenueName = "polymarket" | "kalshi" | "benchmarks";

/** A part of a pull. */
export interface Phase {
  /** For the progress line: `prices`. */
  readonly name: string;
  /** Whether it comes before the estimate, as it finds out what there is to ask for. */
  readonly isCatalogue: boolean;
  /** Jobs, made one by one as they are wanted; equal arguments give equal jobs. */
  plan(known: Known, options: PlanOptions): Iterable<Job>;
}

/** Asks that follow from each other. */
export interface Job {
  /** For messages: `prices of poly:253843`. */
  readonly name: string;
  /** Requests that it will take as far as can be told, at least 1. */
  readonly nAsks: number;
  /** Yields asks, receives what became of each. */
  run(): Generator<Ask, void, Reply>;
}

/** What is known of a venue before a phase. */
export interface Known {
  /**
   * Contracts of the venue, ordered by market id, one at a time. Left-out contracts are not among
   * them unless asked for.
   */
  markets(options?: { readonly withLeftOut?: boolean }): Iterable<KnownMarket>;
  /** Days on which a list was walked to its end, increasing. */
  crawls(name: string): readonly string[];
  /** Spans of a subject that have been answered; for benchmarks. */
  covered(subject: string): readonly Span[];
  /** The stored answer to an ask, such as a list of the phase before; `undefined`: none. */
  answer(ask: Ask): Answer | undefined;
}

/** What is known of one contract. */
export interface KnownMarket {
  readonly marketId: string;
  /** The first record of it that was seen. */
  readonly listing: ListingFact;
  /** The last one. */
  readonly state: StateFact;
  /** When its record was last seen on a page, changed or not, UTC milliseconds. */
  readonly seenAtMs: number;
  readonly outcome: OutcomeFact | null;
  /** When a book of it was last seen; `null` for never. */
  readonly bookAtMs: number | null;
  /** Spans whose prices were answered, sorted and merged. */
  readonly priced: readonly Span[];
  /** Spans whose trades are known, sorted and merged. */
  readonly taped: readonly Span[];
}

/** The frame of a pull. */
export interface PlanOptions {
  /** Clock of the run, corrected to that of the hosts, UTC milliseconds. */
  readonly nowMs: number;
  /** UTC day of the run, `2026-11-22`: the edition of answers that change. */
  readonly edition: string;
  /** Nothing before it is wanted; `null`: everything. */
  readonly sinceMs: number | null;
  /** Midnight that ends the last day wanted: all of it has ended, with a margin. */
  readonly untilMs: number;
  readonly settings: IngestSettings;
}
