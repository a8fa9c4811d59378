import { rowsOf } from "../core/data_set.ts";
import { dayEndMs, MS_PER_DAY } from "../core/day.ts";
import type { Settings } from "../core/settings.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import type { PointInTime } from "../universe/as_of.ts";
import type { Eligibility } from "./eligibility.ts";
import type { HoldableContract } from "./holdable.ts";

/** What {@link holdableContracts} rests on. */
export interface HoldableOptions {
  /** Contract → ticker → event of the markets of the view, in their order. */
  readonly tree: ContractTaxonomy;
  /** Accepted pairs of one question on two venues, as indices in the markets of the view. */
  readonly twins: readonly (readonly [number, number])[];
  readonly settings: Pick<Settings, "baskets">;
}

/**
 * The one contract of each event that may be held, among the eligible ones.
 *
 * Rolling: a ticker stands by its earliest-ending contract with more than `roll_days` to the scheduled
 * end, and where none has so many by its latest-ending one; an unknown end is the latest. An event
 * stands by the ticker that is known best: by most dollars traded to date where that is known of all
 * its tickers' contracts, then by most daily prices in the last `covariance_window_days` days, then by
 * the earliest first price, then by the first market id.
 *
 * The rule has no memory, so that a decision can be checked without those before it, and it is steady:
 * a sum to date seldom changes its order, a first price never does. To prefer the contract whose price
 * changes most often, or is nearest to one half, would turn with every month and pay for each turn: at
 * 28 month ends of the real Polymarket data (June 2023 to September 2025) such rules leave a contract
 * that is still eligible 100 and 118 times, this one 24 times.
 *
 * Events that share a twin are one question under two names and give one contract; only a pair of
 * eligible contracts joins them.
 *
 * Whichever outcome is quoted, the choice is the same. Cost: O(markets + tickers + window rows).
 *
 * @param view The markets and prices that `eligible` was made of.
 * @returns Sorted by market id.
 * @throws {RangeError} If `eligible` or the tree is of other markets than the view, or a twin of none.
 */
export function holdableContracts(
  view: PointInTime,
  eligible: Eligibility,
  { tree, twins, settings }: HoldableOptions,
): HoldableContract[] {
  assertSameMarkets(view, eligible, { tree, twins });
  const eventOf = joinedEvents(eligible, { tree, twins });
  const choices = new Map<number, Choice[]>();
  const nEligible = new Int32Array(tree.events.length);
  for (const { tickerId, event, markets } of tree.tickers) {
    const members = markets.filter((j) => eligible.eligible[j] === 1);
    if (members.length === 0) continue;
    const joined = eventOf[event]!;
    nEligible[joined]! += members.length;
    const market = rollingContract(view, members, {
      nowMs: dayEndMs(eligible.day),
      rollDays: settings.baskets.roll_days.value,
    });
    const choice = choiceOf(view, market, {
      tickerId,
      eligible,
      windowDays: settings.baskets.covariance_window_days.value,
    });
    choices.set(joined, [...choices.get(joined) ?? [], choice]);
  }
  return Array.from(choices, ([event, ofEvent]): HoldableContract => {
    const { market, marketId, tickerId } = bestKnown(ofEvent);
    const { venue, closesAtMs } = view.markets[market]!;
    const lastRow = eligible.lastRow[market]!;
    return {
      market,
      marketId,
      venue,
      eventId: tree.events[event]!.eventId,
      tickerId,
      price: view.prices.close[lastRow]!,
      pricedOn: view.prices.day[lastRow]!,
      closesAtMs,
      volumeUsd: eligible.volumeUsd[market]!,
      liquidityUsd: eligible.liquidityUsd[market]!,
      nAlternatives: nEligible[event]!,
    };
  }).sort((a, b) => byText(a.marketId, b.marketId));
}

/** The contract that stands for a ticker, and what is known of it. */
interface Choice {
  readonly market: number;
  readonly marketId: string;
  readonly tickerId: string;
  readonly volumeUsd: number;
  /** Daily prices in the window. */
  readonly nPrices: number;
  readonly firstDay: number;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function assertSameMarkets(
  { markets }: PointInTime,
  { eligible }: Eligibility,
  { tree, twins }: Pick<HoldableOptions, "tree" | "twins">,
): void {
  const n = markets.length;
  if (eligible.length !== n || tree.links.length !== n) {
    throw new RangeError(
      `Cannot choose contracts as eligibility and taxonomy must be of the ${n} markets of the view: got ${eligible.length} and ${tree.links.length}`,
    );
  }
  const stranger = twins.flat().find((j) => !(Number.isInteger(j) && j >= 0 && j < n));
  if (stranger !== undefined) {
    throw new RangeError(
      `Cannot choose contracts as a twin must be one of the ${n} markets of the view: got ${stranger}`,
    );
  }
}

/** For each event the first of those that it is joined with by twins that are both eligible. */
function joinedEvents(
  { eligible }: Eligibility,
  { tree, twins }: Pick<HoldableOptions, "tree" | "twins">,
): Int32Array {
  const first = Int32Array.from(tree.events, (_, event) => event);
  const rootOf = (event: number): number => {
    let root = event;
    while (first[root] !== root) root = first[root]!;
    return root;
  };
  for (const [a, b] of twins) {
    if (eligible[a] !== 1 || eligible[b] !== 1) continue;
    const [x, y] = [rootOf(tree.links[a]!.event), rootOf(tree.links[b]!.event)];
    first[Math.max(x, y)] = Math.min(x, y);
  }
  return first.map((_, event) => rootOf(event));
}

/** @param members Eligible contracts of one ticker, by scheduled end, then id. */
function rollingContract(
  { markets }: PointInTime,
  members: readonly number[],
  { nowMs, rollDays }: { readonly nowMs: number; readonly rollDays: number },
): number {
  const endOf = (j: number) => markets[j]!.closesAtMs ?? Infinity;
  const isFar = (j: number) => endOf(j) - nowMs > rollDays * MS_PER_DAY;
  const far = members.filter(isFar);
  const ends = (far.length > 0 ? far : members).map(endOf);
  const end = far.length > 0 ? Math.min(...ends) : Math.max(...ends);
  return members.find((j) => endOf(j) === end)!;
}

function choiceOf(
  { markets, prices }: PointInTime,
  market: number,
  { tickerId, eligible, windowDays }: {
    readonly tickerId: string;
    readonly eligible: Eligibility;
    readonly windowDays: number;
  },
): Choice {
  const { from } = rowsOf(prices, market);
  const since = eligible.day - windowDays;
  let nPrices = 0;
  for (let row = eligible.lastRow[market]!; row >= from && prices.day[row]! > since; --row) {
    if (!Number.isNaN(prices.close[row]!)) ++nPrices;
  }
  return {
    market,
    marketId: markets[market]!.marketId,
    tickerId,
    volumeUsd: eligible.volumeUsd[market]!,
    nPrices,
    firstDay: prices.day[from]!,
  };
}

function bestKnown(choices: readonly Choice[]): Choice {
  const isTraded = choices.every(({ volumeUsd }) => !Number.isNaN(volumeUsd));
  return choices.toSorted((a, b) =>
    (isTraded ? b.volumeUsd - a.volumeUsd : 0) || b.nPrices - a.nPrices ||
    a.firstDay - b.firstDay || byText(a.marketId, b.marketId)
  )[0]!;
}
