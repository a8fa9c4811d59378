import { dayStartMs, MS_PER_DAY } from "../../core/day.ts";
import { marketId, type Venue } from "../../core/market_id.ts";
import { randomStream } from "../../core/random.ts";
import type { EventPaths } from "./event_paths.ts";
import type { EventPlan } from "./schedule.ts";
import type { ContractPath } from "./shapes.ts";
import { kalshiContractCode, kalshiEventTicker } from "./texts.ts";

/** One contract on a venue: when it is listed, and (apart from that) how it ends. */
export interface Listing {
  readonly marketId: string;
  readonly eventId: string;
  readonly venue: Venue;
  readonly event: EventPaths;
  /** The event's plan as this venue lists it. */
  readonly plan: EventPlan;
  /** Number of the contract within its event. */
  readonly contract: number;
  readonly path: ContractPath;
  readonly createdAtMs: number;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  /** Settlement, UTC milliseconds; may lie beyond the window. */
  readonly resolvedAtMs: number;
  readonly payout: number;
  readonly voided: boolean;
  /** Grid index of the last day on whose end it could still trade. */
  readonly lastDay: number;
  /** Unique name before there are ids. */
  readonly key: string;
  /** Key of the same contract on the other venue, `null` for none. */
  readonly twinKey: string | null;
}

interface Draft extends Omit<Listing, "marketId" | "eventId"> {
  readonly eventName: string;
}

/** What a list of contracts must fit. */
export interface ListingOptions {
  readonly seed: number;
  /** UTC day of grid index 0. */
  readonly firstDay: number;
  /** Days of the window. */
  readonly nDays: number;
  /** Number of contracts that are listed on the other venue too. */
  readonly nTwins: number;
}

const VOID_SHARE = 0.007;

/**
 * Lists the contracts of events, their twins on the other venue included, sorted by market id.
 *
 * Ids, times and hashes come from streams of their own and know nothing of outcomes.
 */
export function listContracts(
  events: readonly EventPaths[],
  { seed, firstDay, nDays, nTwins }: ListingOptions,
): Listing[] {
  const drafts: Draft[] = [];
  for (const event of events) {
    event.paths.forEach((_, contract) =>
      drafts.push(drawListing(event, event.plan, { contract, seed, firstDay, twin: null }))
    );
  }
  drafts.push(...twins(events, { seed, firstDay, nDays, nTwins }));
  const twinOf = new Map<string, string>();
  for (const { key, twinKey } of drafts) if (twinKey !== null) twinOf.set(twinKey, key);
  return withIds(drafts, { seed, firstDay })
    .map((one) => ({ ...one, twinKey: one.twinKey ?? twinOf.get(one.key) ?? null }))
    .sort((a, b) => a.marketId < b.marketId ? -1 : 1);
}

/** Contracts of long events that the other venue lists some days later, if still open then. */
function twins(
  events: readonly EventPaths[],
  { seed, firstDay, nDays, nTwins }: ListingOptions,
): Draft[] {
  const chosen: Draft[] = [];
  const order = events
    .map((event) => ({ event, rank: randomStream(seed, `twin/${event.plan.name}`)() }))
    .sort((a, b) => a.rank - b.rank);
  for (const { event } of order) {
    const { plan } = event;
    if (plan.end - plan.first < 25 || plan.nContracts > nTwins - chosen.length) continue;
    const delay = Math.floor(7 * randomStream(seed, `twin/${plan.name}/delay`)());
    const venue: Venue = plan.venue === "kalshi" ? "polymarket" : "kalshi";
    const listed: EventPlan = { ...plan, venue, first: plan.first + delay };
    event.paths.forEach((path, contract) => {
      if (path.known <= listed.first + 1 || listed.first > nDays - 2) return;
      chosen.push(drawListing(event, listed, { contract, seed, firstDay, twin: plan.venue }));
    });
  }
  return chosen;
}

