import type { BasketDecision } from "../baskets/basket_decision.ts";
import type { Side } from "../baskets/side.ts";
import type { TradeCost } from "./trade_cost.ts";

/** What happens to the proceeds of a settled contract before the next rebalance. */
export type Policy = "cash" | "redistribute";

/** Both policies, the default first. */
export const POLICIES = ["cash", "redistribute"] as const satisfies readonly Policy[];

/** How a basket is replayed. */
export interface LedgerOptions {
  readonly policy: Policy;
  /** What a trade costs beside its price. */
  readonly cost: TradeCost;
  /** Days between a decision and its trade; 1 by default. */
  readonly tradeLagDays?: number;
  /** Oldest close that is traded at, days. */
  readonly maxPriceAgeDays: number;
  /** Live contracts below which an emergency rebalance is decided. */
  readonly minMarkets: number;
  /**
   * Daily simple rate on cash by day, from `firstDay` on; zero where absent. That of day t is paid at
   * its end, on the cash at the end of t − 1.
   */
  readonly cashRate?: { readonly firstDay: number; readonly rates: Float64Array };
  /**
   * What the basket would hold if it were decided anew at the end of `day`, between rebalances;
   * `null` where that cannot be said. Asked at most once a day.
   */
  readonly reconsider?: (day: number) => BasketDecision | null;
}

/** How the reason of a row begins that says that a contract was sold and nothing else is held. */
export const SOLD = "sold=";

/**
 * A contract as it was held after a trade date: a row of `05_baskets`. Where a trade date leaves nothing
 * to hold, each contract that was sold has a row of weight 0, reason `sold=infeasible` or
 * `sold=nothing to hold`, so that the rows alone say when a basket went to cash.
 */
export interface HeldRow {
  readonly decidedOn: number;
  /** Trade date. */
  readonly date: number;
  readonly marketId: string;
  readonly side: Side;
  /** Share of the basket's value that went into it. */
  readonly weight: number;
  /** That of the target, or `carried=…` where it could not be traded. */
  readonly reason: string;
}

/** A change of weight at one trade date, in contract order. */
export interface WeightChange {
  readonly marketId: string;
  readonly tickerId: string;
  readonly side: Side;
  /**
   * Share of the basket before and after, at the trade date's prices. What settled since the last
   * trade date is cash by then: 0 before and after.
   */
  readonly oldWeight: number;
  readonly newWeight: number;
  /** Why it is in or out: the target's reason, `resolved`, `not selected`, `rolled`, `carried=…`. */
  readonly reason: string;
  /**
   * Simple return on its mean purchase price, without costs, of what left the basket; NaN otherwise.
   */
  readonly finalReturn: number;
  /** Payout of the quoted outcome where it settled since the last trade date; NaN otherwise. */
  readonly payout: number;
}

/** One trade date of a basket. */
export interface Rebalance {
  readonly kind: "scheduled" | "emergency";
  readonly decidedOn: number;
  readonly date: number;
  readonly status: "held" | "infeasible";
  readonly rules: readonly string[];
  readonly mergedFrom: readonly string[];
  /** Every contract with a weight before or after, and those settled since the last trade date. */
  readonly changes: readonly WeightChange[];
  /** Targets that could not be bought: market id and `no price`, `stale price`, `resolved`, `price at 0 or 1`. */
  readonly skipped: readonly { readonly marketId: string; readonly reason: string }[];
  /** Half the sum of absolute changes of weight, cash not counted as a contract. */
  readonly turnover: number;
  /** Share of the basket's value that was traded: the sum of absolute changes. */
  readonly traded: number;
  /** Cost, share of the basket's value, by kind. */
  readonly spreadCost: number;
  readonly feeCost: number;
  /** The part of the two that buying a ticker's next contract and selling its last one cost. */
  readonly rollCost: number;
  readonly cashWeight: number;
  readonly nHeld: number;
}

/** An emergency rebalance that was not made: what was held is kept. */
export interface EmergencyRefusal {
  /** Day at whose end it was asked for. */
  readonly day: number;
  /** `no decision`, or `infeasible`. */
  readonly reason: string;
  /** Rules that the infeasible decision names. */
  readonly rules: readonly string[];
  /** Live contracts at the end of that day. */
  readonly nLive: number;
}

/** What one contract added to a basket's net value, in points of a NAV that starts at 100. */
export interface Contribution {
  readonly marketId: string;
  readonly side: Side;
  /** Change of marks between trade dates, and up to the end of the day before a settlement. */
  readonly drift: number;
  /** From the mark at the end of the day before to the payout. */
  readonly resolution: number;
  /** Costs, ≤ 0. `roll` holds the spread and fees of rolls, which the others leave out. */
  readonly spread: number;
  readonly fees: number;
  readonly roll: number;
}

/**
 * The replay of one basket. Daily arrays start at the first trade date and end at the last day of the
 * data; they are empty where nothing was decided that could be traded by then.
 */
export interface Ledger {
  /** First trade date; the day after the data where there is none. */
  readonly firstDay: number;
  /** From 100 on the first trade date. */
  readonly navGross: Float64Array;
  /** From 100 less the cost of the first purchase. */
  readonly nav: Float64Array;
  /** Share in cash at each day's end; 1 for a basket that is worth nothing. */
  readonly cash: Float64Array;
  /** Contracts held at each day's end. */
  readonly nLive: Int32Array;
  /** Share of the value whose mark is older than `maxPriceAgeDays`. */
  readonly staleShare: Float64Array;
  /** Oldest mark held at each day's end, days; 0 without a holding. */
  readonly oldestMark: Int32Array;
  readonly held: readonly HeldRow[];
  readonly rebalances: readonly Rebalance[];
  /** By day. */
  readonly refusals: readonly EmergencyRefusal[];
  /** By market id, then side. */
  readonly contributions: readonly Contribution[];
  /** Interest on cash, in points of net NAV. */
  readonly interest: number;
}
