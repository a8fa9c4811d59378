import { MISSING_DAY } from "../core/day.ts";

/** A fall from a peak, until the peak is reached again. */
export interface Drawdown {
  /** Last day at the peak. */
  readonly peakDay: number;
  /** First day at the deepest point. */
  readonly troughDay: number;
  /** First day at the peak or above it; `MISSING_DAY` where that has not come. */
  readonly recoveryDay: number;
  /** Loss at the trough as a share of the peak, < 0. */
  readonly depth: number;
  /** From the peak to the recovery, or to the last day of the series. */
  readonly lengthDays: number;
}

/**
 * How far a NAV stands below its peak so far: 0 at a peak, −0.2 a fifth below it.
 *
 * The first value counts as a peak, so that a basket that only falls has a drawdown.
 *
 * NaN: impossible in a NAV; a peak of 0 gives 0. Cost: O(n).
 */
export function drawdowns(nav: Float64Array): Float64Array {
  let peak = 0;
  return nav.map((value) => {
    if (value > peak) peak = value;
    return peak === 0 ? 0 : value / peak - 1;
  });
}

/** The deepest drawdown of a NAV, ≤ 0. NaN: of no value. Cost: O(n). */
export function maxDrawdown(nav: Float64Array): number {
  return nav.length === 0 ? NaN : drawdowns(nav).reduce((least, d) => Math.min(least, d), 0);
}

/**
 * The deepest drawdowns of a NAV, deepest first, the earlier one first among equals.
 *
 * They do not overlap: each lasts from its peak until the NAV is at that peak again, so a fall within
 * a fall is part of it. Other programs start at the first day under water; the peak is where the loss
 * began to count.
 *
 * Cost: O(n + drawdowns · log drawdowns).
 *
 * @param options.firstDay UTC day of the first value.
 * @param options.nDeepest Rows at most.
 */
export function deepestDrawdowns(
  nav: Float64Array,
  { firstDay, nDeepest }: { readonly firstDay: number; readonly nDeepest: number },
): Drawdown[] {
  const found: Drawdown[] = [];
  for (let peak = 0, i = 1; i <= nav.length; ++i) {
    if (i < nav.length && nav[i]! < nav[peak]!) continue;
    if (i - peak > 1) found.push(drawdownBetween(nav, { firstDay, peak, end: i }));
    peak = i;
  }
  return found
    .sort((a, b) => a.depth - b.depth || a.peakDay - b.peakDay)
    .slice(0, nDeepest);
}

function drawdownBetween(
  nav: Float64Array,
  { firstDay, peak, end }: {
    readonly firstDay: number;
    readonly peak: number;
    readonly end: number;
  },
): Drawdown {
  let trough = peak + 1;
  for (let i = trough + 1; i < end; ++i) if (nav[i]! < nav[trough]!) trough = i;
  const recovered = end < nav.length;
  return {
    peakDay: firstDay + peak,
    troughDay: firstDay + trough,
    recoveryDay: recovered ? firstDay + end : MISSING_DAY,
    depth: nav[trough]! / nav[peak]! - 1,
    lengthDays: (recovered ? end : nav.length - 1) - peak,
  };
}
