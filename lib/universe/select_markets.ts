import { type DailyActivity, type DailyPrices, type DataSet, rowsOf } from "../core/data_set.ts";

/**
 * A data set of some of the markets of another, with their rows copied.
 *
 * The benchmarks and the latest knowledge stay those of the whole.
 *
 * Cost: O(markets chosen + their rows).
 *
 * @param select Indices of the wanted markets, increasing.
 * @throws {RangeError} If the indices do not increase.
 */
export function selectMarkets<T extends DataSet>(data: T, select: ArrayLike<number>): T {
  const chosen = Array.from(select);
  for (let k = 1; k < chosen.length; ++k) {
    if (!(chosen[k]! > chosen[k - 1]!)) {
      throw new RangeError(
        `Cannot select markets as their indices must increase: got ${chosen[k]} after ${
          chosen[k - 1]
        }`,
      );
    }
  }
  const markets = chosen.map((j) => data.markets[j]!);
  const ids = new Set(markets.map(({ marketId }) => marketId));
  return {
    ...data,
    markets,
    prices: selectPrices(data.prices, chosen),
    activity: selectActivity(data.activity, chosen),
    resolutions: data.resolutions.filter(({ marketId }) => ids.has(marketId)),
  };
}

function selectPrices(prices: DailyPrices, chosen: readonly number[]): DailyPrices {
  const { offsets, parts } = runs(prices, chosen);
  return {
    offsets,
    day: joinDays(prices.day, parts, offsets),
    close: joinNumbers(prices.close, parts, offsets),
    bid: prices.bid && joinNumbers(prices.bid, parts, offsets),
    ask: prices.ask && joinNumbers(prices.ask, parts, offsets),
  };
}

function selectActivity(activity: DailyActivity, chosen: readonly number[]): DailyActivity {
  const { offsets, parts } = runs(activity, chosen);
  return {
    offsets,
    day: joinDays(activity.day, parts, offsets),
    volumeUsd: joinNumbers(activity.volumeUsd, parts, offsets),
    openInterest: activity.openInterest && joinNumbers(activity.openInterest, parts, offsets),
    liquidityUsd: activity.liquidityUsd && joinNumbers(activity.liquidityUsd, parts, offsets),
  };
}

interface Run {
  readonly from: number;
  readonly to: number;
}

function runs(
  daily: { readonly offsets: Uint32Array },
  chosen: readonly number[],
): { offsets: Uint32Array; parts: Run[] } {
  const parts = chosen.map((j) => rowsOf(daily, j));
  const offsets = new Uint32Array(chosen.length + 1);
  parts.forEach(({ from, to }, k) => offsets[k + 1] = offsets[k]! + to - from);
  return { offsets, parts };
}

function joinDays(values: Int32Array, parts: readonly Run[], offsets: Uint32Array): Int32Array {
  const joined = new Int32Array(offsets[parts.length]!);
  parts.forEach(({ from, to }, k) => joined.set(values.subarray(from, to), offsets[k]!));
  return joined;
}

function joinNumbers(
  values: Float64Array,
  parts: readonly Run[],
  offsets: Uint32Array,
): Float64Array {
  const joined = new Float64Array(offsets[parts.length]!);
  parts.forEach(({ from, to }, k) => joined.set(values.subarray(from, to), offsets[k]!));
  return joined;
}
