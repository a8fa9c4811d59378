import type { Market } from "../../core/data_set.ts";
import { MS_PER_DAY } from "../../core/day.ts";
import { marketId } from "../../core/market_id.ts";
import type { Fact, ListingFact, OutcomeFact, StateFact } from "../live/fact.ts";
import type { KalshiRow } from "./kalshi_row.ts";
import type { KalshiMarket, KalshiStatus, Tier } from "./market_record.ts";

/** What the event's record says of its contracts; `null` where only the contract's record is known. */
export interface EventWords {
  readonly title: string | null;
  readonly isExclusive: boolean | null;
}

/** Where a contract's record was met. */
export interface MarketContext {
  readonly tier: Tier;
  readonly series: string | null;
  readonly event: EventWords | null;
  readonly minScheduledDays: number;
}

const STATUS: Readonly<Record<KalshiStatus, StateFact["status"]>> = {
  initialized: "listed",
  inactive: "listed",
  active: "open",
  closed: "closed",
  determined: "closed",
  disputed: "closed",
  amended: "closed",
  finalized: "settled",
};

/** Listing, state and, where it is settled, outcome of a contract. */
export function marketFacts(market: KalshiMarket, row: KalshiRow, context: MarketContext): Fact[] {
  return [
    listingFact(market, context),
    ...followedFacts(market, row, context.tier),
  ];
}

/** The same without the listing: of a contract whose first record is known. */
export function followedFacts(market: KalshiMarket, row: KalshiRow, tier: Tier): Fact[] {
  const state = stateFact(market, tier);
  const outcome = outcomeFact(market, row);
  return [...state === null ? [] : [state], ...outcome === null ? [] : [outcome]];
}

function listingFact(
  market: KalshiMarket,
  { series, event, minScheduledDays }: MarketContext,
): ListingFact {
  const { ticker, eventTicker } = market;
  const native = { ticker, event: eventTicker, series };
  return {
    kind: "listing",
    subject: marketId("kalshi", ticker),
    market: listedMarket(market, event),
    leftOut: leftOut(market, minScheduledDays),
    native: known(native),
  };
}

function listedMarket(market: KalshiMarket, event: EventWords | null): Market {
  const { ticker, eventTicker, title } = market;
  const asked = title ?? event?.title ?? null;
  // of a contract that is alone in its event the exchange may call the outcome just Yes
  const label = market.yesSubTitle?.toLowerCase() === "yes" ? null : market.yesSubTitle;
  return {
    marketId: marketId("kalshi", ticker),
    venue: "kalshi",
    question: withLabel(asked, label),
    description: market.rules,
    slug: ticker.toLowerCase(),
    eventId: eventTicker,
    eventSlug: eventTicker?.toLowerCase() ?? null,
    eventTitle: event?.title ?? null,
    outcome: "Yes",
    groupItemTitle: label === asked ? null : label,
    negRisk: event?.isExclusive ?? null,
    createdAtMs: market.createdAtMs,
    opensAtMs: market.opensAtMs,
    closesAtMs: scheduledEnd(market),
    conditionId: null,
    tokenId: null,
  };
}

/**
 * The question with the label of the outcome, as "Who will win the open? — Novak Djokovic"; the title
 * alone where it holds the label's words.
 */
function withLabel(title: string | null, label: string | null): string | null {
  if (title === null || label === null) return title ?? label;
  return title.toLowerCase().includes(label.toLowerCase()) ? title : `${title} — ${label}`;
}

/**
 * The scheduled end as it could be known while the contract traded.
 *
 * `close_time` is that end until trading ends, and from then on when it did: a contract that is first
 * seen closed would tell how early it was decided. Where it may close early the latest possible
 * expiration stands for it, which no outcome moves; it is months later for many contracts. One that
 * may not may yet have closed later than it was to: the expected expiration ends its schedule.
 */
function scheduledEnd(
  { status, closeTimeMs, canCloseEarly, latestEndMs, expectedEndMs }: KalshiMarket,
): number | null {
  const hasMoved = mayHaveMoved(status);
  if (closeTimeMs === null || (hasMoved && canCloseEarly !== false)) return latestEndMs;
  return hasMoved ? Math.min(closeTimeMs, expectedEndMs ?? Infinity) : closeTimeMs;
}

