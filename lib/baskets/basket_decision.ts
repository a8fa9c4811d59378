import type { Venue } from "../core/market_id.ts";
import type { Side } from "./side.ts";

/** A contract that a basket may hold, with the side it would hold. */
export interface BasketCandidate {
  readonly marketId: string;
  readonly venue: Venue;
  readonly eventId: string;
  readonly tickerId: string;
  readonly side: Side;
}

/** A contract that a basket wants to hold. */
export interface BasketTarget extends BasketCandidate {
  /** Share of the basket's value, in (0, 1]. */
  readonly weight: number;
  /**
   * Why this weight, machine-readable: `weighting=equal;raw=0.0714;limit=none`. `limit` is the rule
   * that holds the weight below what the weighting wanted: `none`, `max_weight`, `liquidity`,
   * `venue`.
   */
  readonly reason: string;
}

/** A contract that was considered and is not held. */
export interface Unheld extends BasketCandidate {
  /** Machine-readable: `count`, `dust`, `liquidity`, `infeasible`. */
  readonly reason: string;
}

/** What one basket shall hold from the next trade date on. */
export interface BasketDecision {
  /** Id of the basket: its theme, its cluster, or `all` for a method's whole sleeve. */
  readonly basket: string;
  /** Name for a reader. Untrusted where it comes from titles. */
  readonly name: string;
  /** Day at whose end it is decided. */
  readonly decidedOn: number;
  /** `infeasible`: no weights keep the rules, and the basket holds cash. */
  readonly status: "held" | "infeasible";
  /** By market id. Their weights add up to 1 − `cash`. */
  readonly targets: readonly BasketTarget[];
  /** Share left in cash, in [0, 1]. */
  readonly cash: number;
  /** Rules that bind: `min_markets`, `max_markets`, `min_weight`, `max_weight`, `liquidity`, `venue`. */
  readonly rules: readonly string[];
  /** Eligible contracts that are not held. */
  readonly unheld: readonly Unheld[];
  /** Themes that were merged into it as they had too few contracts; empty where none. */
  readonly mergedFrom: readonly string[];
}
