import { assetOf, type PortfolioAssets } from "./asset_navs.ts";
import type { Interval } from "./drawn_intervals.ts";
import { BASE, mixtureKey } from "./portfolio_list.ts";
import type { PortfolioDifference } from "./portfolio_differences.ts";
import { portfolioAtSessions } from "./session_series.ts";
import { comparison, type ValueStudy } from "./value_study.ts";

/** What every picture of portfolios says of its sample. */
function sampleOf({ session, firstDay }: PortfolioAssets) {
  return {
    nSessions: Math.max(session.length - 1, 0),
    firstDay: firstDay + (session[0] ?? 0),
    lastDay: firstDay + (session.at(-1) ?? 0),
  };
}

/** The four portfolios that the question is about: stocks and bonds, and these with a tenth of something. */
function mainKeys({ sleeve }: Pick<ValueStudy, "sleeve">): string[] {
  return [BASE, mixtureKey(sleeve), mixtureKey("cash"), mixtureKey("tbills")];
}

/** Values of all portfolios by day, with what the baskets' portfolio earned more than that with cash. */
export function portfolioNavView(from: ValueStudy) {
  const { assets, measured, costRate } = from;
  const [, mixed, cash] = mainKeys(from), main = mainKeys(from);
  const nDays = measured[0]?.portfolio.nav.length ?? 0;
  return {
    days: Int32Array.from({ length: nDays }, (_, i) => assets.firstDay + i),
    series: measured.map(({ portfolio: { mixture, nav } }) => ({
      ...{ key: mixture.key, name: mixture.name, isMain: main.includes(mixture.key), nav },
    })),
    compared: compared(from, mixed!, cash!, "annual_return"),
    nSessions: sampleOf(assets).nSessions,
    costBps: 1e4 * costRate,
  };
}

/** Values at the sessions of the four portfolios, for their drawdowns. */
export function portfolioFallView(from: ValueStudy) {
  const { assets, measured, costRate } = from;
  const [, mixed, cash] = mainKeys(from), main = mainKeys(from);
  return {
    days: assets.session.map((at) => assets.firstDay + at),
    series: measured.map(({ portfolio, measures: { max_drawdown: depth } }) => ({
      key: portfolio.mixture.key,
      name: portfolio.mixture.name,
      isMain: main.includes(portfolio.mixture.key),
      nav: portfolioAtSessions(portfolio, assets.session),
      ...{ depthLow: depth.low, depthHigh: depth.high },
    })),
    compared: compared(from, mixed!, cash!, "max_drawdown"),
    nSessions: sampleOf(assets).nSessions,
    costBps: 1e4 * costRate,
  };
}

/**
 * Risk and return of every portfolio, and how far the Sharpe ratio of a mixture is from that of stocks
 * and bonds.
 *
 * The mixtures with cash and bills are competitors and no candidates, so they have no difference: cash
 * loses to bills what bills earn, which is no error and no finding.
 */
export function riskReturnView(from: ValueStudy) {
  const main = mainKeys(from), idle = [mixtureKey("cash"), mixtureKey("tbills")];
  return {
    portfolios: from.measured.map(({ portfolio: { mixture }, measures }) => ({
      ...{ key: mixture.key, name: mixture.name, role: mixture.role },
      isMain: main.includes(mixture.key),
      annualReturn: measures.annual_return,
      volatility: measures.volatility,
      sharpe: measures.sharpe.value,
      sharpeDifference: idle.includes(mixture.key)
        ? null
        : comparison(from, mixture.key, BASE)?.differences.sharpe ?? null,
    })),
    ...sampleOf(from.assets),
  };
}

/** The portfolio with baskets less those with as much cash, with as many bills and with neither. */
export function sleeveDifferenceView(from: ValueStudy) {
  const [base, mixed, cash, bills] = mainKeys(from);
  const rows = [cash!, bills!, base!].flatMap((against) => {
    const found = comparison(from, mixed!, against);
    return found === undefined ? [] : [{ against: nameOf(from, against), ...measuresOf(found) }];
  });
  const volatilities = [base!, mixed!, cash!, bills!].flatMap((key) => {
    const one = from.measured.find(({ portfolio }) => portfolio.mixture.key === key);
    if (one === undefined) return [];
    const change = comparison(from, key, base!)?.differences.volatility_change.value ?? NaN;
    return [{ name: nameOf(from, key), volatility: one.measures.volatility, change }];
  });
  return { name: nameOf(from, mixed!), differences: rows, volatilities, ...sampleOf(from.assets) };
}

/** Correlations and tails of the sleeve with each asset, and with stocks and bonds. */
export function assetRelationView(from: ValueStudy) {
  const { assets, evidence, sleeve } = from;
  const rows = evidence.measures.filter((one) => one.sleeve === sleeve);
  const { firstDay, lastDay } = sampleOf(assets);
  return {
    sleeve: assetOf(assets, sleeve)?.name ?? sleeve,
    assets: [...new Set(rows.map((one) => one.with))].flatMap((key) => {
      const of = (measure: string) =>
        rows.find((one) => one.with === key && one.measure === measure);
      const [daily, weekly] = [of("pearson"), of("pearson_5_sessions")];
      const [tail5, tail10] = [of("tail_share_5"), of("tail_share_10")];
      if (!daily || !weekly || !tail5 || !tail10) return [];
      const name = assetOf(assets, key)?.name ?? nameOf(from, key);
      return [{ name, daily, weekly, tail5, tail10 }];
    }),
    ...{ firstDay, lastDay },
  };
}

function measuresOf({ differences }: PortfolioDifference) {
  const { annual_return, volatility, sharpe, max_drawdown } = differences;
  return { annualReturn: annual_return, volatility, sharpe, maxDrawdown: max_drawdown };
}

function nameOf({ measured }: ValueStudy, key: string): string {
  const found = measured.find(({ portfolio }) => portfolio.mixture.key === key);
  return found?.portfolio.mixture.name ?? key;
}

function compared(
  from: ValueStudy,
  key: string,
  against: string,
  measure: "annual_return" | "max_drawdown",
): { readonly key: string; readonly against: string; readonly difference: Interval } | null {
  const found = comparison(from, key, against);
  return found === undefined ? null : { key, against, difference: found.differences[measure] };
}
