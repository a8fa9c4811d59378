import { rowsOf } from "../core/data_set.ts";
import { dayEndMs, MS_PER_DAY } from "../core/day.ts";
import type { Settings } from "../core/settings.ts";
import type { PointInTime } from "../universe/as_of.ts";

/** Key of a filter, as checkpoints name it. */
export type FilterKey = typeof FILTERS[number]["key"];

/** Every filter, in the order in which a contract meets them. */
export const FILTERS = [
  { key: "active", name: "Open and priced" },
  { key: "days_to_end", name: "Time to the scheduled end" },
  { key: "total_volume", name: "Volume to date" },
  { key: "recent_volume", name: "Volume of the last week" },
  { key: "liquidity", name: "Liquidity" },
  { key: "history", name: "Price history" },
  { key: "price", name: "Price away from 0 and 1" },
  { key: "fresh", name: "Fresh price" },
] as const satisfies readonly { readonly key: string; readonly name: string }[];

/** What {@link eligibility} rests on. */
export interface EligibilityOptions {
  /** UTC day at whose end it is decided. */
  readonly day: number;
  readonly settings: Pick<Settings, "eligibility" | "baskets" | "universe">;
}

/** Which contracts of a view may enter a basket, and what each filter said of them. */
export interface Eligibility {
  /** UTC day at whose end it was decided. */
  readonly day: number;
  /** For each filter a market's answer: 1 pass, 0 fail, −1 unknown. */
  readonly answers: Readonly<Record<FilterKey, Int8Array>>;
  /** Filters that an unknown answer passes. */
  readonly unknownPasses: readonly FilterKey[];
  /** 1 where every filter passes, or is unknown and may be. */
  readonly eligible: Uint8Array;
  /** Row of the last close in the prices of the view; −1 without one. */
  readonly lastRow: Int32Array;
  /** Dollars traded to date; NaN unknown. */
  readonly volumeUsd: Float64Array;
  /** Mean of the known daily volumes of the last 7 days, dollars; NaN unknown. */
  readonly recentVolumeUsd: Float64Array;
  /** Last dollars resting in the book within 7 days, else last open interest; NaN unknown. */
  readonly liquidityUsd: Float64Array;
}

/** Days, the last one included, of which volume and liquidity count as recent. */
const RECENT_DAYS = 7;

/** Rounding of 1 − p: a price this close to a limit is at it, whichever outcome is quoted. */
const PRICE_ROUNDING = 1e-12;

/**
 * What each filter of the seed plan says of each contract at the end of a day.
 *
 * - `active`: open, priced, not settled, and its scheduled end, where known, still to come.
 * - `days_to_end`: more than `min_days_to_end` days to the scheduled end.
 * - `total_volume`, `recent_volume`, `liquidity`: more dollars than the threshold. Volume is counted
 *   to date, never the final one; the week's mean is over its known days.
 * - `history`: at least `min_history_days` daily prices.
 * - `price`: the price of either side is inside (min_price, max_price), so that it does not matter
 *   which outcome is quoted.
 * - `fresh`: the last close is at most `max_price_age_days` old, and the last closes are not one and
 *   the same for `stale_run_days` consecutive days.
 *
 * An unknown answer is not a failed one: a source without volumes says nothing of them. It passes
 * where `unknown_passes` names the filter and fails elsewhere.
 *
 * Shape: n markets of the view → n answers a filter. Units: dollars, probabilities, days.
 * NaN: a row without a close is no price; a day of unknown volume is left out, not counted as zero.
 * Cost: O(markets + daily rows). Source: `basket_rebalancing_plan.md`, phase 3.
 *
 * @throws {RangeError} If the view knows more than what was known at the end of the day.
 */
