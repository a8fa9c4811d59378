import type { Market } from "../../core/data_set.ts";
import { dayOf } from "../../core/day.ts";
import { dailyVolumes } from "./daily_volume.ts";
import type {
  BookFact,
  DayPoint,
  DaysFact,
  Fact,
  FeeFact,
  ListingFact,
  Oddity,
  OutcomeFact,
  StateFact,
  TapeFact,
} from "./fact.ts";

/** A fact with the time from which it was known, UTC milliseconds. */
export type KnownFact<F extends Fact = Fact> = F & { readonly knownAtMs: number };

/** Everything that is known of one contract, in the shape of the data contract. */
export interface FoldedMarket {
  readonly market: Market;
  /** Days with a close, increasing. */
  readonly prices: readonly DayPoint[];
  /** Days with activity, increasing; NaN is unknown. */
  readonly activity: readonly DayActivity[];
  readonly outcome: OutcomeFact | null;
  readonly states: readonly KnownFact<StateFact>[];
  readonly fees: readonly KnownFact<FeeFact>[];
  readonly oddities: readonly Oddity[];
}

/** Activity of a UTC day; NaN is unknown. */
export interface DayActivity {
  readonly day: number;
  readonly volumeUsd: number;
  readonly openInterest: number;
  readonly liquidityUsd: number;
}

/** How far a record's claim may be from the payout: records of settled contracts keep last prices. */
const CLAIM_TOLERANCE = 0.01;

/**
 * One contract out of all facts about it.
 *
 * Texts and dates are those of the first record that had them, so that no later edit reaches back.
 * Where two answers cover a day each value is taken from the higher rank that has it. The result
 * does not depend on the order in which answers came, only on when they did.
 *
 * @param facts All facts of one subject, ordered by kind and time.
 * @param untilDay Day that has not ended: nothing of it or after it is told.
 * @returns `undefined` where the contract is left out, or no history was asked for: it is no part
 *   of what was pulled.
 */
export function foldMarket(
  facts: readonly KnownFact[],
  { untilDay }: { untilDay: number },
): FoldedMarket | undefined {
  const of = <K extends Fact["kind"]>(kind: K) =>
    facts.filter((fact) => fact.kind === kind) as KnownFact<Extract<Fact, { kind: K }>>[];
  const listings = of("listing"), answered = of("days");
  const states = of("state");
  if (listings.length === 0 || states.length === 0 || answered.length === 0) return undefined;
  if (listings[0]!.leftOut !== null) return undefined;
  const points = foldDays(answered).filter(({ day }) => day < untilDay);
  const outcome = of("outcome").at(-1) ?? null;
  return {
    market: firstKnown(listings),
    prices: points.filter(({ close }) => close !== null),
    activity: foldActivity({
      points,
      tape: of("tape"),
      books: of("book"),
      ...tradedDays(firstKnown(listings), states.at(-1)!, untilDay),
    }),
    outcome,
    states,
    fees: of("fee"),
    oddities: outcome === null ? [] : claimOddities(outcome, states.at(-1)!),
  };
}

/** Each field as the first record that has it says. */
function firstKnown(listings: readonly ListingFact[]): Market {
  const merged: Record<string, unknown> = {};
  for (const { market } of listings) {
    for (const [name, value] of Object.entries(market)) merged[name] ??= value;
  }
  return merged as unknown as Market;
}

function foldDays(answered: readonly KnownFact<DaysFact>[]): DayPoint[] {
  const byDay = new Map<number, DayPoint>();
  const rising = answered.toSorted((a, b) => a.rank - b.rank || a.knownAtMs - b.knownAtMs);
  for (const point of rising.flatMap((fact) => fact.points)) {
    const below = byDay.get(point.day);
    byDay.set(
      point.day,
      below === undefined ? point : {
        day: point.day,
        // quotes belong to the close that they were seen with
        ...(point.close === null ? quotes(below) : quotes(point)),
        volumeUsd: point.volumeUsd ?? below.volumeUsd,
        openInterest: point.openInterest ?? below.openInterest,
      },
    );
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

function quotes({ close, bid, ask }: DayPoint): Pick<DayPoint, "close" | "bid" | "ask"> {
  return { close, bid, ask };
}

/** Days on which the contract could be traded: before and after them a tape without trades says nothing. */
function tradedDays(
  { opensAtMs, createdAtMs }: Market,
  { closedAtMs }: StateFact,
  untilDay: number,
): { fromDay: number; untilDay: number } {
  const opensMs = opensAtMs ?? createdAtMs;
  return {
    fromDay: opensMs === null ? -Infinity : dayOf(opensMs),
    untilDay: closedAtMs === null ? untilDay : Math.min(untilDay, dayOf(closedAtMs - 1) + 1),
  };
}

function foldActivity(
  { points, tape, books, fromDay, untilDay }: {
    points: readonly DayPoint[];
    tape: readonly TapeFact[];
    books: readonly BookFact[];
    fromDay: number;
    untilDay: number;
  },
): DayActivity[] {
  const days = new Map<number, DayActivity>();
  const at = (day: number) =>
    days.get(day) ?? { day, volumeUsd: NaN, openInterest: NaN, liquidityUsd: NaN };
  for (const { day, volumeUsd, openInterest } of points) {
    if (volumeUsd === null && openInterest === null) continue;
    days.set(day, {
      ...at(day),
      volumeUsd: volumeUsd ?? NaN,
      openInterest: openInterest ?? NaN,
    });
  }
  for (const walk of dailyVolumes(tape)) {
    walk.volumeUsd.forEach((usd, k) => {
      const day = walk.fromDay + k;
      const isTold = day < untilDay && (usd > 0 || day >= fromDay);
      if (isTold) days.set(day, { ...at(day), volumeUsd: usd });
    });
  }
  for (const { bookAtMs, restingUsd } of books.toSorted((a, b) => a.bookAtMs - b.bookAtMs)) {
    const day = dayOf(bookAtMs);
    if (day < untilDay) days.set(day, { ...at(day), liquidityUsd: restingUsd });
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

function claimOddities(outcome: OutcomeFact, state: StateFact): Oddity[] {
  const claimed = state.claimedPayout;
  if (claimed === null || Math.abs(claimed - outcome.payout) <= CLAIM_TOLERANCE) return [];
  return [{
    place: `${outcome.source} of ${outcome.subject}`,
    row: 0,
    column: "payout",
    value: String(claimed),
    reason: `its record claims another payout than the authority, which says ${outcome.payout}`,
  }];
}
