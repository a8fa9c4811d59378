import { parseDay } from "lib/core/day.ts";
import type { BenchmarkSeries } from "lib/core/data_set.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { type PortfolioAssets, portfolioAssets, type SleeveNav } from "lib/portfolio/asset_navs.ts";
import type { ValueChecks } from "lib/portfolio/portfolio_findings.ts";
import { portfolioList } from "lib/portfolio/portfolio_list.ts";
import { type MeasuredPortfolio, portfolioStudy } from "lib/portfolio/portfolio_study.ts";
import { sleeveTradeCosts } from "lib/portfolio/sleeve_trade_costs.ts";
import { studyStarts } from "lib/portfolio/study_starts.ts";
import type { SleeveStudy } from "lib/portfolio/value_study.ts";
import golden from "../golden/portfolio/portfolios.json" with { type: "json" };

/** Symbols of the closing assets. */
export const OPTIONS = {
  symbols: { stocks: "SPY", bonds: "TLT", gold: "GLD", crypto: "BTC-USD" },
  tbillSymbol: "^IRX",
};

/** Shares of the settings. */
export const SHARES = { stockShare: 0.6, sleeveShare: 0.1 };

/** Options of a study with few draws. */
export const STUDY = { costRate: 0.001, nDraws: 200, meanBlockSessions: 20, seed: 7 };

/** Series of a golden script. */
export function goldenBenchmarks(): BenchmarkSeries[] {
  const series = (symbol: string, kind: "price" | "yield", one: typeof golden.yields) => ({
    ...{ symbol, kind },
    day: Int32Array.from(one.days, parseDay),
    close: Float64Array.from(one.closes),
  });
  return [
    ...Object.entries(golden.closes).map(([symbol, one]) => series(symbol, "price", one)),
    series("^IRX", "yield", golden.yields),
  ];
}

/** The sleeve of the golden script. */
export function goldenSleeve(): SleeveNav {
  return {
    ...{ key: "baskets", name: "baskets", firstDay: parseDay(golden.sleeve.firstDate) },
    nav: Float64Array.from(golden.sleeve.nav),
  };
}

/** The assets of the golden script. */
export function goldenAssets(): PortfolioAssets {
  return portfolioAssets({ benchmarks: goldenBenchmarks(), sleeves: [goldenSleeve()] }, OPTIONS);
}

/** Four assets with a close every weekday, bills at a constant yield, and random sleeves. */
export function madeAssets(
  { nDays = 300, seed = 1, annualYield = 5, sleeves = 1 }: {
    readonly nDays?: number;
    readonly seed?: number;
    readonly annualYield?: number;
    readonly sleeves?: number;
  } = {},
): { readonly benchmarks: BenchmarkSeries[]; readonly sleeves: SleeveNav[] } {
  const firstDay = parseDay("2024-01-01");
  const walk = (name: string, scale: number) => {
    const draw = normalDraws(randomStream(seed, name));
    let value = 100;
    return Float64Array.from({ length: nDays }, () => value *= Math.exp(scale * draw()));
  };
  const days = Int32Array.from({ length: nDays }, (_, i) => firstDay + i);
  const isWeekday = (_: unknown, i: number) => i % 7 < 5;
  return {
    benchmarks: [
      ...["SPY", "TLT", "GLD"].map((symbol) => ({
        ...{ symbol, kind: "price" as const },
        day: days.filter(isWeekday),
        close: walk(symbol, 0.01).filter(isWeekday),
      })),
      { symbol: "BTC-USD", kind: "price", day: days, close: walk("BTC-USD", 0.03) },
      {
        ...{ symbol: "^IRX", kind: "yield" },
        day: days.map((day) => day - 5),
        close: new Float64Array(nDays).fill(annualYield),
      },
    ],
    sleeves: Array.from({ length: sleeves }, (_, k) => ({
      ...{ key: k === 0 ? "baskets" : `baskets_${k}`, name: `baskets ${k}`, firstDay },
      nav: walk(`sleeve ${k}`, 0.015),
    })),
  };
}

/** Every portfolio of some assets, measured. */
export function studied(
  assets: PortfolioAssets,
  options: Partial<typeof STUDY> = {},
): MeasuredPortfolio[] {
  return portfolioStudy(portfolioList(assets, SHARES), assets, { ...STUDY, ...options });
}

/** What a study rests on beside itself, the study standing for that of the factor baskets too. */
export function checksOf(study: SleeveStudy): ValueChecks {
  return {
    starts: studyStarts(study, STUDY),
    tradeCosts: sleeveTradeCosts(study, 0.05),
    factorBaskets: study,
  };
}

/** A sleeve of the same days that never moves. */
export function stillSleeve({ firstDay, nav }: SleeveNav): SleeveNav {
  return { key: "baskets", name: "baskets", firstDay, nav: new Float64Array(nav.length).fill(100) };
}

/** Whether two numbers are as near as asked, relative to the second one above 1. */
export function isNear(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
}
