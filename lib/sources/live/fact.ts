import type { Market } from "../../core/data_set.ts";

/**
 * What an answer of a venue says, in our words: the readers of the venues turn answers into facts,
 * and the folder in the data contract is folded from facts alone.
 *
 * All are plain JSON: times are UTC milliseconds, `null` is unknown and never 0.
 */
export type Fact =
  | ListingFact
  | StateFact
  | FeeFact
  | BookFact
  | OutcomeFact
  | DaysFact
  | TapeFact
  | BarsFact
  | CrawlFact;

/** What stands in a contract's record when we first saw it: texts, dates and names. */
export interface ListingFact {
  readonly kind: "listing";
  readonly subject: string;
  readonly market: Market;
  /** Why no history is asked for, by a rule on what was knowable at listing; `null` where it is. */
  readonly leftOut: string | null;
  /** Names that the venue's interfaces want: `{series: "KXFED"}`. */
  readonly native: Readonly<Record<string, string>>;
}

/** What a contract's record says as of now; stored whenever it differs from the one before. */
export interface StateFact {
  readonly kind: "state";
  readonly subject: string;
  readonly status: "listed" | "open" | "closed" | "settled";
  /** When trading ended; `null` while it goes on. */
  readonly closedAtMs: number | null;
  /** Scheduled end as it stands today. */
  readonly closesAtMs: number | null;
  readonly volumeUsd: number | null;
  readonly liquidityUsd: number | null;
  readonly openInterest: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Payout of the quoted outcome that the record claims, to check the outcome against. */
  readonly claimedPayout: number | null;
  /** Other names that may change, such as the tier that a contract lives in. */
  readonly native: Readonly<Record<string, string>>;
}

/** What a taker pays, as of the answer or from a date that the venue names. */
export interface FeeFact {
  readonly kind: "fee";
  /** Market id, or `kalshi series:KXFED` for all contracts of a series. */
  readonly subject: string;
  readonly feeType: string | null;
  /** fee = contracts × rate × (p (1 − p))^exponent; 0 is free, `null` is unknown. */
  readonly rate: number | null;
  readonly exponent: number | null;
  readonly isTakerOnly: boolean | null;
  readonly rebateShare: number | null;
  /** From when it holds, where the venue says so; `null`: known from the answer on. */
  readonly fromMs: number | null;
}

/** Top of the order book at an instant. */
export interface BookFact {
  readonly kind: "book";
  readonly subject: string;
  /** Instant of the book by the venue's clock. */
  readonly bookAtMs: number;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Contracts at the best bid and ask. */
  readonly bidSize: number | null;
  readonly askSize: number | null;
  /** Dollars that all resting orders would cost their makers. */
  readonly restingUsd: number;
}

/** How a contract was settled. */
export interface OutcomeFact {
  readonly kind: "outcome";
  readonly subject: string;
  readonly resolvedAtMs: number;
  /** Payout of the quoted outcome, in [0, 1]. */
  readonly payout: number;
  /** Who said so: `oracle`, `exchange`. */
  readonly source: string;
}

/** Prices of one contract over a span of time. A day is in one span only: cuts are at midnights. */
export interface DaysFact {
  readonly kind: "days";
  readonly subject: string;
  /** The span that was asked for, [fromMs, toMs). A day in it without a point is unknown. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Which of several answers stands where two cover a day: the higher rank. */
  readonly rank: number;
  /** The span came back empty and counts as answered once another source was asked for it too. */
  readonly needsOther?: true;
  readonly points: readonly DayPoint[];
}

/** Close of a UTC day, from nothing that was observed after the day's end. */
export interface DayPoint {
  readonly day: number;
  readonly close: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly volumeUsd: number | null;
  readonly openInterest: number | null;
}

/** A page of a contract's trades, newest first. */
export interface TapeFact {
  readonly kind: "tape";
  readonly subject: string;
  /** Names the walk from now into the past that the page belongs to. */
  readonly walk: string;
  /** From the oldest trade of the page (0 where it reaches the first trade ever) to its newest. */
  readonly fromMs: number;
  readonly toMs: number;
  /** `[seconds, dollars, identity]` of each trade; equal trades of one transaction are two rows. */
  readonly trades: readonly (readonly [number, number, string])[];
}

/** Daily closes of a benchmark from one provider over a span. */
export interface BarsFact {
  readonly kind: "bars";
  /** Symbol of `config/factors.yaml`. */
  readonly subject: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** 0 is the first choice of the symbol's providers. */
  readonly provider: number;
  /**
   * Close of each session; `null` is kept where the provider has none. `adjusted` counts dividends
   * in, on a scale of its own in each answer: only its ratios within one answer mean something.
   */
  readonly bars: readonly {
    readonly day: number;
    readonly close: number | null;
    readonly adjusted: number | null;
  }[];
}

/** A list of the venue was walked to its end. */
export interface CrawlFact {
  readonly kind: "crawl";
  /** Name of the list: `polymarket open markets`. */
  readonly subject: string;
  /** UTC day of the walk. */
  readonly edition: string;
  readonly nPages: number;
}

/** Facts that are versions of one thing: stored only where they differ from the last. */
export const VERSIONED: readonly Fact["kind"][] = ["listing", "state", "fee"];

/** A row of an answer that could not be taken, or something odd about it. */
export interface Oddity {
  /** Endpoint: `polymarket /markets/keyset`. */
  readonly place: string;
  /** Position in the page, from 0. */
  readonly row: number;
  readonly column: string;
  /** The refused value as text, at most 200 characters. Untrusted. */
  readonly value: string;
  readonly reason: string;
}

/** All that an answer says. */
export interface Reading {
  readonly facts: readonly Fact[];
  readonly oddities: readonly Oddity[];
}
