import { contractRolls } from "../baskets/contract_rolls.ts";
import { otherSide, type Side } from "../baskets/side.ts";
import { formatDay } from "../core/day.ts";
import type { Policy, Rebalance, WeightChange } from "./ledger.ts";

/** One trade date of one basket as a JSON document: the seed plan's fields, then ours. */
export interface RebalanceEvent {
  /** Trade date, ISO. */
  readonly date: string;
  readonly basket_id: string;
  readonly additions: readonly {
    readonly market_id: string;
    readonly weight: number | null;
    readonly reason: string;
  }[];
  readonly removals: readonly {
    readonly market_id: string;
    readonly reason: string;
    readonly final_return: number | null;
  }[];
  readonly weight_changes: readonly {
    readonly market_id: string;
    readonly old_weight: number | null;
    readonly new_weight: number | null;
  }[];
  readonly turnover: number | null;
  readonly market_count: number;
  readonly method: string;
  readonly policy: Policy;
  readonly kind: Rebalance["kind"];
  /** ISO date of the day at whose end it was decided. */
  readonly decided_on: string;
  readonly status: Rebalance["status"];
  readonly rules: readonly string[];
  readonly merged_from: readonly string[];
  readonly skipped: readonly { readonly market_id: string; readonly reason: string }[];
  /** Shares of the basket's value. */
  readonly costs: {
    readonly spread: number | null;
    readonly fees: number | null;
    readonly roll: number | null;
  };
  readonly cash_weight: number | null;
  /** Everything held afterwards, and the rule behind each weight. */
  readonly weights: readonly {
    readonly market_id: string;
    readonly side: Side;
    readonly weight: number | null;
    readonly reason: string;
  }[];
}

/** Whose rebalance it is. */
export interface RebalanceEventOptions {
  readonly basketId: string;
  readonly method: string;
  readonly policy: Policy;
  /**
   * Market ids that the basket could have held at its decision before; empty at its first. An
   * addition among them was eligible then and not chosen.
   */
  readonly eligibleBefore: ReadonlySet<string>;
  /** Contracts that a person had excluded from the day of the decision on or before; none by default. */
  readonly excluded?: ReadonlySet<string>;
}

/**
 * A rebalance as the seed plan's RebalanceEvent, with a reason for everything that it did.
 *
 * Removals: `resolved YES` where the quoted outcome paid 1, whichever side was held, `resolved NO`,
 * `resolved at 0.37`, `rolled into poly:…`, `turned to no`, `infeasible`
 * where the basket goes to cash as no weights keep its limits, `excluded by a person`, else `not selected`. Additions: `rolled from
 * poly:…`, `turned from yes`, `newly eligible`, `newly selected`. A settled contract has no position
 * left that could roll.
 *
 * Values are plain JSON: dates ISO, unknown numbers `null`. Ids are untrusted; JSON escapes them.
 * Cost: O(n log n). Source: `basket_rebalancing_plan.md`, phase 4.
 *
 * @returns Its lists by market id, then side.
 */
