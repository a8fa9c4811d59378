import { type DailyPrices, rowsOf } from "../core/data_set.ts";
import { type RoundedMoves, roundedMoves } from "./rounded_moves.ts";

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
  /** 95 % interval of `overallShare − roundingShare`, clustered by market; NaN below two. */
  readonly gapLow: number;
  readonly gapHigh: number;
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

/** Distances from the nearer of 0 and 1 at which steps and volatility change. */
const ZONE_EDGES = [0.02, 0.1];

/** z with 97.5 % below it. */
const Z = 1.959963984540054;

/**
 * The share of one-day moves that are exactly zero, against the share that rounding explains.
 *
 * The null gives rounding all the credit it can claim. Each market is cut into three zones of
 * price, since both its step and its volatility shrink near 0 and 1. In each zone the step is the
 * coarsest that holds nine in ten of its prices, and the mean size of its non-zero moves fixes a
 * normal distribution of true moves, of which rounding turns a known share into zeros. A zone
 * that never moves by more than a step is left to rounding entirely.
 *
 * Shape: run-length rows → one share a market. Units: shares of moves.
 * NaN: a row without a close makes no move; a move spans two consecutive days, never a gap.
 * Cost: O(rows).
 * Source: {@link roundedMoves} for the share; the histogram under the null is the exact binomial
 * one, zeros taken as independent from day to day.
 *
 * @param prices Daily closes.
 * @param options.minMoves Fewest one-day moves for a market to count.
 * @param options.steps Steps a price may be rounded to, coarse to fine, probability.
 * @throws {RangeError} If `minMoves` is below 1 or a step is not above 0.
 */
export function zeroMoves(
  prices: DailyPrices,
  { minMoves = 29, steps = PRICE_STEPS } = {},
): ZeroMoves {
  if (!(Number.isInteger(minMoves) && minMoves >= 1)) {
    throw new RangeError(
      `Cannot measure zero moves as minMoves must be a whole number >= 1: got ${minMoves}`,
    );
  }
  const model = roundedMoves();
  const zones = Array.from({ length: ZONE_EDGES.length + 1 }, () => zone(steps));
  const shares: number[] = [];
  const observedBins = new Float64Array(N_BINS), roundingBins = new Float64Array(N_BINS);
  let nShort = 0, nMoves = 0, nZero = 0, expected = 0, nAboveRounding = 0;
  let nn = 0, nGap = 0, gapGap = 0;
  for (let j = 0; j + 1 < prices.offsets.length; ++j) {
    zones.forEach(clear);
    const { n, zeros, nPrices } = fillZones(prices, j, zones);
    if (n < minMoves) {
      if (nPrices > 0) ++nShort;
      continue;
    }
    const rounding = zones.reduce((sum, one) => sum + roundingZeros(one, model), 0);
    const gap = zeros - rounding;
    shares.push(zeros / n);
    observedBins[binOf(zeros / n)]! += 1;
    if (addBinomial(n, rounding / n, zeros, roundingBins) <= 0.05) ++nAboveRounding;
    nMoves += n;
    nZero += zeros;
    expected += rounding;
    nn += n * n;
    nGap += n * gap;
    gapGap += gap * gap;
  }
  const nMarkets = shares.length;
  const gap = (nZero - expected) / nMoves;
  const squares = Math.max(gapGap - 2 * gap * nGap + gap * gap * nn, 0);
  const half = nMarkets < 2 ? NaN : Z * Math.sqrt(squares * nMarkets / (nMarkets - 1)) / nMoves;
  return {
    nMarkets,
    nShort,
    minMoves,
    nMoves,
    zeroShare: Float64Array.from(shares),
    overallShare: nZero / nMoves,
    roundingShare: expected / nMoves,
    gapLow: gap - half,
    gapHigh: gap + half,
    nAboveRounding,
    observedBins,
    roundingBins,
  };
}

/** Moves of one market that start in one zone of price. */
interface Zone {
  readonly steps: readonly number[];
  n: number;
  zeros: number;
  /** Sum of absolute moves. */
  path: number;
  /** Prices that lie on each step. */
  readonly onStep: Int32Array;
}

function zone(steps: readonly number[]): Zone {
  for (const step of steps) {
    if (!(step > 0)) {
      throw new RangeError(`Cannot measure zero moves as each step must be above 0: got ${step}`);
    }
  }
  return { steps, n: 0, zeros: 0, path: 0, onStep: new Int32Array(steps.length) };
}

function clear(one: Zone): void {
  one.n = one.zeros = one.path = 0;
  one.onStep.fill(0);
}

/** Puts the one-day moves of market `j` into its zones. */
function fillZones(
  prices: DailyPrices,
  j: number,
  zones: readonly Zone[],
): { n: number; zeros: number; nPrices: number } {
  const { from, to } = rowsOf(prices, j);
  let n = 0, zeros = 0, nPrices = 0;
  let before = NaN, dayBefore = NaN;
  for (let row = from; row < to; ++row) {
    const close = prices.close[row]!, day = prices.day[row]!;
    if (Number.isNaN(close)) continue;
    ++nPrices;
    if (day === dayBefore + 1) {
      const edge = Math.min(before, 1 - before);
      const one = zones[edge < ZONE_EDGES[0]! ? 0 : edge < ZONE_EDGES[1]! ? 1 : 2]!;
      const move = close === before ? 0 : Math.abs(close - before);
      ++n;
      ++one.n;
      if (move === 0) {
        ++zeros;
        ++one.zeros;
      }
      one.path += move;
      for (let s = 0; s < one.steps.length; ++s) {
        const inSteps = close / one.steps[s]!;
        if (Math.abs(inSteps - Math.round(inSteps)) < 1e-6) one.onStep[s]! += 1;
      }
    }
    before = close;
    dayBefore = day;
  }
  return { n, zeros, nPrices };
}

/** Zeros that rounding alone would put into a zone. */
function roundingZeros(of: Zone, model: RoundedMoves): number {
  if (of.zeros === of.n) return of.n;
  let s = of.onStep.findIndex((count) => count >= 0.9 * of.n);
  if (s < 0) s = of.steps.length - 1;
  const share = model.zeroShare(of.path / (of.n - of.zeros) / of.steps[s]!);
  return Number.isNaN(share) ? of.zeros : of.n * share;
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
