import type { MacroFold, MacroPlan, PenalisedPath } from "./macro_plan.ts";

/** How well one order of a contract's moves is explained. */
export interface TurnScore {
  /** Index of the penalty with the least error over all folds; the largest without folds. */
  readonly chosen: number;
  /** Share of the variance explained within the sample at that penalty. */
  readonly r2: number;
  /** Out-of-sample R²; NaN without folds, or where they were not scored. */
  readonly r2Oos: number;
}

/** Room that all orders and signs of contracts with one plan share; holds the last one's coordinates. */
export interface TurnWork {
  /** K running products of factors and moves. */
  readonly cross: Float64Array;
  /** Per fold, then for the whole: coordinates of the moves before any penalty. */
  readonly coordinates: readonly Float64Array[];
  /** Per fold: mean of the moves before it. */
  readonly middles: Float64Array;
  /** Folds × penalties by rows: squared errors. */
  readonly errors: Float64Array;
  /** Per fold: squared errors of the mean of the moves before it. */
  readonly meanErrors: Float64Array;
  /** Per fold: index of the penalty chosen on the folds before it. */
  readonly chosen: Int32Array;
}

/** Room for {@link turnScore}. */
export function turnWork({ rows, n, folds, whole }: MacroPlan): TurnWork {
  return {
    cross: new Float64Array(rows.length / n),
    coordinates: [...folds, whole].map(({ path }) => new Float64Array(path.values.length)),
    middles: new Float64Array(folds.length),
    errors: new Float64Array(folds.length * whole.alphas.length),
    meanErrors: new Float64Array(folds.length),
    chosen: new Int32Array(folds.length),
  };
}

/**
 * Fits the moves of one contract, turned along its sessions by an offset, on its plan's factors.
 *
 * Each fold is predicted from the sessions before it alone, for every penalty; the penalty that counts
 * for fold j is the one with the least error over the folds before j, for the first the largest, and
 * equal errors go to the larger. Both models of the out-of-sample R² know the moves before the fold:
 * the benchmark is their mean, so that an infinite penalty gives exactly 0.
 *
 * Cost: O(n·K·A + F·K²) for A penalties and F folds; nothing is allocated but the answer.
 * Source: Campbell & Thompson 2008; Dawid 1984 for choosing as one goes along.
 *
 * @param twice The n moves less their mean, then once more; once is enough for an offset of 0.
 * @param options.offset Move that stands at the first session.
 * @param options.square Sum of the squares of the n moves.
 * @param options.isScored Whether folds are predicted; without it the last penalty is taken.
 */
export function turnScore(
  plan: MacroPlan,
  { twice, offset, square, isScored }: {
    readonly twice: Float64Array;
    readonly offset: number;
    readonly square: number;
    readonly isScored: boolean;
  },
  work: TurnWork,
): TurnScore {
  const { n, rows, whole, folds } = plan, { cross, coordinates } = work;
  const last = whole.alphas.length - 1;
  cross.fill(0);
  let t = 0, sum = 0;
  for (let j = 0; isScored && j < folds.length; ++j) {
    const fold = folds[j]!;
    sum += addProducts(cross, { rows, twice, offset, from: t, to: fold.from });
    t = fold.from;
    work.middles[j] = sum / t;
    project(coordinates[j]!, fold, cross, sum / t);
    predictFold(fold, j, { twice, offset }, work);
  }
  sum += addProducts(cross, { rows, twice, offset, from: t, to: n });
  const own = coordinates[folds.length]!;
  project(own, whole, cross, sum / n);
  const r2Oos = isScored ? prequential(folds.length, last, work) : NaN;
  const chosen = isScored ? leastError(folds.length, last, work.errors) : last;
  return { chosen, r2: explained(whole, chosen, own) / square, r2Oos };
}

/** Adds the products of factors and moves over [from, to); returns the sum of those moves. */
function addProducts(
  cross: Float64Array,
  { rows, twice, offset, from, to }: {
    readonly rows: Float64Array;
    readonly twice: Float64Array;
    readonly offset: number;
    readonly from: number;
    readonly to: number;
  },
): number {
  const k = cross.length;
  let sum = 0;
  for (let t = from; t < to; ++t) {
    const y = twice[t + offset]!, row = t * k;
    sum += y;
    if (y === 0) continue;
    for (let f = 0; f < k; ++f) cross[f] = cross[f]! + rows[row + f]! * y;
  }
  return sum;
}

