import { type ResampledDays, resampledDays } from "../backtest/resampled_days.ts";
import { ROUNDING } from "../backtest/return_moments.ts";
import { randomStream } from "../core/random.ts";
import { drawnInterval } from "./drawn_intervals.ts";
import { MIN_SESSIONS } from "./session_series.ts";
import { nullBand, shiftNull } from "./shift_null.ts";

/** How a sleeve moves with an asset. */
export const CORRELATION_MEASURES = [
  "pearson",
  "spearman",
  "pearson_5_sessions",
  "spearman_5_sessions",
  "pearson_sleeve_later",
  "pearson_sleeve_earlier",
] as const;

/** Name of such a measure. */
export type CorrelationMeasure = typeof CORRELATION_MEASURES[number];

/** A measure of two series, with its interval and what chance gives. */
export interface PairedMeasure<Measure extends string> {
  readonly measure: Measure;
  readonly value: number;
  /** Ends of the 95 % interval over resampled blocks of sessions. */
  readonly low: number;
  readonly high: number;
  /** Pairs of returns. */
  readonly n: number;
  /** Middle 95 % of the same measure with one series turned against the other. */
  readonly nullLow: number;
  readonly nullHigh: number;
}

/** How sessions are resampled. */
export interface PairedOptions {
  readonly nDraws: number;
  /** Mean length of a block, sessions, at least 1. */
  readonly meanBlockSessions: number;
  readonly seed: number;
  /** Fewest sessions that anything is estimated from. */
  readonly minSessions?: number;
}

/** Sessions of a return that is not daily. */
const STEP = 5;

/**
 * Correlations of a sleeve with an asset: by session, by five sessions, and one session apart.
 *
 * A sleeve of stale prices shows news late, which biases the correlation of single sessions towards
 * zero; returns of five sessions, which do not overlap, and those of the session after show how much
 * is hidden. The sleeve is valued hours after the exchange's close, so the session before it may
 * hold some as well.
 *
 * NaN: below `minSessions`, where a return is unknown, or a series stands still.
 * Cost: O((draws + sessions) · sessions) a measure.
 *
 * @param asset Returns between sessions.
 * @param sleeve Returns between the same sessions.
 * @throws {RangeError} If the lengths differ.
 */
export function assetCorrelations(
  asset: Float64Array,
  sleeve: Float64Array,
  options: PairedOptions,
): PairedMeasure<CorrelationMeasure>[] {
  requireSessions(asset, sleeve);
  const n = asset.length, { minSessions = MIN_SESSIONS } = options;
  const pairs: Record<CorrelationMeasure, readonly [Float64Array, Float64Array]> = {
    pearson: [asset, sleeve],
    spearman: [asset, sleeve],
    pearson_5_sessions: [steps(asset), steps(sleeve)],
    spearman_5_sessions: [steps(asset), steps(sleeve)],
    pearson_sleeve_later: [asset.subarray(0, n - 1), sleeve.subarray(1)],
    pearson_sleeve_earlier: [asset.subarray(1), sleeve.subarray(0, n - 1)],
  };
  return CORRELATION_MEASURES.map((measure) => {
    const [x, y] = pairs[measure], ranked = measure.startsWith("spearman");
    if (n < minSessions) return notEstimable(measure, x.length);
    const block = options.meanBlockSessions / (measure.endsWith("sessions") ? STEP : 1);
    const days = pairedDays(x.length, { ...options, meanBlockSessions: Math.max(block, 1) });
    const [a, b] = ranked ? [midranks(x), midranks(y)] : [x, y];
    const draw = new Float64Array(x.length), other = draw.slice();
    const reranked = ranked ? [reranking(a), reranking(b)] as const : undefined;
    const draws = Float64Array.from({ length: days.nDraws }, (_, d) => {
      const rows = days.rows.subarray(d * days.nDays, (d + 1) * days.nDays);
      rows.forEach((row, t) => {
        draw[t] = a[row]!;
        other[t] = b[row]!;
      });
      reranked?.[0](draw);
      reranked?.[1](other);
      return pearson(draw, other);
    });
    const { value, low, high } = drawnInterval(pearson(a, b), draws);
    const band = nullBand(shiftNull(b, (turned) => pearson(a, turned)));
    return { measure, value, low, high, n: x.length, ...band };
  });
}

/** Resampled rows of paired series; the same for all pairs of as many. */
export function pairedDays(
  n: number,
  { nDraws, meanBlockSessions, seed }: PairedOptions,
): ResampledDays {
  const random = randomStream(seed, `paired sessions ${n}`);
  return resampledDays(n, { nDraws, meanBlockDays: meanBlockSessions, random });
}

/** A measure of too few sessions. */
export function notEstimable<Measure extends string>(
  measure: Measure,
  n: number,
): PairedMeasure<Measure> {
  const unknown = { value: NaN, low: NaN, high: NaN, nullLow: NaN, nullHigh: NaN };
  return { measure, n, ...unknown };
}

/** Throws unless both series have the same sessions. */
export function requireSessions(asset: Float64Array, sleeve: Float64Array): void {
  if (asset.length === sleeve.length) return;
  throw new RangeError(
    `Cannot relate a sleeve to an asset as both must have the same sessions: got ${sleeve.length} and ${asset.length} returns`,
  );
}

/** Returns of five sessions that do not overlap, from the first one on; a rest is left out. */
function steps(returns: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.floor(returns.length / STEP) }, (_, w) => {
    let growth = 1;
    for (let k = 0; k < STEP; ++k) growth *= 1 + returns[w * STEP + k]!;
    return growth - 1;
  });
}

function pearson(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  let sumX = 0, sumY = 0;
  for (let t = 0; t < n; ++t) {
    sumX += x[t]!;
    sumY += y[t]!;
  }
  const meanX = sumX / n, meanY = sumY / n;
  let squaresX = 0, squaresY = 0, products = 0;
  for (let t = 0; t < n; ++t) {
    const a = x[t]! - meanX, b = y[t]! - meanY;
    squaresX += a * a;
    squaresY += b * b;
    products += a * b;
  }
  const least = ROUNDING * ROUNDING * n;
  return squaresX > least && squaresY > least ? products / Math.sqrt(squaresX * squaresY) : NaN;
}

/** Ranks from 1, equal values sharing their mean rank; NaN throughout where a value is unknown. */
function midranks(values: Float64Array): Float64Array {
  if (values.some(Number.isNaN)) return values.map(() => NaN);
  const sorted = values.slice().sort(), rankOf = new Map<number, number>();
  for (let i = 0; i < sorted.length;) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) ++end;
    rankOf.set(sorted[i]!, (i + 1 + end) / 2);
    i = end;
  }
  return values.map((x) => rankOf.get(x)!);
}

/**
 * Ranks within draws from the ranks of the whole, in place, by counting: a sort a draw costs ten times
 * as much.
 */
function reranking(ranks: Float64Array): (drawn: Float64Array) => void {
  const counts = new Int32Array(2 * ranks.length + 1), within = new Float64Array(counts.length);
  const isKnown = !ranks.some(Number.isNaN);
  return (drawn) => {
    if (!isKnown) return;
    counts.fill(0);
    // a mean rank is a multiple of one half
    for (const rank of drawn) ++counts[2 * rank]!;
    for (let place = 0, below = 0; place < counts.length; below += counts[place++]!) {
      within[place] = below + (counts[place]! + 1) / 2;
    }
    for (let t = 0; t < drawn.length; ++t) drawn[t] = within[2 * drawn[t]!]!;
  };
}
