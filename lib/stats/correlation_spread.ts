import type { PairMatrix } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";
import {
  type CorrelationMeasure,
  measuredCorrelation,
  measureName,
  type MeasureOptions,
  overShifts,
} from "./correlation_measure.ts";
import { nullQuantiles } from "../core/null_percentile.ts";

/** How the correlations of all pairs are spread, beside those of shifted moves. */
export interface CorrelationSpread {
  /** What was correlated, for a reader. */
  readonly what: string;
  /** nBins + 1 edges from −1 to 1. */
  readonly edges: Float64Array;
  /** Pairs in each bin; the last bin holds its upper edge. */
  readonly count: Float64Array;
  /** 5 %, 50 % and 95 % of the pairs in each bin over the shifts. */
  readonly nullLow: Float64Array;
  readonly nullMid: Float64Array;
  readonly nullHigh: Float64Array;
  /** Pairs whose absolute correlation is at least `tail`, and the same of each shift. */
  readonly tail: number;
  readonly nTail: number;
  readonly nullTail: Float64Array;
  readonly nPairs: number;
}

/** Forty bins of 0.05. */
const N_BINS = 40;

/**
 * Histogram of the correlations of all pairs with the band that circular shifts give.
 *
 * NaN: unknown pairs are in no bin. Cost: O(shifts × pairs × days).
 *
 * @param options.tail Absolute correlation from which a pair counts as strong.
 * @throws {RangeError} If `tail` is not in [0, 1], `shifts` is not a whole number of at least 1, or
 * the measure is refused.
 */
export function correlationSpread(
  prices: Panel,
  measure: CorrelationMeasure,
  options: MeasureOptions & {
    readonly shifts: number;
    readonly seed: number;
    readonly tail: number;
  },
): CorrelationSpread {
  const { tail } = options;
  if (!(tail >= 0 && tail <= 1)) {
    throw new RangeError(`Cannot count strong pairs as tail must be in [0, 1]: got ${tail}`);
  }
  const real = counts(measuredCorrelation(prices, measure, options).rho, tail);
  const nulls = overShifts(prices, measure, options, ({ rho }) => counts(rho, tail));
  const bands = Array.from(
    real.count,
    (_, bin) => nullQuantiles(nulls.map((one) => one.count[bin]!), [0.05, 0.5, 0.95]),
  );
  return {
    what: measureName(measure),
    edges: Float64Array.from({ length: N_BINS + 1 }, (_, k) => edge(k)),
    count: real.count,
    nullLow: Float64Array.from(bands, ([low]) => low!),
    nullMid: Float64Array.from(bands, ([, mid]) => mid!),
    nullHigh: Float64Array.from(bands, ([, , high]) => high!),
    tail,
    nTail: real.nTail,
    nullTail: Float64Array.from(nulls, (one) => one.nTail),
    nPairs: real.nPairs,
  };
}

/** Edge `k`, from −1 to 1. */
function edge(k: number): number {
  return (2 * k - N_BINS) / N_BINS;
}

/** The bin of `r`. The product rounds past an edge now and then, so the edges themselves decide. */
function binOf(r: number): number {
  const bin = Math.min(Math.floor((r + 1) / 2 * N_BINS), N_BINS - 1);
  if (r < edge(bin)) return bin - 1;
  return bin < N_BINS - 1 && r >= edge(bin + 1) ? bin + 1 : bin;
}

function counts(
  { values }: PairMatrix,
  tail: number,
): { count: Float64Array; nTail: number; nPairs: number } {
  const count = new Float64Array(N_BINS);
  let nTail = 0, nPairs = 0;
  for (const r of values) {
    if (r !== r) continue;
    const bin = binOf(r);
    count[bin] = count[bin]! + 1;
    ++nPairs;
    if (Math.abs(r) >= tail) ++nTail;
  }
  return { count, nTail, nPairs };
}
