import { findingList } from "../core/finding_list.ts";
import { countOf, countText, fixedText, shareText } from "../core/number_text.ts";
import type { CorrelationSpread } from "./correlation_spread.ts";
import type { MeasureEvidence } from "./measure_evidence.ts";
import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import type { PairCorrelation } from "./pair_correlation.ts";

/** What notebook 02 has found out, as far as the closing words need it. */
export interface CorrelationStudy {
  /** Pairs of all contracts with enough common days. */
  readonly pairs: PairCorrelation;
  /** Event of each of its markets. */
  readonly events: readonly string[];
  readonly measures: readonly MeasureEvidence[];
  readonly spread: CorrelationSpread;
  readonly minOverlap: number;
  /** Share by which mean |ρ| exceeds its shifts also where nothing is shared. */
  readonly fairMargin: number;
}

/**
 * The findings of notebook 02 as a Markdown list, every number and every verdict computed.
 *
 * NaN: what is unknown is said in words. Cost: O(pairs).
 *
 * @throws {TypeError} If there is not one event a market.
 */
export function correlationFindings(study: CorrelationStudy): string {
  const nMarkets = study.pairs.markets.length;
  if (study.events.length !== nMarkets) {
    throw new TypeError(
      `Cannot tell events apart as each market must have one: got ${study.events.length} for ${nMarkets}`,
    );
  }
  return findingList([
    [pairLine(study), "02_correlation"],
    [eventLine(study), "02_correlation"],
    [measureLine(study), "02_measures"],
    [spreadLine(study.spread), "02_correlation"],
    [tailLine(study.measures), "02_measures"],
  ]);
}

function pairLine({ pairs, minOverlap }: CorrelationStudy): string {
  const n = pairs.markets.length, all = n * (n - 1) / 2, nKept = pairs.rho.length;
  if (nKept === 0) {
    return `**Pairs.** None of ${countOf(all, "pair")} has ${minOverlap} common days.`;
  }
  let days = 0, stillDays = 0;
  pairs.overlap.forEach((overlap, k) => {
    days += overlap;
    stillDays += overlap * pairs.zeroShare[k]!;
  });
  return `**Pairs.** ${countText(nKept)} of ${countOf(all, "pair")} (${shareText(nKept / all)}) ` +
    `${verb(nKept, "has", "have")} at least ${minOverlap} common days; on ` +
    `${shareText(stillDays / days)} of those days at least one of the two stands still.`;
}

function eventLine({ pairs, events }: CorrelationStudy): string {
  const sums = { same: 0, other: 0 }, counts = { same: 0, other: 0 };
  pairs.rho.forEach((rho, k) => {
    if (Number.isNaN(rho)) return;
    const kind = events[pairs.a[k]!] === events[pairs.b[k]!] ? "same" : "other";
    sums[kind] += rho;
    ++counts[kind];
  });
  if (counts.same === 0 || counts.other === 0) {
    const missing = counts.same === 0 ? "of one event" : "of different events";
    return `**Events.** No correlation is known of a pair ${missing}, so events cannot be compared.`;
  }
  const same = fixedText(sums.same / counts.same), other = fixedText(sums.other / counts.other);
  return `**Events.** Contracts of one event correlate by ${same} on average ` +
    `(${countOf(counts.same, "pair")}), those of different events by ${other}. Outcomes of one ` +
    `event are tied by construction, so only one of them may enter what follows.`;
}

