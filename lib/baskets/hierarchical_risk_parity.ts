import type { PairMatrix } from "../core/pair_matrix.ts";
import { linkage } from "../cluster/linkage.ts";
import { leavesInTreeOrder } from "../cluster/tree_walk.ts";
import { standardised } from "./standardised.ts";

/** Correlations are compared to so many parts: less apart is a tie, and goes by id. */
const TIE_STEPS = 1e12;

/**
 * Weights by hierarchical risk parity: contracts are put in the order of a tree of their
 * correlations, and the weight is halved down that order, each time in inverse proportion to the
 * variance of the two halves.
 *
 * No matrix is inverted, so it stands where minimum variance leans on differences between nearly
 * equal contracts. A half's variance is that of its inverse-variance weights. The tree is single
 * linkage of √((1 − ρ) / 2), as later implementations have it; the paper's own code links the
 * Euclidean distances between the columns of these distances.
 *
 * Trees do not say which branch comes first, but halving depends on it. Here the branch with the
 * first id among those not joined before comes first, and correlations within 1e-12 are ties that
 * go by id, so the order in which contracts are given changes nothing.
 *
 * Shape: n × n covariance by rows → n weights above 0 that add up to 1. NaN: refused. Cost: O(n²).
 * Source: López de Prado 2016, "Building diversified portfolios that outperform out of sample".
 *
 * @param ids Market ids in the order of the covariance, each once.
 * @throws {RangeError} If there is not a row of the covariance for each id, or it has a variance that
 * is not above 0.
 */
export function hierarchicalRiskParityWeights(
  covariance: Float64Array,
  ids: readonly string[],
): Float64Array {
  const n = ids.length;
  const { rho } = standardised(covariance, "halve risk");
  if (covariance.length !== n * n) {
    throw new RangeError(
      `Cannot halve risk as ${n} contracts must have ${
        n * n
      } covariances: got ${covariance.length}`,
    );
  }
  const weights = new Float64Array(n).fill(1);
  if (n === 0) return weights;
  const byId = Int32Array.from(ids, (_, i) => i).sort((a, b) => ids[a]! < ids[b]! ? -1 : 1);
  const { leaves } = leavesInTreeOrder(linkage(distances(rho, byId), { method: "single" }));
  const order = leaves.map((leaf) => byId[leaf]!);
  const stretches: (readonly [number, number])[] = [[0, n]];
  while (stretches.length > 0) {
    const [from, to] = stretches.pop()!;
    if (to - from < 2) continue;
    const middle = from + Math.floor((to - from) / 2);
    const first = order.subarray(from, middle), second = order.subarray(middle, to);
    const varianceFirst = variance(covariance, first, n);
    const varianceSecond = variance(covariance, second, n);
    const share = varianceSecond / (varianceFirst + varianceSecond);
    for (const i of first) weights[i] = weights[i]! * share;
    for (const i of second) weights[i] = weights[i]! * (1 - share);
    stretches.push([from, middle], [middle, to]);
  }
  const sum = weights.reduce((total, w) => total + w, 0);
  return weights.map((w) => w / sum);
}

/** √((1 − ρ) / 2) of all pairs, items in the order of their ids. */
function distances(rho: Float64Array, byId: Int32Array): PairMatrix {
  const n = byId.length, values = new Float64Array(n * (n - 1) / 2);
  for (let a = 0, at = 0; a < n; ++a) {
    for (let b = a + 1; b < n; ++b) {
      const r = Math.round(rho[byId[a]! * n + byId[b]!]! * TIE_STEPS) / TIE_STEPS;
      values[at++] = Math.sqrt(Math.max(0, 1 - r) / 2);
    }
  }
  return { ids: Array.from(byId, String), values };
}

/** Variance of the members held in inverse proportion to their variances. */
function variance(covariance: Float64Array, members: Int32Array, n: number): number {
  const shares = Array.from(members, (i) => 1 / covariance[i * n + i]!);
  const sum = shares.reduce((total, share) => total + share, 0);
  let total = 0;
  members.forEach((i, a) =>
    members.forEach((j, b) => total += shares[a]! * shares[b]! * covariance[i * n + j]!)
  );
  return total / sum ** 2;
}
