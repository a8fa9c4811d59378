import { rowsOf } from "../core/data_set.ts";
import { type Book, marksAt } from "./holdings.ts";
import type { Ledger, LedgerOptions } from "./ledger.ts";
import type { PricePaths } from "./price_paths.ts";

/** The daily columns of a ledger, one value a day from `firstDay` on. */
export type DailyValues = Pick<
  Ledger,
  "firstDay" | "navGross" | "nav" | "cash" | "nLive" | "staleShare" | "oldestMark"
>;

/** Columns for the days from `firstDay` to `lastDay`, both included. */
export function dailyValues(firstDay: number, lastDay: number): DailyValues {
  const n = Math.max(lastDay - firstDay + 1, 0);
  return {
    firstDay,
    navGross: new Float64Array(n),
    nav: new Float64Array(n),
    cash: new Float64Array(n),
    nLive: new Int32Array(n),
    staleShare: new Float64Array(n),
    oldestMark: new Int32Array(n),
  };
}

/** Interest on a dollar of cash at the end of `day`, held since the end of the day before. */
export function cashRateOn({ cashRate }: LedgerOptions, day: number): number {
  return cashRate?.rates[day - cashRate.firstDay] ?? 0;
}

/**
 * Writes the days [from, to) of a book that does not change on them, but for interest on its cash.
 *
 * Each position walks along its closes with a row of its own; nothing is allocated for a day.
 * Cost: O(days × positions).
 *
 * @param out Receives the values.
 * @param options.paths Closes. @param options.book As it is at the end of `from`.
 * @returns Cash of the gross track at the end of the last of these days.
 */
export function writeDays(
  out: DailyValues,
  { paths, book, from, to, options }: {
    readonly paths: PricePaths;
    readonly book: Book;
    readonly from: number;
    readonly to: number;
    readonly options: LedgerOptions;
  },
): number {
  const { positions, netFactor } = book;
  const { day: days, close } = paths.prices;
  const { row, price } = marksAt(paths, positions, from);
  const end = Int32Array.from(positions, ({ market }) => rowsOf(paths.prices, market).to);
  let cash = book.cash;
  for (let day = from; day < to; ++day) {
    if (day > from) cash *= 1 + cashRateOn(options, day);
    let held = 0, stale = 0, oldest = 0;
    for (let i = 0; i < row.length; ++i) {
      let r = row[i]!;
      if (r + 1 < end[i]! && days[r + 1]! <= day) {
        while (r + 1 < end[i]! && days[r + 1]! <= day) ++r;
        row[i] = r;
        price[i] = positions[i]!.side === "yes" ? close[r]! : 1 - close[r]!;
      }
      const value = positions[i]!.shares * price[i]!;
      const age = day - days[r]!;
      held += value;
      if (age > options.maxPriceAgeDays) stale += value;
      if (age > oldest) oldest = age;
    }
    const t = day - out.firstDay;
    const gross = cash + held;
    out.navGross[t] = gross;
    out.nav[t] = gross * netFactor;
    out.cash[t] = gross > 0 ? cash / gross : 1;
    out.nLive[t] = positions.length;
    out.staleShare[t] = gross > 0 ? stale / gross : 0;
    out.oldestMark[t] = oldest;
  }
  return cash;
}
