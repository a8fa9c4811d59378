import type { BenchmarkSeries } from "../core/data_set.ts";
import { isWeekend } from "../core/day.ts";
import type { FactorList, FactorSeries } from "../core/factor_list.ts";
import { sessions } from "../core/sessions.ts";
import type { Settings } from "../core/settings.ts";
import type { FactorPanel } from "./factor_panel.ts";
import { closesByDay, coveredDays, type DayRange, whyLeftOut } from "./series_presence.ts";

/** When a factor's closes are struck, beside the intervals of its panel. */
export interface FactorClose {
  /** Calendar of `config/factors.yaml`. */
  readonly calendar: string;
  /** Minute of the UTC day `day[s]` at which the interval's last close is struck, in (0, 1440]. */
  readonly minute: Int32Array;
}

/** The factors of the chosen set with their moves, and the series that it lacks. */
export interface MacroFactors {
  /** No factor and no interval where nothing is there. */
  readonly panel: FactorPanel;
  readonly set: { readonly key: string; readonly name: string };
  /** One for each factor of the panel. */
  readonly closes: readonly FactorClose[];
  /** Series of the set that are not in the panel, in its order. */
  readonly leftOut: readonly { readonly symbol: string; readonly reason: string }[];
}

/** What {@link macroFactors} chooses from, and over which days. */
export interface MacroFactorOptions {
  readonly list: FactorList;
  /** Keys of the list's sets, the wanted one first. */
  readonly sets: readonly string[];
  /** First UTC day of the contracts. */
  readonly from: number;
  /** UTC day after their last. */
  readonly to: number;
  readonly settings: {
    readonly factors: Pick<Settings["factors"], "min_set_share" | "max_interval_days">;
  };
  /** How a factor's move is laid beside a contract's; `label` by default. */
  readonly timing?: "label" | "overlap";
}

/**
 * Moves of the first set of macro series of which the source has enough, on the days all of them closed.
 *
 * A set is used where at least `min_set_share` of its series are there; where none has that many, the one
 * with the largest share, the earlier of equals. A series that is not there is left out by name and takes
 * no day from the others. No close is filled forward: a holiday of one exchange makes the move of all
 * factors span it, and an interval longer than `max_interval_days` is dropped.
 *
 * `timing: "label"` gives the move from close to close of the named days, known at the end of the day.
 * It suits point-in-time use but misses what a contract, marked at 24:00 UTC, has seen since the close.
 * `"overlap"` gives w·f(s) + (1 − w)·f(s + 1), w = minute of the close / 1440 by the day's own daylight
 * saving: the parts of two moves that lie within the contract's days. A move over D weekdays, by a holiday,
 * has a Dth of its news in each: then it counts by 1 − (1 − w)/D, and as the next one by (1 − w)/D. A
 * loading on it is free of bias where news comes evenly over weekdays and hardly at weekends; where trading
 * hours hold most of it, not. It costs the next close, so it explains and never forecasts, and it costs
 * each interval that no other follows at once, the last among them.
 *
 * Units: closes → shares of a price, units of the others. NaN: impossible; a close that is no number, or
 * a price that is not positive, counts as not there. Cost: O(rows + series · days).
 *
 * @param benchmarks Macro series in any order, also those of a point-in-time view.
 * @throws {RangeError} If `sets` is empty or names an unknown set, or the days are no whole numbers.
 */
export function macroFactors(
  benchmarks: readonly BenchmarkSeries[],
  { list, sets, from, to, settings, timing = "label" }: MacroFactorOptions,
): MacroFactors {
  requireOptions({ list, sets, from, to });
  const bySymbol = new Map(benchmarks.map((series) => [series.symbol, series]));
  const listed = new Map(list.series.map((series) => [series.symbol, series]));
  const wanted = new Set(sets.flatMap((key) => list.sets[key]!.symbols));
  const range = coveredDays(benchmarks.filter(({ symbol }) => wanted.has(symbol)), { from, to });
  const reasons = new Map(
    [...wanted].map((symbol) => [
      symbol,
      whyLeftOut(bySymbol.get(symbol), { listed: listed.get(symbol)!, list, range }),
    ]),
  );
  const isThere = (symbol: string) => reasons.get(symbol) === null;
  const share = (key: string) => {
    const { symbols } = list.sets[key]!;
    return symbols.filter(isThere).length / symbols.length;
  };
  const key = sets.find((one) => share(one) >= settings.factors.min_set_share.value) ??
    sets.reduce((best, one) => share(one) > share(best) ? one : best);
  const { name, symbols } = list.sets[key]!;
  const kept = symbols.filter(isThere).map((symbol) => listed.get(symbol)!);
  const labelled = closeToClose(kept, {
    closes: kept.map(({ symbol }) => closesByDay(bySymbol.get(symbol)!, range)),
    range,
    maxIntervalDays: settings.factors.max_interval_days.value,
  });
  const minutes = kept.map(({ calendar }) => minutesOfDay(list, { calendar, range }));
  const panel = timing === "label"
    ? labelled
    : overlapped(labelled, (s, k) => minutes[k]![labelled.day[s]! - range.from]! / 1440);
  return {
    panel,
    set: { key, name },
    closes: kept.map(({ calendar }, k) => ({
      calendar,
      minute: panel.day.map((day) => minutes[k]![day - range.from]!),
    })),
    leftOut: symbols.filter((symbol) => !isThere(symbol))
      .map((symbol) => ({ symbol, reason: reasons.get(symbol)! })),
  };
}

