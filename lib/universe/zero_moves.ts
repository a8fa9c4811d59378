import type { DailyPrices } from "../core/data_set.ts";
import { oneDayMoves, roundingZeros } from "./rounding_zeros.ts";

/** How often markets do not move from one day to the next, and what rounding alone would give. */
export interface ZeroMoves {
  /** Markets with `minMoves` or more one-day moves: the sample of everything below. */
  readonly nMarkets: number;
  /** Priced markets with fewer moves, left out. */
  readonly nShort: number;
  readonly minMoves: number;
  readonly nMoves: number;
  /** Share of zero moves of each market, in market order. */
  readonly zeroShare: Float64Array;
  /** Zero moves over all moves, NaN without any. */
  readonly overallShare: number;
  /** The same under the null: every market keeps its moves, and only rounding makes a zero. */
  readonly roundingShare: number;
  /** 95 % interval of `overallShare − roundingShare`, clustered; NaN below two clusters. */
  readonly gapLow: number;
  readonly gapHigh: number;
  /** Independent groups behind the interval: events where they are given, else markets. */
  readonly nClusters: number;
  /** Markets with more zeros than rounding gives in 95 of 100 draws. */
  readonly nAboveRounding: number;
  /** Number of markets in each of N_BINS equal bins of the share, and its mean under the null. */
  readonly observedBins: Float64Array;
  readonly roundingBins: Float64Array;
}

/** Price steps that venues use, coarse to fine, with the half steps that mid quotes fall on. */
export const PRICE_STEPS: readonly number[] = [0.01, 0.005, 0.001, 0.0005, 0.0001];

/** Bins of the share: 20 of 5 points each; a share of 1 is in the last. */
const N_BINS = 20;

/** z with 97.5 % below it. */
const Z = 1.959963984540054;

/**
 * The share of one-day moves that are exactly zero, against the share that rounding explains.
 *
 * The null gives rounding much credit. Each market is cut into three zones of price, since both its
 * step and its volatility shrink near 0 and 1, and into spells of 20 moves, since volatility comes
 * in spells. In each zone the step is the coarsest that holds nine in ten of its prices. In each
 * zone and spell the mean size of the moves that are not zero fixes a fat-tailed distribution of
 * true moves, of which rounding turns a known share into zeros. A spell that never moves by more
 * than a step is left to rounding entirely. Of prices that are rounded and nothing else, in the
 * simulated universe, the null finds 36 % zeros where there are 36 %; a normal distribution with
 * one volatility a zone finds 23 %.
 *
 * What is left is no proof of stale quotes: days without news leave zeros too.
 *
 * Shape: run-length rows → one share a market. Units: shares of moves.
 * NaN: a row without a close makes no move; a move spans two consecutive days, never a gap.
 * Cost: O(rows).
 * Source: `roundedZeroShare` for the share; the histogram under the null takes the zeros of a
 * market as binomial with its mean share; interval: ratio estimator over clusters (Cochran 1977,
 * section 6.3).
 *
 * @param prices Daily closes.
 * @param options.minMoves Fewest one-day moves for a market to count.
 * @param options.steps Steps a price may be rounded to, coarse to fine, probability.
 * @param options.events Event of each market, whose markets stand still together: the clusters of
 * the interval. Without it each market is a cluster.
 * @throws {RangeError} If `minMoves` is below 1, a step is not above 0 or `events` does not fit.
 */
