import { normalCdf } from "../core/normal.ts";

/** What rounding to a step does to normal moves. */
export interface RoundedMoves {
  /**
   * Share of moves that rounding turns into zeros.
   *
   * @param meanSteps Mean absolute size of the moves that are not zero, in steps.
   * @returns Share in [0, 1); NaN at one step or less, which every small enough move is rounded to.
   */
  readonly zeroShare: (meanSteps: number) => number;
}

/**
 * The share of zeros that rounding makes, given the size of the moves that survive it.
 *
 * Both ends of a move are rounded. With the first price anywhere within its step, a true move of
 * x steps shows as zero with chance max(0, 1 − |x|), and its rounded size is |x| on average. For
 * normal moves of standard deviation s steps this gives the share of zeros
 * P₀(s) = 2Φ(1/s) − 1 − s √(2/π) (1 − exp(−1/2s²)) and the mean size of the others
 * m(s) = s √(2/π) / (1 − P₀(s)), which is solved for s by a table. Taking s straight from the
 * moves that survived would overstate it, and so understate what rounding explains; the mean size
 * rather than the variance, because a few jumps would do the same.
 *
 * Units: steps. Cost: one table of 2,000 values, then O(log 2,000) a call.
 */
export function roundedMoves(): RoundedMoves {
  const nRows = 2000;
  const logSize = new Float64Array(nRows), share = new Float64Array(nRows);
  for (let row = 0; row < nRows; ++row) {
    // s from 0.15, below which every surviving move is one step, to 6,000 steps
    const s = 0.15 * 40_000 ** (row / (nRows - 1));
    share[row] = zeroShareOfSpread(s);
    logSize[row] = Math.log(s * Math.sqrt(2 / Math.PI) / (1 - share[row]!));
  }
  return {
    zeroShare(meanSteps) {
      const x = Math.log(meanSteps);
      if (!(x > 1e-9)) return NaN;
      if (x <= logSize[0]!) return share[0]!;
      if (x >= logSize[nRows - 1]!) return Math.exp(-x) / Math.PI;
      let low = 0, high = nRows - 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (logSize[middle]! <= x) low = middle;
        else high = middle;
      }
      const part = (x - logSize[low]!) / (logSize[high]! - logSize[low]!);
      return share[low]! + part * (share[high]! - share[low]!);
    },
  };
}

/**
 * Share of zeros among rounded normal moves: 2Φ(1/s) − 1 − s √(2/π) (1 − exp(−1/2s²)).
 *
 * Units: `s` is the standard deviation in steps.
 *
 * @example Moves of a tenth of a step are zero in nine of ten cases
 * ```ts
 * import assert from "node:assert/strict";
 * import { zeroShareOfSpread } from "lib/universe/rounded_moves.ts";
 * assert.ok(Math.abs(zeroShareOfSpread(0.1) - 0.9202) < 1e-4);
 * ```
 */
export function zeroShareOfSpread(s: number): number {
  // far out the two terms cancel; their series is s⁻¹/√(2π) − …
  if (s > 1e4) return 1 / (s * Math.sqrt(2 * Math.PI));
  return 2 * normalCdf(1 / s) - 1 + s * Math.sqrt(2 / Math.PI) * Math.expm1(-1 / (2 * s * s));
}
