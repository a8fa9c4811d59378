import type { Side } from "../baskets/side.ts";
import type { TradeCost } from "./trade_cost.ts";

/** Traded value below which a difference of weights is rounding and no trade, points of 100. */
export const NO_TRADE_BELOW = 1e-9;

/** A purchase or a sale of the net track. */
export interface Order {
  /** Index in the price paths. */
  readonly market: number;
  readonly side: Side;
  /** Price of the side. */
  readonly sidePrice: number;
  /** Traded value, points of 100, ≥ 0. */
  readonly notional: number;
}

/** What orders cost, points of 100, in their order. */
export interface Charge {
  readonly spread: Float64Array;
  readonly fees: Float64Array;
  readonly spreadTotal: number;
  readonly feeTotal: number;
  /** Share of the value that is left. */
  readonly kept: number;
}

/**
 * The cost of orders that are traded together out of one value.
 *
 * No more can be paid than there is: costs above the value are cut in proportion. Orders below
 * {@link NO_TRADE_BELOW} cost nothing, or a fee that is rounded up would be paid on rounding errors.
 *
 * @param orders All orders of the day.
 * @param options.cost Rates. @param options.day Trade date.
 * @param options.value Net value before, points.
 */
export function charge(
  orders: readonly Order[],
  { cost, day, value }: {
    readonly cost: TradeCost;
    readonly day: number;
    readonly value: number;
  },
): Charge {
  const spread = new Float64Array(orders.length);
  const fees = new Float64Array(orders.length);
  let spreadTotal = 0, feeTotal = 0;
  for (let i = 0; i < orders.length; ++i) {
    const { market, sidePrice, notional } = orders[i]!;
    if (notional < NO_TRADE_BELOW) continue;
    const rate = cost({ market, sidePrice, notional, day });
    spread[i] = notional * rate.spread;
    fees[i] = notional * rate.fee;
    spreadTotal += spread[i]!;
    feeTotal += fees[i]!;
  }
  const total = spreadTotal + feeTotal;
  if (total === 0) return { spread, fees, spreadTotal, feeTotal, kept: 1 };
  if (total < value) return { spread, fees, spreadTotal, feeTotal, kept: (value - total) / value };
  const cut = value / total;
  return {
    spread: spread.map((x) => x * cut),
    fees: fees.map((x) => x * cut),
    spreadTotal: spreadTotal * cut,
    feeTotal: feeTotal * cut,
    kept: 0,
  };
}
