import type { AssetKey, PortfolioAssets } from "./asset_navs.ts";
import type { PortfolioDifference } from "./portfolio_differences.ts";
import type { MeasuredPortfolio } from "./portfolio_study.ts";
import type { SleeveEvidence } from "./sleeve_evidence.ts";

/** What the portfolios have shown, as far as the closing words need it. */
export interface ValueStudy {
  readonly assets: PortfolioAssets;
  readonly measured: readonly MeasuredPortfolio[];
  readonly differences: readonly PortfolioDifference[];
  readonly evidence: SleeveEvidence;
  /** The sleeve that the words are about. */
  readonly sleeve: AssetKey;
  readonly sleeveShare: number;
  readonly costRate: number;
}

/** A comparison of two portfolios by their keys. */
export function comparison(
  { differences }: Pick<ValueStudy, "differences">,
  portfolio: string,
  against: string,
): PortfolioDifference | undefined {
  return differences.find((one) => one.portfolio === portfolio && one.against === against);
}
