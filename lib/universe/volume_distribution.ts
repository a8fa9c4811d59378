import { type DailyActivity, rowsOf } from "../core/data_set.ts";

/** How traded value is spread over markets. */
export interface VolumeDistribution {
  readonly nMarkets: number;
  /** Markets with at least one day of known volume. The others are unknown, not zero. */
  readonly nKnown: number;
  /** Markets of known volume that never traded. */
  readonly nZero: number;
  /** Total observed volume of each known market in US dollars, ascending. */
  readonly totalUsd: Float64Array;
  /** Total over all known markets, US dollars. */
  readonly sumUsd: number;
  /** Volumes that 10, 50 and 90 of 100 known markets do not exceed, US dollars; NaN without any. */
  readonly p10Usd: number;
  readonly medianUsd: number;
  readonly p90Usd: number;
  /** Share of `sumUsd` held by the top tenth of known markets, NaN when nothing traded. */
  readonly topTenthShare: number;
  readonly thresholdUsd: number;
  /** Known markets with `thresholdUsd` or more. */
  readonly nAtThreshold: number;
  /** Markets that traded, by volume: four bins a decade. */
  readonly bins: readonly VolumeBin[];
}

/** Markets whose total volume is in [fromUsd, toUsd). */
export interface VolumeBin {
  readonly fromUsd: number;
  readonly toUsd: number;
  readonly nMarkets: number;
}

const BINS_PER_DECADE = 4;

/**
 * Total observed volume of each market, and how unequal it is.
 *
 * A market without a single known day is left out and counted: to call it zero would turn a venue
 * that publishes no volume into a dead one.
 *
 * Shape: run-length rows → one total a known market, ascending. Units: US dollars.
 * NaN: a day without a known volume adds nothing; totals are therefore lower bounds.
 * Cost: O(rows + nMarkets log nMarkets). Quantiles: the smallest total with at least that share
 * of markets at or below it (type 1 of Hyndman & Fan 1996), so each is a volume that was seen.
 *
 * @param activity Daily activity of all markets.
 * @param options.thresholdUsd Volume from which a market counts as traded enough.
 * @throws {RangeError} If a volume is negative or `thresholdUsd` is not above 0.
 */
export function volumeDistribution(
  activity: DailyActivity,
  { thresholdUsd = 10_000 } = {},
): VolumeDistribution {
  if (!(thresholdUsd > 0 && thresholdUsd < Infinity)) {
    throw new RangeError(
      `Cannot measure volumes as thresholdUsd must be above 0: got ${thresholdUsd}`,
    );
  }
  const nMarkets = activity.offsets.length - 1;
  const totals: number[] = [];
  for (let j = 0; j < nMarkets; ++j) {
    const { from, to } = rowsOf(activity, j);
    let total = 0, nDays = 0;
    for (let row = from; row < to; ++row) {
      const volume = activity.volumeUsd[row]!;
      if (Number.isNaN(volume)) continue;
      if (!(volume >= 0 && volume < Infinity)) {
        throw new RangeError(
          `Cannot measure volumes as each must be a number >= 0: got ${volume} (market ${j}, row ${row})`,
        );
      }
      total += volume;
      ++nDays;
    }
    if (nDays > 0) totals.push(total);
  }
  const totalUsd = Float64Array.from(totals).sort();
  const nKnown = totalUsd.length;
  const sumUsd = totalUsd.reduce((sum, x) => sum + x, 0);
  const nTop = Math.ceil(nKnown / 10);
  const topUsd = totalUsd.subarray(nKnown - nTop).reduce((sum, x) => sum + x, 0);
  const traded = totalUsd.filter((x) => x > 0);
  return {
    nMarkets,
    nKnown,
    nZero: nKnown - traded.length,
    totalUsd,
    sumUsd,
    p10Usd: quantile(totalUsd, 0.1),
    medianUsd: quantile(totalUsd, 0.5),
    p90Usd: quantile(totalUsd, 0.9),
    topTenthShare: sumUsd > 0 ? topUsd / sumUsd : NaN,
    thresholdUsd,
    nAtThreshold: totalUsd.reduce((n, x) => n + (x >= thresholdUsd ? 1 : 0), 0),
    bins: volumeBins(traded),
  };
}

/** The value at rank ceil(share · n) of an ascending list. */
function quantile(ascending: Float64Array, share: number): number {
  return ascending[Math.max(Math.ceil(share * ascending.length) - 1, 0)] ?? NaN;
}

/** Counts of ascending positive values between the powers 10^(k/4) that hold them all. */
function volumeBins(ascending: Float64Array): VolumeBin[] {
  if (ascending.length === 0) return [];
  const edge = (k: number) =>
    10 ** Math.floor(k / BINS_PER_DECADE) *
    10 ** ((((k % BINS_PER_DECADE) + BINS_PER_DECADE) % BINS_PER_DECADE) / BINS_PER_DECADE);
  let k = Math.floor(Math.log10(ascending[0]!) * BINS_PER_DECADE);
  // the logarithm may be off by a rounding: the edges themselves decide
  while (edge(k) > ascending[0]!) --k;
  while (edge(k + 1) <= ascending[0]!) ++k;
  const bins: VolumeBin[] = [];
  for (let row = 0; row < ascending.length; ++k) {
    const start = row;
    while (row < ascending.length && ascending[row]! < edge(k + 1)) ++row;
    bins.push({ fromUsd: edge(k), toUsd: edge(k + 1), nMarkets: row - start });
  }
  return bins;
}
