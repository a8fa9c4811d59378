import { type LongshotVerdict, longshotVerdict } from "./longshot_verdict.ts";
import type { LongshotBin, LongshotCurve } from "./longshot_curve.ts";

/** A number of points with its interval. */
interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What the chart of the favourite–longshot curve draws. */
export interface LongshotChartView {
  /** On which days prices are taken. */
  readonly rule: string;
  readonly bins: readonly LongshotBin[];
  /** What all rules say whose days are known in advance; slopes in points a point of price. */
  readonly verdict: LongshotVerdict;
  readonly nContracts: number;
  readonly nEvents: number;
  readonly nUnsettled: number;
  /** The other rules with payout less price in points. */
  readonly others: readonly {
    readonly rule: string;
    readonly peeks: boolean;
    readonly gain: Estimate;
  }[];
  readonly firstDay: number;
  readonly lastDay: number;
}

/**
 * The curve that a chart draws: the first rule with a sample whose days are known in advance, beside the
 * others as numbers, and the verdict over all of them.
 *
 * @param options.firstDay UTC day of the first price. @param options.lastDay Of the last.
 */
export function longshotView(
  curves: readonly LongshotCurve[],
  { firstDay, lastDay }: { readonly firstDay: number; readonly lastDay: number },
): LongshotChartView {
  const main = curves.find(({ peeks, bins }) => !peeks && bins.length > 0);
  return {
    rule: main?.rule ?? "",
    bins: main?.bins ?? [],
    verdict: longshotVerdict(curves),
    nContracts: main?.nContracts ?? 0,
    nEvents: main?.nEvents ?? 0,
    nUnsettled: main?.nUnsettled ?? 0,
    others: curves.filter((curve) => curve !== main && curve.bins.length > 0)
      .map(({ rule, peeks, gain }) => ({ rule, peeks, gain })),
    ...{ firstDay, lastDay },
  };
}
