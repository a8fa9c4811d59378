import type { BasketCorrelation } from "../backtest/basket_correlation.ts";
import { type CertificateCheck, certificateLine } from "../backtest/certificate.ts";
import type { Overfitting } from "../backtest/overfitting.ts";
import { type Finding, findingList } from "../core/finding_list.ts";
import { countOf, countText, shareText } from "../core/number_text.ts";
import type { Settings } from "../core/settings.ts";
import { type CaveatInputs, caveatLines } from "./backtest_caveats.ts";
import type { DatedDecisions } from "./decide_at.ts";
import { type MethodKey, METHODS } from "./method_list.ts";
import type { MethodStudy } from "./method_study.ts";
import { intervalText, ordinal, ratio, signed } from "./return_text.ts";

/** What notebook 05 has found out, as far as the closing words need it. */
export interface BacktestStudy extends CaveatInputs {
  readonly decisions: readonly DatedDecisions[];
  /** Sleeves under the default policy. */
  readonly studies: readonly MethodStudy[];
  /** The same under the other one. */
  readonly redistributed: readonly MethodStudy[];
  /** The method whose baskets are shown. */
  readonly main: MethodKey;
  /** Return a year of cash, as the settings have it. */
  readonly cashReturn: number;
  /** Of bills over the same days; NaN unknown. */
  readonly tbillReturn: number;
  readonly overfitting: Overfitting | null;
  /** How many different things the trials are. */
  readonly nDifferent: number;
  readonly correlation: BasketCorrelation | null;
  readonly certificate: readonly CertificateCheck[];
  readonly nTrials: number;
}

/**
 * The findings of notebook 05 as a Markdown list, every number and every verdict computed.
 *
 * "Better than cash" asks that the whole bootstrap interval lies above it; "better than random" that
 * the return is above 95 % of matched random portfolios, free of costs and after them: after costs
 * alone a method would be praised for trading dear contracts.
 */
export function backtestFindings(study: BacktestStudy, settings: Settings): string {
  const own = study.studies.find(({ method }) => method.key === study.main) ?? study.studies[0];
  return findingList([
    [universeLine(study, settings), "05_groups", "05_rebalances"],
    ...own === undefined ? [NOTHING_HELD] : [
      [answerLine(study), "05_metrics"],
      [costLine(own, study, settings), "05_metrics"],
      ...caveatLines(own, study, settings),
      [luckLine(study), "05_metrics", "05_trials"],
      [hitLine(own), "05_metrics"],
      [policyLine(own, study), "05_metrics"],
      [turnoverLine(own, settings), "05_rebalances"],
      [correlationLine(own, study, settings), "05_metrics"],
    ] satisfies Finding[],
    [certificateLine(study.certificate), "05_certificate"],
  ]);
}

const NOTHING_HELD: Finding = ["**No method ever held a basket.** Nothing could be replayed."];

function universeLine(
  { decisions, main }: BacktestStudy,
  { backtest, baskets }: Settings,
): string {
  const offered = decisions.map((one) => one.offered.length).sort((a, b) => a - b);
  const own = decisions.map(({ methods }) => methods.find(({ method }) => method === main)!);
  const nHeld = own.filter(({ baskets }) => baskets.some(({ status }) => status === "held")).length;
  const nMerged = own.flatMap(({ baskets }) => baskets)
    .filter(({ mergedFrom }) => mergedFrom.length > 0).length;
  const nFlagged = own.reduce((sum, { flagged }) => sum + flagged.length, 0);
  const middle = offered[offered.length >> 1] ?? 0;
  const rows = decisions.flatMap(({ groups }) => groups);
  const nRenamed = rows.filter(({ theme, wordsTheme }) => theme !== wordsTheme).length;
  const nMonths = decisions.length * baskets.rebalance_months.value;
  const least = backtest.min_months.value;
  const short = nMonths < least
    ? ` That is fewer than the ${least} months that the seed plan asks for.`
    : "";
  const renamed = rows.length === 0
    ? ""
    : ` Prices gave ${countText(nRenamed)} of ${countText(rows.length)} contracts another theme ` +
      `than words, so hybrid and words are ${
        nRenamed < rows.length / 50 ? "nearly the same baskets" : "different baskets"
      }.`;
  return `**What could be held.** ${countOf(decisions.length, "decision")} with a median of ` +
    `${countOf(middle, "contract")} of as many events on offer (from ` +
    `${countText(offered[0] ?? 0)} to ${countText(offered.at(-1) ?? 0)}). ${nameOf(main)} held ` +
    `baskets after ${countText(nHeld)} of them; ${countOf(nMerged, "basket")} of small themes ` +
    `joined; ${countOf(nFlagged, "theme")} out as too small.${renamed}${short}`;
}

