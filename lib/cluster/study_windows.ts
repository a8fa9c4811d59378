import type { DailyActivity, DailyPrices, Market } from "../core/data_set.ts";
import { parseDay } from "../core/day.ts";
import { closePanel, type Panel } from "../core/panel.ts";
import type { Settings } from "../core/settings.ts";
import { type EventExposures, eventExposures, lastCountedDay } from "../taxonomy/exposures.ts";

/** A window of days and the days after it, half-open: [from, boundary) and [boundary, to). */
export interface StudyWindow {
  readonly fromDay: number;
  readonly boundaryDay: number;
  readonly toDay: number;
  /** Whether a person named it, rather than the calendar. */
  readonly studied: boolean;
}

/**
 * Windows that walk back in time from a day, and those named in the settings, by their boundary.
 *
 * The last window's next days end at `until`; each earlier one ends as many days before as a next
 * window is long, so that no day after a window is judged twice.
 *
 * @param settings `windows_days` (the longer), `next_days`, `rolling_windows`, `studied_windows`.
 * @param options.since First day with a price; windows that begin before it are left out.
 * @param options.until Day after the last.
 */
export function studyWindows(
  settings: Settings["clustering"],
  { since, until }: { readonly since: number; readonly until: number },
): StudyWindow[] {
  const nowDays = windowDays(settings), nextDays = settings.next_days.value;
  const rolling = Array.from({ length: settings.rolling_windows.value }, (_, back) => {
    const toDay = until - back * nextDays, boundaryDay = toDay - nextDays;
    return { fromDay: boundaryDay - nowDays, boundaryDay, toDay, studied: false };
  });
  const studied = settings.studied_windows.value.map(([from, boundary, to]) => ({
    fromDay: parseDay(from),
    boundaryDay: parseDay(boundary),
    toDay: parseDay(to),
    studied: true,
  }));
  return [...rolling, ...studied]
    .filter(({ fromDay, toDay }) => fromDay >= since && toDay <= until)
    .sort((a, b) => a.boundaryDay - b.boundaryDay || a.fromDay - b.fromDay);
}

/** Length of the window that clusters are made from: the longer of the seed plan's two. */
export function windowDays({ windows_days }: Settings["clustering"]): number {
  return Math.max(...windows_days.value);
}

/** The exposures of one window with their prices in it and after it. */
export interface WindowPrices extends EventExposures {
  /** Days of the window × exposures. */
  readonly now: Panel;
  /** Days after the window × the same exposures. */
  readonly next: Panel;
}

/**
 * One exposure an event in a window, with prices.
 *
 * An exposure needs prices on so many days that any two of them share `min_overlap_days`: half of
 * the window's length and that number. Where the window is shorter than the settings', the number
 * shrinks with it. Only what was known at the boundary chooses; the next prices are looked up for
 * those chosen. Prices close to a contract's scheduled end are left out of both panels.
 *
 * @param settings Thresholds.
 * @param options.tick Clip of the log-odds; below it a price does not move.
 * @param options.twins Pairs of contracts that are one question, as indices.
 * @param options.minDays Prices that an exposure needs, in place of the rule above.
 * @param options.minDaysToEnd Days before the end that do not count, in place of the settings'.
 */
export function windowPrices(
  data: {
    readonly markets: readonly Market[];
    readonly prices: DailyPrices;
    readonly activity: DailyActivity;
  },
  { fromDay, boundaryDay, toDay }: Omit<StudyWindow, "studied">,
  settings: Settings["clustering"],
  { tick, twins, minDays, minDaysToEnd = settings.min_days_to_end.value }: {
    readonly tick: number;
    readonly twins?: readonly (readonly [number, number])[];
    readonly minDays?: number;
    readonly minDaysToEnd?: number;
  },
): WindowPrices {
  const length = boundaryDay - fromDay, whole = windowDays(settings);
  const overlap = settings.min_overlap_days.value * Math.min(length / whole, 1);
  const chosen = eventExposures(data, {
    from: fromDay,
    to: boundaryDay,
    minDays: minDays ?? Math.ceil((length + overlap) / 2),
    minMovedDays: settings.min_moved_days.value,
    tick,
    minVolumeUsd: settings.min_total_volume_usd.value,
    minDaysToEnd,
    twins,
  });
  const ids = data.markets.map((market) => market.marketId);
  const select = chosen.exposures.map((one) => one.market);
  const ends = select.map((j) => lastCountedDay(data.markets[j]!, minDaysToEnd));
  const panelOf = (from: number, to: number) =>
    withoutEnds(closePanel(data.prices, { markets: ids, select, from, to }), ends);
  return {
    ...chosen,
    now: panelOf(fromDay, boundaryDay),
    next: panelOf(boundaryDay, toDay),
  };
}

/** Removes the prices after each market's last counted day; changes the panel given. */
function withoutEnds(prices: Panel, ends: readonly number[]): Panel {
  const n = prices.markets.length;
  prices.days.forEach((day, i) => {
    for (let j = 0; j < n; ++j) if (day > ends[j]!) prices.values[i * n + j] = NaN;
  });
  return prices;
}
