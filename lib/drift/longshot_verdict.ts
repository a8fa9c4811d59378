import type { ClusteredSlope } from "./clustered_slope.ts";
import type { LongshotCurve } from "./longshot_curve.ts";

/** Slope of one rule that needs no knowledge of the future. */
export interface RuleSlope {
  readonly rule: string;
  readonly slope: ClusteredSlope;
  /** Holm's, over all rules of the call; NaN where it is not estimable. */
  readonly holmPValue: number;
}

/** What all fair rules say of long shots together. */
export interface LongshotVerdict {
  /** Fair rules with a sample, in their order. */
  readonly slopes: readonly RuleSlope[];
  /**
   * "bias": long shots cost too much by a rule that stands, "reverse": favourites do, "mixed": both by
   * different rules; "none" stands; "unknown": none is estimable.
   */
  readonly finding: "bias" | "reverse" | "mixed" | "none" | "unknown";
  /** Which way all slopes point; `null` where they differ. */
  readonly leaning: "bias" | "reverse" | null;
  /** The estimable slope with the lowest p, the first of equals; `null` without any. */
  readonly surest: RuleSlope | null;
  /** Rules that stand. */
  readonly nStanding: number;
}

const LEVEL = 0.05;

/**
 * The verdict over all rules that do not look ahead, whichever of them is the mildest.
 *
 * Above zero a slope of payout less price over price is the favourite–longshot bias, below zero its
 * reverse. The rules sample the same contracts, so Holm's adjustment is taken: it holds whatever
 * their dependence. A rule that knows the day of the settlement has no part in it.
 *
 * Cost: O(rules²). Source: Holm 1979.
 */
export function longshotVerdict(curves: readonly LongshotCurve[]): LongshotVerdict {
  const fair = curves.filter(({ peeks, bins }) => !peeks && bins.length > 0);
  const adjusted = holm(fair.map(({ slope }) => slope.pValue));
  const slopes = fair.map(({ rule, slope }, k) => ({ rule, slope, holmPValue: adjusted[k]! }));
  const known = slopes.filter(({ holmPValue }) => !Number.isNaN(holmPValue));
  const standing = known.filter(({ holmPValue }) => holmPValue <= LEVEL);
  const isBias = standing.some(({ slope }) => slope.value > 0);
  const isReverse = standing.some(({ slope }) => slope.value < 0);
  return {
    slopes,
    finding: known.length === 0
      ? "unknown"
      : isBias && isReverse
      ? "mixed"
      : isBias
      ? "bias"
      : isReverse
      ? "reverse"
      : "none",
    leaning: known.length === 0
      ? null
      : known.every(({ slope }) => slope.value > 0)
      ? "bias"
      : known.every(({ slope }) => slope.value < 0)
      ? "reverse"
      : null,
    surest: known.reduce<RuleSlope | null>(
      (best, one) => best === null || one.slope.pValue < best.slope.pValue ? one : best,
      null,
    ),
    nStanding: standing.length,
  };
}

/** Holm's adjusted p-values; NaN stays and does not count. */
function holm(pValues: readonly number[]): number[] {
  const known = pValues.filter((p) => !Number.isNaN(p)).sort((a, b) => a - b);
  let reached = 0;
  const adjusted = known.map((p, k) =>
    reached = Math.max(reached, Math.min(p * (known.length - k), 1))
  );
  return pValues.map((p) => Number.isNaN(p) ? NaN : adjusted[known.indexOf(p)]!);
}