function project(
  coordinates: Float64Array,
  { path: { axes, shift } }: PenalisedPath,
  cross: Float64Array,
  middle: number,
): void {
  const k = cross.length;
  for (let i = 0; i < coordinates.length; ++i) {
    let sum = -shift[i]! * middle;
    for (let f = 0; f < k; ++f) sum += axes[i * k + f]! * cross[f]!;
    coordinates[i] = sum;
  }
}

/** Squared errors of one fold for each penalty and for the mean. */
function predictFold(
  { shrink, along, from, to, alphas }: MacroFold,
  j: number,
  { twice, offset }: { readonly twice: Float64Array; readonly offset: number },
  { coordinates, middles, errors, meanErrors }: TurnWork,
): void {
  const own = coordinates[j]!, middle = middles[j]!, rank = own.length, nAlphas = alphas.length;
  let square = 0;
  for (let t = from; t < to; ++t) square += (twice[t + offset]! - middle) ** 2;
  meanErrors[j] = square;
  for (let a = 0; a < nAlphas; a += 4) {
    // four penalties at a time, past the end of the grid its last one again
    const r0 = a * rank, r1 = Math.min(a + 1, nAlphas - 1) * rank;
    const r2 = Math.min(a + 2, nAlphas - 1) * rank, r3 = Math.min(a + 3, nAlphas - 1) * rank;
    let e0 = 0, e1 = 0, e2 = 0, e3 = 0;
    for (let t = from, at = 0; t < to; ++t) {
      const y = twice[t + offset]! - middle;
      let d0 = y, d1 = y, d2 = y, d3 = y;
      for (let i = 0; i < rank; ++i, ++at) {
        const x = along[at]! * own[i]!;
        d0 -= x * shrink[r0 + i]!;
        d1 -= x * shrink[r1 + i]!;
        d2 -= x * shrink[r2 + i]!;
        d3 -= x * shrink[r3 + i]!;
      }
      e0 += d0 * d0;
      e1 += d1 * d1;
      e2 += d2 * d2;
      e3 += d3 * d3;
    }
    const row = j * nAlphas + a;
    errors[row] = e0;
    if (a + 1 < nAlphas) errors[row + 1] = e1;
    if (a + 2 < nAlphas) errors[row + 2] = e2;
    if (a + 3 < nAlphas) errors[row + 3] = e3;
  }
}

/** Penalty with the least error over the first folds; the largest of equal ones. */
function leastError(nFolds: number, last: number, errors: Float64Array): number {
  let chosen = last, least = Infinity;
  for (let a = last; a >= 0; --a) {
    let sum = 0;
    for (let j = 0; j < nFolds; ++j) sum += errors[j * (last + 1) + a]!;
    if (sum < least) {
      least = sum;
      chosen = a;
    }
  }
  return chosen;
}

/** Out-of-sample R² with each fold's penalty chosen on the folds before it; NaN without folds. */
function prequential(
  nFolds: number,
  last: number,
  { errors, meanErrors, chosen }: TurnWork,
): number {
  let error = 0, benchmark = 0;
  for (let j = 0; j < nFolds; ++j) {
    chosen[j] = j === 0 ? last : leastError(j, last, errors);
    error += errors[j * (last + 1) + chosen[j]!]!;
    benchmark += meanErrors[j]!;
  }
  return benchmark > 0 ? 1 - error / benchmark : NaN;
}

/** Sum of squares that a penalised fit takes off the whole sample. */
function explained(
  { alphas, shrink }: PenalisedPath,
  a: number,
  own: Float64Array,
): number {
  const rank = own.length, alpha = alphas[a]!;
  let sum = 0;
  for (let i = 0; i < rank; ++i) {
    const share = shrink[a * rank + i]!;
    sum += own[i]! * own[i]! * share * (1 + alpha * share);
  }
  return sum;
}
