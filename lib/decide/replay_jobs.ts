import type { BasketReplay } from "../backtest/basket_replay.ts";
import type { RandomDate } from "../backtest/random_portfolios.ts";
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
 * One job a sleeve: random portfolios that hold as many contracts, and as much cash, on each of its
 * scheduled trade dates. Emergencies have no counterpart.
 */
export function randomJobs(
  decisions: readonly DatedDecisions[],
  sleeves: readonly BasketReplay[],
  { config: { settings, seed }, costs }: {
    readonly config: Pick<DecideConfig, "settings" | "seed">;
    readonly costs: CostConfig;
  },
): RandomJob[] {
  return sleeves.map(({ ledger }): RandomJob => {
    const scheduled = ledger.rebalances.filter(({ kind }) => kind === "scheduled");
    const dates = scheduled.map(({ decidedOn, date, nHeld, cashWeight }): RandomDate => ({
      contracts: decisions.find(({ day }) => day === decidedOn)!.offered,
      ...{ tradedOn: date, nHeld, invested: Math.max(1 - cashWeight, 0) },
    }));
    return { dates, settings, costs, seed, from: 0, to: settings.backtest.random_baskets.value };
  });
}
