import type { ClusteredRatio } from "./clustered_ratio.ts";

/** An estimate with its interval; NaN where not known. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Whether an interval leaves out zero. */
export function isApart({ low, high }: ClusteredRatio): boolean {
  return low > 0 || high < 0;
}

/** Percentage points with their interval; three decimals of what is small. */
export function points(ratio: ClusteredRatio): string {
  const text = interval(ratio, Math.abs(ratio.value) < 0.1 ? 3 : 2);
  return Number.isNaN(ratio.value) ? text : `${text} pp`;
}

/** A value with its interval. */
export function interval(
  { value, low, high }: Interval,
  decimals: number,
): string {
  if (Number.isNaN(value)) return signed(value);
  const range = Number.isNaN(low)
    ? "no interval"
    : `95 % ${signed(low, decimals)} to ${signed(high, decimals)}`;
  return `${signed(value, decimals)} (${range})`;
}

/** A number with its sign; what is unknown says so. */
export function signed(x: number, decimals = 3): string {
  if (Number.isNaN(x)) return "an unknown amount";
  const text = x.toFixed(decimals);
  if (Number(text) === 0) return text.replace("-", "");
  return x > 0 ? `+${text}` : text.replace("-", "−");
}

/** A p-value. */
export function pText(p: number): string {
  return p < 0.001 ? "below 0.001" : p.toFixed(3);
}
