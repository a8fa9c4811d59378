import type { Interval } from "./drawn_intervals.ts";

/** A share as signed percent with one decimal: "−3.2 %". NaN gives "unknown". */
export function signedPercent(share: number): string {
  if (Number.isNaN(share)) return "unknown";
  const text = `${(100 * Math.abs(share)).toFixed(1)} %`;
  return text === "0.0 %" ? text : `${share < 0 ? "−" : "+"}${text}`;
}

/** A difference of shares in percentage points: "+0.4 points". */
export function signedPoints(share: number): string {
  return signedPercent(share).replace(" %", " points");
}

/** A ratio, coefficient or correlation with its sign and two decimals. NaN gives "unknown". */
export function signedRatio(x: number): string {
  if (Number.isNaN(x)) return "unknown";
  const text = Math.abs(x).toFixed(2);
  return text === "0.00" ? text : `${x < 0 ? "−" : "+"}${text}`;
}

/** "+0.12 (95 % interval −0.30 to +0.51)": a number with its interval, if it has one. */
export function withInterval(
  { value, low, high }: Interval,
  format: (x: number) => string,
): string {
  return Number.isNaN(low + high)
    ? format(value)
    : `${format(value)} (95 % interval ${format(low)} to ${format(high)})`;
}

/** "p 0.043", "p < 0.01" where no more digits are known, "p not measured" for NaN. */
export function probabilityText(p: number): string {
  if (Number.isNaN(p)) return "p not measured";
  return p < 0.01 ? "p < 0.01" : `p ${p.toFixed(2)}`;
}
