import { countOf, countText, periodText } from "../core/number_text.ts";
import type { PortfolioAssets } from "./asset_navs.ts";
import { BASE, mixtureKey } from "./portfolio_list.ts";
import { otherSleeveLine, startsLine, tradeCostLine } from "./period_lines.ts";
import { correlationLine, fallLine, spanningLine, staleLine, tailLine } from "./relation_lines.ts";
import type { SleeveTradeCost } from "./sleeve_trade_costs.ts";
import type { StudyStart } from "./study_starts.ts";
import {
  answerLine,
  competitorLine,
  returnLine,
  riskAgainstCashLine,
  riskLine,
} from "./value_lines.ts";
import type { SleeveStudy, ValueStudy } from "./value_study.ts";

/** What the answer rests on beside the study itself. */
export interface ValueChecks {
  readonly starts: readonly StudyStart[];
  readonly tradeCosts: readonly SleeveTradeCost[];
  /** The study of the factor baskets, over their own period. */
  readonly factorBaskets: SleeveStudy;
}

/**
 * What the sleeve adds to stocks and bonds as a Markdown list, every number and verdict computed.
 *
 * "Adds" asks that the whole 95 % interval of the difference to the same share of cash lies on the
 * good side of zero; a smaller risk than stocks and bonds alone is no merit, since cash has it too.
 */
export function portfolioFindings(from: ValueStudy, checks: ValueChecks): string {
  const { assets, measured, sleeve } = from;
  const mixed = measured.find(({ portfolio }) => portfolio.mixture.key === mixtureKey(sleeve));
  const base = measured.find(({ portfolio }) => portfolio.mixture.key === BASE);
  const lines = mixed === undefined || base === undefined
    ? [
      `**No portfolio of stocks and bonds with baskets could be made.** ${lackText(assets)} ` +
      `(\`07_portfolios\`)`,
    ]
    : Number.isNaN(mixed.measures.volatility.value)
    ? [
      `**Too few sessions.** ${countOf(assets.session.length, "session")} on which every asset ` +
      `has a value are not enough to estimate anything from. (\`07_portfolios\`)`,
    ]
    : [
      scopeLine(from),
      answerLine(from),
      startsLine(checks.starts),
      riskLine(from, base),
      riskAgainstCashLine(from),
      returnLine(from, mixed),
      tradeCostLine(checks.tradeCosts),
      spanningLine(from),
      correlationLine(from),
      staleLine(from),
      tailLine(from),
      fallLine(from, mixed),
      competitorLine(from),
      otherSleeveLine(checks.factorBaskets, {
        name: "factor baskets",
        checkpoint: "07_factor_baskets",
      }),
    ];
  return lines.map((line) => `- ${line}`).join("\n");
}

function lackText({ missing, session }: PortfolioAssets): string {
  return missing.length > 0
    ? `There is nothing to hold of ${missing.join(", ")}.`
    : `There are ${countOf(session.length, "session")} on which every asset has a value.`;
}

function scopeLine({ assets, measured, costRate }: ValueStudy): string {
  const last = assets.firstDay + assets.session.at(-1)!;
  const missing = assets.missing.length === 0 ? "" : ` ${lackText(assets)}`;
  const gap = assets.longestGapDays <= 7
    ? ""
    : ` The longest time between two sessions is ${assets.longestGapDays} days.`;
  return `**What was compared.** ${countOf(measured.length, "portfolio")} over ` +
    `${periodText(assets.firstDay, last)}: ${
      countText(assets.session.length - 1)
    } returns between sessions that all assets share, ${
      assets.sessionsPerYear.toFixed(1)
    } a year. Shares are set on the first session of each month for ${+(10_000 * costRate).toFixed(
      2,
    )} basis points of what is traded; closes are taken as the source has them.${gap}${missing} ` +
    `(\`07_portfolios\`)`;
}
