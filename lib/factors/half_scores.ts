import { designSpan } from "../stats/least_squares.ts";
import { contractRidge } from "./contract_ridge.ts";
import type { FactorPanel } from "./factor_panel.ts";
import { standardDesign } from "./standard_design.ts";

/** What half of a contract's sessions makes of any moves on them. */
export interface HalfDesign {
  /** K × n by rows: what each move adds to each loading. */
  readonly influence: Float64Array;
  /** K: error of each loading for moves whose error is 1. */
  readonly spread: Float64Array;
  /** K × K: products of the standardised factors. */
  readonly scatter: Float64Array;
  readonly alpha: number;
  /** Moves that are left to judge the errors by. */
  readonly spare: number;
}

/** How a half is fitted: least squares, which asks for enough moves, or a ridge with this penalty. */
export type HalfFit =
  | { readonly estimator: "ols"; readonly minObservationsPerFactor: number }
  | { readonly estimator: "ridge"; readonly alpha: number };

/** Share of the variance down to which what a fit leaves is rounding. */
const ROUNDING = 1e-10;

/**
 * The linear fit of half of a contract's sessions, made once for the moves and all their turns.
 *
 * @returns `null` where there are too few moves, or factors that depend on one another.
 */
export function halfDesign(
  panel: FactorPanel,
  session: Int32Array,
  fit: HalfFit,
): HalfDesign | null {
  const k = panel.factors.length, n = session.length;
  if (n < 2 || (fit.estimator === "ols" && n < fit.minObservationsPerFactor * k)) return null;
  const { standard, scatter } = standardDesign(panel, session);
  if (fit.estimator === "ols") {
    const influence = designSpan(standard, n)?.influence.subarray(n);
    return influence === undefined
      ? null
      : designOf(influence, { scatter, alpha: 0, spare: n - k - 1 });
  }
  const ridge = contractRidge(standard, { scatter, alpha: fit.alpha, isCorrected: false });
  if (ridge === null) return null;
  return designOf(ridge.influence, { scatter, alpha: fit.alpha, spare: ridge.spare });
}

/**
 * T-scores of the loadings of moves on a half: each over its classical error.
 *
 * Those of badly known contracts are large by themselves; divided by their error all are of one size. What a
 * fit leaves of moves is their variance less b'Sb + 2 α b'b, so no residual is made: cost O(K n + K²).
 *
 * @param y n moves.
 * @param scores K t-scores, written.
 * @returns Whether they are known: not for moves that are all the same or fitted without a rest.
 */
export function halfScores(
  { influence, spread, scatter, alpha, spare }: HalfDesign,
  y: Float64Array,
  scores: Float64Array,
): boolean {
  const n = y.length, k = spread.length;
  let sum = 0, square = 0;
  for (let t = 0; t < n; ++t) {
    sum += y[t]!;
    square += y[t]! * y[t]!;
  }
  for (let f = 0, at = 0; f < k; ++f) {
    let b = 0;
    for (let t = 0; t < n; ++t, ++at) b += influence[at]! * y[t]!;
    scores[f] = b;
  }
  const variance = square - sum * sum / n;
  let left = variance;
  for (let f = 0; f < k; ++f) {
    let shared = 2 * alpha * scores[f]!;
    for (let g = 0; g < k; ++g) shared += scatter[f * k + g]! * scores[g]!;
    left -= scores[f]! * shared;
  }
  if (!(variance > ROUNDING * square && left > ROUNDING * variance && spare > 0)) return false;
  const error = Math.sqrt(left / spare);
  for (let f = 0; f < k; ++f) scores[f]! /= error * spread[f]!;
  return true;
}

function designOf(
  influence: Float64Array,
  { scatter, alpha, spare }: Pick<HalfDesign, "scatter" | "alpha" | "spare">,
): HalfDesign {
  const k = Math.sqrt(scatter.length), n = influence.length / k;
  const spread = Float64Array.from(
    { length: k },
    (_, f) => Math.hypot(...influence.subarray(f * n, (f + 1) * n)),
  );
  return { influence, spread, scatter, alpha, spare };
}
