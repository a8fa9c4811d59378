import type { AssetKey, PortfolioAssets } from "./asset_navs.ts";
import type { PortfolioDifference } from "./portfolio_differences.ts";
import type { MeasuredPortfolio } from "./portfolio_study.ts";
import type { SleeveEvidence } from "./sleeve_evidence.ts";

/** The portfolios of one sleeve over its own period. */
export interface SleeveStudy {
  readonly assets: PortfolioAssets;
  readonly measured: readonly MeasuredPortfolio[];
  readonly differences: readonly PortfolioDifference[];
  /** The sleeve that the study is about. */
  readonly sleeve: AssetKey;
  readonly sleeveShare: number;
  readonly costRate: number;
}

/** What the portfolios have shown, as far as the closing words need it. */
export interface ValueStudy extends SleeveStudy {
  readonly evidence: SleeveEvidence;
}

/** A comparison of two portfolios by their keys. */
export function comparison(
  { differences }: Pick<SleeveStudy, "differences">,
  portfolio: string,
  against: string,
): PortfolioDifference | undefined {
  return differences.find((one) => one.portfolio === portfolio && one.against === against);
}
