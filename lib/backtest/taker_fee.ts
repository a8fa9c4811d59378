import { formatDay } from "../core/day.ts";
import type { FeeRate, FeeRounding, Fees, FeeSchedule } from "./parse_fees.ts";
import type { Venue } from "../core/market_id.ts";

/**
 * Slack of the rounding, in units: 100 contracts at 50 cents cost 1.7500000000000002 dollars in
 * doubles, which is not a reason to charge 1.76.
 */
const ROUNDING_SLACK = 1e-6;

/**
 * Dollars that a venue charges a taker for one order: contracts × rate × (p (1 − p))^exponent,
 * rounded as the venue rounds.
 *
 * Symmetric in p and 1 − p: which of the two outcomes is called YES costs nothing.
 *
 * @param fee Rate of the market's category.
 * @param rounding Unit and direction.
 * @param options.contracts Number of contracts, ≥ 0; fractions are priced as they are.
 * @param options.price Price of the traded side, in [0, 1].
 *
 * @example Kalshi's own table
 * ```ts
 * import assert from "node:assert/strict";
 * import { takerFeeUsd } from "lib/backtest/taker_fee.ts";
 * const order = { contracts: 100, price: 0.1 };
 * assert.equal(takerFeeUsd({ rate: 0.07, exponent: 1 }, { unit: 0.01, mode: "up" }, order), 0.63);
 * ```
 */
export function takerFeeUsd(
  { rate, exponent }: FeeRate,
  { unit, mode }: FeeRounding,
  { contracts, price }: { readonly contracts: number; readonly price: number },
): number {
  const units = contracts * rate * (price * (1 - price)) ** exponent / unit;
  if (mode === "up") return Math.max(0, Math.ceil(units - ROUNDING_SLACK)) * unit;
  return Math.floor(units + 0.5 + ROUNDING_SLACK) * unit;
}

/**
 * The schedule of a venue that holds on a day.
 *
 * @throws {RangeError} If the venue's first schedule is later.
 */
export function scheduleOn(
  fees: Fees,
  venue: Venue,
  { day }: { readonly day: number },
): FeeSchedule {
  const schedule = fees.venues[venue].schedules.findLast(({ fromDay }) => fromDay <= day);
  if (schedule === undefined) {
    throw new RangeError(
      `Cannot charge a fee of ${venue} as a schedule must hold on the day: got ${formatDay(day)}`,
    );
  }
  return schedule;
}
