import type { ChartContext } from "lib/charts/chart_context.ts";
import { assetCorrelationChart, type AssetRelations } from "lib/charts/asset_correlation.ts";
import { deepestDrawdown } from "lib/charts/deepest_drawdown.ts";
import { dayLabelsChart, type ExchangeBetas } from "lib/charts/day_labels.ts";
import type { Figure } from "lib/charts/figure.ts";
import { portfolioDrawdownChart, type PortfolioFalls } from "lib/charts/portfolio_drawdown.ts";
import { portfolioNavChart, type PortfolioNavs } from "lib/charts/portfolio_nav.ts";
import { type RiskReturn, riskReturnChart } from "lib/charts/risk_return.ts";
import { type SleeveAgainstCash, sleeveAgainstCashChart } from "lib/charts/sleeve_against_cash.ts";
import { parseDay } from "lib/core/day.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";

/** First day of the made portfolios. */
export const FIRST_DAY = parseDay("2024-01-02");

/** Names in the order of a run: four that are compared, then the rest. */
const NAMES = [
  "60/40",
  "60/40 + 10 % baskets",
  "60/40 + 10 % cash",
  "60/40 + 10 % Treasury bills",
  "60/40 + 10 % GLD",
  "60/40 + 10 % BTC-USD",
  "SPY",
  "TLT",
  "GLD",
  "BTC-USD",
  "Treasury bills",
  "Baskets",
] as const;

/** Deviation of a session and drift a year of each. */
const RISKS = [
  [0.0065, 0.09],
  [0.0059, 0.08],
  [0.0058, 0.083],
  [0.0058, 0.087],
  [0.0064, 0.1],
  [0.0081, 0.14],
  [0.0095, 0.16],
  [0.0092, -0.02],
  [0.0098, 0.2],
  [0.029, 0.45],
  [0.00001, 0.048],
  [0.004, -0.06],
] as const;

function keyOf(k: number): string {
  return `p${String(k).padStart(2, "0")}`;
}

function nameOf(k: number): string {
  return NAMES[k] ?? `Portfolio ${k}`;
}

function interval(value: number, reach: number) {
  return { value, low: value - reach, high: value + reach };
}

function growth(nav: Float64Array): number {
  return (nav.at(-1)! / nav[0]!) ** (252 / (nav.length - 1)) - 1;
}

function depth(nav: Float64Array): number {
  return deepestDrawdown(nav).deepest;
}

/** Values of `n` portfolios over a number of sessions, the first four moving together. */
export function portfolioNavs(n: number, nDays: number, lift = 0): PortfolioNavs {
  const days = Int32Array.from({ length: nDays }, (_, i) => FIRST_DAY + Math.floor(i * 1.4));
  const common = normalDraws(randomStream(7, "portfolios common"));
  const world = Float64Array.from({ length: nDays }, common);
  const series = Array.from({ length: n }, (_, k) => {
    const normal = normalDraws(randomStream(7, `portfolio ${k}`));
    const [deviation, drift] = RISKS[k % RISKS.length]!;
    let value = 100;
    const nav = Float64Array.from(world, (shared, i) => {
      if (i > 0) {
        const noise = k < 6 ? shared + 0.08 * normal() : 0.5 * shared + 0.9 * normal();
        value *= 1 + drift / 252 + (k === 1 ? lift / 252 : 0) + deviation * noise;
      }
      return value;
    });
    return { key: keyOf(k), name: nameOf(k), isMain: k < 4, nav };
  });
  return {
    ...{ days, series, nSessions: Math.max(nDays - 1, 0), costBps: 10 },
    compared: n > 2
      ? {
        ...{ key: keyOf(1), against: keyOf(2) },
        difference: interval(growth(series[1]!.nav) - growth(series[2]!.nav), 0.012),
      }
      : null,
  };
}

export function portfolioFalls(n: number, nDays: number, lift = 0): PortfolioFalls {
  const { series, compared, ...rest } = portfolioNavs(n, nDays, lift);
  return {
    ...rest,
    series: series.map((one, k) => ({ ...one, depthLow: -0.22 - 0.01 * k, depthHigh: -0.04 })),
    compared: compared && {
      ...compared,
      difference: interval(depth(series[1]!.nav) - depth(series[2]!.nav), 0.006),
    },
  };
}

