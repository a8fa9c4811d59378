import { type Difference, drawnDifference } from "./drawn_intervals.ts";
import { mixtureKey } from "./portfolio_list.ts";
import type { MeasuredPortfolio } from "./portfolio_study.ts";
import type { SessionMeasure } from "./session_measures.ts";
import { type SharpeDifference, sharpeDifference } from "./sharpe_difference.ts";

/** What one portfolio is more or less than another. */
export const DIFFERENCES = [
  "annual_return",
  "volatility",
  "sharpe",
  "max_drawdown",
  "volatility_change",
  "max_drawdown_change",
] as const;

/** Name of such a difference. */
export type DifferenceName = typeof DIFFERENCES[number];

/** A portfolio held against another, both resampled on the same sessions. */
export interface PortfolioDifference {
  /** Keys of the two. */
  readonly portfolio: string;
  readonly against: string;
  /**
   * The first less the second; the changes are the first over the second, less 1. A drawdown is
   * negative, so a difference above 0 and a change below 0 are a shallower one.
   */
  readonly differences: Readonly<Record<DifferenceName, Difference>>;
  /** The same difference of Sharpe ratios with errors from formulas. */
  readonly check: SharpeDifference;
}

/**
 * How one portfolio differs from another, with intervals over the same resampled sessions.
 *
 * The two move together, so their difference is known better than either; two intervals that overlap
 * prove nothing.
 *
 * NaN: where a measure of either is unknown. Cost: O(draws · log draws).
 *
 * @param options.perYear Returns in a year.
 */
export function portfolioDifference(
  own: MeasuredPortfolio,
  other: MeasuredPortfolio,
  { perYear }: { readonly perYear: number },
): PortfolioDifference {
  const of = (name: SessionMeasure, combine: (a: number, b: number) => number): Difference =>
    drawnDifference(
      combine(own.measures[name].value, other.measures[name].value),
      own.draws[name].map((draw, b) => combine(draw, other.draws[name][b]!)),
    );
  const isKnown = !Number.isNaN(own.measures.sharpe.value + other.measures.sharpe.value);
  const unknown = new Float64Array(0);
  return {
    portfolio: own.portfolio.mixture.key,
    against: other.portfolio.mixture.key,
    differences: {
      annual_return: of("annual_return", less),
      volatility: of("volatility", less),
      sharpe: of("sharpe", less),
      max_drawdown: of("max_drawdown", less),
      volatility_change: of("volatility", change),
      max_drawdown_change: of("max_drawdown", change),
    },
    check: isKnown
      ? sharpeDifference(own.series.excess, other.series.excess, { perYear })
      : sharpeDifference(unknown, unknown, { perYear }),
  };
}

/**
 * The comparisons that answer what a share of baskets adds: of every mixture with stocks and bonds
 * alone, and of every mixture but those with cash and bills with the same share of these two.
 *
 * Cost: O(mixtures · draws).
 */
export function portfolioDifferences(
  measured: readonly MeasuredPortfolio[],
  options: { readonly perYear: number },
): PortfolioDifference[] {
  const idle = [mixtureKey("cash"), mixtureKey("tbills")];
  const keyed = (key: string) => measured.filter(({ portfolio }) => portfolio.mixture.key === key);
  const base = measured.filter(({ portfolio }) => portfolio.mixture.role === "base");
  return measured.filter(({ portfolio }) => portfolio.mixture.role === "mixture").flatMap((own) => {
    const isIdle = idle.includes(own.portfolio.mixture.key);
    const against = isIdle ? base : [...idle.flatMap(keyed), ...base];
    return against.map((other) => portfolioDifference(own, other, options));
  });
}

function less(a: number, b: number): number {
  return a - b;
}

function change(a: number, b: number): number {
  return b === 0 ? NaN : a / b - 1;
}
