import { MS_PER_DAY } from "../../core/day.ts";
import { marketId } from "../../core/market_id.ts";
import type { Fact, ListingFact, StateFact } from "../live/fact.ts";
import { feeFact } from "./fee_schedule.ts";
import { claimedPayout } from "./gamma_payout.ts";
import {
  type GammaEvent,
  type GammaFault,
  type GammaMarket,
  takeGammaEvent,
  takeGammaMarket,
} from "./gamma_record.ts";
import { protocolOf, quotedToken, tokenField } from "./protocol_token.ts";

/** What a market record says: its facts, none where it is refused, and what is wrong with it. */
export interface GammaFacts {
  readonly facts: readonly Fact[];
  readonly faults: readonly GammaFault[];
}

/**
 * The facts of one market record: listing, state and, where it tells them, fees.
 *
 * The quoted outcome is `outcomes[0]`, whatever its label. The record is refused where its id,
 * protocol, outcomes, `closed` or the list of its protocol's tokens cannot be told: the first listing
 * stands for good, and one that is left out for a fault of the line would never come back.
 *
 * @param options.event The event that the record was nested in; `null`: the first of its own `events`.
 * @param options.minScheduledDays Contracts that are scheduled for a shorter life are left out, days.
 */
export function gammaFacts(
  raw: unknown,
  { event, minScheduledDays }: {
    readonly event: GammaEvent | null;
    readonly minScheduledDays: number;
  },
): GammaFacts {
  const { record, faults } = takeGammaMarket(raw);
  const lacking = record === null ? [] : [
    ...(record.id === null ? [lack("id", "must be a whole number")] : []),
    ...(record.outcomes === null ? [lack("outcomes", "must be a list of texts")] : []),
    ...(record.closed === null ? [lack("closed", "must be true or false")] : []),
  ].filter(({ column }) => !faults.some((fault) => fault.column === column));
  const known = [...faults, ...lacking];
  if (record === null || record.id === null) return { facts: [], faults: known };
  const essential = ["id", "version", "outcomes", "closed", tokenField(record)];
  if (known.some(({ column }) => essential.includes(column))) return { facts: [], faults: known };

  const parent = event === null && record.events.length > 0
    ? takeGammaEvent(record.events[0])
    : { record: event, faults: [] };
  const subject = marketId("polymarket", record.id);
  const fees = feeFact(subject, record);
  const state = stateFact(subject, record);
  return {
    facts: [
      listingFact(subject, record, { event: parent.record, minScheduledDays }),
      state,
      ...(fees === null ? [] : [fees]),
    ],
    faults: [
      ...known,
      ...parent.faults.map((fault) => ({
        ...fault,
        column: fault.column === "" ? "events.0" : `events.0.${fault.column}`,
      })),
      ...(record.closed === true && state.closedAtMs === null
        ? [lack("closedTime", "must be known of a closed market")]
        : []),
      ...(record.feesEnabled === false && (record.feeSchedule?.rate ?? 0) > 0
        ? [{
          column: "feeSchedule",
          value: record.feeSchedule,
          reason: "must not have a rate where feesEnabled is false",
        }]
        : []),
    ],
  };
}

function lack(column: string, reason: string): GammaFault {
  return { column, value: "", reason };
}

/** A leg such as "Person X", which is named and opened later, if ever. */
function isPlaceholder(record: GammaMarket): boolean {
  return record.active === false && record.closed === false;
}

/** Texts and dates; the texts of a placeholder are still to come, and so unknown. */
function listingFact(
  subject: string,
  record: GammaMarket,
  { event, minScheduledDays }: {
    readonly event: GammaEvent | null;
    readonly minScheduledDays: number;
  },
): ListingFact {
  const isUnnamed = isPlaceholder(record);
  return {
    kind: "listing",
    subject,
    market: {
      marketId: subject,
      venue: "polymarket",
      question: isUnnamed ? null : record.question,
      description: isUnnamed ? null : record.description,
      slug: isUnnamed ? null : record.slug,
      eventId: event?.id ?? null,
      eventSlug: event?.slug ?? null,
      eventTitle: event?.title ?? null,
      outcome: record.outcomes?.[0]?.trim() || null,
      groupItemTitle: isUnnamed ? null : record.groupItemTitle,
      negRisk: record.negRisk,
      createdAtMs: record.createdAt,
      opensAtMs: record.startDate,
      closesAtMs: record.endDate,
      conditionId: record.conditionId,
      tokenId: quotedToken(record),
    },
    leftOut: leftOut(record, minScheduledDays),
    native: { isPlaceholder: isUnnamed ? "yes" : "no" },
  };
}

/**
 * Why no history is asked for. A market that closed without ever having a token is of the time before
 * the order book (2020 to 2022) or a placeholder that was never used, and so is one that was never
 * active: the lists show active ones only. A life is from opening to the
 * scheduled end, and from creation where it would open after its end, which is wrong by itself.
 */
function leftOut(record: GammaMarket, minScheduledDays: number): string | null {
  if (record.closed === true && quotedToken(record) === null) return "never had an order book";
  if (record.closed === true && record.active === false) return "never opened";
  if (record.outcomes?.length !== 2) return "not two outcomes";
  if (record.negRiskOther === true) return "the Other leg";
  const { createdAt, startDate, endDate } = record;
  if (endDate === null) return null;
  const opensAtMs = startDate === null || startDate > endDate ? createdAt : startDate;
  const days = opensAtMs === null ? NaN : (endDate - opensAtMs) / MS_PER_DAY;
  return days < minScheduledDays ? `shorter than ${minScheduledDays} days` : null;
}

function stateFact(subject: string, record: GammaMarket): StateFact {
  const token = quotedToken(record);
  const isTradeable = record.active !== false && token !== null;
  const status = statusOf(record, isTradeable);
  return {
    kind: "state",
    subject,
    status,
    closedAtMs: record.closed === true ? record.closedTime ?? record.umaEndDate : null,
    closesAtMs: record.endDate,
    volumeUsd: record.volumeNum ?? record.volume,
    liquidityUsd: record.liquidityNum ?? record.liquidity,
    openInterest: null,
    bid: record.bestBid,
    ask: record.bestAsk,
    claimedPayout: claimedPayout(record, status),
    native: {
      gammaId: record.id ?? "",
      protocol: protocolOf(record),
      isTradeable: isTradeable ? "yes" : "no",
      ...(token === null ? {} : { token }),
      ...(record.conditionId === null ? {} : { condition: record.conditionId }),
      ...(record.negRiskMarketID === null ? {} : { negRiskMarket: record.negRiskMarketID }),
    },
  };
}

/** `resolutionStatus` belongs to the second protocol, the oracle's status to the first. */
function statusOf(record: GammaMarket, isTradeable: boolean): StateFact["status"] {
  if (record.closed !== true) return isTradeable ? "open" : "listed";
  const oracle = record.umaResolutionStatus ?? record.umaResolutionStatuses?.at(-1);
  const settled = protocolOf(record) === "v2" ? record.resolutionStatus : oracle;
  return settled === "resolved" || settled === "settled" ? "settled" : "closed";
}
