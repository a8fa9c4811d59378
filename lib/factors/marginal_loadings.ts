import { falseDiscovery } from "../stats/false_discovery.ts";
import type { MarginalLoading } from "./exposure_sign_table.ts";
import type { FactorPanel } from "./factor_panel.ts";
import type { ContractLoadings } from "./judged_loadings.ts";
import { contractLoadings } from "./loadings.ts";
import type { SessionMoves } from "./session_moves.ts";
import type { LoadingSet } from "./shrunk_loadings.ts";

/** How loadings on single factors are estimated. */
export interface MarginalOptions {
  /** Share of intervals that are to hold the truth. */
  readonly coverage: number;
  /** Fewest moves of a contract. */
  readonly minSessions: number;
}

/**
 * A panel with some of its factors, in the order asked for; those it lacks are left out.
 *
 * Cost: O(sessions · factors).
 */
export function selectFactors(panel: FactorPanel, symbols: readonly string[]): FactorPanel {
  const places = symbols.flatMap((symbol) => {
    const at = panel.factors.findIndex((factor) => factor.symbol === symbol);
    return at < 0 ? [] : [at];
  });
  const width = panel.factors.length, moves = new Float64Array(panel.day.length * places.length);
  for (let s = 0; s < panel.day.length; ++s) {
    places.forEach((f, i) => moves[s * places.length + i] = panel.moves[s * width + f]!);
  }
  return { ...panel, factors: places.map((f) => panel.factors[f]!), moves };
}

/**
 * Loadings of contracts on each series by itself, as words speak of them: what a contract does when rates
 * rise, whatever else moves with rates.
 *
 * Least squares with robust errors, false discovery rates over all contracts and series together.
 *
 * Shape: C contracts, K series → up to C · K rows by series. NaN: not estimable, with its interval.
 * Cost: K times that of least squares on one factor.
 */
export function marginalLoadings(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { coverage, minSessions }: MarginalOptions,
): MarginalLoading[] {
  const rows = panel.factors.flatMap(({ symbol }) => {
    const found = contractLoadings(selectFactors(panel, [symbol]), contracts, {
      ...{ estimator: "ols", coverage, minObservationsPerFactor: minSessions },
    });
    return found.marketIds.map((marketId, i) => ({
      ...{ marketId, symbol, beta: found.beta[i]!, pValue: found.pValue[i]! },
      ...{ low: found.ciLow[i]!, high: found.ciHigh[i]! },
    }));
  });
  const qValues = falseDiscovery(rows.map(({ pValue }) => pValue));
  return rows.map(({ pValue: _, ...row }, i) => ({ ...row, qValue: qValues[i]! }));
}

/**
 * The loadings of {@linkcode marginalLoadings} alone, in its order: covariance over the factor's standard
 * deviation. For nulls, which need no errors. NaN: fewer than `minSessions` moves, or a factor or a
 * contract that stands still.
 */
export function marginalBetas(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { minSessions }: Pick<MarginalOptions, "minSessions">,
): Float64Array {
  const width = panel.factors.length;
  return Float64Array.from(
    panel.factors.flatMap((_, f) =>
      contracts.map(({ session, move }) => {
        const n = move.length;
        if (n < minSessions || move.every((own) => own === move[0])) return NaN;
        // sums from the first session on: of a factor that stands still they are exactly 0
        const base = panel.moves[session[0]! * width + f]!;
        let x = 0, y = 0, xx = 0, xy = 0;
        for (let t = 0; t < n; ++t) {
          const factor = panel.moves[session[t]! * width + f]! - base, own = move[t]! - move[0]!;
          x += factor;
          y += own;
          xx += factor * factor;
          xy += factor * own;
        }
        const variance = xx / n - (x / n) ** 2;
        return variance > 0 ? (xy / n - x / n * y / n) / Math.sqrt(variance) : NaN;
      })
    ),
  );
}

/** Loadings with their errors as a set that clusters are made of. */
export function loadingSet(
  { marketIds, symbols, beta, error }: ContractLoadings,
  eventIds: readonly string[],
): LoadingSet {
  return { marketIds, eventIds, symbols, beta, error };
}
