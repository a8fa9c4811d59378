import { adjustedErrors } from "../stats/adjusted_errors.ts";
import { leastSquares } from "../stats/least_squares.ts";
import { neweyWestLag } from "../stats/newey_west.ts";
import { type FactorBlock, factorBlock } from "./factor_block.ts";
import type { FactorPanel } from "./factor_panel.ts";
import { type ContractLoadings, judgedLoadings } from "./judged_loadings.ts";
import type { FitNumbers } from "./loading_tables.ts";
import type { SessionMoves } from "./session_moves.ts";
import { standardDesign } from "./standard_design.ts";

/** Least squares on the leading principal components of the factors, contract by contract. */
export interface ComponentModel {
  /** Components kept for each contract; 0 where not even one can be. */
  readonly nComponents: Int32Array;
  /** Share of the variance explained; NaN not estimable. */
  readonly r2: Float64Array;
  /** 1 − (1 − r2)(n − 1)/(n − m − 1) with m components. */
  readonly r2Adjusted: Float64Array;
  /** The coefficients mapped back to the factors. */
  readonly loadings: ContractLoadings;
}

/** How many components are kept and how they are judged. */
export interface ComponentOptions {
  /** Fewest moves for each component. */
  readonly minObservationsPerFactor: number;
  /** Share of intervals that are to hold the truth, in (0, 1). */
  readonly coverage: number;
  /** Sessions of autocorrelation that are allowed for; left out, Newey & West's rule by n. */
  readonly lag?: number;
}

/**
 * Principal components regression: the factors' principal axes first, over the whole panel, then least
 * squares of a contract on the first m of them.
 *
 * m is the effective rank of the factors (participation ratio, rounded) or as many as the contract's
 * moves allow, whichever is less; it does not look at the contract's moves, so R² is not chosen. An axis
 * means the same for all contracts. Mapped back, β = Vᵀ c, a factor has what its axes have: loadings off
 * the axes are lost, and `kept` is the share of a factor's own loading that stays.
 *
 * Shape: N contracts → N × K. NaN: fewer moves than one component needs, or moves all the same.
 * Cost: O(S K² + K³) once, O(n K m lag) a contract.
 * Source: Massy 1965; errors as for least squares (`adjustedErrors`), of the mapped coefficients.
 *
 * @throws {RangeError} If `coverage` is not in (0, 1).
 */
export function componentModel(
  panel: FactorPanel,
  contracts: readonly SessionMoves[],
  { minObservationsPerFactor, coverage, lag }: ComponentOptions,
): ComponentModel {
  const k = panel.factors.length, block = factorBlock(panel);
  const most = Math.max(1, Math.round(block.participationRank));
  const nComponents = Int32Array.from(
    contracts,
    ({ move }) => Math.min(most, Math.floor(move.length / minObservationsPerFactor)),
  );
  const r2 = new Float64Array(contracts.length).fill(NaN), r2Adjusted = r2.slice();
  const loadings = judgedLoadings(panel, contracts, {
    estimator: "components",
    coverage,
    estimate: ({ session, move }, j) => {
      const m = nComponents[j]!, n = move.length;
      if (m === 0) return null;
      const fit = leastSquares(move, componentScores(panel, session, { block, m }));
      if (fit.problem !== null) return null;
      r2[j] = fit.r2;
      r2Adjusted[j] = fit.r2Adjusted;
      const { deviation } = standardDesign(panel, session);
      const map = block.axes.subarray(0, m * k)
        .map((entry, at) => scaled(entry, deviation[at % k]!, block.deviation[at % k]!));
      const influence = mappedBack(fit.influence, map, { n, k });
      const { errors, df } = adjustedErrors(
        { ...fit, influence },
        { lag: lag ?? neweyWestLag(n) },
      );
      const beta = mappedBack(fit.coefficients, map, { n: 1, k });
      return { beta, error: errors, df, kept: keptShare(block, m) };
    },
  });
  return { nComponents, r2, r2Adjusted, loadings };
}

/**
 * What `06_fits` says of a component model: its degrees of freedom are the components, and it chooses no
 * penalty and has no null of its own. NaN: all else.
 */
export function componentFits(
  contracts: readonly SessionMoves[],
  { nComponents, r2, r2Adjusted }: Pick<ComponentModel, "nComponents" | "r2" | "r2Adjusted">,
): FitNumbers[] {
  return contracts.map(({ marketId, move }, j) => ({
    ...{ marketId, n: move.length, df: nComponents[j]!, r2: r2[j]!, r2Adjusted: r2Adjusted[j]! },
    ...{
      alpha: NaN,
      r2Oos: NaN,
      nullR2: NaN,
      nullPercentile: NaN,
      signR2: NaN,
      signPercentile: NaN,
    },
    residualAutocorrelation: NaN,
  }));
}

/** Standardised factors along the first m axes. Shape: sessions → n × m by rows. */
function componentScores(
  { moves }: FactorPanel,
  session: Int32Array,
  { block, m }: { readonly block: FactorBlock; readonly m: number },
): Float64Array {
  const k = block.symbols.length, scores = new Float64Array(session.length * m);
  for (let t = 0; t < session.length; ++t) {
    for (let f = 0; f < k; ++f) {
      const move = moves[session[t]! * k + f]! - block.mean[f]!;
      const z = scaled(move, 1, block.deviation[f]!);
      for (let i = 0; i < m; ++i) scores[t * m + i]! += z * block.axes[i * k + f]!;
    }
  }
  return scores;
}

/** Rows of components, after the constant's, summed into rows of factors. */
function mappedBack(
  rows: Float64Array,
  map: Float64Array,
  { n, k }: { readonly n: number; readonly k: number },
): Float64Array {
  const out = new Float64Array(k * n);
  for (let at = 0; at < map.length; ++at) {
    const i = Math.floor(at / k), f = at % k;
    for (let t = 0; t < n; ++t) out[f * n + t]! += map[at]! * rows[(i + 1) * n + t]!;
  }
  return out;
}

function keptShare({ axes, symbols }: FactorBlock, m: number): Float64Array {
  const k = symbols.length;
  return Float64Array.from({ length: k }, (_, f) => {
    let sum = 0;
    for (let i = 0; i < m; ++i) sum += axes[i * k + f]! ** 2;
    return sum;
  });
}

function scaled(value: number, by: number, deviation: number): number {
  return deviation > 0 ? value * by / deviation : 0;
}
