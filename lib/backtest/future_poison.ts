import { type DataSet, rowsOf } from "../core/data_set.ts";
import { dayEndMs } from "../core/day.ts";
import type { Random } from "../core/random.ts";

/**
 * The same data set with everything after a day replaced by garbage that is still in the contract's
 * form: other prices, volumes and quotes, other payouts, other benchmarks, other words for markets
 * that were not listed by then.
 *
 * Whoever decides on the day and looks ahead decides something else on the poisoned data. Settlement
 * times stay after the day, so that what was live is live.
 *
 * Cost: O(rows).
 *
 * @param day Last day that stays as it is.
 */
export function poisonedAfter(data: DataSet, day: number, random: Random): DataSet {
  const cutMs = dayEndMs(day);
  const from = (daily: { readonly offsets: Uint32Array; readonly day: Int32Array }, j: number) => {
    const rows = rowsOf(daily, j);
    let row = rows.from;
    while (row < rows.to && daily.day[row]! <= day) ++row;
    return { from: row, to: rows.to };
  };
  const replaced = (
    daily: { readonly offsets: Uint32Array; readonly day: Int32Array },
    values: Float64Array,
    garbage: () => number,
  ) => {
    const copy = values.slice();
    for (let j = 0; j < data.markets.length; ++j) {
      const rows = from(daily, j);
      for (let row = rows.from; row < rows.to; ++row) copy[row] = garbage();
    }
    return copy;
  };
  const share = () => random(), dollars = () => 1e6 * random();
  const { prices, activity } = data;
  const optional = (values: Float64Array | null, daily: typeof prices | typeof activity) =>
    values && replaced(daily, values, daily === prices ? share : dollars);
  return {
    ...data,
    markets: data.markets.map((market, j) => {
      const firstRow = rowsOf(prices, j);
      const firstMs = firstRow.from < firstRow.to ? dayEndMs(prices.day[firstRow.from]!) : Infinity;
      const listedMs = market.createdAtMs ?? market.opensAtMs ?? firstMs;
      if (listedMs <= cutMs) return market;
      return { ...market, question: "Will nobody know this?", description: null, eventTitle: null };
    }),
    prices: {
      ...prices,
      close: replaced(prices, prices.close, share),
      bid: optional(prices.bid, prices),
      ask: optional(prices.ask, prices),
    },
    activity: {
      ...activity,
      volumeUsd: replaced(activity, activity.volumeUsd, dollars),
      openInterest: optional(activity.openInterest, activity),
      liquidityUsd: optional(activity.liquidityUsd, activity),
    },
    resolutions: data.resolutions.map((resolution) =>
      resolution.resolvedAtMs <= cutMs
        ? resolution
        : { ...resolution, payout: 1 - resolution.payout, source: "poison" }
    ),
    benchmarks: data.benchmarks.map((series) => ({
      ...series,
      close: series.close.map((x, i) => series.day[i]! <= day ? x : x * (0.5 + random())),
    })),
  };
}
