import type { BenchmarkSeries } from "../core/data_set.ts";
import type { FactorList, FactorSeries } from "../core/factor_list.ts";
import { sessions } from "../core/sessions.ts";

/** UTC days [from, to). */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

/** The calendar whose sessions a series is counted against. */
const MAIN_CALENDAR = "us_equity";

/** Share of the main calendar's sessions on which a series must have a close; other holidays fit in. */
const MIN_CLOSE_SHARE = 0.9;

/**
 * Closes by day of the range: `values[day − from]`, NaN where there is none.
 *
 * NaN: also a close that is not finite, and a price that is not positive, since it has no return.
 * Cost: O(rows + days).
 */
export function closesByDay(series: BenchmarkSeries, { from, to }: DayRange): Float64Array {
  const { kind, day, close } = series;
  const values = new Float64Array(to - from).fill(NaN);
  for (let row = 0; row < day.length; ++row) {
    const value = close[row]!;
    const isClose = Number.isFinite(value) && (kind !== "price" || value > 0);
    if (isClose && day[row]! >= from && day[row]! < to) values[day[row]! - from] = value;
  }
  return values;
}

/**
 * The days of the contracts that lie between the first and the last close of any of the series: where the
 * source's macro data begin later than its contracts, a series is judged on what is there of any.
 */
export function coveredDays(
  benchmarks: readonly BenchmarkSeries[],
  { from, to }: DayRange,
): DayRange {
  let first = Infinity, last = -Infinity;
  for (const { day } of benchmarks) {
    for (const one of day) {
      first = Math.min(first, one);
      last = Math.max(last, one);
    }
  }
  const start = Math.max(from, first), end = Math.min(to, last + 1);
  return start < end ? { from: start, to: end } : { from, to: from };
}

/**
 * Why a series cannot be a factor over the days of the range; `null` where it can.
 *
 * @param series The source's series, `undefined` where it has none.
 * @param options.listed What the factor list says of it.
 * @throws {RangeError} If the factor list has no calendar `us_equity`.
 */
export function whyLeftOut(
  series: BenchmarkSeries | undefined,
  { listed, list, range }: { listed: FactorSeries; list: FactorList; range: DayRange },
): string | null {
  const main = list.calendars[MAIN_CALENDAR];
  if (main === undefined) {
    throw new RangeError(
      `Cannot count closes as the factor list must have the calendar "${MAIN_CALENDAR}": got ${
        Object.keys(list.calendars).join(", ")
      }`,
    );
  }
  if (series === undefined) return "the source does not have it";
  if (series.kind !== listed.kind) {
    return `the source calls it a ${series.kind}, the factor list a ${listed.kind}`;
  }
  const { day } = sessions({ ...main, holidays: list.holidays[main.holidays]! }, range);
  const values = closesByDay(series, range);
  const closes = Array.from(day, (one) => values[one - range.from]!)
    .filter((x) => !Number.isNaN(x));
  if (day.length === 0) return "no US session lies within the days of contracts and macro series";
  if (closes.length < MIN_CLOSE_SHARE * day.length) {
    return `closes on ${closes.length} of ${day.length} US sessions`;
  }
  return closes.every((x) => x === closes[0]) ? "its close never changes" : null;
}
