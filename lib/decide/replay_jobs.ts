import type { BasketReplay } from "../backtest/basket_replay.ts";
import { lastRowAt, type PricePaths } from "../backtest/price_paths.ts";
import type { RandomDate } from "../backtest/random_portfolios.ts";
import { sidePrice } from "../baskets/side.ts";
import type { DataSet } from "../core/data_set.ts";
import type { DatedDecisions } from "./decide_at.ts";
import type { DecideConfig } from "./decide_tools.ts";
import { METHODS } from "./method_list.ts";
import type { RandomJob } from "./random_null.ts";
import type { CostConfig, MethodJob } from "./replay_method.ts";

/**
 * A universe without its texts but the questions: all that a replay reads, at a fraction of the cost of
 * sending it to a worker.
 */
export function replayData(data: DataSet): DataSet {
  return {
    ...data,
    markets: data.markets.map((market) => ({ ...market, description: null })),
    rejected: [],
    files: [],
  };
}

/** One job a method. */
export function methodJobs(
  decisions: readonly DatedDecisions[],
  { config, costs }: { readonly config: DecideConfig; readonly costs: CostConfig },
): MethodJob[] {
  return METHODS.map(({ key }, m) => ({
    ...{ method: key, config, costs },
    dates: decisions.map(({ day, pool, methods }) => ({ day, pool, baskets: methods[m]!.baskets })),
  }));
}

/**
 * One job a sleeve: random portfolios that hold the same weights at about the same prices, and as
 * much cash, on each of its scheduled trade dates. Emergencies have no counterpart.
 */
export function randomJobs(
  decisions: readonly DatedDecisions[],
  sleeves: readonly BasketReplay[],
  { config: { settings, seed }, costs, paths }: {
    readonly config: Pick<DecideConfig, "settings" | "seed">;
    readonly costs: CostConfig;
    readonly paths: PricePaths;
  },
): RandomJob[] {
  return sleeves.map(({ ledger }): RandomJob => {
    const scheduled = ledger.rebalances.filter(({ kind }) => kind === "scheduled");
    const rows = Map.groupBy(ledger.held.filter(({ weight }) => weight > 0), ({ date }) => date);
    const dates = scheduled.map(({ decidedOn, date }): RandomDate => ({
      tradedOn: date,
      contracts: decisions.find(({ day }) => day === decidedOn)!.offered,
      held: (rows.get(date) ?? []).map(({ marketId, side, weight }) => {
        const row = lastRowAt(paths, paths.indexOf.get(marketId)!, date);
        return { weight, sidePrice: sidePrice(paths.prices.close[row]!, side) };
      }),
    }));
    return { dates, settings, costs, seed, from: 0, to: settings.backtest.random_baskets.value };
  });
}
