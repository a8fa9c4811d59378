/**
 * Share of moves that rounding turns into zeros, given the mean size of those that survive it.
 *
 * Both ends of a move are rounded. With the first price anywhere within its step, a true move of
 * x steps shows as zero with chance max(0, 1 − |x|), and its rounded size is |x| on average. True
 * moves are taken as Laplace distributed, normal moves whose variance is itself exponential from
 * day to day, since prices of events have quiet days and days of news: normal moves of one variance
 * leave two thirds of the zeros that rounding makes of such prices. With mean absolute size b the
 * share of zeros is 1 − b (1 − exp(−1/b)) and the mean size of the others m = 1 / (1 − exp(−1/b)),
 * hence b = −1 / log(1 − 1/m) and the share 1 − b/m.
 *
 * Units: steps. NaN: at one step or less, which every small enough move is rounded to.
 *
 * @param meanSteps Mean absolute size of the moves that are not zero, in steps.
 *
 * @example Moves that survive with two steps on average hide as many again in three of ten cases
 * ```ts
 * import assert from "node:assert/strict";
 * import { roundedZeroShare } from "lib/universe/rounded_moves.ts";
 * assert.ok(Math.abs(roundedZeroShare(2) - 0.2787) < 1e-4);
 * ```
 */
export function roundedZeroShare(meanSteps: number): number {
  if (!(meanSteps > 1 + 1e-9)) return NaN;
  // far out b/m loses its digits; the share is 1/2m + 1/12m² + …
  if (meanSteps > 1e6) return 0.5 / meanSteps;
  return 1 + 1 / (meanSteps * Math.log1p(-1 / meanSteps));
}
