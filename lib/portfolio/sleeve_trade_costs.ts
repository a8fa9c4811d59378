import { cellAt, columnOf, type Table } from "../core/table.ts";
import { mixtureNav, PORTFOLIO_START } from "./mixtures.ts";
import { mixtureKey } from "./portfolio_list.ts";
import type { SleeveStudy } from "./value_study.ts";

/** The mixture with the sleeve, the sleeve's own trades at some rate. */
export interface SleeveTradeCost {
  /** Share of what is bought and sold of the sleeve. */
  readonly rate: number;
  /** Value at the end, of 100. */
  readonly endValue: number;
  /** Growth a year. */
  readonly annualReturn: number;
  /** The same less that of the mixture with cash. */
  readonly againstCash: number;
}

/**
 * What the trades of a method's baskets cost, spread and fee, as a share of what they traded.
 *
 * Of all the replay's rebalances with the proceeds of settled contracts in cash; each basket counts by
 * what it traded of its own money, whatever it held.
 *
 * NaN: where nothing was traded. Cost: O(rows).
 *
 * @param rebalances The checkpoint `05_rebalances`: method, policy, traded, spread_cost, fee_cost.
 * @throws {TypeError} If the table lacks a column.
 */
export function paidCostRate(rebalances: Table, method: string): number {
  const methods = columnOf(rebalances, "method", "string");
  const policies = columnOf(rebalances, "policy", "string");
  const number = (name: string) => columnOf(rebalances, name, "number").values;
  const traded = number("traded"), spread = number("spread_cost"), fee = number("fee_cost");
  let sum = 0, cost = 0;
  for (let row = 0; row < rebalances.nRows; ++row) {
    if (cellAt(methods, row) !== method || cellAt(policies, row) !== "cash") continue;
    if (!(traded[row]! > 0)) continue;
    sum += traded[row]!;
    cost += spread[row]! + fee[row]!;
  }
  return sum > 0 ? cost / sum : NaN;
}

/**
 * The mixture with the sleeve at the study's cost rate, and with the sleeve's trades at another one.
 *
 * A share of a sleeve cannot be bought for less than what it consists of. That rate is one of small
 * trades; what a tenth of a large portfolio would pay is not known.
 *
 * Shape: two, the study's rate first; none without the sleeve, its competitor or a return, and only
 * the first where the rate is NaN. Cost: O(days).
 */
export function sleeveTradeCosts(from: SleeveStudy, rate: number): SleeveTradeCost[] {
  const { assets, measured, sleeve, costRate } = from, nReturns = assets.session.length - 1;
  const of = (key: string) => measured.find(({ portfolio }) => portfolio.mixture.key === key);
  const own = of(mixtureKey(sleeve)), cash = of(mixtureKey("cash"));
  if (own === undefined || cash === undefined || nReturns < 1) return [];
  const growth = (end: number) =>
    (end / PORTFOLIO_START) ** (assets.sessionsPerYear / nReturns) - 1;
  return [costRate, rate].filter((one) => !Number.isNaN(one)).map((one) => {
    const ratesOf = { [sleeve]: one };
    const { nav } = mixtureNav(own.portfolio.mixture, assets, { costRate, ratesOf });
    const endValue = nav.at(-1)!, annualReturn = growth(endValue);
    const againstCash = annualReturn - growth(cash.portfolio.nav.at(-1)!);
    return { rate: one, endValue, annualReturn, againstCash };
  });
}
