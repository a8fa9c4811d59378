import { shareText } from "../core/number_text.ts";
import type { Difference } from "./drawn_intervals.ts";
import { BASE, mixtureKey } from "./portfolio_list.ts";
import type { MeasuredPortfolio } from "./portfolio_study.ts";
import {
  probabilityText,
  signedPercent,
  signedPoints,
  signedRatio,
  withInterval,
} from "./portfolio_text.ts";
import { comparison, type ValueStudy } from "./value_study.ts";

/** A Sharpe ratio that two decimals show as zero. */
const LEAST_SHOWN = 0.005;

/** The answer that the notebook is for. */
export function answerLine(from: ValueStudy): string {
  const own = mixtureKey(from.sleeve);
  const cash = comparison(from, own, mixtureKey("cash"));
  const bills = comparison(from, own, mixtureKey("tbills"));
  const sharpe = cash!.differences.sharpe, share = shareText(from.sleeveShare);
  if (Number.isNaN(sharpe.value)) {
    return `**What do ${share} baskets add?** The difference of Sharpe ratios is not estimable, ` +
      `as the bill's rate is not known. (\`07_differences\`)`;
  }
  const verdict = Math.abs(sharpe.value) < LEAST_SHOWN
    ? "Nothing: they are the same as cash to two decimals."
    : sharpe.low > 0
    ? "They add something that cash does not."
    : sharpe.high < 0
    ? "They are worse than the same share of cash."
    : "Nothing that the Sharpe ratio can tell from cash.";
  const against = bills === undefined
    ? ""
    : ` Against Treasury bills it is ${withInterval(bills.differences.sharpe, signedRatio)}, ${
      probabilityText(bills.differences.sharpe.pValue)
    }.`;
  return `**What do ${share} baskets add?** ${verdict} The Sharpe ratio differs from that with ` +
    `${share} cash by ${withInterval(sharpe, signedRatio)}, ${
      probabilityText(sharpe.pValue)
    }; by formula the standard error is ${cash!.check.error.toFixed(2)}, ${
      probabilityText(cash!.check.pValue)
    }. Over these sessions a difference below about ${
      ((sharpe.high - sharpe.low) / 2).toFixed(2)
    } is lost in noise.${against} (\`07_differences\`)`;
}

/** The seed's claim of less risk, with the same of cash beside it. */
export function riskLine(from: ValueStudy, base: MeasuredPortfolio): string {
  const own = comparison(from, mixtureKey(from.sleeve), BASE)!.differences;
  const cash = comparison(from, mixtureKey("cash"), BASE)!.differences;
  const size = (one: Difference) => withInterval(one, signedPercent);
  return `**Less risk?** Baskets change the volatility of ${base.portfolio.mixture.name} (${
    shareText(base.measures.volatility.value)
  }) by ${size(own.volatility_change)} and its ` +
    `deepest drawdown (${shareText(-base.measures.max_drawdown.value)}) by ${
      size(own.max_drawdown_change)
    }; the seed claims about −10 % of each. Cash changes them by ${
      size(cash.volatility_change)
    } and ${size(cash.max_drawdown_change)}, without any basket. (\`07_differences\`)`;
}

/** The same with baskets in place of cash. */
export function riskAgainstCashLine(from: ValueStudy): string {
  const { volatility_change, max_drawdown_change } =
    comparison(from, mixtureKey(from.sleeve), mixtureKey("cash"))!.differences;
  return `**Less risk than with cash?** Baskets in its place change the volatility by ${
    verdictText(volatility_change)
  }, and the deepest drawdown by ${verdictText(max_drawdown_change)}. (\`07_differences\`)`;
}

function verdictText(change: Difference): string {
  const verdict = change.high < 0
    ? "lower"
    : change.low > 0
    ? "higher"
    : "not to be told from none";
  return `${withInterval(change, signedPercent)}, ${verdict}`;
}

/** What the same share of gold or crypto does. */
export function competitorLine(from: ValueStudy): string {
  const texts = (["gold", "crypto"] as const).flatMap((key) => {
    const one = comparison(from, mixtureKey(key), mixtureKey("cash"));
    return one === undefined || Number.isNaN(one.differences.sharpe.value) ? [] : [
      `${key === "gold" ? "gold" : "bitcoin"} ${
        withInterval(one.differences.sharpe, signedRatio)
      }, ${probabilityText(one.differences.sharpe.pValue)}`,
    ];
  });
  return `**Other ways to spend the share.** ${
    texts.length === 0
      ? "Neither gold nor bitcoin could be held against cash."
      : `Sharpe ratio against the same share of cash: ${texts.join("; ")}.`
  } (\`07_differences\`)`;
}

/** What the share of baskets costs in return, cash beside it. */
export function returnLine(from: ValueStudy, mixed: MeasuredPortfolio): string {
  const own = comparison(from, mixtureKey(from.sleeve), BASE)!.differences.annual_return;
  const cash = comparison(from, mixtureKey("cash"), BASE)!.differences.annual_return;
  const alone = from.measured.find(({ portfolio }) => portfolio.mixture.key === from.sleeve);
  const standing = alone === undefined
    ? ""
    : ` Alone the baskets made ${
      withInterval(alone.measures.annual_return, signedPercent)
    } a year.`;
  return `**Return.** With baskets the portfolio made ${
    withInterval(mixed.measures.annual_return, signedPercent)
  } a year, ${withInterval(own, signedPoints)} against stocks and bonds alone; with cash that ` +
    `is ${withInterval(cash, signedPoints)}.${standing} (\`07_metrics\`, \`07_differences\`)`;
}
