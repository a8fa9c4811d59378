import { adjustedErrors } from "../stats/adjusted_errors.ts";
import { leastSquares } from "../stats/least_squares.ts";
import { neweyWestLag } from "../stats/newey_west.ts";
import type { FactorPanel } from "./factor_panel.ts";
import { type ContractLoadings, judgedLoadings, type LoadingEstimates } from "./judged_loadings.ts";
import { ridgeEstimates, type RidgeLoadings } from "./ridge_estimates.ts";
import type { SessionMoves } from "./session_moves.ts";
import { standardDesign } from "./standard_design.ts";

/** Least squares with errors that allow for unequal width and autocorrelation. */
export interface LeastSquaresLoadings {
  readonly estimator: "ols";
  /** Share of intervals that are to hold the truth, in (0, 1). */
  readonly coverage: number;
  /** Fewest moves for each factor; contracts with fewer are not estimable. */
  readonly minObservationsPerFactor: number;
  /** Sessions of autocorrelation that are allowed for; left out, Newey & West's rule by n. */
  readonly lag?: number;
}

/**
 * Loadings of contracts on macro factors, with intervals and p-values.
 *
 * `ols` is unbiased and its interval is one for the loading itself: at 90 % it held 90 to 94 % of loadings
 * planted in simulated contracts, at 45 sessions as at 200. Errors are Newey & West's, unbiased under equal
 * widths and read with Student's distribution at their own degrees of freedom (`adjustedErrors`); as they
 * are, with normal quantiles, they held 82 to 87 %.
 *
 * `ridge` is biased towards zero and towards neighbours, and no interval around it mends that: its
 * interval is one for the *penalised* loading, what the same penalty would give without noise, of which
 * it held 91 to 96 %. `kept` says how much of a loading that is; of the loadings themselves it held 20 to
 * 60 % under penalties chosen in time order. Its error is that of the wild block bootstrap on residuals
 * widened by their leverage, the penalty taken as given. A p-value tests that the penalised loading is
 * zero, and a neighbour's loading can make it small.
 *
 * NaN: too few moves, a factor that stands still or depends on the others (least squares), moves that
 * are all the same, or a ridge that leaves less than one degree of freedom: not estimable.
 * Cost: O(N n K² (lag + K)) for `ols`, 1.1 s for 2,200 contracts of 95 sessions on 9 factors;
 * O(N (n K² + K³)) for `ridge`, 3 s for 2,200 of 72 on 41, with 200 draws or none (one core).
 *
 * @param contracts Moves in nats or points; beta has their unit.
 * @throws {RangeError} If `coverage`, `block`, `draws` or a penalty is out of range.
 */
export function contractLoadings(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  options: LeastSquaresLoadings | RidgeLoadings,
): ContractLoadings {
  const { estimator, coverage } = options;
  const estimate = options.estimator === "ols"
    ? leastSquaresEstimates(panel, options)
    : ridgeEstimates(panel, contracts.length, options);
  return judgedLoadings(panel, contracts, { estimator, coverage, estimate });
}

function leastSquaresEstimates(
  panel: FactorPanel,
  { minObservationsPerFactor, lag }: LeastSquaresLoadings,
): (contract: SessionMoves) => LoadingEstimates | null {
  const k = panel.factors.length;
  return ({ session, move }) => {
    const n = move.length;
    if (n < minObservationsPerFactor * k) return null;
    const fit = leastSquares(move, standardDesign(panel, session).standard);
    if (fit.problem !== null) return null;
    const { errors, df } = adjustedErrors(fit, { lag: lag ?? neweyWestLag(n) });
    return {
      beta: fit.coefficients.subarray(1),
      error: errors.subarray(1),
      df: df.subarray(1),
      kept: new Float64Array(k).fill(1),
    };
  };
}