/** The answer that the notebook is for. */
function answerLine({ studies, cashReturn, tbillReturn }: BacktestStudy): string {
  const seeds = studies.filter(({ method }) => method.origin === "seed");
  const cash = seeds.filter((one) => one.intervals.annualizedReturn.low > cashReturn);
  const random = seeds.filter(({ random }) =>
    random !== null && random.percentile > 0.95 && random.percentileGross > 0.95
  );
  const both = cash.filter((one) => random.includes(one));
  const best = studies.toSorted((a, b) =>
    b.performance.annualizedReturn - a.performance.annualizedReturn
  )[0]!;
  const verdict = both.length === 0
    ? "No, no basket method beat both cash and random portfolios after costs."
    : `Yes, ${both.map(({ method }) => method.name).join(", ")} beat both after costs.`;
  const bills = Number.isNaN(tbillReturn) ? "" : `, bills ${signed(tbillReturn)}`;
  return `**Did baskets beat cash and random portfolios?** ${verdict} Of the seed plan's ` +
    `${countText(seeds.length)}, ${countText(cash.length)} ${verb(cash.length)} better than cash ` +
    `with the whole 95 % interval, and ${countText(random.length)} ${
      verb(random.length)
    } better than 95 % of the random portfolios ` +
    `that hold the same weights at the same prices, both free of costs and after them. The best of ` +
    `all ${countOf(studies.length, "sleeve")} is ${best.method.name} with ${
      intervalText(best.performance.annualizedReturn, best.intervals.annualizedReturn)
    } a year, at the ${ordinal(best.random?.percentile ?? NaN)} percentile of its random ` +
    `portfolios; cash makes ${signed(cashReturn)}${bills}.`;
}

function verb(n: number): string {
  return n === 1 ? "is" : "are";
}

function costLine(
  own: MethodStudy,
  { isQuoted }: BacktestStudy,
  { backtest }: Settings,
): string {
  const assumed = isQuoted
    ? ""
    : ` The source has no bid and ask, so half a spread of ${+(100 * backtest.half_spread.value)
      .toFixed(2)} ¢ a contract is assumed and not measured.`;
  return `**Costs.** ${own.method.name} made ${
    intervalText(own.grossReturn, own.grossInterval)
  } a year free of costs and ${signed(own.performance.annualizedReturn)} after them: it traded ` +
    `${own.annualTraded.toFixed(1)} times its value a year, which cost ${
      shareText(own.annualCost)
    } a year in spread and ${
      backtest.fee_model.value === "flat" ? "the flat fee" : "the venues' fees"
    }.${assumed} Free of costs it stands at the ${
      ordinal(own.random?.percentileGross ?? NaN)
    } percentile of its random portfolios, after them at the ${
      ordinal(own.random?.percentile ?? NaN)
    }. ${breakEvenText(own.breakEvenCost)}`;
}

function breakEvenText(times: number): string {
  if (times === 0) return "It loses without any cost.";
  if (times === Infinity) return "No cost that deserves the name would bring it to zero.";
  return `It would break even at ${times.toFixed(2)} times these costs.`;
}

