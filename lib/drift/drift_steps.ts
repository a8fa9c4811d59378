import type { DailyPrices } from "../core/data_set.ts";
import { MISSING_DAY, monthStart } from "../core/day.ts";
import type { ContractLives } from "./contract_lives.ts";

/**
 * Every step in the value of every contract, by contract and time: from one price to the next, and
 * from the last price to the payout. The steps of a contract add up to its last value less its first.
 */
export interface DriftSteps {
  /** Index of the contract in its {@link ContractLives}. */
  readonly contract: Int32Array;
  /** UTC day that the step begins at the end of. */
  readonly fromDay: Int32Array;
  /** Price at its beginning, in [0, 1]. */
  readonly price: Float64Array;
  /** The contract's price {@link BIN_LAG_DAYS} or a little more before that; NaN where it was younger. */
  readonly earlierPrice: Float64Array;
  /** Days since the contract's first price. */
  readonly age: Int32Array;
  /** Change of value, in the unit of prices. */
  readonly change: Float64Array;
  /** UTC days that it spans, at least 1. */
  readonly days: Int32Array;
  /** 1 for the step to the payout. */
  readonly isSettlement: Uint8Array;
}

/** Days that the price by which a step is binned is older than the step. */
export const BIN_LAG_DAYS = 7;

/** Which steps are looked at; the keys of the drift table. */
export type DriftSample =
  /** Everything in the source, with the settlement. */
  | "all"
  /** Everything in the source, but prices only: the settlement is left out. */
  | "prices only"
  /** Prices of contracts that are still quoted on the last day of the data, as the first engine did. */
  | "active only"
  /** The same, looked at on the first day of every month: what was still quoted then, up to then. */
  | "active monthly"
  /** Contracts of which the payout is known, with the settlement. */
  | "settled";

/** All samples, in reading order. */
export const DRIFT_SAMPLES: readonly DriftSample[] = [
  "all",
  "prices only",
  "active only",
  "active monthly",
  "settled",
];

/** The steps of all lives. Cost: O(prices). */
export function driftSteps(prices: DailyPrices, lives: ContractLives): DriftSteps {
  let n = 0;
  lives.from.forEach((from, c) => {
    n += lives.to[c]! - from - (lives.settledDay[c] === MISSING_DAY ? 1 : 0);
  });
  const steps = {
    contract: new Int32Array(n),
    fromDay: new Int32Array(n),
    price: new Float64Array(n),
    earlierPrice: new Float64Array(n).fill(NaN),
    age: new Int32Array(n),
    change: new Float64Array(n),
    days: new Int32Array(n),
    isSettlement: new Uint8Array(n),
  };
  let at = 0;
  lives.from.forEach((from, c) => {
    const to = lives.to[c]!, settledDay = lives.settledDay[c]!;
    let earlier = from - 1;
    for (let row = from; row < to; ++row) {
      const isLast = row + 1 === to;
      if (isLast && settledDay === MISSING_DAY) continue;
      const day = prices.day[row]!, price = prices.close[row]!;
      while (prices.day[earlier + 1]! <= day - BIN_LAG_DAYS) ++earlier;
      if (earlier >= from) steps.earlierPrice[at] = prices.close[earlier]!;
      steps.contract[at] = c;
      steps.fromDay[at] = day;
      steps.price[at] = price;
      steps.age[at] = day - prices.day[from]!;
      steps.change[at] = (isLast ? lives.payout[c]! : prices.close[row + 1]!) - price;
      steps.days[at] = (isLast ? settledDay : prices.day[row + 1]!) - day;
      steps.isSettlement[at] = isLast ? 1 : 0;
      ++at;
    }
  });
  return steps;
}

/**
 * How often each step enters a sample: 0 or 1, and for "active monthly" once for every month on
 * whose first day its contract was quoted no earlier than the step's end.
 */
export function sampleWeights(
  sample: DriftSample,
  steps: DriftSteps,
  { lives, prices }: { readonly lives: ContractLives; readonly prices: DailyPrices },
): Float64Array {
  const isPrice = (i: number) => steps.isSettlement[i] === 0 ? 1 : 0;
  const quotedUntil = (i: number) => prices.day[lives.to[steps.contract[i]!]! - 1]!;
  const starts = monthStartsBefore(lives);
  const weight: Record<DriftSample, (i: number) => number> = {
    "all": () => 1,
    "prices only": isPrice,
    "active only": (i) => isPrice(i) * Number(quotedUntil(i) === lives.lastDay),
    "active monthly": (i) =>
      isPrice(i) &&
      starts[quotedUntil(i) + 1 - lives.firstDay]! -
        starts[steps.fromDay[i]! + steps.days[i]! - lives.firstDay]!,
    "settled": (i) => Number(lives.settledDay[steps.contract[i]!] !== MISSING_DAY),
  };
  return steps.price.map((_, i) => weight[sample](i));
}

/** First days of a month before each day, from the first day of the lives to the one after the last. */
function monthStartsBefore({ firstDay, lastDay }: ContractLives): Int32Array {
  if (firstDay === MISSING_DAY) return new Int32Array(0);
  const before = new Int32Array(lastDay - firstDay + 2);
  let start = monthStart(firstDay), n = 0;
  for (let k = 0; k < before.length; ++k) {
    before[k] = n;
    if (start < firstDay + k) start = monthStart(start, 1);
    if (start === firstDay + k) ++n;
  }
  return before;
}