/** Moves between consecutive days on which every series has a close. */
function closeToClose(
  series: readonly FactorSeries[],
  { closes, range, maxIntervalDays }: {
    closes: readonly Float64Array[];
    range: DayRange;
    maxIntervalDays: number;
  },
): FactorPanel {
  const days: number[] = [];
  for (let day = range.from; day < range.to && series.length > 0; ++day) {
    if (closes.every((close) => !Number.isNaN(close[day - range.from]!))) days.push(day);
  }
  const ends = Array.from(days.keys()).filter((i) =>
    i > 0 && days[i]! - days[i - 1]! <= maxIntervalDays
  );
  const moves = new Float64Array(ends.length * series.length);
  ends.forEach((i, s) =>
    series.forEach(({ kind }, k) => {
      const before = closes[k]![days[i - 1]! - range.from]!;
      const now = closes[k]![days[i]! - range.from]!;
      moves[s * series.length + k] = kind === "price" ? now / before - 1 : now - before;
    })
  );
  return {
    factors: series.map(({ symbol, name, group, kind }) => ({ symbol, name, group, kind })),
    fromDay: Int32Array.from(ends, (i) => days[i - 1]!),
    day: Int32Array.from(ends, (i) => days[i]!),
    moves,
  };
}

/** The parts of each move and of the next one that lie within the interval, news spread over weekdays. */
function overlapped(
  { factors, fromDay, day, moves }: FactorPanel,
  shareBeforeClose: (s: number, k: number) => number,
): FactorPanel {
  const nFactors = factors.length;
  const nWeekdays = day.map((last, s) => weekdaysWithin(fromDay[s]!, last));
  const followed = Array.from(day.keys()).filter((s) => fromDay[s + 1] === day[s]);
  const mixed = new Float64Array(followed.length * nFactors);
  followed.forEach((s, row) => {
    for (let k = 0; k < nFactors; ++k) {
      const after = 1 - shareBeforeClose(s, k);
      mixed[row * nFactors + k] = (1 - after / nWeekdays[s]!) * moves[s * nFactors + k]! +
        after / nWeekdays[s + 1]! * moves[(s + 1) * nFactors + k]!;
    }
  });
  return {
    factors,
    fromDay: Int32Array.from(followed, (s) => fromDay[s]!),
    day: Int32Array.from(followed, (s) => day[s]!),
    moves: mixed,
  };
}

/** Weekdays after `from` up to `last`, at least 1. */
function weekdaysWithin(from: number, last: number): number {
  let count = 0;
  for (let day = from + 1; day <= last; ++day) if (!isWeekend(day)) ++count;
  return Math.max(count, 1);
}

/** Minute of each day of the range at which a calendar strikes its close, also on days without one. */
function minutesOfDay(
  list: FactorList,
  { calendar, range }: { calendar: string; range: DayRange },
): Int32Array {
  return sessions({ ...list.calendars[calendar]!, days: "all", holidays: [] }, range).minute;
}

function requireOptions(
  { list, sets, from, to }: Pick<MacroFactorOptions, "list" | "sets" | "from" | "to">,
): void {
  const unknown = sets.find((key) => !Object.hasOwn(list.sets, key));
  if (sets.length === 0 || unknown !== undefined) {
    throw new RangeError(
      `Cannot choose macro factors as sets must name sets of the factor list: got ${
        unknown === undefined ? "none" : `"${unknown}"`
      }`,
    );
  }
  if (!(Number.isInteger(from) && Number.isInteger(to))) {
    throw new RangeError(
      `Cannot choose macro factors as from and to must be UTC days: got ${from} and ${to}`,
    );
  }
}
