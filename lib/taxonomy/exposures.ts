import type { DailyActivity, DailyPrices, Market } from "../core/data_set.ts";
import { rowsOf } from "../core/data_set.ts";
import { dayOf } from "../core/day.ts";
import { countOf, usdText } from "../core/number_text.ts";

/** The one contract that stands for its event. */
export interface Exposure {
  /** Index of the contract in the list of markets. */
  readonly market: number;
  /** Name of the event, as {@link eventName} gives it; twins share the first of theirs. */
  readonly event: string;
  /** Prices in the window, those close to the contract's end not counted. */
  readonly nDays: number;
  /** Days on which the price differs from the one before it in the window, of those `nDays`. */
  readonly nMoved: number;
  /** Contracts of the event that could have stood for it, this one included. */
  readonly nCandidates: number;
}

/** A contract that is not used, and why. */
export interface LeftOut {
  readonly market: number;
  readonly kind: "few prices" | "hardly moves" | "little volume" | "same event";
  /** The same with its numbers, for a reader. */
  readonly reason: string;
}

/** Exposures sorted by market, and every priced contract that is none. */
export interface EventExposures {
  readonly exposures: readonly Exposure[];
  readonly leftOut: readonly LeftOut[];
}

/** The window and what a contract needs in it. */
export interface ExposureOptions {
  /** First day of the window. */
  readonly from: number;
  /** Day after its last. */
  readonly to: number;
  /** Fewest prices in the window. */
  readonly minDays: number;
  /** Fewest days with a changed price in the window. */
  readonly minMovedDays: number;
  /** Prices are clipped to [tick, 1 − tick] before changes are counted, as the log-odds are. */
  readonly tick: number;
  /** Least dollars traded before the window's end, where the venue reports any. */
  readonly minVolumeUsd: number;
  /** Days before its scheduled end on which a contract's prices no longer count. */
  readonly minDaysToEnd: number;
  /** Pairs of contracts that are the same question twice, as indices; their events are one. */
  readonly twins?: readonly (readonly [number, number])[];
}

/**
 * One contract for each event: the one with the most prices in the window, then the one whose price
 * changed on the most days, then the first by id.
 *
 * Outcomes of one event are tied to each other by construction, so clustering them finds events
 * again and counts one belief many times. Everything here was knowable at the window's end: prices
 * and volumes of later days are not looked at. A contract without a price in the window is not
 * listed; every other contract is an exposure or is left out with a reason. Prices close to a
 * contract's scheduled end do not count: see {@link lastCountedDay}.
 *
 * Missing: an unknown volume does not disqualify, since most sources report none.
 * Cost: O(rows).
 *
 * @throws {RangeError} If the window is empty.
 */
export function eventExposures(
  { markets, prices, activity }: {
    readonly markets: readonly Market[];
    readonly prices: DailyPrices;
    readonly activity: DailyActivity;
  },
  options: ExposureOptions,
): EventExposures {
  const { from, to, minDays, minMovedDays, minVolumeUsd, tick, twins = [] } = options;
  if (!(from < to)) {
    throw new RangeError(
      `Cannot choose exposures as the window must hold a day: got days ${from} to ${to}`,
    );
  }
  const eventOf = mergedEvents(markets, twins);
  const candidates = new Map<string, Candidate[]>();
  const leftOut: LeftOut[] = [];
  markets.forEach((one, market) => {
    const end = lastCountedDay(one, options.minDaysToEnd) + 1;
    const { nDays, nMoved, nPrices } = windowCounts(prices, market, { from, to, end, tick });
    if (nPrices === 0) return;
    const volume = volumeBefore(activity, market, to);
    if (nDays < minDays) {
      const reason = `has ${countOf(nDays, "price")} in the window, ${minDays} are needed`;
      leftOut.push({ market, kind: "few prices", reason });
      return;
    }
    if (nMoved < minMovedDays) {
      const reason = `moved on ${countOf(nMoved, "day")} of the window, ${minMovedDays} are needed`;
      leftOut.push({ market, kind: "hardly moves", reason });
      return;
    }
    if (volume < minVolumeUsd) {
      const reason = `traded ${usdText(volume)} in all, ${usdText(minVolumeUsd)} are needed`;
      leftOut.push({ market, kind: "little volume", reason });
      return;
    }
    const event = eventOf[market]!;
    const list = candidates.get(event);
    if (list === undefined) candidates.set(event, [{ market, nDays, nMoved }]);
    else list.push({ market, nDays, nMoved });
  });
  const exposures: Exposure[] = [];
  for (const [event, list] of candidates) {
    list.sort((a, b) => b.nDays - a.nDays || b.nMoved - a.nMoved || a.market - b.market);
    const [chosen, ...others] = list;
    exposures.push({ ...chosen!, event, nCandidates: list.length });
    const id = markets[chosen!.market]!.marketId;
    for (const { market } of others) {
      leftOut.push({ market, kind: "same event", reason: `its event is represented by ${id}` });
    }
  }
  return {
    exposures: exposures.sort((a, b) => a.market - b.market),
    leftOut: leftOut.sort((a, b) => a.market - b.market),
  };
}