export function zeroMoves(
  prices: DailyPrices,
  { minMoves = 29, steps = PRICE_STEPS, events }: {
    readonly minMoves?: number;
    readonly steps?: readonly number[];
    readonly events?: readonly string[];
  } = {},
): ZeroMoves {
  check(prices, { minMoves, steps, events });
  const shares: number[] = [];
  const observedBins = new Float64Array(N_BINS), roundingBins = new Float64Array(N_BINS);
  const clusters = new Map<string | number, { n: number; gap: number }>();
  let nShort = 0, nMoves = 0, nZero = 0, expected = 0, nAboveRounding = 0;
  for (let j = 0; j + 1 < prices.offsets.length; ++j) {
    const moves = oneDayMoves(prices, j, steps);
    const { size, nPrices } = moves, n = size.length;
    if (n < minMoves) {
      if (nPrices > 0) ++nShort;
      continue;
    }
    const zeros = size.reduce((count, move) => count + (move === 0 ? 1 : 0), 0);
    const rounding = roundingZeros(moves, steps);
    shares.push(zeros / n);
    observedBins[binOf(zeros / n)]! += 1;
    if (addBinomial(n, rounding / n, zeros, roundingBins) <= 0.05) ++nAboveRounding;
    nMoves += n;
    nZero += zeros;
    expected += rounding;
    const key = events?.[j] ?? j;
    const cluster = clusters.get(key) ?? { n: 0, gap: 0 };
    cluster.n += n;
    cluster.gap += zeros - rounding;
    clusters.set(key, cluster);
  }
  const gap = (nZero - expected) / nMoves;
  const nClusters = clusters.size;
  let squares = 0;
  for (const one of clusters.values()) squares += (one.gap - gap * one.n) ** 2;
  const half = nClusters < 2 ? NaN : Z * Math.sqrt(squares * nClusters / (nClusters - 1)) / nMoves;
  return {
    nMarkets: shares.length,
    nShort,
    minMoves,
    nMoves,
    zeroShare: Float64Array.from(shares),
    overallShare: nZero / nMoves,
    roundingShare: expected / nMoves,
    gapLow: gap - half,
    gapHigh: gap + half,
    nClusters,
    nAboveRounding,
    observedBins,
    roundingBins,
  };
}

function check(
  prices: DailyPrices,
  { minMoves, steps, events }: {
    readonly minMoves: number;
    readonly steps: readonly number[];
    readonly events: readonly string[] | undefined;
  },
): void {
  if (!(Number.isInteger(minMoves) && minMoves >= 1)) {
    throw new RangeError(
      `Cannot measure zero moves as minMoves must be a whole number >= 1: got ${minMoves}`,
    );
  }
  const bad = steps.find((step) => !(step > 0));
  if (bad !== undefined) {
    throw new RangeError(`Cannot measure zero moves as each step must be above 0: got ${bad}`);
  }
  if (events !== undefined && events.length !== prices.offsets.length - 1) {
    throw new RangeError(
      `Cannot measure zero moves as each market must have its event: got ${events.length} events and ${
        prices.offsets.length - 1
      } markets`,
    );
  }
}

function binOf(share: number): number {
  return Math.min(Math.floor(share * N_BINS + 1e-9), N_BINS - 1);
}

/**
 * Adds the chance of each share k / n of a binomial variable to the bins of the share.
 *
 * @returns The chance of `observed` zeros or more.
 */
function addBinomial(n: number, p: number, observed: number, bins: Float64Array): number {
  if (p <= 0 || p >= 1) {
    const k = p <= 0 ? 0 : n;
    bins[binOf(k / n)]! += 1;
    return k >= observed ? 1 : 0;
  }
  const odds = p / (1 - p);
  const mode = Math.min(Math.floor((n + 1) * p), n);
  // relative to the mode, so that no power of p can underflow to a sum of zero
  let total = 1;
  for (let k = mode, w = 1; k < n; ++k) total += w *= (n - k) / (k + 1) * odds;
  for (let k = mode, w = 1; k > 0; --k) total += w *= k / (n - k + 1) / odds;
  let tail = 0;
  const put = (k: number, w: number) => {
    bins[binOf(k / n)]! += w / total;
    if (k >= observed) tail += w / total;
  };
  put(mode, 1);
  for (let k = mode, w = 1; k < n; ++k) put(k + 1, w *= (n - k) / (k + 1) * odds);
  for (let k = mode, w = 1; k > 0; --k) put(k - 1, w *= k / (n - k + 1) / odds);
  return tail;
}
