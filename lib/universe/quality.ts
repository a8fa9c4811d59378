import { type DataSet, listedAtMs, type Market, rowsOf } from "../core/data_set.ts";
import { dayEndMs, dayStartMs, MISSING_DAY } from "../core/day.ts";
import type { Settings } from "../core/settings.ts";
import { consecutiveRun } from "./runs.ts";

/** A doubt about one market that a reader may want to filter by. A flag never removes a row. */
export type QualityFlag =
  /** No daily price at all. */
  | "no_history"
  /** Fewer daily prices than a correlation needs. */
  | "short_history"
  /** Days without a price between two prices. */
  | "gaps"
  /** The price stood still for a week or more. */
  | "stale"
  /** Known volume of zero for a week or more. */
  | "illiquid"
  /** The source says nothing about volume. */
  | "activity_unknown"
  | "no_title"
  | "no_scheduled_end"
  /** Trading opens after the scheduled end. */
  | "opens_after_end"
  /** A daily price from before the market was listed. */
  | "price_before_listing"
  /** A daily price from a day that began after settlement. */
  | "price_after_settlement"
  /** A contract of the other venue asks what looks like the same question. */
  | "twin";

/** What the checks found about one market. */
export interface MarketQuality {
  readonly marketId: string;
  /** Number of daily prices. */
  readonly nDays: number;
  /** First and last day with a price, {@link MISSING_DAY} where there is none. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Share of zeros among moves from one day to the next, NaN without such a move. */
  readonly zeroMoveShare: number;
  /** Number of different prices seen. */
  readonly distinctPrices: number;
  /** Number of holes in the daily series, and days missing in the longest. */
  readonly nGaps: number;
  readonly longestGapDays: number;
  /** Volume up to the as-of time in US dollars, NaN where activity is unknown. */
  readonly volumeUsd: number;
  /** In the order of {@link QualityFlag}. */
  readonly flags: readonly QualityFlag[];
}

/**
 * Checks every market of a universe.
 *
 * Gaps are flagged and never filled; days of unknown volume are not days of zero volume, so a
 * venue without volumes has no illiquid market and a flag that says why.
 *
 * Shape: n markets → n rows, in their order. Cost: O(daily rows).
 *
 * @param twins Ids of markets with a candidate twin on the other venue.
 */
export function marketQuality(
  data: DataSet,
  settings: Settings["universe"],
  twins: ReadonlySet<string> = new Set(),
): MarketQuality[] {
  const settledAtMs = new Map(data.resolutions.map((r) => [r.marketId, r.resolvedAtMs]));
  return data.markets.map((market, j) => {
    const history = priceHistory(data, j, settings);
    const activity = activityHistory(data, j);
    const settledMs = settledAtMs.get(market.marketId) ?? Infinity;
    const flags: QualityFlag[] = [];
    const flag = (name: QualityFlag, holds: boolean) => holds && flags.push(name);
    flag("no_history", history.nDays === 0);
    flag("short_history", history.nDays > 0 && history.nDays < settings.min_history_days.value);
    flag("gaps", history.nGaps > 0);
    flag("stale", history.longestStaleRun >= settings.stale_run_days.value);
    flag("illiquid", activity.longestZeroRun >= settings.illiquid_after_days.value);
    flag("activity_unknown", Number.isNaN(activity.volumeUsd));
    flag("no_title", market.question === null);
    flag("no_scheduled_end", market.closesAtMs === null);
    flag("opens_after_end", opensAfterEnd(market));
    const listedMs = listedAtMs(market, history.nDays > 0 ? history.firstDay : undefined);
    flag("price_before_listing", history.nDays > 0 && dayEndMs(history.firstDay) < listedMs);
    flag("price_after_settlement", history.nDays > 0 && dayStartMs(history.lastDay) > settledMs);
    flag("twin", twins.has(market.marketId));
    return {
      marketId: market.marketId,
      nDays: history.nDays,
      firstDay: history.firstDay,
      lastDay: history.lastDay,
      zeroMoveShare: history.zeroMoveShare,
      distinctPrices: history.distinctPrices,
      nGaps: history.nGaps,
      longestGapDays: history.longestGapDays,
      volumeUsd: activity.volumeUsd,
      flags,
    };
  });
}

function opensAfterEnd(market: Market): boolean {
  return market.opensAtMs !== null && market.closesAtMs !== null &&
    market.opensAtMs > market.closesAtMs;
}

function priceHistory(data: DataSet, j: number, settings: Settings["universe"]) {
  const { day, close } = data.prices;
  const { from, to } = rowsOf(data.prices, j);
  let nMoves = 0, nZeroMoves = 0, nGaps = 0, longestGapDays = 0, staleRun = 1, longestStaleRun = 0;
  for (let row = from + 1; row < to; ++row) {
    const missing = day[row]! - day[row - 1]! - 1;
    if (missing >= settings.gap_days.value) ++nGaps;
    if (missing > longestGapDays) longestGapDays = missing;
    const still = close[row] === close[row - 1];
    if (missing === 0) {
      ++nMoves;
      if (still) ++nZeroMoves;
    }
    staleRun = still && missing === 0 ? staleRun + 1 : 1;
    if (staleRun > longestStaleRun) longestStaleRun = staleRun;
  }
  return {
    nDays: to - from,
    firstDay: from < to ? day[from]! : MISSING_DAY,
    lastDay: from < to ? day[to - 1]! : MISSING_DAY,
    zeroMoveShare: nMoves === 0 ? NaN : nZeroMoves / nMoves,
    distinctPrices: new Set(close.subarray(from, to)).size,
    nGaps,
    longestGapDays,
    longestStaleRun,
  };
}

function activityHistory(data: DataSet, j: number) {
  const { day, volumeUsd } = data.activity;
  const { from, to } = rowsOf(data.activity, j);
  let total = 0, nKnown = 0;
  for (let row = from; row < to; ++row) {
    if (Number.isNaN(volumeUsd[row]!)) continue;
    total += volumeUsd[row]!;
    ++nKnown;
  }
  return {
    volumeUsd: nKnown === 0 ? NaN : total,
    longestZeroRun: consecutiveRun(day, from, to, (row) => volumeUsd[row] === 0),
  };
}
