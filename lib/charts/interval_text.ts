/** A share and the ends of its interval in words. */
export interface IntervalText {
  /** "78.4%" */
  readonly value: string;
  /** "77.8% to 79.0%" */
  readonly range: string;
}

/** Intervals narrower than this are written with tenths of a percent. */
const NARROW = 0.03;

/** A share with its interval as percentages, with tenths where whole ones would read alike. */
export function intervalText(share: number, low: number, high: number): IntervalText {
  const decimals = high - low < NARROW ? 1 : 0;
  const percent = (x: number) => `${(100 * x).toFixed(decimals).replace(/^100\.0$/, "100")}%`;
  return { value: percent(share), range: `${percent(low)} to ${percent(high)}` };
}