export function rebalanceEvent(
  rebalance: Rebalance,
  { basketId, method, policy, eligibleBefore, excluded = NOBODY }: RebalanceEventOptions,
): RebalanceEvent {
  const changes = rebalance.changes.toSorted((a, b) =>
    byText(a.marketId, b.marketId) || byText(a.side, b.side)
  );
  const added = changes.filter((change) => !(change.oldWeight > 0) && change.newWeight > 0);
  const removed = changes.filter((change) => !(change.newWeight > 0));
  const kept = changes.filter((change) => change.oldWeight > 0 && change.newWeight > 0);
  const held = changes.filter(({ newWeight }) => newWeight > 0);
  const unsettled = removed.filter(({ payout }) => Number.isNaN(payout));
  const rolls = contractRolls(unsettled, added);
  const into = new Map(rolls.map((roll) => [roll.removed, roll.added]));
  const from = new Map(rolls.map((roll) => [roll.added, roll.removed]));
  const turned = new Set(
    unsettled.map(({ marketId }) => marketId).filter((id) =>
      added.some(({ marketId }) => marketId === id)
    ),
  );
  return {
    date: formatDay(rebalance.date),
    basket_id: basketId,
    additions: added.map((change) => ({
      market_id: change.marketId,
      weight: plain(change.newWeight),
      reason: additionReason(change, { from, turned, eligibleBefore }),
    })),
    removals: removed.map((change) => ({
      market_id: change.marketId,
      reason: removalReason(change, { into, turned, excluded, status: rebalance.status }),
      final_return: plain(change.finalReturn),
    })),
    weight_changes: kept.filter(({ oldWeight, newWeight }) => oldWeight !== newWeight)
      .map(({ marketId, oldWeight, newWeight }) => ({
        market_id: marketId,
        old_weight: plain(oldWeight),
        new_weight: plain(newWeight),
      })),
    turnover: plain(rebalance.turnover),
    market_count: rebalance.nHeld,
    method,
    policy,
    kind: rebalance.kind,
    decided_on: formatDay(rebalance.decidedOn),
    status: rebalance.status,
    rules: rebalance.rules,
    merged_from: rebalance.mergedFrom,
    skipped: rebalance.skipped.toSorted((a, b) => byText(a.marketId, b.marketId))
      .map(({ marketId, reason }) => ({ market_id: marketId, reason })),
    costs: {
      spread: plain(rebalance.spreadCost),
      fees: plain(rebalance.feeCost),
      roll: plain(rebalance.rollCost),
    },
    cash_weight: plain(rebalance.cashWeight),
    weights: held.map(({ marketId, side, newWeight, reason }) => ({
      market_id: marketId,
      side,
      weight: plain(newWeight),
      reason,
    })),
  };
}

const NOBODY: ReadonlySet<string> = new Set();

/** Everything that was traded on one date: the content of one file. */
export interface RebalanceDate {
  /** ISO; the only part of the document that a file is named by. */
  readonly date: string;
  /** By method, policy, basket. */
  readonly events: readonly RebalanceEvent[];
}

/** One document a trade date, by date, whatever the order of the events. */
export function eventsOfDate(events: readonly RebalanceEvent[]): RebalanceDate[] {
  const sorted = events.toSorted((a, b) =>
    byText(a.date, b.date) || byText(a.method, b.method) || byText(a.policy, b.policy) ||
    byText(a.basket_id, b.basket_id) || byText(a.kind, b.kind)
  );
  const dates = Map.groupBy(sorted, ({ date }) => date);
  return Array.from(dates, ([date, ofDate]) => ({ date, events: ofDate }));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function plain(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function additionReason(
  { marketId, side }: WeightChange,
  { from, turned, eligibleBefore }: {
    readonly from: ReadonlyMap<string, string>;
    readonly turned: ReadonlySet<string>;
    readonly eligibleBefore: ReadonlySet<string>;
  },
): string {
  const before = from.get(marketId);
  if (before !== undefined) return `rolled from ${before}`;
  if (turned.has(marketId)) return `turned from ${otherSide(side)}`;
  return eligibleBefore.has(marketId) ? "newly selected" : "newly eligible";
}

function removalReason(
  { marketId, side, payout }: WeightChange,
  { into, turned, status, excluded }: {
    readonly into: ReadonlyMap<string, string>;
    readonly turned: ReadonlySet<string>;
    readonly status: Rebalance["status"];
    readonly excluded: ReadonlySet<string>;
  },
): string {
  if (payout === 1) return "resolved YES";
  if (payout === 0) return "resolved NO";
  if (!Number.isNaN(payout)) return `resolved at ${payout}`;
  const next = into.get(marketId);
  if (next !== undefined) return `rolled into ${next}`;
  if (turned.has(marketId)) return `turned to ${otherSide(side)}`;
  if (status === "infeasible") return "infeasible";
  return excluded.has(marketId) ? "excluded by a person" : "not selected";
}