interface Candidate {
  readonly market: number;
  readonly nDays: number;
  readonly nMoved: number;
}

/** Event of a contract: the venue's id, else its slug, else the contract stands alone. */
export function eventName(
  { eventId, eventSlug, marketId }: Pick<Market, "eventId" | "eventSlug" | "marketId">,
): string {
  return eventId ?? eventSlug ?? marketId;
}

/** Name of each market's event, after events that share a twin became one. */
function mergedEvents(
  markets: readonly Market[],
  twins: readonly (readonly [number, number])[],
): string[] {
  const names = markets.map(eventName);
  const parent = new Map(names.map((name) => [name, name]));
  const root = (name: string): string => {
    const up = parent.get(name)!;
    return up === name ? name : root(up);
  };
  for (const [a, b] of twins) {
    const [first, second] = [root(names[a]!), root(names[b]!)].sort();
    parent.set(second!, first!);
  }
  return names.map(root);
}

/** Prices of one market in the window, those before `end`, and changes among these. */
function windowCounts(
  prices: DailyPrices,
  market: number,
  { tick, ...window }: Pick<ExposureOptions, "from" | "to" | "tick"> & { readonly end: number },
): { nPrices: number; nDays: number; nMoved: number } {
  const { from, to } = rowsOf(prices, market);
  const clipped = (row: number) => Math.min(Math.max(prices.close[row]!, tick), 1 - tick);
  let nPrices = 0, nDays = 0, nMoved = 0;
  for (let row = from; row < to; ++row) {
    const day = prices.day[row]!;
    if (day < window.from || day >= window.to) continue;
    ++nPrices;
    if (day >= window.end) continue;
    if (++nDays > 1 && clipped(row) !== clipped(row - 1)) ++nMoved;
  }
  return { nPrices, nDays, nMoved };
}

/**
 * The last day on which a contract's price counts for correlation; Infinity where it has no
 * scheduled end.
 *
 * In the last days before a deadline the price of what has not happened falls faster and faster,
 * whatever the subject. Contracts with the same deadline then look alike, in the universe without
 * any common driver too. The scheduled end is known at listing, so nothing is looked up ahead.
 */
export function lastCountedDay(
  { closesAtMs }: Pick<Market, "closesAtMs">,
  minDaysToEnd: number,
): number {
  return closesAtMs === null ? Infinity : dayOf(closesAtMs) - minDaysToEnd;
}

/** Dollars traded before a day, NaN where none is known. */
function volumeBefore(activity: DailyActivity, market: number, day: number): number {
  const { from, to } = rowsOf(activity, market);
  let sum = NaN;
  for (let row = from; row < to; ++row) {
    const volume = activity.volumeUsd[row]!;
    if (activity.day[row]! < day && !Number.isNaN(volume)) {
      sum = (Number.isNaN(sum) ? 0 : sum) + volume;
    }
  }
  return sum;
}
