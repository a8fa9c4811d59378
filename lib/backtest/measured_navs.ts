import { randomStream } from "../core/random.ts";
import {
  bootstrapIntervals,
  type DrawnInterval,
  type ResampledMeasure,
} from "./bootstrap_intervals.ts";
import { dailySeries, navFromPurchase } from "./daily_returns.ts";
import { type Performance, performance } from "./performance.ts";
import { type ResampledDays, resampledDays } from "./resampled_days.ts";
import { type SharpeSample, sharpeSample } from "./sharpe_evidence.ts";

/** A net value and the bill's rates of the same days, which begin one day before it. */
export interface NavJob {
  readonly nav: Float64Array;
  /**
   * One more than the values: the first is of the day before the purchase and is not used. Without a
   * value they are not looked at.
   */
  readonly rates: Float64Array;
}

/** What is measured of a net value; NaN where nothing was ever held. */
export interface MeasuredNav {
  readonly performance: Performance;
  readonly intervals: Readonly<Record<ResampledMeasure, DrawnInterval>>;
  readonly sample: SharpeSample;
}

/**
 * Measures of net values with bootstrap intervals, the cost of the first purchase among the returns.
 *
 * Values of as many days share their resampled days. For workers: plain data in and out.
 *
 * Cost: O(series × draws × days).
 */
export function measuredNavs(
  jobs: readonly NavJob[],
  { nDraws, meanBlockDays, seed }: {
    readonly nDraws: number;
    readonly meanBlockDays: number;
    readonly seed: number;
  },
): MeasuredNav[] {
  const drawn = new Map<number, ResampledDays>();
  return jobs.map(({ nav, rates }) => {
    const whole = navFromPurchase(nav);
    const known = nav.length === 0 ? rates.subarray(0, 0) : rates;
    const series = dailySeries(whole, known);
    const nDays = series.returns.length;
    let days = drawn.get(nDays);
    if (days === undefined) {
      const random = randomStream(seed, `resampled ${nDays} days`);
      days = nDays === 0
        ? { nDays, nDraws: 0, rows: new Int32Array(0) }
        : resampledDays(nDays, { nDraws, meanBlockDays, random });
      drawn.set(nDays, days);
    }
    return {
      performance: performance(whole, known),
      intervals: bootstrapIntervals(series, days),
      sample: sharpeSample(series.excess),
    };
  });
}
