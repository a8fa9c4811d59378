import type { BasketReplay } from "../backtest/basket_replay.ts";
import { concentration } from "../backtest/concentration.ts";
import { lastRowAt, type PricePaths } from "../backtest/price_paths.ts";
import { sidePrice } from "../baskets/side.ts";
import type { Market } from "../core/data_set.ts";
import { dayOf } from "../core/day.ts";
import { contractTitle } from "../taxonomy/contract_title.ts";
import type { BasketHues } from "./basket_hues.ts";

/**
 * What each basket of a method holds since its last trade date, for the cards that a person reads.
 *
 * Baskets that were not decided on the method's last trade date, since their theme is joined with
 * others or has too few contracts, are left out.
 */
export function compositionView(
  baskets: readonly BasketReplay[],
  { name, markets, paths, eventOf, hues }: {
    readonly name: string;
    /** In the order of the paths. */
    readonly markets: readonly Market[];
    readonly paths: PricePaths;
    readonly eventOf: (marketId: string) => string;
    readonly hues: BasketHues;
  },
) {
  const lastOf = (one: BasketReplay) =>
    one.ledger.rebalances.findLast(({ kind }) => kind === "scheduled")?.date ?? -Infinity;
  const tradedOn = Math.max(...baskets.map(lastOf));
  const current = baskets.filter((one) =>
    one.ledger.rebalances.at(-1)?.status === "held" && lastOf(one) === tradedOn
  );
  return {
    ...{ name, tradedOn: Number.isFinite(tradedOn) ? tradedOn : paths.lastDay },
    baskets: current.map((one) => {
      const { date } = one.ledger.rebalances.at(-1)!;
      const rows = one.ledger.held.filter((row) => row.date === date && row.weight > 0);
      const weights = rows.map(({ weight }) => weight);
      return {
        ...{ id: one.basket, name: one.name, hue: hues.hueOf(one.basket), reason: "" },
        cash: Math.max(1 - weights.reduce((sum, weight) => sum + weight, 0), 0),
        effectiveNumber: concentration(weights, rows.map(({ marketId }) => eventOf(marketId)))
          .effectiveContracts,
        contracts: rows.map(({ marketId, side, weight, reason }) => {
          const j = paths.indexOf.get(marketId)!, row = lastRowAt(paths, j, date);
          const { closesAtMs } = markets[j]!;
          return {
            ...{ marketId, side, weight, title: contractTitle(markets[j]!) ?? marketId },
            sidePrice: row < 0 ? NaN : sidePrice(paths.prices.close[row]!, side),
            isCarried: reason.startsWith("carried="),
            endsOn: closesAtMs === null ? null : dayOf(closesAtMs),
          };
        }),
      };
    }),
  };
}
