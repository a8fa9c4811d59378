import { deepestDrawdowns } from "../backtest/drawdown.ts";
import { MISSING_DAY } from "../core/day.ts";

/** The deepest fall of a portfolio between sessions, and what it did in the fall of another. */
export interface DrawdownComparison {
  /** Loss at the trough as a share of the peak, ≤ 0; 0 where the portfolio never fell, NaN without sessions. */
  readonly depth: number;
  /** Sessions; `MISSING_DAY` where it never fell, and for a recovery that has not come. */
  readonly peakDay: number;
  readonly troughDay: number;
  readonly recoveryDay: number;
  /** Calendar days from the peak to the recovery, or to the last session. */
  readonly lengthDays: number;
  /** Return from the peak to the trough of the base's deepest fall; NaN where that never fell. */
  readonly returnInBaseFall: number;
}

/**
 * The deepest drawdown of a portfolio, beside what it returned while another fell deepest.
 *
 * Two deepest drawdowns may be of different times. What counts for a diversifier is what it did when
 * the rest of the money was lost, so that is measured over the base's own days.
 *
 * Shape: one value a session. Cost: O(sessions · log).
 *
 * @param nav Values at the sessions, positive at the base's peak.
 * @param options.base Values of the base at the same sessions.
 * @param options.day UTC day of each session.
 */
export function drawdownComparison(
  nav: Float64Array,
  { base, day }: { readonly base: Float64Array; readonly day: Int32Array },
): DrawdownComparison {
  const own = deepest(nav), fall = deepest(base);
  const dayAt = (at: number) => at === MISSING_DAY ? MISSING_DAY : day[at]!;
  const end = own === undefined
    ? 0
    : day[own.recoveryDay === MISSING_DAY ? day.length - 1 : own.recoveryDay]!;
  return {
    depth: own?.depth ?? (nav.length === 0 ? NaN : 0),
    peakDay: dayAt(own?.peakDay ?? MISSING_DAY),
    troughDay: dayAt(own?.troughDay ?? MISSING_DAY),
    recoveryDay: dayAt(own?.recoveryDay ?? MISSING_DAY),
    lengthDays: own === undefined ? 0 : end - day[own.peakDay]!,
    returnInBaseFall: fall === undefined ? NaN : nav[fall.troughDay]! / nav[fall.peakDay]! - 1,
  };
}

/** The deepest drawdown, its days as rows. */
function deepest(nav: Float64Array) {
  return deepestDrawdowns(nav, { firstDay: 0, nDeepest: 1 })[0];
}
