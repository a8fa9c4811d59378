import type { Market } from "../core/data_set.ts";
import {
  boolColumn,
  dateColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import { dayRange } from "../core/panel.ts";
import type { MethodStudy } from "./method_study.ts";
import { METHODS } from "./method_list.ts";
import type { Policy } from "../backtest/ledger.ts";

/** The checkpoint `05_markets`: the theme that a market's fee is taken from. */
export function feeThemeTable(
  markets: readonly Pick<Market, "marketId">[],
  themes: readonly (string | null)[],
): Table {
  return table({
    market_id: stringColumn(markets.map(({ marketId }) => marketId)),
    theme: stringColumn(themes),
  });
}

/** The checkpoint `05_trials`: every configuration that was replayed. */
export function trialTable(policies: readonly Policy[]): Table {
  const rows = METHODS.flatMap((method) => policies.map((policy) => ({ method, policy })));
  return table({
    method: stringColumn(rows.map(({ method }) => method.key)),
    name: stringColumn(rows.map(({ method }) => method.name)),
    policy: stringColumn(rows.map(({ policy }) => policy)),
    grouping: stringColumn(rows.map(({ method }) => method.grouping)),
    weighting: stringColumn(rows.map(({ method }) => method.weighting)),
    caps_liquidity: boolColumn(rows.map(({ method }) => method.capsLiquidity)),
    origin: stringColumn(rows.map(({ method }) => method.origin)),
  });
}

/** The checkpoint `05_random`: daily percentiles of each method's random portfolios, after costs. */
export function randomTable(
  bands: readonly {
    readonly method: string;
    readonly firstDay: number;
    readonly low: Float64Array;
    readonly mid: Float64Array;
    readonly high: Float64Array;
  }[],
): Table {
  const join = (of: (band: typeof bands[number]) => ArrayLike<number>) =>
    bands.flatMap((band) => Array.from(of(band)));
  return table({
    method: stringColumn(bands.flatMap(({ method, mid }) => Array(mid.length).fill(method))),
    date: dateColumn(join(({ firstDay, mid }) => dayRange(firstDay, firstDay + mid.length))),
    low: numberColumn(join(({ low }) => low)),
    mid: numberColumn(join(({ mid }) => mid)),
    high: numberColumn(join(({ high }) => high)),
  });
}

/** The comparison of methods as a reader's table. */
export function comparisonTable(studies: readonly MethodStudy[]): Table {
  const number = (of: (study: MethodStudy) => number) => numberColumn(studies.map(of));
  return table({
    method: stringColumn(studies.map(({ method }) => method.name)),
    annual_gross: number((one) => one.grossReturn),
    annual_net: number((one) => one.performance.annualizedReturn),
    low: number((one) => one.intervals.annualizedReturn.low),
    high: number((one) => one.intervals.annualizedReturn.high),
    among_random: number((one) => one.random?.percentile ?? NaN),
    among_random_gross: number((one) => one.random?.percentileGross ?? NaN),
    volatility: number((one) => one.performance.volatility),
    sharpe: number((one) => one.performance.sharpe),
    deflated: number((one) => one.deflated.probability),
    max_drawdown: number((one) => one.performance.maxDrawdown),
    turnover: number((one) => one.turnover.mean),
    annual_cost: number((one) => one.annualCost),
    contracts: number((one) => one.effectiveContracts),
    settled: integerColumn(studies.map(({ nBets }) => nBets)),
  });
}