export function riskReturn(n: number, lift = 0): RiskReturn {
  return {
    portfolios: Array.from({ length: n }, (_, k) => {
      const [deviation, drift] = RISKS[k % RISKS.length]!;
      const volatility = deviation * Math.sqrt(252), annual = drift + (k === 1 ? lift : 0);
      return {
        ...{ key: keyOf(k), name: nameOf(k), isMain: k < 4 },
        role: k === 0 ? "base" : k < 6 || k >= 12 ? "mixture" : "alone",
        annualReturn: interval(annual, 1.3 * volatility),
        volatility: interval(volatility, 0.13 * volatility),
        sharpe: k === 10 ? NaN : (annual - 0.045) / volatility,
        sharpeDifference: k === 0 || k === 10 ? null : interval(lift - 0.02 * k, 0.14),
      };
    }),
    nSessions: 540,
    firstDay: FIRST_DAY,
    lastDay: FIRST_DAY + 780,
  };
}

export function sleeveAgainstCash(n: number, lift = 0): SleeveAgainstCash {
  const of = (value: number, reach: number) => ({
    ...interval(value, reach),
    pValue: Math.abs(value) > reach ? 0.004 : 0.43,
  });
  return {
    name: NAMES[1],
    differences: [2, 3, 0].slice(0, n).map((k) => ({
      against: nameOf(k),
      annualReturn: of(lift - (k === 0 ? 0.01 : 0.003), 0.012),
      volatility: of(k === 0 ? -0.0094 : 0.0012, 0.0016),
      sharpe: of(4 * lift - 0.03, 0.14),
      maxDrawdown: of(k === 0 ? 0.011 : -0.002, 0.006),
    })),
    volatilities: [0, 1, 2, 3].slice(0, n + 1).map((k) => ({
      name: nameOf(k),
      volatility: interval(RISKS[k]![0] * Math.sqrt(252), 0.012),
      change: k === 0 ? NaN : RISKS[k]![0] / RISKS[0][0] - 1,
    })),
    nSessions: 540,
    firstDay: FIRST_DAY,
    lastDay: FIRST_DAY + 780,
  };
}

export function assetRelations(n: number, lift = 0): AssetRelations {
  const names = ["SPY", "GLD", "BTC-USD", "TLT", "60/40"];
  const of = (value: number, reach: number, band: [number, number], count: number) => ({
    ...interval(value, reach),
    ...{ nullLow: band[0], nullHigh: band[1], n: count },
  });
  return {
    sleeve: "baskets",
    assets: Array.from({ length: n }, (_, k) => ({
      name: names[k] ?? `Asset ${k}`,
      daily: of(0.3 * lift + 0.02 * (k % 4) - 0.02, 0.09, [-0.085, 0.085], 540),
      weekly: of(0.2 * lift - 0.03 * (k % 3), 0.2, [-0.19, 0.19], 108),
      tail5: of(0.074 + 0.2 * lift, 0.07, [0, 0.148], 540),
      tail10: of(0.111 + 0.01 * (k % 5), 0.08, [0.037, 0.185], 540),
    })),
    firstDay: FIRST_DAY,
    lastDay: FIRST_DAY + 780,
  };
}

/** Betas as the simulated exchanges give them. */
export function exchangeBetas(n: number, lift = 0): ExchangeBetas[] {
  const made = [
    ["New York", 0.12, 0.44, 0.99],
    ["London", 0.23, 0.41, 1.01],
    ["Tokyo", 0.49, 0.21, 1.0],
  ] as const;
  const labels = ["day_start", "day_end", "day_end_lead", "close"] as const;
  const names = ["00:00 label joined on date", "24:00 label", "24:00 label and one lead"];
  return Array.from({ length: n }, (_, k) => {
    const [city, ...betas] = made[k % made.length]!;
    return {
      exchange: k < made.length ? city : `${city} ${k}`,
      betas: labels.map((label, r) => ({
        ...{ label, name: names[r] ?? "at the close" },
        beta: r === 3 ? 1 - lift : betas[r]!,
        standardError: r === 3 ? 0.004 : 0.05,
        betaOneDay: 0.81 - lift,
        standardErrorOneDay: 0.03,
        varianceLost: 0.19,
        n: 520 - k,
      })),
    };
  });
}

/** The charts of portfolio value and of day labels, `size` portfolios or rows each. */
export function portfolioCharts(size: number, lift: number, context: ChartContext): Figure[] {
  const nDays = size === 0 ? 0 : size === 1 ? 2 : 540;
  return [
    portfolioNavChart(portfolioNavs(size, nDays, lift), context),
    portfolioDrawdownChart(portfolioFalls(size, nDays, lift), context),
    riskReturnChart(riskReturn(size, lift), context),
    sleeveAgainstCashChart(sleeveAgainstCash(Math.min(size, 3), lift), context),
    assetCorrelationChart(assetRelations(size, lift), context),
    dayLabelsChart(exchangeBetas(Math.min(size, 7), 0.2 * lift), context),
  ];
}