function luckLine({ studies, overfitting, nTrials, nDifferent }: BacktestStudy): string {
  const best = studies.toSorted((a, b) => b.performance.sharpe - a.performance.sharpe)
    .find(({ performance }) => !Number.isNaN(performance.sharpe));
  if (best === undefined) return "**Luck.** No Sharpe ratio is known.";
  const { sharpe } = best.performance, { low, high } = best.intervals.sharpe;
  const pbo = overfitting === null
    ? "The probability of backtest overfitting could not be measured."
    : `The probability of backtest overfitting is ${shareText(overfitting.probability)} over ` +
      `${countOf(overfitting.nSplits, "split")}.`;
  return `**Luck.** The highest Sharpe ratio is ${best.method.name}'s ${ratio(sharpe)} ` +
    `(95 % interval ${ratio(low)} to ${ratio(high)}). Deflated by ${nTrials} ` +
    `configurations tried, the probability that it is more than the luckiest of them is ${
      shareText(best.deflated.probability)
    }. The sleeves move together so much that they are about ${
      nDifferent.toFixed(1)
    } different things. ${pbo}`;
}

function hitLine({ bets, nBets, method }: MethodStudy): string {
  if (bets === null) return `**Hit rate.** No position of ${method.name} was held to settlement.`;
  const { hits, fairRate, fairLow, fairHigh } = bets;
  const isFair = hits.value >= fairLow && hits.value <= fairHigh;
  return `**Hit rate.** ${shareText(hits.value)} of ${countOf(nBets, "position")} that ` +
    `${method.name} held to settlement paid more than they cost. Fair prices would give ` +
    `${shareText(fairRate)} (${shareText(fairLow)} to ${shareText(fairHigh)} by chance), so that ${
      isFair ? "is what chance gives" : "differs from what chance gives"
    }. What settles within the month is no random part of what is held: what happens ends a ` +
    `contract early, what does not happen waits for its deadline. Brier score ` +
    `${bets.brier.toFixed(3)}, of which ${bets.reliability.toFixed(3)} is miscalibration.`;
}

function policyLine(own: MethodStudy, { redistributed }: BacktestStudy): string {
  const other = redistributed.find(({ method }) => method.key === own.method.key);
  if (other === undefined) return "**Proceeds.** The other policy held nothing.";
  return `**Proceeds.** Buying the others at once with what settled contracts pay gives ` +
    `${own.method.name} ${signed(other.performance.annualizedReturn)} a year in place of ${
      signed(own.performance.annualizedReturn)
    } (free of costs ${signed(other.grossReturn)} in place of ${signed(own.grossReturn)}).`;
}

function turnoverLine({ turnover, method }: MethodStudy, { baskets }: Settings): string {
  const target = baskets.target_turnover.value, limit = baskets.unstable_turnover.value;
  if (Number.isNaN(turnover.mean)) {
    return `**Turnover.** ${method.name} traded in one month alone, so it has none.`;
  }
  return `**Turnover.** ${method.name} exchanges ${shareText(turnover.mean)} of its value a ` +
    `month, ${turnover.mean <= target ? "within" : "above"} the seed plan's ${
      shareText(target)
    }; ` +
    `${shareText(turnover.unstableShare)} of the months are above ${shareText(limit)}.`;
}

function correlationLine(
  own: MethodStudy,
  { correlation }: BacktestStudy,
  { backtest }: Settings,
): string {
  const limit = backtest.max_basket_correlation.value;
  const drawdown = `The deepest drawdown of the sleeve is ${
    shareText(-own.performance.maxDrawdown)
  }; the seed plan's ${shareText(backtest.max_drawdown.value)} is reported and not tested.`;
  if (correlation === null || Number.isNaN(correlation.mean)) {
    return `**Different things?** Too few baskets lived long enough together. ${drawdown}`;
  }
  const side = correlation.meanHigh < limit
    ? "below"
    : correlation.meanLow > limit
    ? "above"
    : "not surely on either side of";
  return `**Different things?** The baskets' weekly returns correlate by ` +
    `${ratio(correlation.mean)} on average (95 % interval ${ratio(correlation.meanLow)} to ` +
    `${ratio(correlation.meanHigh)}), ${side} the seed plan's ${limit}. ${drawdown}`;
}

function nameOf(key: MethodKey): string {
  return METHODS.find((method) => method.key === key)!.name;
}