export function eligibility(
  view: PointInTime,
  { day, settings }: EligibilityOptions,
): Eligibility {
  const nowMs = dayEndMs(day);
  if (view.asOfMs > nowMs) {
    throw new RangeError(
      `Cannot judge contracts as the view must end with day ${day}: got one that knows ${view.asOfMs}, after ${nowMs}`,
    );
  }
  const { eligibility: limits, baskets, universe } = settings;
  const n = view.markets.length;
  const answers = emptyAnswers(n);
  const lastRow = new Int32Array(n).fill(-1);
  const activity = activityToDate(view, day);
  const settled = new Set(view.resolutions.map(({ marketId }) => marketId));
  for (let j = 0; j < n; ++j) {
    const { marketId, opensAtMs, closesAtMs } = view.markets[j]!;
    const history = priceHistory(view, j);
    lastRow[j] = history.lastRow;
    const isOpen = (opensAtMs ?? nowMs) <= nowMs && (closesAtMs ?? Infinity) > nowMs;
    answers.active[j] = isOpen && history.nPrices > 0 && !settled.has(marketId) ? 1 : 0;
    answers.days_to_end[j] = closesAtMs === null
      ? -1
      : exceeds((closesAtMs - nowMs) / MS_PER_DAY, limits.min_days_to_end.value);
    answers.total_volume[j] = exceeds(activity.volumeUsd[j]!, limits.min_total_volume_usd.value);
    answers.recent_volume[j] = exceeds(
      activity.recentVolumeUsd[j]!,
      limits.min_daily_volume_usd.value,
    );
    answers.liquidity[j] = exceeds(activity.liquidityUsd[j]!, limits.min_open_interest_usd.value);
    answers.history[j] = history.nPrices >= limits.min_history_days.value ? 1 : 0;
    if (history.lastRow < 0) {
      answers.price[j] = answers.fresh[j] = -1;
      continue;
    }
    const price = view.prices.close[history.lastRow]!;
    const low = Math.min(price, 1 - price) - limits.min_price.value;
    const high = limits.max_price.value - Math.max(price, 1 - price);
    answers.price[j] = Math.min(low, high) > PRICE_ROUNDING ? 1 : 0;
    const ageDays = day - view.prices.day[history.lastRow]!;
    const isFresh = ageDays <= baskets.max_price_age_days.value &&
      history.stillDays < universe.stale_run_days.value;
    answers.fresh[j] = isFresh ? 1 : 0;
  }
  const unknownPasses = limits.unknown_passes.value;
  return {
    day,
    answers,
    unknownPasses,
    eligible: everyAnswer(answers, unknownPasses),
    lastRow,
    ...activity,
  };
}

/** Whether an answer lets a contract through, given whether an unknown one does. */
export function survives(answer: number, unknownPasses: boolean): boolean {
  return answer === 1 || (answer === -1 && unknownPasses);
}

function emptyAnswers(n: number): Record<FilterKey, Int8Array> {
  return Object.fromEntries(FILTERS.map(({ key }) => [key, new Int8Array(n)])) as Record<
    FilterKey,
    Int8Array
  >;
}

/** 1 above the threshold, 0 at or below it, −1 unknown. */
function exceeds(value: number, threshold: number): number {
  return Number.isNaN(value) ? -1 : value > threshold ? 1 : 0;
}

function everyAnswer(
  answers: Readonly<Record<FilterKey, Int8Array>>,
  unknownPasses: readonly FilterKey[],
): Uint8Array {
  const eligible = new Uint8Array(answers.active.length).fill(1);
  for (const { key } of FILTERS) {
    const passes = unknownPasses.includes(key);
    answers[key].forEach((answer, j) => {
      if (!survives(answer, passes)) eligible[j] = 0;
    });
  }
  return eligible;
}

/** The prices of one market: how many, the last, and for how many consecutive days it has stood. */
function priceHistory(
  { prices }: PointInTime,
  j: number,
): { nPrices: number; lastRow: number; stillDays: number } {
  const { from, to } = rowsOf(prices, j);
  let nPrices = 0, lastRow = -1, stillDays = 0;
  for (let row = from; row < to; ++row) {
    const close = prices.close[row]!;
    if (Number.isNaN(close)) continue;
    const stands = lastRow >= 0 && close === prices.close[lastRow] &&
      prices.day[row] === prices.day[lastRow]! + 1;
    stillDays = stands ? stillDays + 1 : 1;
    lastRow = row;
    ++nPrices;
  }
  return { nPrices, lastRow, stillDays };
}

function activityToDate(
  { activity }: PointInTime,
  day: number,
): Pick<Eligibility, "volumeUsd" | "recentVolumeUsd" | "liquidityUsd"> {
  const n = activity.offsets.length - 1;
  const volumeUsd = new Float64Array(n).fill(NaN);
  const recentVolumeUsd = new Float64Array(n).fill(NaN);
  const liquidityUsd = new Float64Array(n).fill(NaN);
  for (let j = 0; j < n; ++j) {
    const { from, to } = rowsOf(activity, j);
    let total = 0, nKnown = 0, recent = 0, nRecent = 0, inBook = NaN, outstanding = NaN;
    for (let row = from; row < to; ++row) {
      const isRecent = activity.day[row]! > day - RECENT_DAYS;
      const volume = activity.volumeUsd[row]!;
      if (!Number.isNaN(volume)) {
        total += volume;
        ++nKnown;
        if (isRecent) {
          recent += volume;
          ++nRecent;
        }
      }
      if (isRecent) {
        inBook = known(activity.liquidityUsd?.[row], inBook);
        outstanding = known(activity.openInterest?.[row], outstanding);
      }
    }
    if (nKnown > 0) volumeUsd[j] = total;
    if (nRecent > 0) recentVolumeUsd[j] = recent / nRecent;
    liquidityUsd[j] = known(inBook, outstanding);
  }
  return { volumeUsd, recentVolumeUsd, liquidityUsd };
}

function known(value: number | undefined, otherwise: number): number {
  return value === undefined || Number.isNaN(value) ? otherwise : value;
}
