import type { Side } from "../baskets/side.ts";
import { type DailyPrices, rowsOf } from "../core/data_set.ts";

/**
 * Closes of the given side of each market, to nine decimals.
 *
 * Rounded, as 1 − (1 − p) is not p: otherwise moves that should be equal would differ by what is left,
 * and so would what is decided by which outcome a venue quotes.
 *
 * Cost: O(rows).
 *
 * @param sides By market.
 */
export function sidePrices(prices: DailyPrices, sides: readonly Side[]): DailyPrices {
  const close = prices.close.slice();
  sides.forEach((side, j) => {
    const isTurned = side === "no";
    const { from, to } = rowsOf(prices, j);
    for (let row = from; row < to; ++row) {
      const price = isTurned ? 1 - close[row]! : close[row]!;
      close[row] = Math.round(price * PRICE_STEPS) / PRICE_STEPS;
    }
  });
  return { ...prices, close };
}

const PRICE_STEPS = 1e9;
