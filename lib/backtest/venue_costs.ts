import type { Fees } from "./parse_fees.ts";
import { lastRowAt, type PricePaths } from "./price_paths.ts";
import { scheduleOn, takerFeeUsd } from "./taker_fee.ts";
import type { TradeCost } from "./trade_cost.ts";

/** What the costs of trading are made of. */
export interface VenueCostOptions {
  readonly fees: Fees;
  /** Theme of a market, by its index in the price paths; `null` where it has none. */
  readonly themeOf: (market: number) => string | null;
  /** US dollars of a basket of 100 points: fees rounded up to a cent depend on the order's size. */
  readonly capitalUsd: number;
  /** Half the spread where bid and ask are not known, probability. */
  readonly halfSpread: number;
  /** The venues' schedules, or the flat share of the traded value. */
  readonly feeModel: "venue" | "flat";
}

/**
 * The costs of trading at the venues: half the spread, and the taker's fee of the day.
 *
 * Half the spread is (ask − bid) / 2 beside the close that is traded at, where both are known and
 * not crossed. It and the fee are dollars a contract; a dollar buys 1 / price contracts, so cheap
 * sides cost most. It is at most the whole dollar: a bid is never below zero, and what stands at a
 * tenth of a tick is given away and not paid for. (A purchase below one tick would then pay too
 * little; baskets buy above `eligibility.min_price`.) Each trade is one order of `notional / 100 × capitalUsd` dollars.
 *
 * NaN: an unknown bid or ask means that `halfSpread` is paid.
 * Cost: O(log days) a trade.
 *
 * @throws {RangeError} If the capital is not positive or the half-spread is negative; at a trade, if
 *   it is before the venue's first schedule.
 */
export function venueCosts(paths: PricePaths, options: VenueCostOptions): TradeCost {
  const { fees, themeOf, capitalUsd, halfSpread, feeModel } = options;
  if (!(capitalUsd > 0 && capitalUsd < Infinity)) {
    throw new RangeError(
      `Cannot price trades as the capital must be positive US dollars: got ${capitalUsd}`,
    );
  }
  if (!(halfSpread >= 0 && halfSpread < 1)) {
    throw new RangeError(
      `Cannot price trades as the half-spread must be a probability in [0, 1): got ${halfSpread}`,
    );
  }
  return ({ market, sidePrice, notional, day }) => {
    const spread = Math.min(quotedHalfSpread(paths, market, day, halfSpread) / sidePrice, 1);
    if (feeModel === "flat") return { spread, fee: fees.flatShare };
    const venue = paths.venues[market]!;
    const { categoryOf, defaultCategory } = fees.venues[venue];
    const { rates, rounding } = scheduleOn(fees, venue, { day });
    const category = categoryOf.get(themeOf(market) ?? "") ?? defaultCategory;
    const usd = notional / 100 * capitalUsd;
    // nothing is ordered, and nothing a dollar would be 0 / 0
    if (usd === 0) return { spread, fee: 0 };
    const order = { contracts: usd / sidePrice, price: sidePrice };
    return { spread, fee: takerFeeUsd(rates.get(category)!, rounding, order) / usd };
  };
}

function quotedHalfSpread(
  paths: PricePaths,
  market: number,
  day: number,
  otherwise: number,
): number {
  const { bid, ask } = paths.prices;
  if (bid === null || ask === null) return otherwise;
  const row = lastRowAt(paths, market, day);
  if (row < 0) return otherwise;
  const width = ask[row]! - bid[row]!;
  return width >= 0 ? width / 2 : otherwise;
}