function measureLine({ measures, fairMargin }: CorrelationStudy): string {
  const judged = measures
    .map((one) => ({ ...one, percentile: nullPercentile(one.meanAbs, one.nullMeanAbs) }))
    .filter(({ percentile }) => !Number.isNaN(percentile))
    .map((one) => ({ ...one, mid: nullQuantiles(one.nullMeanAbs, [0.5])[0]! }));
  if (judged.length === 0) return "**Measures.** No measure knows a pair and its shifts.";
  const beyond = judged.filter(({ percentile, meanAbs, mid }) =>
    percentile === 1 && meanAbs > mid * (1 + fairMargin)
  );
  if (beyond.length === 0) {
    return `**Measures.** None of ${countOf(judged.length, "measure")} gives a mean correlation ` +
      `stronger than all of its shifts by more than ${shareText(fairMargin)}, as much as markets ` +
      `without anything in common reach: nothing here is told from noise.`;
  }
  const best = beyond.reduce((a, b) => b.meanAbs / b.mid > a.meanAbs / a.mid ? b : a);
  // a percentage of what shows as 0.000 says nothing
  const more = best.mid >= 0.0005 ? `, ${shareText(best.meanAbs / best.mid - 1)} more` : "";
  return `**Measures.** ${countText(beyond.length)} of ${countOf(judged.length, "measure")} ` +
    `${verb(beyond.length, "gives", "give")} a mean correlation stronger than every shift of the ` +
    `same moves by more than ${shareText(fairMargin)}, which markets without anything in common ` +
    `also reach. The widest margin has “${best.name}”: mean |ρ| ${
      fixedText(best.meanAbs)
    } against ` +
    `${fixedText(best.mid)}${more}.`;
}

function spreadLine({ nPairs, nTail, tail, nullTail, what }: CorrelationSpread): string {
  if (nPairs === 0) return `**Strong pairs.** No pair is known for ${what}.`;
  const lead = `**Strong pairs.** ${countText(nTail)} of ${countOf(nPairs, "pair")} ` +
    `${verb(nTail, "reaches", "reach")} ±${tail} (${what})`;
  const [mid, upper] = nullQuantiles(nullTail, [0.5, 0.95]);
  if (Number.isNaN(mid!)) return `${lead}; there are no shifts to compare with.`;
  // counts are whole, so those up to the quantile are those up to its floor
  const high = Math.floor(upper!);
  const shifted = `${lead}; shifted moves give ${countText(mid!)}, at most ${countText(high)} in ` +
    `19 of 20 shifts.`;
  if (nTail <= high) {
    return `${shifted} Strong pairs are no more frequent than chance makes them.`;
  }
  const beyond = Math.round(nTail - mid!);
  return `${shifted} About ${countText(beyond)} of them ${
    verb(beyond, "is", "are")
  } more than chance.`;
}

function tailLine(measures: readonly MeasureEvidence[]): string {
  const tail = measures.find((one) => one.key.startsWith("tail_"));
  const whole = measures.find((one) => one.key === "spearman_points_1d");
  if (tail === undefined || Number.isNaN(tail.meanAbs)) {
    return "**Large moves.** No pair has enough days with a large move.";
  }
  const all = whole?.meanAbs ?? NaN, shiftedAll = median(whole?.nullMeanAbs ?? []);
  const shifted = median(tail.nullMeanAbs),
    percentile = nullPercentile(tail.meanAbs, tail.nullMeanAbs);
  const lead =
    `**Large moves.** On days with a large move the mean |ρ| is ${fixedText(tail.meanAbs)}` +
    `${Number.isNaN(all) ? "" : ` instead of ${fixedText(all)}`} (${
      countOf(tail.nPairs, "pair")
    }).`;
  if (Number.isNaN(percentile)) return `${lead} No shift knows a pair to compare with.`;
  return `${lead} Shifted moves give ${fixedText(shifted)} in the same way` +
    `${riseText(tail.meanAbs - all, shifted - shiftedAll)}; the measured one is above ` +
    `${shareText(percentile)} of the shifts.`;
}

/** What part of a rise shifted moves show as well; nothing where there is no rise. */
function riseText(rise: number, shiftedRise: number): string {
  if (!(rise > 0) || Number.isNaN(shiftedRise)) return "";
  return shiftedRise > rise / 2
    ? ", so most of the rise comes from having fewer days"
    : `, so fewer days explain ${shareText(Math.max(shiftedRise / rise, 0))} of the rise`;
}

function median(draws: ArrayLike<number>): number {
  return nullQuantiles(draws, [0.5])[0]!;
}

function verb(n: number, one: string, more: string): string {
  return n === 1 ? one : more;
}
