import { moments } from "../backtest/return_moments.ts";
import { leastSquares } from "../stats/least_squares.ts";
import { neweyWestErrors, neweyWestLag } from "../stats/newey_west.ts";
import { studentTwoSided } from "../stats/student_t.ts";

/** Difference of two Sharpe ratios with errors from formulas, a check on the bootstrap's. */
export interface SharpeDifference {
  /** The first less the second, annualized. */
  readonly value: number;
  /** Standard error that allows for any distribution and for autocorrelation up to `lag`. */
  readonly error: number;
  /** Standard error of independent normal returns. */
  readonly normalError: number;
  /** Two-sided, from `error`. */
  readonly pValue: number;
  /** Sessions. */
  readonly lag: number;
  /** Pairs of returns. */
  readonly n: number;
}

/**
 * Difference of the Sharpe ratios of two series of the same sessions.
 *
 * Both move together, so the difference is known far better than either ratio. The error is that of
 * the ratios' influence functions, (x − μ)/σ − S/2 · ((x − μ)²/σ² − 1) for each session, by Newey &
 * West: the delta method of Ledoit & Wolf with Bartlett's weights. The normal error is Jobson &
 * Korkie's as corrected by Memmel, which fat tails and stale prices make too small.
 *
 * NaN: where a series stands still or holds an unknown excess, and for fewer than three pairs.
 * Cost: O(n · lag).
 * Source: Jobson & Korkie 1981; Memmel 2003; Ledoit & Wolf 2008, "Robust performance hypothesis
 * testing with the Sharpe ratio".
 *
 * @param own Excess returns over bills.
 * @param other Those of the one it is held against.
 * @param options.perYear Returns in a year.
 * @param options.lag Sessions; Newey & West's rule by default.
 * @throws {RangeError} If the lengths differ, or `lag` is not a whole number in [0, n).
 */
export function sharpeDifference(
  own: Float64Array,
  other: Float64Array,
  { perYear, lag = neweyWestLag(own.length) }: {
    readonly perYear: number;
    readonly lag?: number;
  },
): SharpeDifference {
  const n = own.length, root = Math.sqrt(perYear);
  if (other.length !== n) {
    throw new RangeError(
      `Cannot compare Sharpe ratios as both series must have the same sessions: got ${n} and ${other.length} returns`,
    );
  }
  const [a, b] = [moments(own), moments(other)];
  const unknown = { value: NaN, error: NaN, normalError: NaN, pValue: NaN, lag, n };
  if (n < 3 || !(a.deviation > 0 && b.deviation > 0)) return unknown;
  const first = a.mean / a.deviation, second = b.mean / b.deviation;
  const [mine, theirs] = [influence(own), influence(other)];
  const fit = leastSquares(mine.map((x, t) => x - theirs[t]!), []);
  const error = neweyWestErrors(fit, { lag, smallSample: true })[0]!;
  let products = 0;
  for (let t = 0; t < n; ++t) products += (own[t]! - a.mean) * (other[t]! - b.mean);
  const rho = products / (n - 1) / (a.deviation * b.deviation);
  const normal = 2 - 2 * rho + (first ** 2 + second ** 2 - 2 * first * second * rho ** 2) / 2;
  return {
    ...{ value: (first - second) * root, error: error * root },
    normalError: Math.sqrt(Math.max(normal, 0) / n) * root,
    pValue: error > 0 ? studentTwoSided((first - second) / error, n - 1) : NaN,
    ...{ lag, n },
  };
}

/** What each return adds to the Sharpe ratio of one period. */
function influence(excess: Float64Array): Float64Array {
  const { mean, deviation, n } = moments(excess);
  const sigma = deviation * Math.sqrt((n - 1) / n), sharpe = mean / sigma;
  return excess.map((x) => {
    const z = (x - mean) / sigma;
    return z - sharpe / 2 * (z * z - 1);
  });
}
