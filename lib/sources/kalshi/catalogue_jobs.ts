import { formatDay, MS_PER_DAY, parseDay } from "../../core/day.ts";
import type { Ask, Reply } from "../../fetch/ask.ts";
import { askText } from "../../fetch/ask.ts";
import type { Job, Known, PlanOptions } from "../live/venue.ts";
import { answered } from "./answered.ts";
import { cutoffAsk, cutoffOf, LIVE_DAYS } from "./cutoff.ts";
import { type KalshiList, listName, walkList } from "./kalshi_list.ts";
import { feeChangesAsk, seriesAsk, wantedSeries } from "./series_answer.ts";

/** Days before the last walk from which settled events are asked for: a walk takes hours. */
const OVERLAP_DAYS = 1;
const WHOLE = { rows: "events", status: null, series: null, closesAfter: null } as const;

/** The boundary between the tiers, all series, and all changes of fees: one ask each. */
export function* frameJobs(_known: Known, { edition }: PlanOptions): Generator<Job> {
  for (const ask of [cutoffAsk(edition), seriesAsk(edition), feeChangesAsk(edition)]) {
    yield { name: askText(ask), nAsks: 1, run: () => askOnce(ask) };
  }
}

/**
 * Walks of the events that are not settled, whole on every day, and of those that were settled since
 * the last pull, with the contracts nested in them.
 *
 * A contract that the last pull could not know was made after it and so closes after it: the settled
 * events with a later close hold all of them. The last pull is the last day on which the lists of
 * closed and of settled events were both walked to the end. Lists are not asked for by series, so
 * contracts of hours and days arrive too and are left out by their scheduled life.
 */
export function* eventJobs(known: Known, { edition }: PlanOptions): Generator<Job> {
  const last = pullDays(known).filter((day) => day < edition).at(-1) ?? edition;
  const closesAfter = formatDay(parseDay(last) - OVERLAP_DAYS);
  const lists: readonly KalshiList[] = [
    { ...WHOLE, status: "unopened" },
    { ...WHOLE, status: "open" },
    { ...WHOLE, status: "closed" },
    { ...WHOLE, status: "settled", closesAfter },
  ];
  for (const list of lists) {
    const name = listName(list);
    if (known.crawls(name).includes(edition)) continue;
    yield { name: `list of ${name}`, nAsks: 1, run: () => walkList(list, edition) };
  }
}

/**
 * Walks of what each wanted series has settled: its events once, and its archive once and whenever so
 * many days lay between two pulls that contracts may have passed through the live tier unseen.
 *
 * Series of frequencies that the settings leave out are not asked for. With `sinceMs`, only events that
 * close after the start of its month, so that a date that moves with the days does not walk all series
 * on each, and no archive where all of it was settled before. Which series there are is read from
 * the list that the phase of {@link frameJobs} stored; without it the list alone is asked for again, and
 * the next pull does the rest.
 */
export function* seriesJobs(known: Known, options: PlanOptions): Generator<Job> {
  const { edition, sinceMs, settings: { kalshi } } = options;
  const list = known.answer(seriesAsk(edition));
  if (list === undefined) {
    const ask = seriesAsk(edition);
    yield { name: askText(ask), nAsks: 1, run: () => askOnce(ask) };
    return;
  }
  const cutoff = known.answer(cutoffAsk(edition));
  // where the boundary is not told the archive is asked rather than passed over
  const cutoffMs = cutoff === undefined ? null : cutoffOf(cutoff);
  const wanted = {
    pulls: [...pullDays(known), edition],
    closesAfter: sinceMs === null ? null : monthStart(sinceMs),
    wantsArchive: sinceMs === null || cutoffMs === null || sinceMs < cutoffMs,
  };
  for (const series of wantedSeries(list, kalshi.left_out_frequencies.value)) {
    const lists = missingLists(known, series, wanted);
    if (lists.length === 0) continue;
    yield {
      name: `settled contracts of ${series}`,
      nAsks: lists.length,
      run: () => walkLists(lists, edition),
    };
  }
}

function missingLists(
  known: Known,
  series: string,
  { pulls, closesAfter, wantsArchive }: {
    readonly pulls: readonly string[];
    readonly closesAfter: string | null;
    readonly wantsArchive: boolean;
  },
): KalshiList[] {
  const whole: KalshiList = { ...WHOLE, series };
  const events = { ...whole, closesAfter };
  const archive: KalshiList = { ...whole, rows: "archive" };
  const knows = [whole, events].some((list) => known.crawls(listName(list)).length > 0);
  const mayMiss = wantsArchive && hasGap(known.crawls(listName(archive)).at(-1), pulls);
  return [...knows ? [] : [events], ...mayMiss ? [archive] : []];
}

function* walkLists(
  lists: readonly KalshiList[],
  edition: string,
): Generator<Ask, void, Reply> {
  for (const list of lists) yield* walkList(list, edition);
}

function monthStart(timeMs: number): string {
  return `${formatDay(Math.floor(timeMs / MS_PER_DAY)).slice(0, "2026-11".length)}-01`;
}

/** Whether contracts may be in the archive that no pull has seen: never walked, or a long pause since. */
function hasGap(lastWalk: string | undefined, pulls: readonly string[]): boolean {
  if (lastWalk === undefined) return true;
  return pulls.some((day, k) => {
    const before = pulls[k - 1] ?? day;
    return day > lastWalk && parseDay(day) - parseDay(before) > LIVE_DAYS;
  });
}

/** Days on which nothing that had ended was missed, increasing. */
function pullDays(known: Known): string[] {
  const settled = new Set(known.crawls(listName({ ...WHOLE, status: "settled" })));
  return known.crawls(listName({ ...WHOLE, status: "closed" })).filter((day) => settled.has(day));
}

function* askOnce(ask: Ask): Generator<Ask, void, Reply> {
  yield* answered(ask);
}
