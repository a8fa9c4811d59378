/**
 * Benjamini–Hochberg q-values: the smallest false discovery rate at which each test is rejected.
 *
 * Shape: n → n, in the order given. NaN: a test without a p-value gets NaN and does not count.
 * Cost: O(n log n).
 * Source: Benjamini & Hochberg 1995; holds under independence and positive dependence. For any
 * dependence (Benjamini & Yekutieli 2001) set `dependence: "any"`, which multiplies by Σ 1/k.
 *
 * @param pValues P-values in [0, 1] or NaN.
 * @throws {RangeError} If a p-value is outside [0, 1].
 *
 * @example Ten tests, of which two stand at 5 %
 * ```ts
 * import assert from "node:assert/strict";
 * import { falseDiscovery } from "lib/stats/false_discovery.ts";
 * const p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
 * assert.equal([...falseDiscovery(p)].filter((q) => q <= 0.05).length, 2);
 * ```
 */
export function falseDiscovery(
  pValues: ArrayLike<number>,
  { dependence = "positive" }: { readonly dependence?: "positive" | "any" } = {},
): Float64Array {
  const tested: number[] = [];
  for (let i = 0; i < pValues.length; ++i) {
    const p = pValues[i]!;
    if (p < 0 || p > 1) {
      throw new RangeError(`Cannot adjust p-values as each must be in [0, 1]: got ${p}`);
    }
    if (!Number.isNaN(p)) tested.push(i);
  }
  const order = Uint32Array.from(tested).sort((i, j) => pValues[j]! - pValues[i]! || j - i);
  const n = order.length;
  let factor = 1;
  if (dependence === "any") { for (let k = 2; k <= n; ++k) factor += 1 / k; }
  const q = new Float64Array(pValues.length).fill(NaN);
  let smallest = 1;
  for (let k = 0; k < n; ++k) {
    smallest = Math.min(smallest, pValues[order[k]!]! * n * factor / (n - k));
    q[order[k]!] = smallest;
  }
  return q;
}
