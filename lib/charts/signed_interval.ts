import { decimalText } from "./value_ticks.ts";

/** A value with the ends of its 95% interval; NaN where it is not estimable. */
export interface ValueInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Whether the whole interval lies on one side of zero; an unknown one does not. */
export function isBeyondZero({ low, high }: ValueInterval): boolean {
  return low > 0 || high < 0;
}

/** A number with its sign and a fixed count of decimals: "+0.4", "−1.2", "0.0". NaN gives "not estimable". */
export function signedText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "not estimable";
  const text = decimalText(value, decimals);
  return Number(text) > 0 ? `+${text}` : text;
}

/** "+0.1 to +0.9", or "no interval". */
export function signedRange({ low, high }: ValueInterval, decimals: number): string {
  return Number.isNaN(low + high)
    ? "no interval"
    : `${signedText(low, decimals)} to ${signedText(high, decimals)}`;
}

/**
 * Decimals for a value and its interval, `fewest` or up to two more where an end would read as zero,
 * since on which side of it the end lies is what an interval is read for.
 */
export function decimalsOf({ low, high }: ValueInterval, fewest: number): number {
  const isHidden = (x: number, d: number) => x !== 0 && Number(x.toFixed(d)) === 0;
  let shown = fewest;
  while (shown < fewest + 2 && (isHidden(low, shown) || isHidden(high, shown))) ++shown;
  return shown;
}

/**
 * A difference as a clause of a headline: "+0.4 points a year (95% interval +0.1 to +0.9)".
 *
 * A difference whose interval holds zero is said to be "no more than its error", so that no reader
 * takes its sign for a finding.
 *
 * @param unit What follows the number, such as " points a year"; empty for a ratio.
 */
export function differenceClause(
  difference: ValueInterval,
  { decimals, unit }: { readonly decimals: number; readonly unit: string },
): string {
  const { value, low, high } = difference;
  if (Number.isNaN(value)) return "too few sessions to estimate the difference";
  const shown = decimalsOf(difference, decimals);
  const number = `${signedText(value, shown)}${unit}`;
  if (Number.isNaN(low + high)) return `${number}, without an interval`;
  const range = `(95% interval ${signedRange(difference, shown)})`;
  return isBeyondZero(difference)
    ? `${number} ${range}`
    : `${number}, no more than its error ${range}`;
}

/** The same in other units, such as percent for a share. */
export function scaled({ value, low, high }: ValueInterval, by: number): ValueInterval {
  return { value: by * value, low: by * low, high: by * high };
}
