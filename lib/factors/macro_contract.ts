import { nullPercentile } from "../core/null_percentile.ts";
import { randomStream } from "../core/random.ts";
import { type RidgeSystem, ridgeSystem } from "../stats/ridge.ts";
import { deviations, standardisedScatter } from "../stats/ridge_path.ts";
import { type FactorGram, sessionMoments, sessionRows } from "./factor_gram.ts";
import type { MacroFit } from "./macro_fit.ts";
import { meanDraw, NO_NULL, type SessionSigns, signedNull, turnedNull } from "./macro_nulls.ts";
import type { MacroPlan } from "./macro_plan.ts";
import { turnScore, type TurnWork } from "./macro_turn.ts";
import type { SessionMoves } from "./session_moves.ts";

/** Factors of a list of sessions. */
interface Sample {
  /** n × K by rows. */
  readonly rows: Float64Array;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** The equations of one penalty on one list of sessions. */
export interface SingleSystem extends Sample, RidgeSystem {
  readonly alpha: number;
}

/** Decomposes a list of sessions for one penalty. Cost: O(K³ / 3). */
export function singleSystem(
  gram: FactorGram,
  session: Int32Array,
  alpha: number,
): SingleSystem {
  const moments = sessionMoments(gram, session), deviation = deviations(moments);
  const system = ridgeSystem(standardisedScatter(moments, deviation), gram.nFactors, alpha);
  return { rows: sessionRows(gram, session), mean: moments.mean, deviation, alpha, ...system };
}

/** One contract's fit at one penalty, without a null and without predictions. Cost: O(n·K + K²). */
export function singleFit(system: SingleSystem, { marketId, move }: SessionMoves): MacroFit {
  const { rows, mean, deviation, alpha, df, solve } = system, n = move.length, k = mean.length;
  const { centred, square } = centredMoves(move);
  const cross = new Float64Array(k);
  for (let t = 0; t < n; ++t) {
    for (let f = 0; f < k; ++f) cross[f] = cross[f]! + rows[t * k + f]! * centred[t]!;
  }
  for (let f = 0; f < k; ++f) cross[f] = deviation[f] === 0 ? 0 : cross[f]! / deviation[f]!;
  const beta = solve(cross), errors = residuals({ rows, mean, deviation }, centred, beta);
  return {
    ...notEstimable({ marketId, move }, k),
    alpha,
    df,
    ...goodness(1 - sumOfSquares(errors) / square, { n, k, df }),
    residualAutocorrelation: autocorrelation(errors, square),
    beta,
  };
}

/** One contract's fit on the plan of its sessions, its predictions and its two nulls. */
export function plannedFit(
  plan: MacroPlan,
  { marketId, session, move }: SessionMoves,
  { shifts, oosShifts, seed, signs, work }: {
    readonly shifts: number;
    readonly oosShifts: number;
    readonly seed: number;
    readonly signs: SessionSigns;
    readonly work: TurnWork;
  },
): MacroFit {
  const { n, rows, whole, degrees } = plan, { mean, deviation } = whole.path, k = mean.length;
  const { middle, centred, square } = centredMoves(move);
  const own = turnScore(plan, { twice: centred, offset: 0, square, isScored: true }, work);
  const beta = loadings(plan, own.chosen, work);
  const predicted = predictions(plan, middle, work);
  const df = degrees[own.chosen]!, isFlat = Number.isNaN(square);
  const given = { plan, centred, oosShifts, work };
  const random = randomStream(seed, `turn ${marketId}`);
  const turned = isFlat ? NO_NULL : turnedNull(given, { square, shifts, random });
  const signed = isFlat ? NO_NULL : signedNull(given, { session, signs });
  const errors = residuals({ rows, mean, deviation }, centred, beta);
  return {
    marketId,
    n,
    alpha: whole.alphas[own.chosen]!,
    df,
    ...goodness(own.r2, { n, k, df }),
    r2Oos: isFlat ? NaN : own.r2Oos,
    nullR2: meanDraw(turned.r2),
    nullR2Draws: turned.r2,
    nullPercentile: nullPercentile(own.r2, turned.r2),
    nullR2Oos: turned.r2Oos,
    signR2: meanDraw(signed.r2),
    signR2Draws: signed.r2,
    signPercentile: nullPercentile(own.r2, signed.r2),
    signR2Oos: signed.r2Oos,
    residualAutocorrelation: autocorrelation(errors, square),
    beta,
    predicted,
  };
}

/** The fit of a contract with fewer than two moves: nothing is known of it. */
export function notEstimable(
  { marketId, move }: Pick<SessionMoves, "marketId" | "move">,
  nFactors: number,
): MacroFit {
  return {
    marketId,
    n: move.length,
    alpha: NaN,
    df: NaN,
    r2: NaN,
    r2Adjusted: NaN,
    r2Oos: NaN,
    nullR2: NaN,
    nullR2Draws: new Float64Array(0),
    nullPercentile: NaN,
    nullR2Oos: new Float64Array(0),
    signR2: NaN,
    signR2Draws: new Float64Array(0),
    signPercentile: NaN,
    signR2Oos: new Float64Array(0),
    residualAutocorrelation: NaN,
    beta: new Float64Array(nFactors).fill(NaN),
    predicted: new Float64Array(move.length).fill(NaN),
  };
}

/** Moves less their mean, and the sum of their squares: NaN where they are all the same. */
function centredMoves(
  move: Float64Array,
): { readonly middle: number; readonly centred: Float64Array; readonly square: number } {
  const n = move.length, first = move[0]!, centred = new Float64Array(n);
  let sum = 0, isFlat = true;
  for (let t = 0; t < n; ++t) {
    sum += move[t]!;
    isFlat &&= move[t] === first;
  }
  // the sum of equal numbers over their count need not be that number
  const middle = isFlat ? first : sum / n;
  for (let t = 0; t < n; ++t) centred[t] = move[t]! - middle;
  return { middle, centred, square: isFlat ? NaN : sumOfSquares(centred) };
}

/** Loadings on standardised factors at a penalty of the whole sample, from the last turn. */
function loadings({ whole }: MacroPlan, chosen: number, { coordinates }: TurnWork): Float64Array {
  const { path: { axes, deviation }, shrink } = whole, k = deviation.length;
  const own = coordinates.at(-1)!, beta = new Float64Array(k);
  for (let i = 0; i < own.length; ++i) {
    const along = own[i]! * shrink[chosen * own.length + i]!;
    for (let f = 0; f < k; ++f) beta[f]! += along * axes[i * k + f]!;
  }
  return beta.map((b, f) => b * deviation[f]!);
}

/** What the last turn's folds predicted, each with the penalty chosen before it. */
function predictions(
  { n, folds }: MacroPlan,
  middle: number,
  { coordinates, middles, chosen }: TurnWork,
): Float64Array {
  const predicted = new Float64Array(n).fill(NaN);
  folds.forEach(({ from, to, along, shrink }, j) => {
    const own = coordinates[j]!, rank = own.length;
    for (let t = from; t < to; ++t) {
      let sum = middle + middles[j]!;
      for (let i = 0; i < rank; ++i) {
        sum += along[(t - from) * rank + i]! * own[i]! * shrink[chosen[j]! * rank + i]!;
      }
      predicted[t] = sum;
    }
  });
  return predicted;
}

/** R² and what is left of it per degree of freedom; NaN where n ≤ k + 1. */
function goodness(
  r2: number,
  { n, k, df }: { readonly n: number; readonly k: number; readonly df: number },
): { readonly r2: number; readonly r2Adjusted: number } {
  return { r2, r2Adjusted: n > k + 1 ? 1 - (1 - r2) * (n - 1) / (n - df - 1) : NaN };
}

function residuals(
  { rows, mean, deviation }: Sample,
  centred: Float64Array,
  beta: Float64Array,
): Float64Array {
  const k = mean.length;
  const slope = new Float64Array(k), errors = Float64Array.from(centred);
  for (let f = 0; f < k; ++f) slope[f] = deviation[f] === 0 ? 0 : beta[f]! / deviation[f]!;
  for (let t = 0; t < errors.length; ++t) {
    let error = errors[t]!;
    for (let f = 0; f < k; ++f) error -= slope[f]! * (rows[t * k + f]! - mean[f]!);
    errors[t] = error;
  }
  return errors;
}

/** First autocorrelation of errors of mean 0; NaN where the moves were fitted up to rounding. */
function autocorrelation(errors: Float64Array, square: number): number {
  const total = sumOfSquares(errors);
  if (!(total > 1e-20 * square)) return NaN;
  let sum = 0;
  for (let t = 1; t < errors.length; ++t) sum += errors[t]! * errors[t - 1]!;
  return sum / total;
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < values.length; ++t) sum += values[t]! * values[t]!;
  return sum;
}
