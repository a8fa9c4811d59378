import { nullQuantiles } from "../core/null_percentile.ts";
import { monthStart } from "../core/day.ts";
import { meanKnown } from "../stats/mean_known.ts";
import type { Rebalance } from "./ledger.ts";

/** What a basket trades in a month, one way. */
export interface MonthlyTurnover {
  /** First day of each month, from the one after the first purchase to that of the last trade. */
  readonly months: Int32Array;
  /** Share of the basket exchanged in each; 0 where nothing was traded. */
  readonly values: Float64Array;
  readonly mean: number;
  readonly median: number;
  /** Share of months above the limit. */
  readonly unstableShare: number;
}

/**
 * Turnover of a basket by calendar month.
 *
 * One way: a basket that is sold and bought anew has a turnover of 1. The first purchase is none, and
 * what else is traded in its month belongs to building the basket. Trades of emergencies count in
 * their month; money that settlements pay out is no trade.
 *
 * NaN: mean, median and share of a basket without a later month. Cost: O(rebalances).
 *
 * @param rebalances Of one basket, in time order.
 * @param options.unstableTurnover Limit, `baskets.unstable_turnover` of the settings.
 */
export function monthlyTurnover(
  rebalances: readonly Pick<Rebalance, "date" | "turnover">[],
  { unstableTurnover }: { readonly unstableTurnover: number },
): MonthlyTurnover {
  const byMonth = new Map<number, number>();
  for (const { date, turnover } of rebalances) {
    const month = monthStart(date);
    byMonth.set(month, (byMonth.get(month) ?? 0) + turnover);
  }
  const months: number[] = [], used = [...byMonth.keys()];
  const last = Math.max(...used);
  for (let month = monthStart(Math.min(...used), 1); month <= last; month = monthStart(month, 1)) {
    months.push(month);
  }
  const values = Float64Array.from(months, (month) => byMonth.get(month) ?? 0);
  return {
    ...{ months: Int32Array.from(months), values, mean: meanKnown(values) },
    median: nullQuantiles(values, [0.5])[0]!,
    unstableShare: values.filter((value) => value > unstableTurnover).length / values.length,
  };
}
