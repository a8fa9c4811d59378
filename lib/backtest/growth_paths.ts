import { type Side, sidePrice } from "../baskets/side.ts";
import { MISSING_DAY } from "../core/day.ts";
import { lastRowAt, type PricePaths } from "./price_paths.ts";
import type { TradeCost } from "./trade_cost.ts";

/** A contract that could be bought at a trade date. */
export interface Offered {
  readonly marketId: string;
  readonly eventId: string;
  readonly side: Side;
}

/** What a dollar in each contract becomes between two trade dates. */
export interface GrowthPaths {
  /** Contracts that could be traded at the first date, as indices into those offered. */
  readonly offered: Int32Array;
  /** nDays × nContracts, row-major: value of a dollar that was put in at the end of the first day. */
  readonly growth: Float64Array;
  readonly nDays: number;
  /** Price of each side at the first date. */
  readonly sidePrice: Float64Array;
  /** Cost of trading a dollar at the first date. */
  readonly costRate: Float64Array;
  /** Whether the contract was settled by the end of the last day. */
  readonly isSettled: Uint8Array;
}

/**
 * Growth of each contract from one trade date to the next, settlements paid into cash.
 *
 * The rules of the ledger: bought at the last close if that is not too old and the side's price is
 * neither 0 nor 1, marked at the last close, paid at the end of the day of settlement.
 *
 * Shape: contracts → days × contracts, both trade dates included. Cost: O(days × contracts).
 *
 * @param options.from Trade date. @param options.to Next trade date or the last day.
 * @param options.notional Points that go into each contract, for fees that depend on the size.
 */
export function growthPaths(
  paths: PricePaths,
  contracts: readonly Offered[],
  { from, to, maxPriceAgeDays, cost, notional }: {
    readonly from: number;
    readonly to: number;
    readonly maxPriceAgeDays: number;
    readonly cost: TradeCost;
    readonly notional: number;
  },
): GrowthPaths {
  const offered: number[] = [], rows: number[] = [], rates: number[] = [], prices: number[] = [];
  contracts.forEach(({ marketId, side }, k) => {
    const j = paths.indexOf.get(marketId)!;
    const row = lastRowAt(paths, j, from);
    const settled = paths.resolvedOn[j]!;
    if (row < 0 || from - paths.prices.day[row]! > maxPriceAgeDays) return;
    if (settled !== MISSING_DAY && settled <= from) return;
    const q = sidePrice(paths.prices.close[row]!, side);
    if (!(q > 0 && q < 1)) return;
    const { spread, fee } = cost({ market: j, sidePrice: q, notional, day: from });
    offered.push(k);
    rows.push(row);
    rates.push(spread + fee);
    prices.push(q);
  });
  const n = offered.length, nDays = to - from + 1;
  const growth = new Float64Array(n * nDays);
  const isSettled = new Uint8Array(n);
  offered.forEach((k, i) => {
    const { marketId, side } = contracts[k]!;
    const j = paths.indexOf.get(marketId)!;
    const end = paths.prices.offsets[j + 1]!;
    const settled = paths.resolvedOn[j]! === MISSING_DAY ? Infinity : paths.resolvedOn[j]!;
    const bought = sidePrice(paths.prices.close[rows[i]!]!, side);
    let row = rows[i]!;
    for (let t = 0; t < nDays; ++t) {
      while (row + 1 < end && paths.prices.day[row + 1]! <= from + t) ++row;
      const price = from + t >= settled ? paths.payout[j]! : paths.prices.close[row]!;
      growth[t * n + i] = sidePrice(price, side) / bought;
    }
    isSettled[i] = settled <= to ? 1 : 0;
  });
  return {
    ...{ offered: Int32Array.from(offered), growth, nDays, isSettled },
    ...{ costRate: Float64Array.from(rates), sidePrice: Float64Array.from(prices) },
  };
}
