import type { Venue } from "../core/market_id.ts";

/** The one contract that may be held for an event at a decision. */
export interface HoldableContract {
  /** Index in the markets of the view. */
  readonly market: number;
  readonly marketId: string;
  readonly venue: Venue;
  /** Event of the taxonomy; events that share a twin have the first of their ids. */
  readonly eventId: string;
  readonly tickerId: string;
  /** Last observed close of the quoted outcome, probability. */
  readonly price: number;
  /** Day of that close. */
  readonly pricedOn: number;
  /** Scheduled end, UTC milliseconds; `null` unknown. */
  readonly closesAtMs: number | null;
  /** Dollars traded up to the decision; NaN unknown. */
  readonly volumeUsd: number;
  /** Last known dollars resting in the book, else open interest; NaN unknown. */
  readonly liquidityUsd: number;
  /** Eligible contracts of the event, this one included. */
  readonly nAlternatives: number;
}
