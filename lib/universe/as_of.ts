import { type DataSet, listedAtMs, rowsOf } from "../core/data_set.ts";
import type { BenchmarkSeries, DailyActivity, DailyPrices, Market } from "../core/data_set.ts";
import { dayEndMs } from "../core/day.ts";

/**
 * A data set as it stood at one instant. Code that decides anything takes this type and not a
 * {@link DataSet}, so that the compiler keeps the future out.
 */
export interface PointInTime extends DataSet {
  readonly knowledge: "point in time";
}

/**
 * What could be known of a universe at the instant `timeMs`.
 *
 * A copy and not a filtered window: the arrays of the view end where the knowledge ends, so no
 * index, no `subarray` and no `buffer` of it reaches a later value. Markets are counted anew, from
 * those listed by then. Refused rows have no clock and are left out.
 *
 * Daily values of day D are known from the end of D (24:00 UTC). A market is known from its
 * listing: creation, else opening, else the end of its first day with a price. A resolution is
 * known from its settlement.
 *
 * Cost: O(markets + daily rows up to `timeMs`).
 *
 * @param data The whole universe, or a later view of it.
 * @param timeMs Latest knowledge allowed, UTC milliseconds, inclusive.
 * @throws {RangeError} If `timeMs` is not a finite number.
 */
export function asOf(data: DataSet, timeMs: number): PointInTime {
  if (!Number.isFinite(timeMs)) {
    throw new RangeError(`Cannot look back as the instant must be finite: got ${timeMs}`);
  }
  const listed: number[] = [];
  for (let j = 0; j < data.markets.length; ++j) {
    const { from, to } = rowsOf(data.prices, j);
    const firstPricedDay = from < to ? data.prices.day[from] : undefined;
    if (listedAtMs(data.markets[j]!, firstPricedDay) <= timeMs) listed.push(j);
  }
  const markets = listed.map((j) => data.markets[j]!);
  const known = new Set(markets.map((market: Market) => market.marketId));
  return Object.freeze({
    knowledge: "point in time",
    origin: data.origin,
    markets: Object.freeze(markets),
    prices: pricesUpTo(data.prices, listed, timeMs),
    activity: activityUpTo(data.activity, listed, timeMs),
    resolutions: Object.freeze(
      data.resolutions.filter((r) => r.resolvedAtMs <= timeMs && known.has(r.marketId)),
    ),
    benchmarks: Object.freeze(data.benchmarks.map((series) => benchmarkUpTo(series, timeMs))),
    rejected: Object.freeze([]),
    files: Object.freeze([]),
    asOfMs: Math.min(data.asOfMs, timeMs),
  });
}

/** For each listed market the rows whose days had ended by `timeMs`: a prefix of its run. */
interface Prefixes {
  /** First row and number of rows per listed market, in the source. */
  readonly from: Uint32Array;
  readonly n: Uint32Array;
  /** Offsets of the copy. */
  readonly offsets: Uint32Array;
}

function prefixesUpTo(
  daily: { readonly offsets: Uint32Array; readonly day: Int32Array },
  listed: readonly number[],
  timeMs: number,
): Prefixes {
  const from = new Uint32Array(listed.length);
  const n = new Uint32Array(listed.length);
  const offsets = new Uint32Array(listed.length + 1);
  for (let column = 0; column < listed.length; ++column) {
    const rows = rowsOf(daily, listed[column]!);
    let low = rows.from, high = rows.to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (dayEndMs(daily.day[middle]!) <= timeMs) low = middle + 1;
      else high = middle;
    }
    from[column] = rows.from;
    n[column] = low - rows.from;
    offsets[column + 1] = offsets[column]! + n[column]!;
  }
  return { from, n, offsets };
}

/** A copy of the kept rows, in an array of its own that is just as long. */
function take<T extends Float64Array | Int32Array>(
  values: T,
  { from, n, offsets }: Prefixes,
  make: (length: number) => T,
): T {
  const copy = make(offsets[n.length]!);
  for (let column = 0; column < n.length; ++column) {
    copy.set(values.subarray(from[column]!, from[column]! + n[column]!), offsets[column]!);
  }
  return copy;
}

function takeDays(days: Int32Array, kept: Prefixes): Int32Array {
  return take(days, kept, (length) => new Int32Array(length));
}

function takeNumbers(values: Float64Array, kept: Prefixes): Float64Array {
  return take(values, kept, (length) => new Float64Array(length));
}

function pricesUpTo(
  prices: DailyPrices,
  listed: readonly number[],
  timeMs: number,
): DailyPrices {
  const kept = prefixesUpTo(prices, listed, timeMs);
  return Object.freeze({
    offsets: kept.offsets,
    day: takeDays(prices.day, kept),
    close: takeNumbers(prices.close, kept),
    bid: prices.bid && takeNumbers(prices.bid, kept),
    ask: prices.ask && takeNumbers(prices.ask, kept),
  });
}

function activityUpTo(
  activity: DailyActivity,
  listed: readonly number[],
  timeMs: number,
): DailyActivity {
  const kept = prefixesUpTo(activity, listed, timeMs);
  return Object.freeze({
    offsets: kept.offsets,
    day: takeDays(activity.day, kept),
    volumeUsd: takeNumbers(activity.volumeUsd, kept),
    openInterest: activity.openInterest && takeNumbers(activity.openInterest, kept),
    liquidityUsd: activity.liquidityUsd && takeNumbers(activity.liquidityUsd, kept),
  });
}

function benchmarkUpTo(series: BenchmarkSeries, timeMs: number): BenchmarkSeries {
  let n = series.day.length;
  while (n > 0 && dayEndMs(series.day[n - 1]!) > timeMs) --n;
  return Object.freeze({
    symbol: series.symbol,
    kind: series.kind,
    day: series.day.slice(0, n),
    close: series.close.slice(0, n),
  });
}
