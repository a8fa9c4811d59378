import { dayOf, parseDay } from "../../core/day.ts";
import type { TapeFact } from "./fact.ts";

/** Traded dollars of consecutive days. A day without a trade has 0: that is known. */
export interface VolumeRun {
  readonly fromDay: number;
  /** First day after the run. */
  readonly toDay: number;
  /** One value a day, US dollars. */
  readonly volumeUsd: readonly number[];
}

/**
 * Traded dollars of each day that a contract's walks have covered.
 *
 * Within a walk pages that follow each other add up, also where equal fills of one transaction stand
 * on both sides of the cut. A page that came twice counts once, and of pages that overlap in time a
 * trade counts as often as on the one that has it most often. A walk covers the days from the first whole one after its oldest trade to the day before the
 * walk; where it reached the first trade ever, also the day of that trade. A walk that found no trade
 * at all covers nothing: that may as well be an unknown contract. Where walks overlap, the latest
 * stands.
 *
 * Cost: O(n log n) in trades. Dollars of a day are summed in increasing order, so that the order of
 * pages changes no bit.
 *
 * @param pages All pages of one contract, in any order.
 * @returns Runs in order, with at least an unknown day between two.
 * @throws {SyntaxError} If a walk is not named by a day.
 */
export function dailyVolumes(pages: readonly TapeFact[]): VolumeRun[] {
  const walks = Array.from(Map.groupBy(pages, ({ walk }) => walk))
    .sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([walk, ofWalk]) => volumesOfWalk(walk, ofWalk));
  if (walks.length < 2) return walks;
  const startDay = Math.min(...walks.map(({ fromDay }) => fromDay));
  const volumeUsd: (number | undefined)[] = [];
  for (const walk of walks) {
    walk.volumeUsd.forEach((usd, k) => volumeUsd[walk.fromDay - startDay + k] = usd);
  }
  return knownRuns(volumeUsd, startDay);
}

/** The run of one walk; none where it found no trade or covers no whole day. */
function volumesOfWalk(walk: string, pages: readonly TapeFact[]): VolumeRun[] {
  const trades = tradesOnce(pages);
  if (trades.length === 0) return [];
  const toDay = parseDay(walk);
  const oldestMs = pages.reduce((least, { fromMs }) => Math.min(least, fromMs), Infinity);
  const firstMs = trades.reduce((least, { timeMs }) => Math.min(least, timeMs), Infinity);
  const fromDay = oldestMs === 0 ? dayOf(firstMs) : dayOf(oldestMs) + 1;
  if (toDay <= fromDay) return [];
  const volumeUsd = new Array<number>(toDay - fromDay).fill(0);
  for (const { timeMs, dollars } of trades.sort((a, b) => a.dollars - b.dollars)) {
    const day = dayOf(timeMs);
    if (day >= fromDay && day < toDay) volumeUsd[day - fromDay]! += dollars;
  }
  return [{ fromDay, toDay, volumeUsd }];
}

/** Runs of values that are known. */
function knownRuns(values: readonly (number | undefined)[], startDay: number): VolumeRun[] {
  const runs: { fromDay: number; toDay: number; volumeUsd: number[] }[] = [];
  for (let k = 0; k < values.length; ++k) {
    const usd = values[k], day = startDay + k, last = runs.at(-1);
    if (usd === undefined) continue;
    if (last?.toDay === day) {
      last.volumeUsd.push(usd);
      ++last.toDay;
    } else runs.push({ fromDay: day, toDay: day + 1, volumeUsd: [usd] });
  }
  return runs;
}

interface Trade {
  readonly timeMs: number;
  readonly dollars: number;
}

interface Page {
  readonly trades: TapeFact["trades"];
  /** Seconds of its first and last trade. */
  readonly oldest: number;
  readonly newest: number;
}

/** The trades of one walk, none doubled by a page that came twice or overlaps another. */
function tradesOnce(pages: readonly TapeFact[]): Trade[] {
  return overlapping(pages).flatMap((group) =>
    group.length === 1 ? group[0]!.trades.map(tradeOf) : mostOften(group)
  );
}

function tradeOf([second, dollars]: TapeFact["trades"][number]): Trade {
  return { timeMs: second * 1000, dollars };
}

/** Pages, each once, in groups that overlap by more than the second of a cut; the newest first. */
function overlapping(pages: readonly TapeFact[]): Page[][] {
  const sorted = pages.filter(({ trades }) => trades.length > 0).map(({ trades }): Page => ({
    trades,
    oldest: trades.reduce((least, [second]) => Math.min(least, second), Infinity),
    newest: trades.reduce((most, [second]) => Math.max(most, second), 0),
  })).sort((a, b) => b.newest - a.newest || b.oldest - a.oldest);
  const groups: { oldest: number; pages: Page[] }[] = [];
  sorted.forEach((page, k) => {
    if (cameBefore(page, sorted, k)) return;
    const last = groups.at(-1);
    if (last !== undefined && page.newest > last.oldest) {
      last.pages.push(page);
      last.oldest = Math.min(last.oldest, page.oldest);
    } else groups.push({ oldest: page.oldest, pages: [page] });
  });
  return groups.map((group) => group.pages);
}

function cameBefore(page: Page, sorted: readonly Page[], k: number): boolean {
  const texts = ({ trades }: Page) => trades.map((trade) => trade.join(" ")).sort().join("\n");
  for (let before = k - 1; before >= 0; --before) {
    const other = sorted[before]!;
    if (other.newest !== page.newest || other.oldest !== page.oldest) return false;
    if (other.trades.length === page.trades.length && texts(other) === texts(page)) return true;
  }
  return false;
}

/** Each trade as often as on the page that has it most often. */
function mostOften(pages: readonly Page[]): Trade[] {
  const most = new Map<string, { trade: Trade; count: number }>();
  for (const { trades } of pages) {
    const counts = new Map<string, number>();
    for (const trade of trades) {
      const key = trade.join(" ");
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > (most.get(key)?.count ?? 0)) most.set(key, { trade: tradeOf(trade), count });
    }
  }
  return Array.from(most.values()).flatMap(({ trade, count }) =>
    Array.from({ length: count }, () => trade)
  );
}
