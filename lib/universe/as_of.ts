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

/** Row numbers of the listed markets' days that had ended by `timeMs`, and their new offsets. */
function rowsUpTo(
  daily: { readonly offsets: Uint32Array; readonly day: Int32Array },
  listed: readonly number[],
  timeMs: number,
): { offsets: Uint32Array; rows: Uint32Array } {
  const offsets = new Uint32Array(listed.length + 1);
  const kept: number[] = [];
  listed.forEach((j, column) => {
    const { from, to } = rowsOf(daily, j);
    for (let row = from; row < to && dayEndMs(daily.day[row]!) <= timeMs; ++row) kept.push(row);
    offsets[column + 1] = kept.length;
  });
  return { offsets, rows: Uint32Array.from(kept) };
}

function take(values: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

function takeIfAny(values: Float64Array | null, rows: Uint32Array): Float64Array | null {
  return values && take(values, rows);
}

function pricesUpTo(
  prices: DailyPrices,
  listed: readonly number[],
  timeMs: number,
): DailyPrices {
  const { offsets, rows } = rowsUpTo(prices, listed, timeMs);
  return Object.freeze({
    offsets,
    day: Int32Array.from(rows, (row) => prices.day[row]!),
    close: take(prices.close, rows),
    bid: takeIfAny(prices.bid, rows),
    ask: takeIfAny(prices.ask, rows),
  });
}

function activityUpTo(
  activity: DailyActivity,
  listed: readonly number[],
  timeMs: number,
): DailyActivity {
  const { offsets, rows } = rowsUpTo(activity, listed, timeMs);
  return Object.freeze({
    offsets,
    day: Int32Array.from(rows, (row) => activity.day[row]!),
    volumeUsd: take(activity.volumeUsd, rows),
    openInterest: takeIfAny(activity.openInterest, rows),
    liquidityUsd: takeIfAny(activity.liquidityUsd, rows),
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
