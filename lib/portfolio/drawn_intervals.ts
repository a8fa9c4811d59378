import { ROUNDING } from "../backtest/return_moments.ts";
import { nullQuantiles } from "../core/null_percentile.ts";

/** A number with the interval of its draws. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A difference with its interval and p-value. */
export interface Difference extends Interval {
  /** Two-sided, of no difference. */
  readonly pValue: number;
}

/**
 * A number with the percentile interval of its draws.
 *
 * NaN: draws without a number do not count; an unknown value has no interval. Cost: O(draws · log draws).
 *
 * @param options.level Coverage, in (0, 1).
 */
export function drawnInterval(
  value: number,
  draws: Float64Array,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  if (Number.isNaN(value)) return { value, low: NaN, high: NaN };
  const [low, high] = nullQuantiles(draws, [(1 - level) / 2, (1 + level) / 2]) as [number, number];
  return { value, low, high };
}

/**
 * A difference, with the percentile interval of its draws and the p-value that goes with it: twice the
 * share of draws on the rarer side of zero, each side counted with one draw more than it has.
 *
 * A p-value below 0.05 is an interval of 95 % without zero, but for the one draw. Draws of zero lie on
 * both sides, so two portfolios that are the same have p = 1.
 *
 * NaN: as {@linkcode drawnInterval}; no draw has no p-value. Cost: O(draws · log draws).
 */
export function drawnDifference(
  value: number,
  draws: Float64Array,
  options: { readonly level?: number } = {},
): Difference {
  const known = draws.filter((draw) => !Number.isNaN(draw));
  const below = known.filter((draw) => draw <= ROUNDING).length;
  const above = known.filter((draw) => draw >= -ROUNDING).length;
  const pValue = Number.isNaN(value) || known.length === 0
    ? NaN
    : Math.min(1, 2 * (Math.min(below, above) + 1) / (known.length + 1));
  return { ...drawnInterval(value, draws, options), pValue };
}
