import type { DataSet } from "../core/data_set.ts";
import { dayOf } from "../core/day.ts";
import { findingList } from "../core/finding_list.ts";
import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import { medianSorted } from "../core/quantile.ts";
import type { Settings } from "../core/settings.ts";
import { activityCoverage, resolutionCoverage } from "./coverage.ts";
import type { LiveCalendar } from "./live_calendar.ts";
import type { MarketQuality } from "./quality.ts";
import type { ZeroMoves } from "./zero_moves.ts";

/** What notebook 01 has found out, as far as the closing words need it. */
export interface Exploration {
  readonly quality: readonly MarketQuality[];
  readonly calendar: LiveCalendar;
  readonly zeros: ZeroMoves;
  readonly nTwins: number;
}

/**
 * The findings of notebook 01 as a Markdown list, every number computed.
 *
 * A finding that the data cannot give says so in place of a number.
 */
export function explorationFindings(
  data: DataSet,
  { quality, calendar, zeros, nTwins }: Exploration,
  settings: Settings,
): string {
  return findingList([
    [sizeLine(data, calendar), "01_universe", "01_returns"],
    [historyLine(quality, settings), "01_universe"],
    [calendarLine(calendar), "01_returns"],
    [zeroLine(zeros), "01_universe"],
    [activityLine(quality, settings), "01_universe"],
    [payoutLine(data), "resolutions.parquet"],
    [twinLine(nTwins), "01_twins"],
    [doorLine(data), "01_rejected"],
  ]);
}

function sizeLine(data: DataSet, { days }: LiveCalendar): string {
  const nEvents = new Set(data.markets.map((market) => market.eventId ?? market.marketId)).size;
  const nPrices = data.prices.close.length;
  const period = days.length === 0 ? "no day" : periodText(days[0]!, days[days.length - 1]!);
  return `**Size.** ${countOf(data.markets.length, "contract")} of ${countOf(nEvents, "event")}, ` +
    `${countOf(nPrices, "daily price")}, ${period}; known up to the end of ` +
    `${periodText(dayOf(data.asOfMs - 1), dayOf(data.asOfMs - 1))}.`;
}

function historyLine(quality: readonly MarketQuality[], settings: Settings): string {
  const minimum = settings.universe.min_history_days.value;
  const lengths = quality.map((market) => market.nDays).filter((n) => n > 0).sort((a, b) => a - b);
  if (lengths.length === 0) return "**History.** No contract has a daily price.";
  const nLong = lengths.filter((n) => n >= minimum).length;
  const share = shareText(lengths.length / quality.length), median = medianSorted(lengths);
  return `**History.** Daily prices for ${countOf(lengths.length, "contract")} (${share}), ` +
    `${countOf(median, "day")} in the median; ${minimum} days or more, as a correlation needs, ` +
    `for ${countText(nLong)}.`;
}

function calendarLine({ nSeasoned, nWideDays, days, minPrices, minCrossSection }: LiveCalendar) {
  if (days.length === 0) return "**Cross-section.** No day has a price.";
  const most = nSeasoned.reduce((highest, n) => Math.max(highest, n), 0);
  return `**Cross-section.** The widest day has ${
    countOf(most, "live contract")
  } with ${minPrices}+ ` +
    `days of history; on ${countText(nWideDays)} of ${countOf(days.length, "day")} there are ` +
    `${countText(minCrossSection)} or more. Two contracts can be compared only where their lives ` +
    "overlap.";
}

function zeroLine({ nMarkets, overallShare, roundingShare, minMoves }: ZeroMoves): string {
  if (nMarkets === 0) return `**Staleness.** No contract has ${minMoves} one-day moves.`;
  const share = shareText(overallShare), rounding = shareText(roundingShare);
  return `**Staleness.** ${share} of one-day moves are exactly zero, where rounding to the price ` +
    `step would leave ${rounding}. Days on which a price stands still draw daily correlations ` +
    "towards zero, so later notebooks use longer steps and days on which both contracts traded.";
}

function activityLine(quality: readonly MarketQuality[], settings: Settings): string {
  const { nKnown, nUnknown, nAboveMinimum } = activityCoverage(quality, settings);
  const minimum = settings.clustering.min_total_volume_usd.value;
  return `**Activity.** Volume is known for ${
    countOf(nKnown, "contract")
  } and unknown, not zero, ` +
    `for ${countText(nUnknown)}; ${countText(nAboveMinimum)} of the known traded ` +
    `$${countText(minimum)} or more.`;
}

function payoutLine(data: DataSet): string {
  const { nResolved, nPaidOne, nPaidBetween } = resolutionCoverage(data);
  if (nResolved === 0) return "**Payouts.** No contract is settled.";
  const share = shareText(nPaidOne / nResolved);
  return `**Payouts.** ${
    countOf(nResolved, "contract")
  } settled; the quoted outcome paid in full ` +
    `for ${share} of them and in part for ${
      countText(nPaidBetween)
    }. Contracts of one event share ` +
    "their outcome, so these are fewer trials than they look.";
}

function twinLine(nTwins: number): string {
  if (nTwins === 0) {
    return "**Twins.** No two contracts on different venues look like one question.";
  }
  return `**Twins.** ${
    countOf(nTwins, "pair")
  } of contracts on two venues may be one question; a ` +
    "person's verdict decides, not the similarity of words.";
}

function doorLine(data: DataSet): string {
  const nRows = data.files.reduce((sum, file) => sum + file.nRows, 0);
  return `**Door.** Refused ${countText(data.rejected.length)} of ${countOf(nRows, "row")}, each ` +
    "with its reason.";
}
