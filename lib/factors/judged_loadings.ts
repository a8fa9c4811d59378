import { coefficientTests } from "../stats/coefficient_errors.ts";
import { studentQuantile } from "../stats/student_quantile.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { SessionMoves } from "./session_moves.ts";

/** How loadings are estimated: least squares, ridge, or least squares on principal components. */
export type LoadingEstimator = "ols" | "ridge" | "components";

/** Loadings of one contract, K numbers each; fields as in {@link ContractLoadings}. */
export interface LoadingEstimates {
  readonly beta: Float64Array;
  readonly error: Float64Array;
  readonly df: Float64Array;
  readonly kept: Float64Array;
  /**
   * Share of the squared error that is the loading's own squared deviation, in [0, 1): 0 where residuals
   * are free of it, as in least squares, and so if left out.
   */
  readonly held?: Float64Array;
}

/** Loadings of N contracts on K factors; all fields but the first three are N × K by rows. */
export interface ContractLoadings {
  readonly estimator: LoadingEstimator;
  readonly marketIds: readonly string[];
  readonly symbols: readonly string[];
  /** Move of the contract for a move of one standard deviation of the factor over its own sessions. */
  readonly beta: Float64Array;
  /** Standard errors. */
  readonly error: Float64Array;
  /** Degrees of freedom of Student's distribution that the interval and the p-value are taken from. */
  readonly df: Float64Array;
  readonly ciLow: Float64Array;
  readonly ciHigh: Float64Array;
  /** Two-sided, against a loading of zero; a little larger than the interval of a ridge would have it. */
  readonly pValue: Float64Array;
  /** Share of a factor's own loading that the estimator keeps in expectation: 1 for least squares. */
  readonly kept: Float64Array;
}

/**
 * Loadings of many contracts with the intervals and p-values that their errors give.
 *
 * Where residuals hold part of the loading's own deviation, the squared error is h b² + r with r free of b,
 * and b / √(r / (1 − h)) is Student's: the interval is narrower than with a free error. A t test with the
 * sum of squares about zero in place of that about the mean is the plainest case. P-values do without, since
 * far out, where discoveries are made, this leans on normal tails: they are a little too large.
 *
 * Shape: N contracts → N × K. NaN: not estimable, all numbers of the contract.
 * Cost: that of the estimates and N K quantiles of Student's distribution.
 *
 * @param estimate One contract's estimates, `null` where they are not estimable.
 * @param options.coverage Share of intervals that are to hold the truth.
 * @throws {RangeError} If `coverage` is not in (0, 1).
 */
export function judgedLoadings(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { estimator, coverage, estimate }: {
    readonly estimator: LoadingEstimator;
    readonly coverage: number;
    readonly estimate: (contract: SessionMoves, j: number) => LoadingEstimates | null;
  },
): ContractLoadings {
  if (!(coverage > 0 && coverage < 1)) {
    throw new RangeError(`Cannot give intervals as coverage must be in (0, 1): got ${coverage}`);
  }
  const k = panel.factors.length;
  const numbers = () => new Float64Array(contracts.length * k).fill(NaN);
  const found = {
    ...{ beta: numbers(), error: numbers(), df: numbers(), kept: numbers() },
    ...{ ciLow: numbers(), ciHigh: numbers(), pValue: numbers() },
  };
  contracts.forEach((contract, j) => {
    const own = estimate(contract, j);
    if (own === null) return;
    const { beta, error, df, kept, held = new Float64Array(k) } = own;
    const { pValue } = coefficientTests(beta, { errors: error, df });
    const half = error.map((size, f) => {
      const t = studentQuantile(1 - coverage, df[f]!);
      return size * t / Math.sqrt(1 - held[f]! + held[f]! * t * t);
    });
    const ciLow = beta.map((b, f) => b - half[f]!), ciHigh = beta.map((b, f) => b + half[f]!);
    const rows = { beta, error, df, kept, ciLow, ciHigh, pValue };
    for (const name of Object.keys(rows) as (keyof typeof rows)[]) {
      found[name].set(rows[name], j * k);
    }
  });
  return {
    estimator,
    marketIds: contracts.map(({ marketId }) => marketId),
    symbols: panel.factors.map(({ symbol }) => symbol),
    ...found,
  };
}
