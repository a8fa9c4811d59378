import { moments } from "./return_moments.ts";
import { symmetricEigen } from "../stats/eigen.ts";

/**
 * How many different things trials are: (Σ λ)² / Σ λ² over the eigenvalues of their correlation.
 *
 * Twelve weightings of the same contracts are hardly twelve trials. One where all move as one, their
 * number where none does with another.
 *
 * NaN: a trial that stands still is left out. Cost: O(trials² · days).
 *
 * @param trials Daily excess returns of each trial, all of the same days.
 */
export function effectiveTrials(trials: readonly Float64Array[]): number {
  const moving = trials.map((values) => ({ values, ...moments(values) }))
    .filter(({ deviation }) => deviation > 0);
  const n = moving.length;
  if (n === 0) return 0;
  const rho = new Float64Array(n * n).fill(1);
  for (let a = 0; a < n; ++a) {
    for (let b = 0; b < a; ++b) {
      const x = moving[a]!, y = moving[b]!;
      let sum = 0;
      for (let t = 0; t < x.values.length; ++t) {
        sum += (x.values[t]! - x.mean) * (y.values[t]! - y.mean);
      }
      const r = sum / (x.values.length - 1) / (x.deviation * y.deviation);
      rho[a * n + b] = rho[b * n + a] = Math.min(Math.max(r, -1), 1);
    }
  }
  const { values } = symmetricEigen(rho, n);
  const total = values.reduce((sum, x) => sum + x, 0);
  return total ** 2 / values.reduce((sum, x) => sum + x * x, 0);
}
