import type { DailyPrices } from "../core/data_set.ts";
import { dayOf, MISSING_DAY, monthStart } from "../core/day.ts";
import type { ContractLives } from "./contract_lives.ts";
import { BIN_LAG_DAYS } from "./drift_steps.ts";

/** On which days the price of a contract is compared with what it paid. */
export type LongshotRule =
  /** The first day of every month. */
  | { readonly key: string; readonly kind: "month_starts" }
  /** A number of days after the first price, or before the settlement. */
  | { readonly key: string; readonly kind: "age" | "before_settlement"; readonly days: number };

/**
 * The rules of notebook 06. A day that is counted back from the settlement is known only afterwards,
 * and a contract that settles when its event happens settles early because it pays.
 */
export const LONGSHOT_RULES: readonly LongshotRule[] = [
  { key: "first of each month", kind: "month_starts" },
  { key: "7 days after listing", kind: "age", days: 7 },
  { key: "30 days after listing", kind: "age", days: 30 },
  { key: "30 days before settlement", kind: "before_settlement", days: 30 },
  { key: "7 days before settlement", kind: "before_settlement", days: 7 },
  { key: "1 day before settlement", kind: "before_settlement", days: 1 },
];

/** Whether a rule needs to know when a contract will settle. */
export function peeks({ kind }: LongshotRule): boolean {
  return kind === "before_settlement";
}

/** Prices with what their contracts paid, a row each. */
export interface LongshotSamples {
  /** Contract as in its {@link ContractLives}, ascending. */
  readonly contract: Int32Array;
  readonly price: Float64Array;
  /** Price a week before, by which rows are binned. */
  readonly earlierPrice: Float64Array;
  /** In [0, 1]. */
  readonly payout: Float64Array;
  /** Contracts that the rule would take, but that have no payout. */
  readonly nUnsettled: number;
}

/**
 * The rows that a rule takes of all contracts which were due by the last day of the data.
 *
 * Due means a scheduled end within the data, known at every one of its days. Taking what happens to be
 * settled instead would take the contracts that settle early because their event happened, and not the
 * ones still waiting. A rule that counts back from the settlement takes every settled contract, since it
 * looks ahead anyway. A price younger than a week is in no row, see {@link driftBinnings} for why.
 *
 * Cost: O(prices).
 */
export function longshotSamples(
  rule: LongshotRule,
  { lives, prices }: { readonly lives: ContractLives; readonly prices: DailyPrices },
): LongshotSamples {
  const contract: number[] = [], price: number[] = [], earlierPrice: number[] = [];
  let nUnsettled = 0;
  lives.from.forEach((from, c) => {
    const to = lives.to[c]!, isSettled = lives.settledDay[c] !== MISSING_DAY;
    const isDue = dayOf(lives.endMs[c]!) <= lives.lastDay;
    if (peeks(rule) ? !isSettled : !isDue) return;
    const rows = rowsTaken(rule, { day: prices.day, from, to, settledDay: lives.settledDay[c]! });
    const found = rows.flatMap((row) => {
      let earlier = row;
      while (earlier >= from && prices.day[earlier]! > prices.day[row]! - BIN_LAG_DAYS) --earlier;
      return earlier < from ? [] : [{ row, earlier }];
    });
    if (found.length > 0 && !isSettled) ++nUnsettled;
    if (!isSettled) return;
    for (const { row, earlier } of found) {
      contract.push(c);
      price.push(prices.close[row]!);
      earlierPrice.push(prices.close[earlier]!);
    }
  });
  return {
    contract: Int32Array.from(contract),
    price: Float64Array.from(price),
    earlierPrice: Float64Array.from(earlierPrice),
    payout: Float64Array.from(contract, (c) => lives.payout[c]!),
    nUnsettled,
  };
}

/** Rows of one contract on the days of a rule; a day without a price has none. */
function rowsTaken(
  rule: LongshotRule,
  { day, from, to, settledDay }: {
    readonly day: Int32Array;
    readonly from: number;
    readonly to: number;
    readonly settledDay: number;
  },
): number[] {
  const rows = Array.from({ length: to - from }, (_, k) => from + k);
  if (rule.kind === "month_starts") return rows.filter((row) => monthStart(day[row]!) === day[row]);
  const wanted = rule.kind === "age" ? day[from]! + rule.days : settledDay - rule.days;
  return rows.filter((row) => day[row] === wanted);
}
