import { cashNav, DAYS_PER_YEAR, tbillRates } from "../backtest/daily_returns.ts";
import type { BenchmarkSeries } from "../core/data_set.ts";

/** What a portfolio may hold; a sleeve has a key of its own. */
export type AssetKey = string;

/** Assets that are bought at closes of an exchange, by their part in a portfolio. */
export const CLOSING_ASSETS = ["stocks", "bonds", "gold", "crypto"] as const;

/** Key of such an asset. */
export type ClosingAsset = typeof CLOSING_ASSETS[number];

/** A basket sleeve's value on every calendar day from its first purchase on. */
export interface SleeveNav {
  /** Key of the asset, such as `baskets`; none of the other assets'. */
  readonly key: AssetKey;
  /** Name for a reader, in the middle of a sentence. */
  readonly name: string;
  /** UTC day of the first purchase. */
  readonly firstDay: number;
  /** Net value at the end of each day from then on, of {@link SLEEVE_START} before the purchase. */
  readonly nav: Float64Array;
}

/** Money in a sleeve before its first purchase. */
export const SLEEVE_START = 100;

/** An asset's value on every day of the common period. */
export interface AssetNav {
  readonly key: AssetKey;
  readonly name: string;
  readonly kind: "closing" | "sleeve" | "cash" | "tbills";
  /** Value at each day's end; only ratios matter. */
  readonly nav: Float64Array;
}

/** Assets over the days on which all of them have a value. */
export interface PortfolioAssets {
  /** Closing assets, cash, Treasury bills where their yield is known, then the sleeves. */
  readonly assets: readonly AssetNav[];
  /** UTC day of the first value. */
  readonly firstDay: number;
  /** Index of each day on which every closing asset was struck anew: the first day, … the last day. */
  readonly session: Int32Array;
  /** The bill's simple rate of each day; NaN where no yield is known. */
  readonly rates: Float64Array;
  /** Returns between sessions in a year, counted from the dates; NaN for fewer than two sessions. */
  readonly sessionsPerYear: number;
  /** Longest time between two sessions, days; 0 for fewer than two. */
  readonly longestGapDays: number;
  /** Symbols without a close in the source, and names of sleeves that never held anything. */
  readonly missing: readonly string[];
}

/**
 * The assets of the portfolios over their common period, on a calendar of seven days a week.
 *
 * A session is a day on which every closing asset has a close, so it is a day of the exchange that is
 * shut most often. Between closes the last one stands, which is a value and not a move: statistics
 * take returns from one session to the next alone, and no holiday turns into a move of zero. A
 * sleeve is money before its first purchase; the period begins at the last session before that, so
 * that what the purchase costs is part of it. Of two sleeves the later one cuts the period of the
 * other: a sleeve is judged in a study of its own (`sleeveStudy`). Stocks are struck at 16:00 in New York and a sleeve at
 * 24:00 UTC, so news of the hours between reaches the sleeve one session earlier.
 *
 * A symbol without any close is left out and named, and so is a sleeve without a day. Assets without a common session have no days.
 *
 * NaN: rates and bills where the yield is unknown, in which case bills are no asset.
 * Cost: O(closes + assets · days).
 *
 * @param from Series of a universe or of a point-in-time view; sleeves may be none.
 * @param options.symbols Symbol of each closing asset.
 * @param options.tbillSymbol Symbol of the bills' yield, in percent a year.
 * @throws {RangeError} If two assets have the same key, or a value of a sleeve is negative or not finite.
 */
export function portfolioAssets(
  { benchmarks, sleeves: offeredSleeves }: {
    readonly benchmarks: readonly BenchmarkSeries[];
    readonly sleeves: readonly SleeveNav[];
  },
  { symbols, tbillSymbol }: {
    readonly symbols: Readonly<Record<ClosingAsset, string>>;
    readonly tbillSymbol: string;
  },
): PortfolioAssets {
  requireSleeves(offeredSleeves);
  const sleeves = offeredSleeves.filter(({ nav }) => nav.length > 0);
  const offered = CLOSING_ASSETS.map((key) => ({ key, symbol: symbols[key] }));
  const found = offered.flatMap(({ key, symbol }) => {
    const series = benchmarks.find((one) => one.symbol === symbol && one.day.length > 0);
    return series === undefined ? [] : [{ key, series }];
  });
  const missing = offered.filter(({ key }) => !found.some((one) => one.key === key));
  const sessions = commonDays(found.map(({ series }) => series.day));
  const first = firstSession(sessions, { benchmarks, sleeves, tbillSymbol });
  const last = sleeves.reduce(
    (least, { firstDay, nav }) => Math.min(least, firstDay + nav.length - 1),
    sessions.at(-1) ?? -Infinity,
  );
  const held = sessions.filter((day) => day >= first && day <= last);
  const firstDay = held[0] ?? 0, nDays = held.length === 0 ? 0 : held.at(-1)! - firstDay + 1;
  const rates = tbillRates(benchmarks, tbillSymbol, { firstDay, nDays });
  const bills = cashNav(rates);
  const isKnown = nDays > 0 && !bills.some(Number.isNaN);
  return {
    assets: [
      ...found.map(({ key, series }) => ({
        ...{ key, name: symbols[key], kind: "closing" as const },
        nav: standingCloses(series, { firstDay, nDays }),
      })),
      { key: "cash", name: "cash", kind: "cash", nav: new Float64Array(nDays).fill(SLEEVE_START) },
      ...isKnown
        ? [{ key: "tbills", name: "Treasury bills", kind: "tbills" as const, nav: bills }]
        : [],
      ...sleeves.map(({ key, name, firstDay: bought, nav }) => ({
        ...{ key, name, kind: "sleeve" as const },
        nav: Float64Array.from(
          { length: nDays },
          (_, i) => firstDay + i < bought ? SLEEVE_START : nav[firstDay + i - bought]!,
        ),
      })),
    ],
    ...{ firstDay, session: held.map((day) => day - firstDay), rates },
    sessionsPerYear: perYearOf(held),
    longestGapDays: longestGapOf(held),
    missing: [
      ...missing.map(({ symbol }) => symbol),
      ...offeredSleeves.filter(({ nav }) => nav.length === 0).map(({ name }) => name),
    ],
  };
}

