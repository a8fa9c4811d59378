import type { BasketCorrelation } from "../backtest/basket_correlation.ts";
import { type CertificateCheck, certificateLine } from "../backtest/certificate.ts";
import type { Overfitting } from "../backtest/overfitting.ts";
import { countOf, countText, shareText } from "../core/number_text.ts";
import type { Settings } from "../core/settings.ts";
import type { DatedDecisions } from "./decide_at.ts";
import { type MethodKey, METHODS } from "./method_list.ts";
import type { MethodStudy } from "./method_study.ts";

/** What notebook 05 has found out, as far as the closing words need it. */
export interface BacktestStudy {
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
  readonly correlation: BasketCorrelation | null;
  readonly certificate: readonly CertificateCheck[];
  readonly nTrials: number;
}

/**
 * The findings of notebook 05 as a Markdown list, every number and every verdict computed.
 *
 * "Better than cash" asks that the whole bootstrap interval lies above it; "better than random" that
 * the return is above 95 % of portfolios that hold as many contracts on the same dates.
 */
export function backtestFindings(study: BacktestStudy, settings: Settings): string {
  return [
    universeLine(study, settings),
    ...study.studies.length === 0 ? [] : [
      answerLine(study),
      costLine(study),
      resolutionLine(study),
      luckLine(study),
      hitLine(study),
      policyLine(study),
      turnoverLine(study, settings),
      correlationLine(study, settings),
    ],
    certificateLine(study.certificate),
  ].map((line) => `- ${line}`).join("\n");
}

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
  return `**What could be held.** ${countOf(decisions.length, "decision")}, at the middle one of ` +
    `them ${countOf(middle, "contract")} of as many events (from ${
      countText(offered[0] ?? 0)
    } to ` +
    `${countText(offered.at(-1) ?? 0)}). ${nameOf(main)} held baskets after ${countText(nHeld)} ` +
    `of them; ${countOf(nMerged, "basket")} of small themes were joined, and ` +
    `${countOf(nFlagged, "theme")} stayed out as too small. Prices gave ${
      countText(nRenamed)
    } of ` +
    `${countText(rows.length)} contracts another theme than words, so hybrid and words are ${
      nRenamed < rows.length / 50 ? "nearly the same baskets" : "different baskets"
    }.${short}`;
}

/** The answer that the notebook is for. */
function answerLine({ studies, cashReturn, tbillReturn, nTrials }: BacktestStudy): string {
  const seeds = studies.filter(({ method }) => method.origin === "seed");
  const cash = seeds.filter((one) => one.intervals.annualizedReturn.low > cashReturn);
  const random = seeds.filter((one) => (one.random?.percentile ?? 0) > 0.95);
  const both = cash.filter((one) => random.includes(one));
  const best = studies.toSorted((a, b) =>
    b.performance.annualizedReturn - a.performance.annualizedReturn
  )[0]!;
  const verdict = both.length === 0
    ? "No, no basket method beat both cash and random portfolios after costs."
    : `Yes, ${both.map(({ method }) => method.name).join(", ")} beat both after costs.`;
  const bills = Number.isNaN(tbillReturn) ? "" : `, bills ${signed(tbillReturn)}`;
  return `**Did baskets beat cash and random portfolios?** ${verdict} Of the seed plan's ` +
    `${countText(seeds.length)}, ${countText(cash.length)} are better than cash with their whole ` +
    `95 % interval and ${countText(random.length)} better than 95 % of random portfolios that ` +
    `hold as many contracts. The best of all ${countText(nTrials)} configurations' sleeves is ` +
    `${best.method.name} with ${intervalText(best)} a year, at the ` +
    `${ordinal(best.random?.percentile ?? NaN)} percentile of its random portfolios; cash makes ` +
    `${signed(cashReturn)}${bills}.`;
}

function costLine({ studies, main }: BacktestStudy): string {
  const own = ownStudy(studies, main);
  return `**Costs.** ${own.method.name} made ${signed(own.grossReturn)} a year free of costs and ` +
    `${signed(own.performance.annualizedReturn)} after them: it traded ` +
    `${own.annualTraded.toFixed(1)} times its value a year, which cost ${
      shareText(own.annualCost)
    } a year in spread and fees. Free of costs it stands at the ${
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

function resolutionLine({ studies, main }: BacktestStudy): string {
  const own = ownStudy(studies, main);
  const { grossPoints, resolutionPoints } = own;
  return `**Resolution jumps.** Of ${own.method.name}'s change of ${points(grossPoints)} points ` +
    `before costs, ${points(resolutionPoints)} came on the days on which contracts were settled ` +
    `and ${points(grossPoints - resolutionPoints)} from prices before them${
      resolutionPoints * grossPoints > 0 && Math.abs(resolutionPoints) < Math.abs(grossPoints)
        ? `: ${shareText(resolutionPoints / grossPoints)} of it is jumps`
        : ""
    }.`;
}

