import { countOf, dayText, periodText } from "../core/number_text.ts";
import type { Interval } from "./drawn_intervals.ts";
import { assetOf } from "./asset_navs.ts";
import { mixtureKey } from "./portfolio_list.ts";
import { probabilityText, signedPoints, signedRatio, withInterval } from "./portfolio_text.ts";
import type { SleeveTradeCost } from "./sleeve_trade_costs.ts";
import type { StudyStart } from "./study_starts.ts";
import { comparison, type SleeveStudy } from "./value_study.ts";

/** How much of the difference to cash is the choice of the first day. */
export function startsLine(starts: readonly StudyStart[]): string {
  const known = starts.filter(({ annualReturn }) => !Number.isNaN(annualReturn.value));
  const first = known[0], last = known.at(-1);
  if (first === undefined || first === last) {
    return "**Does the first day matter?** Not to be told: no later quarter leaves a year. " +
      "(`07_starts`)";
  }
  const returns = known.map(({ annualReturn }) => annualReturn);
  const sharpes = known.map(({ sharpe }) => sharpe).filter(({ value }) => !Number.isNaN(value));
  const beyond = returns.filter(({ low, high }) => low > 0 || high < 0).length;
  return `**Does the first day matter?** Begun on the first day or before any later quarter that ` +
    `leaves a year (${countOf(known.length, "start")}, ${
      periodText(first.firstDay, last!.firstDay)
    }), baskets in place of cash change the return a year by between ${
      rangeText(returns, signedPoints)
    }${
      sharpes.length === 0
        ? ""
        : ` and the Sharpe ratio by between ${rangeText(sharpes, signedRatio)}`
    }. ${
      beyond === 0 ? "No interval" : countOf(beyond, "interval")
    } of the return leaves zero out; all periods end on the same day. (\`07_starts\`)`;
}

function rangeText(intervals: readonly Interval[], format: (x: number) => string): string {
  const values = intervals.map(({ value }) => value);
  return `${format(Math.min(...values))} and ${format(Math.max(...values))}`;
}

/** What is left when the sleeve's trades cost what the replay paid for its contracts. */
export function tradeCostLine([settled, paid]: readonly SleeveTradeCost[]): string {
  if (settled === undefined || paid === undefined) {
    return "**What do the sleeve's trades cost?** Not known: the replay traded nothing. " +
      "(`07_trade_costs`)";
  }
  const text = ({ endValue, annualReturn, againstCash }: SleeveTradeCost) =>
    `100 became ${endValue.toFixed(1)}, ${percentText(annualReturn)} a year and ${
      signedPoints(againstCash)
    } against cash`;
  return `**What do the sleeve's trades cost?** Here ${+(1e4 * settled.rate).toFixed(
    2,
  )} basis points, as those of any asset: ${text(settled)}. The replay paid ${
    percentText(paid.rate)
  } of what the baskets traded; were the sleeve bought and sold at that rate every month, ${
    text(paid)
  }. (\`07_trade_costs\`)`;
}

function percentText(share: number): string {
  return `${share < 0 ? "−" : ""}${(100 * Math.abs(share)).toFixed(1)} %`;
}

/** What another sleeve does that cash does not, over its own period. */
export function otherSleeveLine(
  from: SleeveStudy,
  { name, checkpoint }: { readonly name: string; readonly checkpoint: string },
): string {
  const heading = `**${name.charAt(0).toUpperCase() + name.slice(1)}.**`;
  const found = comparison(from, mixtureKey(from.sleeve), mixtureKey("cash"));
  const { assets: { firstDay, session } } = from;
  if (found === undefined || assetOf(from.assets, from.sleeve) === undefined) {
    return `${heading} They never held anything, or an asset is not in the data. ` +
      `(\`${checkpoint}\`)`;
  }
  const { annual_return: back, sharpe } = found.differences;
  const period = `From ${dayText(firstDay)}, ${
    countOf(Math.max(session.length - 1, 0), "return")
  } between sessions:`;
  if (Number.isNaN(back.value)) {
    return `${heading} ${period} too few to estimate anything from. (\`${checkpoint}\`)`;
  }
  const verdict = Number.isNaN(sharpe.value)
    ? "no Sharpe ratio, as the bill's rate is not known"
    : sharpe.low > 0
    ? "they add something that cash does not"
    : sharpe.high < 0
    ? "they are worse than the same share of cash"
    : "nothing that can be told from cash";
  const ratio = Number.isNaN(sharpe.value)
    ? "of Sharpe ratios is not estimable"
    : `of Sharpe ratios is ${withInterval(sharpe, signedRatio)}, ${probabilityText(sharpe.pValue)}`;
  return `${heading} ${period} ${verdict}. The difference ${ratio}, that of the return a year ${
    withInterval(back, signedPoints)
  }. ` +
    `(\`${checkpoint}\`)`;
}
