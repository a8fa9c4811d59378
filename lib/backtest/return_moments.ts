/** Moments of a series. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation with n − 1; 0 where the series stands still. */
  readonly deviation: number;
  /** Third standardized moment, with n. */
  readonly skewness: number;
  /** Fourth standardized moment less 3, with n. */
  readonly excessKurtosis: number;
}

/** Spread of daily returns that is rounding: a NAV of 100 with a price tick moves by 1e-6 at the least. */
export const ROUNDING = 1e-12;

/**
 * Whether no two values differ by more than rounding.
 *
 * The returns of money that earns a constant rate differ in the last bit. Divided by a deviation of
 * 1e-17 that trace would be a Sharpe ratio in the millions.
 *
 * NaN: a series with an unknown value does not count as still; one without values does. Cost: O(n).
 */
export function standsStill(values: ArrayLike<number>): boolean {
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < values.length; ++i) {
    const value = values[i]!;
    if (Number.isNaN(value)) return false;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return !(high - low > ROUNDING);
}

/**
 * Mean, deviation, skewness and kurtosis of a series.
 *
 * Skewness and kurtosis are the plain moment ratios, as in scipy and empyrical and as the deflated
 * Sharpe ratio takes them; pandas, Excel and quantstats correct both for small samples.
 *
 * NaN: propagates; the mean of no value, the deviation of fewer than two, skewness and kurtosis
 * where the series stands still. Cost: O(n), two passes.
 */
export function moments(values: ArrayLike<number>): Moments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; ++i) sum += values[i]!;
  const mean = sum / n;
  if (n < 2 || standsStill(values)) {
    return { n, mean, deviation: n < 2 ? NaN : 0, skewness: NaN, excessKurtosis: NaN };
  }
  let second = 0, third = 0, fourth = 0;
  for (let i = 0; i < n; ++i) {
    const d = values[i]! - mean, square = d * d;
    second += square;
    third += square * d;
    fourth += square * square;
  }
  const variance = second / n;
  return {
    ...{ n, mean, deviation: Math.sqrt(second / (n - 1)) },
    skewness: third / n / variance ** 1.5,
    excessKurtosis: fourth / n / (variance * variance) - 3,
  };
}
