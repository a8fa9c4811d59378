/** A contract's price as a small line. */
export interface Sparkline {
  /** SVG path, pixels from the upper left. */
  readonly path: string;
  /** First and last price drawn, probabilities of the held side; NaN without any. */
  readonly first: number;
  readonly last: number;
}

/** Least range of prices, so that a price that hardly moves looks still. */
const LEAST_RANGE = 0.1;

/**
 * Prices of the held side over a common stretch of days, each line in its own range of at least 10
 * cents. One price a pixel is drawn, the last of its days.
 *
 * @param series Days and closes of the quoted outcome; `side` −1 shows what NO costs.
 * @param frame.from First day drawn. @param frame.to Last day drawn.
 */
export function sparkline(
  { days, closes, side }: {
    readonly days: readonly number[];
    readonly closes: readonly number[];
    readonly side: number;
  },
  { from, to, width, height }: {
    readonly from: number;
    readonly to: number;
    readonly width: number;
    readonly height: number;
  },
): Sparkline {
  const shown: { x: number; price: number }[] = [];
  let first = NaN;
  days.forEach((day, i) => {
    if (day < from || day > to) return;
    const price = side < 0 ? 1 - closes[i]! : closes[i]!;
    if (shown.length === 0) first = price;
    const x = Math.round(((day - from) / Math.max(to - from, 1)) * width);
    const before = shown.at(-1);
    if (before?.x === x) before.price = price;
    else shown.push({ x, price });
  });
  if (shown.length === 0) return { path: "", first: NaN, last: NaN };
  const prices = shown.map(({ price }) => price);
  const low = Math.min(...prices), high = Math.max(...prices);
  const range = Math.max(high - low, LEAST_RANGE);
  const bottom = Math.min(Math.max((low + high - range) / 2, 0), 1 - range);
  const y = (price: number) =>
    Math.round((1 + (height - 2) * (1 - (price - bottom) / range)) * 10) / 10;
  return {
    path: shown.map(({ x, price }, i) => `${i === 0 ? "M" : "L"}${x},${y(price)}`).join(""),
    first,
    last: prices.at(-1)!,
  };
}

/** A price as cents: "12¢", with a decimal near 0 and 1; "unknown" for NaN. */
export function centsText(price: number): string {
  if (Number.isNaN(price)) return "unknown";
  const cents = price * 100;
  return `${cents < 9.95 || cents > 90.05 ? cents.toFixed(1) : cents.toFixed(0)}¢`;
}
