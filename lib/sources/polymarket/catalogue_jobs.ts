import { dayOf, formatDay, MS_PER_DAY, parseDay } from "../../core/day.ts";
import type { Job, Known, PlanOptions } from "../live/venue.ts";
import { type CatalogueList, listName, PAGE_SIZE } from "./catalogue_list.ts";
import { walkCatalogue } from "./catalogue_walk.ts";

/** Days before the last walk from which openings are asked for again. */
const OVERLAP_DAYS = 2;

/**
 * The walks that find out what there is: open events and markets on every day, closed ones in full
 * once and from then on only those that opened since the last whole walk. Contracts that were open and
 * closed meanwhile are asked for by name, see `followUpJobs`; hence only a day on which the open ones
 * were walked to their end as well counts, as else one that was open then may be in neither list.
 *
 * With `sinceMs`, closed ones whose scheduled end lies more than `closed_margin_days` before it are
 * left aside: Gamma filters by the scheduled end only. Such a walk is remembered under the name of its
 * date, as it says nothing about older contracts; a walk without the limit serves any date.
 *
 * A list that was walked to its end today is not walked again.
 *
 * Cost: one pass over the known contracts for the estimates.
 */
export function* catalogueJobs(known: Known, options: PlanOptions): Generator<Job, void, void> {
  const counts = countKnown(known);
  const none = { endsFrom: null, startsFrom: null };
  const lists: readonly { readonly list: CatalogueList; readonly nRows: number }[] = [
    { list: { rows: "events", isClosed: false, ...none }, nRows: counts.openEvents },
    { list: { rows: "markets", isClosed: false, ...none }, nRows: counts.openMarkets },
    closedList("events", { known, options, nRows: counts.closedEvents }),
    closedList("markets", { known, options, nRows: counts.closedMarkets }),
  ];
  for (const { list, nRows } of lists) {
    const name = listName(list);
    const isDone = known.crawls(name).includes(options.edition) ||
      known.crawls(listName({ ...list, endsFrom: null })).includes(options.edition);
    if (isDone) continue;
    yield {
      name: `list of ${name}`,
      nAsks: Math.floor(nRows / PAGE_SIZE) + 1,
      run: () => walkCatalogue(list, options.edition),
    };
  }
}

function closedList(
  rows: CatalogueList["rows"],
  { known, options, nRows }: {
    readonly known: Known;
    readonly options: PlanOptions;
    readonly nRows: number;
  },
): { readonly list: CatalogueList; readonly nRows: number } {
  const scope = endsFrom(options);
  const open = new Set(known.crawls(listName({ rows, isClosed: false, endsFrom: null })));
  const lastWalk = (ends: string | null) =>
    known.crawls(listName({ rows, isClosed: true, endsFrom: ends }))
      .filter((day) => open.has(day)).at(-1);
  const whole = lastWalk(null), limited = lastWalk(scope);
  const last = whole === undefined || (limited !== undefined && limited > whole) ? limited : whole;
  if (last === undefined) {
    return { list: { rows, isClosed: true, endsFrom: scope, startsFrom: null }, nRows };
  }
  const startsFrom = formatDay(parseDay(last) - OVERLAP_DAYS);
  return { list: { rows, isClosed: true, endsFrom: scope, startsFrom }, nRows: 0 };
}

function endsFrom({ sinceMs, settings }: PlanOptions): string | null {
  if (sinceMs === null) return null;
  return formatDay(dayOf(sinceMs - settings.polymarket.closed_margin_days.value * MS_PER_DAY));
}

interface KnownCounts {
  readonly openMarkets: number;
  readonly closedMarkets: number;
  readonly openEvents: number;
  readonly closedEvents: number;
}

function countKnown(known: Known): KnownCounts {
  const openEvents = new Set<string>();
  const closedEvents = new Set<string>();
  let openMarkets = 0;
  let closedMarkets = 0;
  for (const { listing, state } of known.markets({ withLeftOut: true })) {
    const isOpen = state.status === "open" || state.status === "listed";
    if (isOpen) openMarkets++;
    else closedMarkets++;
    const { eventId } = listing.market;
    if (eventId !== null) (isOpen ? openEvents : closedEvents).add(eventId);
  }
  return {
    openMarkets,
    closedMarkets,
    openEvents: openEvents.size,
    closedEvents: closedEvents.size,
  };
}