function mayHaveMoved(status: KalshiStatus | null): boolean {
  return status === null || STATUS[status] === "closed" || STATUS[status] === "settled";
}

/**
 * Why no history is asked for: parlays, and contracts that were to live for less than the wanted days.
 *
 * For one that is first seen closed the expected expiration is taken: its `close_time` may have moved
 * to the decision, and the latest expiration of an hourly contract lies a week after it.
 */
function leftOut(market: KalshiMarket, minScheduledDays: number): string | null {
  if (market.isParlay) return "parlay";
  const moved = mayHaveMoved(market.status) && market.canCloseEarly !== false;
  const toMs = moved ? market.expectedEndMs ?? market.latestEndMs : scheduledEnd(market);
  if (toMs === null || market.opensAtMs === null) return null;
  const isShort = toMs - market.opensAtMs < minScheduledDays * MS_PER_DAY;
  return isShort ? `shorter than ${minScheduledDays} days` : null;
}

/** The record as of now; `null` where its status is unknown. Volume comes in contracts, not dollars. */
function stateFact(market: KalshiMarket, tier: Tier): StateFact | null {
  if (market.status === null) return null;
  const status = STATUS[market.status];
  const { volume, openInterest, notionalUsd, bid, ask, isProvisional } = market;
  const native = {
    status: market.status,
    tier,
    volume: volume?.toString() ?? null,
    isProvisional: isProvisional === true ? "yes" : null,
  };
  return {
    kind: "state",
    subject: marketId("kalshi", market.ticker),
    status,
    closedAtMs: status === "closed" || status === "settled" ? endOfTrading(market) : null,
    closesAtMs: scheduledEnd(market),
    volumeUsd: null,
    liquidityUsd: null,
    openInterest: openInterest === null ? null : openInterest * (notionalUsd ?? 1),
    bid: bid !== null && bid > 0 ? bid : null,
    ask: ask !== null && ask > 0 && ask < 1 ? ask : null,
    claimedPayout: null,
    native: known(native),
  };
}

/** `close_time` of a contract that has ended, and never later than its settlement. */
function endOfTrading({ closeTimeMs, settledAtMs }: KalshiMarket): number | null {
  if (closeTimeMs === null || settledAtMs === null) return closeTimeMs;
  return Math.min(closeTimeMs, settledAtMs);
}

/**
 * What a settled contract paid: 1 for yes, 0 for no, else the settlement value.
 *
 * Where the time of settlement is unknown the earliest that the record allows is taken, closing plus
 * settlement timer, and told.
 */
function outcomeFact(market: KalshiMarket, row: KalshiRow): OutcomeFact | null {
  if (market.status !== "finalized") return null;
  const payout = payoutOf(market, row);
  if (payout === null) return null;
  const resolvedAtMs = market.settledAtMs ?? earliestSettlement(market);
  if (market.settledAtMs === null) {
    row.tell(
      "settlement_ts",
      resolvedAtMs === null
        ? "a settled contract must have a time of settlement"
        : "missing; closing plus settlement timer is taken",
    );
  }
  if (resolvedAtMs === null) return null;
  return {
    kind: "outcome",
    subject: marketId("kalshi", market.ticker),
    resolvedAtMs,
    payout,
    source: "exchange",
  };
}

function payoutOf({ result, settlementValue }: KalshiMarket, row: KalshiRow): number | null {
  if (result === "yes") return 1;
  if (result === "no") return 0;
  if (result === null) {
    row.tell("result", "a settled contract must have a result");
    return null;
  }
  if (settlementValue === null) {
    row.tell("settlement_value_dollars", "a scalar result must have a settlement value");
  }
  return settlementValue;
}

function earliestSettlement({ closeTimeMs, settlementTimerMs }: KalshiMarket): number | null {
  return closeTimeMs === null ? null : closeTimeMs + (settlementTimerMs ?? 0);
}

function known(names: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
