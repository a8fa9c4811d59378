/**
 * Smallest number of successes in `n` trials that is not exceeded with probability `q`.
 *
 * Cost: O(n) time.
 * Source: inverse of the cumulative distribution, as R's `qbinom` and scipy's `binom.ppf`.
 *
 * @param q Probability, in (0, 1). @param n Trials, a whole number of 0 or more.
 * @param p Probability of success, in [0, 1].
 * @throws {RangeError} If a number is outside its range.
 *
 * @example Ten fair coins
 * ```ts
 * import assert from "node:assert/strict";
 * import { binomialQuantile } from "lib/charts/binomial_quantile.ts";
 * assert.equal(binomialQuantile(0.025, 10, 0.5), 2);
 * ```
 */
export function binomialQuantile(q: number, n: number, p: number): number {
  if (!(q > 0 && q < 1 && Number.isInteger(n) && n >= 0 && p >= 0 && p <= 1)) {
    throw new RangeError(
      `Cannot give a binomial quantile as q must be in (0, 1), n whole and p in [0, 1]: got ${q}, ${n} and ${p}`,
    );
  }
  if (p === 0 || n === 0) return 0;
  if (p === 1) return n;
  // in logarithms, since (1 - p) to the n may be too small for a number
  let logMass = n * Math.log1p(-p), sum = Math.exp(logMass);
  const logOdds = Math.log(p) - Math.log1p(-p);
  let k = 0;
  while (sum < q * (1 - 1e-12) && k < n) {
    logMass += Math.log((n - k) / (k + 1)) + logOdds;
    sum += Math.exp(logMass);
    ++k;
  }
  return k;
}
