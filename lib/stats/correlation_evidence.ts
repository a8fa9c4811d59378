import { normalQuantile } from "../core/normal.ts";
import { studentTwoSided } from "./student_t.ts";

/** What a correlation rests on, by the theory of independent days. */
export interface CorrelationEvidence {
  /** 1 − α interval by Fisher's z, within [−1, 1]; NaN with fewer than 4 days. */
  readonly ciLow: number;
  readonly ciHigh: number;
  /** Two-sided p-value of no correlation, t with n − 2 degrees of freedom. */
  readonly pValue: number;
}

/**
 * Interval and p-value of one correlation over `n` common days.
 *
 * Both take the days as independent. Prices that stand still together break that, so a null by
 * circular shift stands beside these wherever a decision rests on them.
 *
 * NaN: a NaN correlation gives NaN throughout.
 * Source: Fisher 1921; for ranks the variance (1 + ρ²/2)/(n − 3) of Bonett & Wright 2000.
 *
 * @param rho Correlation in [−1, 1].
 * @param n Common days.
 * @param options.kind What `rho` correlates.
 * @param options.alpha One minus the level of the interval.
 * @throws {RangeError} If `alpha` is not in (0, 1) or `rho` is outside [−1, 1].
 */
export function correlationEvidence(
  rho: number,
  n: number,
  { kind, alpha = 0.05 }: { readonly kind: "spearman" | "pearson"; readonly alpha?: number },
): CorrelationEvidence {
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`Cannot judge a correlation as alpha must be in (0, 1): got ${alpha}`);
  }
  if (rho < -1 || rho > 1) {
    throw new RangeError(`Cannot judge a correlation as it must be in [-1, 1]: got ${rho}`);
  }
  const variance = (kind === "spearman" ? 1 + rho * rho / 2 : 1) / (n - 3);
  const half = n > 3 ? normalQuantile(1 - alpha / 2) * Math.sqrt(variance) : NaN;
  const z = Math.atanh(rho);
  return {
    ciLow: Math.tanh(z - half),
    ciHigh: Math.tanh(z + half),
    pValue: n > 2
      ? studentTwoSided(rho * Math.sqrt((n - 2) / ((1 - rho) * (1 + rho))), n - 2)
      : NaN,
  };
}