function drawListing(
  event: EventPaths,
  plan: EventPlan,
  { contract, seed, firstDay, twin }: {
    contract: number;
    seed: number;
    firstDay: number;
    twin: Venue | null;
  },
): Draft {
  const path = event.paths[contract]!;
  const random = randomStream(seed, `listing/${plan.venue}/${plan.name}/${contract}`);
  const eventRandom = randomStream(seed, `listing/${plan.venue}/${plan.name}`);
  const hourMs = MS_PER_DAY / 24;
  const createdAtMs = Math.floor(
    dayStartMs(firstDay + plan.first) + 20 * hourMs * eventRandom() + 2000 * contract,
  );
  const opensAtMs = createdAtMs + Math.floor(2 * hourMs * random());
  const scheduled = dayStartMs(firstDay + (plan.deadlines[contract] ?? plan.scheduledEnd));
  const atNoon = eventRandom() < 0.6;
  const onSeries = event.plan.template.kind === "series_ladder" ||
    event.plan.template.kind === "up_down";
  const closesAtMs = scheduled +
    (onSeries
      ? MS_PER_DAY - 1000
      : plan.venue === "kalshi"
      ? 15 * hourMs
      : atNoon
      ? 12 * hourMs
      : 29 * hourMs - 1000);
  // contracts of one event that are decided on one day are decided at one instant, on both venues,
  // and a venue settles them together
  const hourKnown = 13 + 10 * randomStream(seed, `known/${plan.name}/${path.known}`)();
  const knownAtMs = dayStartMs(firstDay + path.known) + (onSeries ? 24 : hourKnown) * hourMs;
  const settling = randomStream(seed, `settled/${plan.venue}/${plan.name}/${path.known}`);
  const slow = settling() < 0.1;
  const delayMs = 2000 * contract +
    hourMs * (slow ? 25 + 100 * settling() ** 2 : 0.5 + 10 * settling() ** 3);
  const voided = !onSeries && plan.template.kind !== "deadlines" &&
    randomStream(seed, `void/${plan.name}`)() < VOID_SHARE;
  const fairValue = plan.template.kind === "game"
    ? 0.5
    : Math.round((path.p.at(-1) ?? 0.5) * 1e4) / 1e4;
  return {
    venue: plan.venue,
    eventName: plan.name,
    event,
    plan,
    contract,
    path,
    createdAtMs,
    opensAtMs,
    closesAtMs,
    resolvedAtMs: Math.floor(knownAtMs + delayMs),
    payout: voided ? fairValue : path.payout,
    voided,
    lastDay: slow ? Math.floor((knownAtMs + delayMs) / MS_PER_DAY) - firstDay - 1 : path.known - 1,
    key: `${plan.venue}/${plan.name}/${contract}`,
    twinKey: twin === null ? null : `${twin}/${plan.name}/${contract}`,
  };
}

/** Gives ids in the order of listing: running numbers on Polymarket, tickers on Kalshi. */
function withIds(
  drafts: readonly Draft[],
  { seed, firstDay }: { seed: number; firstDay: number },
): Listing[] {
  const gaps = randomStream(seed, "market numbers");
  const ordered = drafts.slice().sort((a, b) =>
    a.createdAtMs - b.createdAtMs || (a.key < b.key ? -1 : 1)
  );
  const eventIds = new Map<string, string>(), tickers = new Set<string>();
  let number = 500_000, eventNumber = 10_000;
  const unused = (ticker: string) => {
    let free = ticker;
    for (let k = 2; tickers.has(free); ++k) free = `${ticker}${k}`;
    tickers.add(free);
    return free;
  };
  return ordered.map(({ eventName, ...draft }) => {
    const { venue, plan, contract, event } = draft;
    const eventKey = `${venue}/${eventName}`;
    let eventId = eventIds.get(eventKey);
    if (eventId === undefined) {
      eventNumber += 1 + Math.floor(4 * gaps());
      eventId = venue === "kalshi" ? unused(kalshiEventTicker(plan, firstDay)) : `${eventNumber}`;
      eventIds.set(eventKey, eventId);
    }
    number += 1 + Math.floor(12 * gaps());
    const label = event.labels[contract]!;
    const name = venue === "kalshi"
      ? unused(`${eventId}-${kalshiContractCode(plan, { contract, label, firstDay })}`)
      : `${number}`;
    return { ...draft, eventId, marketId: marketId(venue, name) };
  });
}
