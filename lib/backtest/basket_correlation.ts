import { nullQuantiles } from "../core/null_percentile.ts";
import type { PairMatrix } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";
import { correlationEvidence } from "../stats/correlation_evidence.ts";
import { correlationMatrix } from "../stats/correlation_matrix.ts";
import { effectiveDays } from "../stats/effective_days.ts";
import { meanKnown } from "../stats/mean_known.ts";
import type { ResampledDays } from "./resampled_days.ts";
import { ROUNDING } from "./return_moments.ts";

/** How baskets move together. Matrices list the baskets in the panel's order. */
export interface BasketCorrelation {
  /** Pearson correlation; NaN below `minOverlap` and where one of the two does not move. */
  readonly rho: PairMatrix;
  /** Common days behind each pair. */
  readonly overlap: Uint16Array;
  /** 95 % interval of each pair by Fisher's z at the effective number of days. */
  readonly low: PairMatrix;
  readonly high: PairMatrix;
  /** Mean over the known pairs, and its percentile interval over resampled days. */
  readonly mean: number;
  readonly meanLow: number;
  readonly meanHigh: number;
}

/**
 * Returns over `stepDays` days, compounded, at the end of each of them.
 *
 * They overlap: a step of 7 gives a weekly return every day. NaN: a step with an unknown day, and the
 * first `stepDays` − 1 rows. Shape: days × baskets → the same. Cost: O(cells · stepDays).
 *
 * @throws {RangeError} If `stepDays` is not a whole number of at least 1.
 */
export function compoundedReturns(returns: Panel, stepDays: number): Panel {
  if (!(Number.isInteger(stepDays) && stepDays >= 1)) {
    throw new RangeError(
      `Cannot compound returns as stepDays must be a whole number >= 1: got ${stepDays}`,
    );
  }
  const { days, markets, values } = returns, n = markets.length;
  const compounded = new Float64Array(values.length).fill(NaN);
  for (let at = (stepDays - 1) * n; at < values.length; ++at) {
    let growth = 1;
    for (let k = 0; k < stepDays; ++k) growth *= 1 + values[at - k * n]!;
    compounded[at] = growth - 1;
  }
  return { days, markets, values: compounded };
}

/**
 * Correlation of baskets' returns, each pair over its common days, and their mean.
 *
 * Returns of a week see what reaches one basket a day later than another, which stale prices make the
 * rule; that they overlap is allowed for in the pairs' intervals. The mean's interval is drawn over
 * days, since pairs that share a basket are not independent. Its days are rows of the panel, so the
 * blocks should be longer than the step.
 *
 * NaN: days without a basket's return are skipped pair by pair; the mean of no known pair.
 * Cost: O(pairs · days · draws).
 *
 * @param returns Daily returns, a column for each basket, every calendar day a row.
 * @param options.stepDays Days in a return; 1 or 7.
 * @param options.minOverlap Fewest common days of a pair, at least 3.
 * @param options.days Resampled rows of the panel.
 * @throws {RangeError} If an option is out of range or the resampled days are not those of the panel.
 */
export function basketCorrelation(
  returns: Panel,
  { stepDays, minOverlap, days }: {
    readonly stepDays: number;
    readonly minOverlap: number;
    readonly days: ResampledDays;
  },
): BasketCorrelation {
  if (days.nDays !== returns.days.length) {
    throw new RangeError(
      `Cannot correlate baskets as the resampled days must be those of the panel: got ${days.nDays} for ${returns.days.length}`,
    );
  }
  const steps = compoundedReturns(returns, stepDays), n = steps.markets.length;
  const { rho, overlap } = correlationMatrix(steps, { kind: "pearson", minOverlap });
  const evidence = Array.from(
    rho.values,
    (r, p) => correlationEvidence(r, effectiveDays(overlap[p]!, stepDays), { kind: "pearson" }),
  );
  const columns = steps.markets.map((_, j) =>
    Float64Array.from(steps.days, (_day, i) => steps.values[i * n + j]!)
  );
  const draws = Float64Array.from(
    { length: days.nDraws },
    (_, b) => drawnMean(columns, days, { draw: b, minOverlap }),
  );
  const [meanLow, meanHigh] = nullQuantiles(draws, [0.025, 0.975]) as [number, number];
  const ids = steps.markets;
  return {
    ...{ rho, overlap, mean: meanKnown(rho.values), meanLow, meanHigh },
    low: { ids, values: Float64Array.from(evidence, ({ ciLow }) => ciLow) },
    high: { ids, values: Float64Array.from(evidence, ({ ciHigh }) => ciHigh) },
  };
}

/** Mean correlation of the pairs on the rows of one draw. */
function drawnMean(
  columns: readonly Float64Array[],
  { nDays, rows }: ResampledDays,
  { draw, minOverlap }: { readonly draw: number; readonly minOverlap: number },
): number {
  const drawn = columns.map((column) =>
    Float64Array.from({ length: nDays }, (_, i) => column[rows[draw * nDays + i]!]!)
  );
  const known: number[] = [];
  for (let a = 0; a < drawn.length; ++a) {
    for (let b = a + 1; b < drawn.length; ++b) {
      known.push(drawnCorrelation(drawn[a]!, drawn[b]!, minOverlap));
    }
  }
  return meanKnown(known);
}

/** One pass is enough: daily returns lie about 0, so no digits are lost to their mean. */
function drawnCorrelation(x: Float64Array, y: Float64Array, minOverlap: number): number {
  let n = 0, sumX = 0, sumY = 0, squaresX = 0, squaresY = 0, products = 0;
  for (let i = 0; i < x.length; ++i) {
    const a = x[i]!, b = y[i]!;
    // NaN is the one value that differs from itself
    if (a !== a || b !== b) continue;
    ++n;
    sumX += a;
    sumY += b;
    squaresX += a * a;
    squaresY += b * b;
    products += a * b;
  }
  const varianceX = squaresX / n - (sumX / n) ** 2, varianceY = squaresY / n - (sumY / n) ** 2;
  if (n < minOverlap || !(Math.min(varianceX, varianceY) > ROUNDING * ROUNDING)) return NaN;
  return (products / n - sumX * sumY / (n * n)) / Math.sqrt(varianceX * varianceY);
}
