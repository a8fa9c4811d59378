import type { BenchmarkSeries } from "../core/data_set.ts";
import { type ClosingAsset, portfolioAssets, type SleeveNav } from "./asset_navs.ts";
import { portfolioDifferences } from "./portfolio_differences.ts";
import { portfolioList } from "./portfolio_list.ts";
import { portfolioStudy } from "./portfolio_study.ts";
import type { SleeveStudy } from "./value_study.ts";

/** What the study of every sleeve has in common. */
export interface StudyPlan {
  /** Symbol of each closing asset. */
  readonly symbols: Readonly<Record<ClosingAsset, string>>;
  readonly tbillSymbol: string;
  readonly stockShare: number;
  readonly sleeveShare: number;
  /** Share of what is traded. */
  readonly costRate: number;
  readonly nDraws: number;
  /** Mean length of a block, sessions. */
  readonly meanBlockSessions: number;
  readonly seed: number;
  readonly minSessions?: number;
}

/**
 * The portfolios of one sleeve with their differences, over the period of that sleeve alone.
 *
 * A study of two sleeves could begin only when both hold something, so the later one would decide
 * which months of the other count.
 *
 * Cost: that of `portfolioStudy` and `portfolioDifferences`.
 */
export function sleeveStudy(
  { benchmarks, sleeve }: {
    readonly benchmarks: readonly BenchmarkSeries[];
    readonly sleeve: SleeveNav;
  },
  plan: StudyPlan,
): SleeveStudy {
  const { stockShare, sleeveShare, costRate } = plan;
  const assets = portfolioAssets({ benchmarks, sleeves: [sleeve] }, plan);
  const measured = portfolioStudy(portfolioList(assets, { stockShare, sleeveShare }), assets, plan);
  const differences = portfolioDifferences(measured, { perYear: assets.sessionsPerYear });
  return { assets, measured, differences, sleeve: sleeve.key, sleeveShare, costRate };
}
