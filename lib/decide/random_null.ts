import { pricePaths } from "../backtest/price_paths.ts";
import {
  type RandomDate,
  type RandomPortfolios,
  randomPortfolios,
} from "../backtest/random_portfolios.ts";
import { venueCosts } from "../backtest/venue_costs.ts";
import type { DataSet } from "../core/data_set.ts";
import type { Settings } from "../core/settings.ts";
import type { CostConfig } from "./replay_method.ts";

/** The random portfolios of one method. */
export interface RandomJob {
  /** By trade date. */
  readonly dates: readonly RandomDate[];
  readonly settings: Settings;
  readonly costs: CostConfig;
  readonly seed: number;
  /** Draws number `from` to `to` − 1. */
  readonly from: number;
  readonly to: number;
}

/** Random portfolios that trade at the costs and under the rules of the replay. */
export function randomNull(data: DataSet, job: RandomJob): RandomPortfolios {
  const { backtest, baskets } = job.settings;
  const paths = pricePaths(data);
  const cost = venueCosts(paths, {
    ...{ fees: job.costs.fees, themeOf: (j) => job.costs.themes[j]! },
    ...{ capitalUsd: backtest.capital_usd.value, feeModel: backtest.fee_model.value },
    halfSpread: backtest.half_spread.value,
  });
  return randomPortfolios(paths, job.dates, {
    ...{ seed: job.seed, from: job.from, to: job.to, lastDay: paths.lastDay, cost },
    maxPriceAgeDays: baskets.max_price_age_days.value,
  });
}
