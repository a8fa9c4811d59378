/** Upper limits that weights must keep after the last step. What they leave over is cash. */
export interface WeightCaps {
  /** Most weight of each contract, share of the basket, ≥ 0. */
  readonly upper: Float64Array;
  /** Sets of contracts that share a limit; no contract is in two of them. */
  readonly groups: readonly CapGroup[];
}

/** Contracts whose weights together may not exceed a limit: those of a venue. */
export interface CapGroup {
  readonly name: string;
  /** Indices into {@link WeightCaps.upper}. */
  readonly members: Int32Array;
  /** Share of the basket. */
  readonly cap: number;
}

/**
 * Most that can be invested under the caps, at most 1: the rest must be cash.
 *
 * Cost: O(contracts).
 */
export function largestBudget({ upper, groups }: WeightCaps): number {
  const isGrouped = new Uint8Array(upper.length);
  let sum = 0;
  for (const { members, cap } of groups) {
    let own = 0;
    for (const i of members) {
      own += upper[i]!;
      isGrouped[i] = 1;
    }
    sum += Math.min(own, cap);
  }
  for (let i = 0; i < upper.length; ++i) if (isGrouped[i] === 0) sum += upper[i]!;
  return Math.min(sum, 1);
}
