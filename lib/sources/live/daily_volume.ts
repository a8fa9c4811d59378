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
 * Within a walk a trade counts as often as on that one page that has it most often: a page that came
 * twice or overlaps another doubles nothing, while equal fills of one transaction on one page are
 * real. A walk covers the days from the first whole one after its oldest trade to the day before the
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
  const volumeOf = new Map<number, number>();
  const walks = Array.from(Map.groupBy(pages, ({ walk }) => walk))
    .sort(([a], [b]) => a < b ? -1 : 1);
  for (const [walk, ofWalk] of walks) {
    const trades = tradesOnce(ofWalk);
    if (trades.length === 0) continue;
    const oldestMs = ofWalk.reduce((least, { fromMs }) => Math.min(least, fromMs), Infinity);
    const firstMs = trades.reduce((least, { timeMs }) => Math.min(least, timeMs), Infinity);
    const fromDay = oldestMs === 0 ? dayOf(firstMs) : dayOf(oldestMs) + 1;
    const toDay = parseDay(walk);
    for (let day = fromDay; day < toDay; ++day) volumeOf.set(day, 0);
    for (const { timeMs, dollars } of trades.toSorted((a, b) => a.dollars - b.dollars)) {
      const day = dayOf(timeMs);
      if (day >= fromDay && day < toDay) volumeOf.set(day, volumeOf.get(day)! + dollars);
    }
  }
  const runs: { fromDay: number; toDay: number; volumeUsd: number[] }[] = [];
  for (const [day, volume] of Array.from(volumeOf).sort(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last?.toDay === day) {
      last.volumeUsd.push(volume);
      ++last.toDay;
    } else runs.push({ fromDay: day, toDay: day + 1, volumeUsd: [volume] });
  }
  return runs;
}

/** The trades of one walk, each as often as on the page that has it most often. */
function tradesOnce(pages: readonly TapeFact[]): { timeMs: number; dollars: number }[] {
  const most = new Map<string, { timeMs: number; dollars: number; count: number }>();
  for (const { trades } of pages) {
    const counts = new Map<string, number>();
    for (const [seconds, dollars, identity] of trades) {
      const key = `${seconds} ${dollars} ${identity}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > (most.get(key)?.count ?? 0)) {
        most.set(key, { timeMs: seconds * 1000, dollars, count });
      }
    }
  }
  return Array.from(most.values()).flatMap(({ timeMs, dollars, count }) =>
    Array.from({ length: count }, () => ({ timeMs, dollars }))
  );
}