function luckLine({ studies, overfitting, nTrials }: BacktestStudy): string {
  const best = studies.toSorted((a, b) => b.performance.sharpe - a.performance.sharpe)
    .find(({ performance }) => !Number.isNaN(performance.sharpe));
  if (best === undefined) return "**Luck.** No Sharpe ratio is known.";
  const { sharpe } = best.performance, { low, high } = best.intervals.sharpe;
  const pbo = overfitting === null
    ? "The probability of backtest overfitting could not be measured."
    : `The probability of backtest overfitting is ${shareText(overfitting.probability)} over ` +
      `${countOf(overfitting.nSplits, "split")}.`;
  return `**Luck.** The highest Sharpe ratio is ${best.method.name}'s ${sharpe.toFixed(2)} ` +
    `(95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}). Deflated by ${nTrials} ` +
    `configurations tried, the probability that it is more than the luckiest of them is ${
      shareText(best.deflated.probability)
    }. ${pbo}`;
}

function hitLine({ studies, main }: BacktestStudy): string {
  const { bets, nBets, method } = ownStudy(studies, main);
  if (bets === null) return `**Hit rate.** No position of ${method.name} was held to settlement.`;
  const { hits, fairRate, fairLow, fairHigh } = bets;
  const isFair = hits.value >= fairLow && hits.value <= fairHigh;
  return `**Hit rate.** ${shareText(hits.value)} of ${countOf(nBets, "position")} that ` +
    `${method.name} held to settlement paid more than they cost. Fair prices would give ` +
    `${shareText(fairRate)} (${shareText(fairLow)} to ${shareText(fairHigh)} by chance), so that ${
      isFair ? "is what chance gives" : "differs from what chance gives"
    }. Brier score ${bets.brier.toFixed(3)}, of which ${bets.reliability.toFixed(3)} is ` +
    `miscalibration.`;
}

function policyLine({ studies, redistributed, main }: BacktestStudy): string {
  const cash = ownStudy(studies, main), other = ownStudy(redistributed, main);
  return `**Proceeds.** Buying the others at once with what settled contracts pay gives ` +
    `${cash.method.name} ${signed(other.performance.annualizedReturn)} a year in place of ${
      signed(cash.performance.annualizedReturn)
    } (free of costs ${signed(other.grossReturn)} in place of ${signed(cash.grossReturn)}).`;
}

function turnoverLine({ studies, main }: BacktestStudy, { baskets }: Settings): string {
  const own = ownStudy(studies, main).turnover;
  const target = baskets.target_turnover.value, limit = baskets.unstable_turnover.value;
  return `**Turnover.** ${nameOf(main)} exchanges ${shareText(own.mean)} of its value a month, ${
    own.mean <= target ? "within" : "above"
  } the seed plan's ${shareText(target)}; ${
    shareText(own.unstableShare)
  } of the months are above ` +
    `${shareText(limit)}.`;
}

function correlationLine(
  { correlation, studies, main }: BacktestStudy,
  { backtest }: Settings,
): string {
  const limit = backtest.max_basket_correlation.value;
  const { maxDrawdown } = ownStudy(studies, main).performance;
  const drawdown = `The deepest drawdown is ${shareText(-maxDrawdown)}; the seed plan's ` +
    `${shareText(backtest.max_drawdown.value)} is reported and not tested.`;
  if (correlation === null || Number.isNaN(correlation.mean)) {
    return `**Different things?** Too few baskets lived long enough together. ${drawdown}`;
  }
  return `**Different things?** The baskets' weekly returns correlate by ` +
    `${correlation.mean.toFixed(2)} on average (95 % interval ${correlation.meanLow.toFixed(2)} ` +
    `to ${correlation.meanHigh.toFixed(2)}), ${
      correlation.mean < limit ? "below" : "not below"
    } the seed plan's ${limit}. ${drawdown}`;
}

function ownStudy(studies: readonly MethodStudy[], main: MethodKey): MethodStudy {
  return studies.find(({ method }) => method.key === main) ?? studies[0]!;
}

function nameOf(key: MethodKey): string {
  return METHODS.find((method) => method.key === key)!.name;
}

function intervalText({ performance, intervals }: MethodStudy): string {
  const { low, high } = intervals.annualizedReturn;
  return `${signed(performance.annualizedReturn)} (95 % interval ${signed(low)} to ${
    signed(high)
  })`;
}

function signed(share: number): string {
  if (Number.isNaN(share)) return "an unknown return";
  const text = `${(100 * Math.abs(share)).toFixed(1)} %`;
  return /^0\.0 %$/.test(text) ? text : `${share < 0 ? "−" : "+"}${text}`;
}

function points(x: number): string {
  return `${x < 0 ? "−" : ""}${Math.abs(x).toFixed(1)}`;
}

function ordinal(share: number): string {
  if (Number.isNaN(share)) return "unknown";
  const n = Math.min(Math.max(Math.round(100 * share), 0), 100), tail = n % 100;
  const ending = tail >= 11 && tail <= 13 ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th";
  return `${n}${ending}`;
}
