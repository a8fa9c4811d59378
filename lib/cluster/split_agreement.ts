import { adjustedMutualInformation, adjustedRandIndex } from "../stats/label_agreement.ts";

/** How well two fits of one method agree. */
export interface ClusterAgreement {
  readonly adjustedRand: number;
  readonly adjustedMutualInformation: number;
}

/**
 * Agreement of two groupings of the same markets, where both of them part the markets at all.
 *
 * A method that puts all markets into one cluster agrees with itself whatever the prices do. Such an
 * agreement of 1 is no evidence, so it is left open.
 *
 * NaN: fewer than two clusters on either side among the markets that both place.
 * Cost: O(n · clusters).
 *
 * @throws {RangeError} If the two have different lengths or a label is not a whole number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { splitAgreement } from "lib/cluster/split_agreement.ts";
 *
 * assert.equal(splitAgreement([0, 0, 1, 1], [1, 1, 0, 0]).adjustedRand, 1);
 * assert.equal(splitAgreement([0, 0, 0, 0], [0, 0, 0, 0]).adjustedRand, NaN);
 * ```
 */
export function splitAgreement(a: ArrayLike<number>, b: ArrayLike<number>): ClusterAgreement {
  const adjustedRand = adjustedRandIndex(a, b);
  const inA = new Set<number>(), inB = new Set<number>();
  for (let i = 0; i < a.length; ++i) {
    if (a[i]! < 0 || b[i]! < 0) continue;
    inA.add(a[i]!);
    inB.add(b[i]!);
  }
  return inA.size < 2 || inB.size < 2
    ? { adjustedRand: NaN, adjustedMutualInformation: NaN }
    : { adjustedRand, adjustedMutualInformation: adjustedMutualInformation(a, b) };
}
