import type { DataSet } from "../core/data_set.ts";
import type { Settings } from "../core/settings.ts";
import type { MarketQuality } from "./quality.ts";

/** One step of the coverage funnel; each stage is a part of the one before it. */
export interface CoverageStage {
  readonly stage: string;
  readonly nMarkets: number;
}

/**
 * How many markets are left for each kind of work, from listed to long enough for correlation.
 *
 * Activity is no stage: where a venue reports no volume it is unknown, and a stage would read as if
 * these markets did not trade. {@link activityCoverage} counts it beside the funnel.
 */
export function coverageFunnel(
  quality: readonly MarketQuality[],
  settings: Settings,
): CoverageStage[] {
  const needed = settings.universe.min_history_days.value;
  const forWeights = settings.eligibility.min_history_days.value;
  const forOverlap = settings.clustering.min_overlap_days.value;
  const stages: [string, (market: MarketQuality) => boolean][] = [
    ["Listed", () => true],
    ["With a daily price", (market) => market.nDays > 0],
    [`With ${forWeights}+ daily prices`, (market) => market.nDays >= forWeights],
    [`With ${needed}+ daily prices`, (market) => market.nDays >= needed],
    ["… not all of them equal", (market) => market.nDays >= needed && market.distinctPrices > 1],
    [
      `With ${forOverlap}+ daily prices`,
      (market) => market.nDays >= Math.max(needed, forOverlap) && market.distinctPrices > 1,
    ],
  ];
  return stages.map(([stage, holds]) => ({ stage, nMarkets: quality.filter(holds).length }));
}

/** Markets whose volume the source reports, and how many of them traded at least the minimum. */
export function activityCoverage(
  quality: readonly MarketQuality[],
  settings: Settings,
): { nKnown: number; nUnknown: number; nAboveMinimum: number } {
  const known = quality.filter((market) => !Number.isNaN(market.volumeUsd));
  return {
    nKnown: known.length,
    nUnknown: quality.length - known.length,
    nAboveMinimum:
      known.filter((market) => market.volumeUsd >= settings.clustering.min_total_volume_usd.value)
        .length,
  };
}

/** Resolutions by what they paid: the base rate of the quoted outcome and its exceptions. */
export function resolutionCoverage(
  data: DataSet,
): { nResolved: number; nPaidOne: number; nPaidZero: number; nPaidBetween: number } {
  const paid = data.resolutions.map((resolution) => resolution.payout);
  const nPaidOne = paid.filter((payout) => payout === 1).length;
  const nPaidZero = paid.filter((payout) => payout === 0).length;
  return {
    nResolved: paid.length,
    nPaidOne,
    nPaidZero,
    nPaidBetween: paid.length - nPaidOne - nPaidZero,
  };
}
