import { leastSquares, type LeastSquaresFit } from "../stats/least_squares.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { SessionMoves } from "./session_moves.ts";

/** One factor's moves over the intervals of a panel. */
export interface FactorMoves {
  /** UTC day that each interval begins at the end of. */
  readonly fromDay: Int32Array;
  /** UTC day that it ends at the end of, increasing. */
  readonly day: Int32Array;
  readonly move: Float64Array;
}

/** A beta summed over neighbouring sessions. */
export interface LeadLagBeta {
  /** Move of the contract for one unit of the factor, summed over leads and lags. */
  readonly beta: number;
  readonly standardError: number;
  /** Moves that were fitted. */
  readonly n: number;
  /** One for each session from the earliest lag to the latest lead. */
  readonly coefficients: Float64Array;
}

/** Which sessions stand beside a contract's own, and how the error is taken. */
export interface LeadLagOptions {
  /** Later sessions of the factor: what a contract marked after the close has seen already. */
  readonly leads?: number;
  /** Earlier sessions: what a stale price shows late. */
  readonly lags?: number;
  /**
   * Sessions over which errors may be correlated, for a heteroskedasticity and autocorrelation consistent
   * error with Bartlett weights; without one the error is that of plain least squares.
   */
  readonly bandwidth?: number;
}

/** Column `k` of a panel. */
export function factorMoves(panel: FactorPanel, k: number): FactorMoves {
  const { factors, fromDay, day, moves } = panel;
  const move = Float64Array.from(day, (_, s) => moves[s * factors.length + k]!);
  return { fromDay, day, move };
}

/**
 * Beta of a contract to a factor whose closes are struck at another instant, in Dimson's form: least
 * squares on the factor's own session and its neighbours, coefficients summed.
 *
 * A mark at 24:00 UTC holds news of after the close, which the factor shows a session later; with that lead
 * the sum is free of bias, while the coefficient of the own session alone is too small. Neighbours are
 * sessions that follow each other at once: none is taken across a hole of the panel.
 *
 * Units: move of the contract per unit of the factor, not per standard deviation.
 * NaN: all figures where the moves are no more than the coefficients with the constant, or the factor's
 * columns depend on each other, as where it does not move. Cost: O(moves · coefficients²).
 * Source: Dimson, "Risk measurement when shares are subject to infrequent trading", 1979; Newey & West
 * 1987, without a small-sample factor.
 *
 * @throws {RangeError} If leads, lags or bandwidth are no whole numbers of at least 0.
 */
export function leadLagBeta(
  moves: Pick<SessionMoves, "session" | "move">,
  factor: FactorMoves,
  { leads = 0, lags = 0, bandwidth }: LeadLagOptions = {},
): LeadLagBeta {
  for (const [name, count] of Object.entries({ leads, lags, bandwidth: bandwidth ?? 0 })) {
    if (Number.isInteger(count) && count >= 0) continue;
    throw new RangeError(
      `Cannot sum betas over sessions as ${name} must be a whole number >= 0: got ${count}`,
    );
  }
  const y: number[] = [], design: number[] = [];
  moves.session.forEach((s, i) => {
    if (!isUnbroken(factor, s - lags, s + leads)) return;
    y.push(moves.move[i]!);
    for (let at = s - lags; at <= s + leads; ++at) design.push(factor.move[at]!);
  });
  const k = leads + lags + 1;
  const fit = leastSquares(y, design);
  if (fit.problem !== null) {
    const coefficients = new Float64Array(k).fill(NaN);
    return { beta: NaN, standardError: NaN, n: y.length, coefficients };
  }
  const coefficients = fit.coefficients.slice(1);
  return {
    beta: coefficients.reduce((sum, one) => sum + one, 0),
    standardError: errorOfSum(fit, bandwidth),
    n: y.length,
    coefficients,
  };
}

/** Whether the intervals `first … last` are there and each begins where the one before it ends. */
function isUnbroken({ fromDay, day }: FactorMoves, first: number, last: number): boolean {
  if (first < 0 || last >= day.length) return false;
  for (let s = first + 1; s <= last; ++s) if (fromDay[s] !== day[s - 1]) return false;
  return true;
}

/** The summed beta is Σ weightᵗ · yᵗ, so its error comes from each move's weight and residual alone. */
function errorOfSum(
  { n, nColumns, influence, residuals }: LeastSquaresFit,
  bandwidth: number | undefined,
): number {
  const weight = residuals.map((_, t) => {
    let sum = 0;
    for (let a = 1; a <= nColumns; ++a) sum += influence[a * n + t]!;
    return sum;
  });
  if (bandwidth === undefined) {
    return Math.sqrt(products(residuals, 0) / (n - nColumns - 1) * products(weight, 0));
  }
  const score = weight.map((w, t) => w * residuals[t]!);
  let variance = products(score, 0);
  for (let lag = 1; lag <= bandwidth; ++lag) {
    variance += 2 * (1 - lag / (bandwidth + 1)) * products(score, lag);
  }
  return Math.sqrt(variance);
}

/** Sum of the products of values `lag` apart. */
function products(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < values.length; ++t) sum += values[t]! * values[t - lag]!;
  return sum;
}