/** Asset of a key. */
export function assetOf({ assets }: PortfolioAssets, key: AssetKey): AssetNav | undefined {
  return assets.find((asset) => asset.key === key);
}

/**
 * The same assets from a later session on, as if the study had begun at its close.
 *
 * Only ratios of values matter, so a sleeve that runs already is bought at its value of that day.
 *
 * Cost: O(assets · days).
 *
 * @param at Index of the session that becomes the first.
 * @throws {RangeError} If there is no such session.
 */
export function assetsFrom(from: PortfolioAssets, at: number): PortfolioAssets {
  const first = from.session[at];
  if (first === undefined) {
    throw new RangeError(
      `Cannot begin at a session as it must be one of the ${from.session.length}: got ${at}`,
    );
  }
  const session = from.session.subarray(at).map((day) => day - first);
  return {
    ...from,
    assets: from.assets.map((asset) => ({ ...asset, nav: asset.nav.slice(first) })),
    ...{ firstDay: from.firstDay + first, session, rates: from.rates.slice(first) },
    sessionsPerYear: perYearOf(session),
    longestGapDays: longestGapOf(session),
  };
}

/** Values at the sessions. Shape: one a session. Cost: O(sessions). */
export function atSessions(values: Float64Array, session: Int32Array): Float64Array {
  return Float64Array.from(session, (i) => values[i]!);
}

/** First session of the common period: that of the bills' first rate, or the last before a purchase. */
function firstSession(
  sessions: Int32Array,
  { benchmarks, sleeves, tbillSymbol }: {
    readonly benchmarks: readonly BenchmarkSeries[];
    readonly sleeves: readonly SleeveNav[];
    readonly tbillSymbol: string;
  },
): number {
  const bought = sleeves.reduce((latest, { firstDay }) => Math.max(latest, firstDay), -Infinity);
  const before = sessions.findLast((day) => day < bought) ?? -Infinity;
  const quoted = benchmarks.find(({ symbol }) => symbol === tbillSymbol)?.day[0] ?? -Infinity;
  // the rate of a day is the yield at a close before it
  return Math.max(before, quoted + 1);
}

function perYearOf(day: Int32Array): number {
  return day.length < 2 ? NaN : (day.length - 1) / (day.at(-1)! - day[0]!) * DAYS_PER_YEAR;
}

function longestGapOf(day: Int32Array): number {
  return day.reduce((most, one, i) => Math.max(most, one - (day[i - 1] ?? one)), 0);
}

/** Days that every series has, increasing. */
function commonDays(series: readonly Int32Array[]): Int32Array {
  const [first, ...others] = series.map((days) => new Set(days));
  return first === undefined
    ? new Int32Array(0)
    : series[0]!.filter((day) => others.every((days) => days.has(day)));
}

/** The last close at or before each day. */
function standingCloses(
  { day, close }: BenchmarkSeries,
  { firstDay, nDays }: { readonly firstDay: number; readonly nDays: number },
): Float64Array {
  const standing = new Float64Array(nDays);
  for (let i = 0, next = 0, latest = NaN; i < nDays; ++i) {
    for (; next < day.length && day[next]! <= firstDay + i; ++next) latest = close[next]!;
    standing[i] = latest;
  }
  return standing;
}

function requireSleeves(sleeves: readonly SleeveNav[]): void {
  const keys = new Set<AssetKey>([...CLOSING_ASSETS, "cash", "tbills"]);
  for (const { key, nav } of sleeves) {
    if (keys.has(key)) {
      throw new RangeError(
        `Cannot hold a sleeve as its key must be no other asset's: got "${key}"`,
      );
    }
    keys.add(key);
    const wrong = nav.findIndex((value) => !(value >= 0 && value < Infinity));
    if (wrong >= 0) {
      throw new RangeError(
        `Cannot hold sleeve "${key}" as its values must be finite and >= 0: got ${
          nav[wrong]
        } at ${wrong}`,
      );
    }
  }
}
