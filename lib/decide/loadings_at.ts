import type { FactorPanel } from "../factors/factor_panel.ts";
import type { SessionMoves } from "../factors/session_moves.ts";
import type { LoadingSet } from "../factors/shrunk_loadings.ts";
import { choleskyFactor, choleskySolution } from "../stats/cholesky.ts";
import { ridge } from "../stats/ridge.ts";
import { centredMoments, deviations, standardisedScatter } from "../stats/ridge_path.ts";

/**
 * The loadings of contracts on all factors at once, with their errors, by ridge regression.
 *
 * One small penalty for all, as a penalty chosen for each contract from a few dozen moves is a matter of
 * luck; what is noise in a loading is taken out afterwards, by its error. The error is that of a ridge
 * estimate around its own mean, under errors without autocorrelation; what the penalty pulls towards 0 is
 * not in it.
 *
 * Shape: n contracts → n × K. Units: move of the contract for one standard deviation of the factor over
 * the contract's own sessions. NaN: both numbers where a factor stands still over these sessions, or the
 * contract is fitted without a remainder. Cost: O(n · (sessions · K² + K³)).
 * Source: Hoerl & Kennard 1970; Var b = σ² A⁻¹SA⁻¹ with A = S + alpha, σ² = RSS / (n − 1 − tr H).
 *
 * @param moves Each with more moves than factors.
 * @param options.alpha Penalty on standardised factors, above 0.
 * @param options.eventOf Event of a market, by its index.
 */
export function loadingsAt(
  { factors, moves: factorMoves }: FactorPanel,
  moves: readonly SessionMoves[],
  { alpha, eventOf }: { readonly alpha: number; readonly eventOf: (market: number) => string },
): LoadingSet {
  const k = factors.length;
  const beta = new Float64Array(moves.length * k), error = new Float64Array(moves.length * k);
  moves.forEach(({ session, move }, i) => {
    const n = session.length, x = new Float64Array(n * k);
    session.forEach((s, t) => x.set(factorMoves.subarray(s * k, (s + 1) * k), t * k));
    const { coefficients, r2, df } = ridge(x, move, { alpha, isStandardised: true });
    const moments = centredMoments(x, k);
    const scatter = standardisedScatter(moments, deviations(moments));
    const middle = move.reduce((sum, one) => sum + one, 0) / n;
    const total = move.reduce((sum, one) => sum + (one - middle) ** 2, 0);
    const variance = (1 - r2) * total / (n - 1 - df);
    const shares = errorShares(scatter, k, alpha);
    for (let f = 0; f < k; ++f) {
      const own = Math.sqrt(variance * shares[f]!);
      const isKnown = own > 0 && own < Infinity;
      beta[i * k + f] = isKnown ? coefficients[f]! : NaN;
      error[i * k + f] = isKnown ? own : NaN;
    }
  });
  return {
    marketIds: moves.map(({ marketId }) => marketId),
    eventIds: moves.map(({ market }) => eventOf(market)),
    symbols: factors.map(({ symbol }) => symbol),
    ...{ beta, error },
  };
}

/** Diagonal of A⁻¹SA⁻¹ = A⁻¹ − alpha·A⁻², with A = S + alpha; exactly 0 along a constant factor. */
function errorShares(scatter: Float64Array, k: number, alpha: number): Float64Array {
  const penalised = scatter.slice();
  for (let f = 0; f < k; ++f) penalised[f * k + f]! += alpha;
  const lower = choleskyFactor(penalised, k);
  if (lower === null) return new Float64Array(k).fill(NaN);
  return Float64Array.from({ length: k }, (_, f) => {
    if (scatter[f * k + f] === 0) return 0;
    const unit = new Float64Array(k);
    unit[f] = 1;
    const column = choleskySolution(lower, unit);
    return column[f]! - alpha * column.reduce((sum, one) => sum + one * one, 0);
  });
}
