/** Where a link between contract, ticker and event comes from, strongest first. */
export type LinkMethod =
  /** The venue's own structure: event, group item, series ticker. */
  | "venue"
  /** A known shape of title: game, up or down, ladder. */
  | "pattern"
  /** The title without its times. */
  | "title";

/** How an event's tickers relate. */
export type EventKind =
  /** One ticker with one contract. */
  | "binary"
  /** One ticker with several contracts that differ in their times. */
  | "time_variant"
  /** Tickers that are strikes or buckets on one number. */
  | "ladder"
  /** Tickers that are outcomes of one question. */
  | "categorical";

/** A contract's place in the taxonomy. */
export interface ContractLink {
  /** Index in the list of markets. */
  readonly market: number;
  /** Index in the list of tickers. */
  readonly ticker: number;
  /** Index in the list of events. */
  readonly event: number;
  readonly method: LinkMethod;
  /** How sure the link is, in [0, 1]: the weaker of contract → ticker and ticker → event. */
  readonly confidence: number;
  /** The times that were stripped from the title, as written, joined by "; "; `null` where none. */
  readonly period: string | null;
}

/** A recurring outcome without its date. */
export interface Ticker {
  /** Stable name: the same title and event give the same id whatever else is in the list. */
  readonly tickerId: string;
  /** "Harris wins nomination". Untrusted. */
  readonly text: string;
  readonly event: number;
  /** Contracts as indices in the list of markets, by scheduled end, then id: the order they roll. */
  readonly markets: readonly number[];
}

/** A recurring question; what is classified, and what a basket holds once. */
export interface TaxonomyEvent {
  /** Stable name; unlike a venue's event id it spans the venue's repetitions of the question. */
  readonly eventId: string;
  /** "Democratic nomination". Untrusted. */
  readonly name: string;
  readonly kind: EventKind;
  /** Indices in the list of tickers, by text. */
  readonly tickers: readonly number[];
  /** Venue events that are repetitions of it, as slugs or tickers, sorted. */
  readonly slugs: readonly string[];
  /** Rule text of its first contract; `null` where none is known. Untrusted. */
  readonly description: string | null;
}

/** Layers 1 to 3: every contract has exactly one link, to one ticker, of one event. */
export interface ContractTaxonomy {
  /** One a market, in the order of the markets. */
  readonly links: readonly ContractLink[];
  /** Sorted by id. */
  readonly tickers: readonly Ticker[];
  /** Sorted by id. */
  readonly events: readonly TaxonomyEvent[];
}
