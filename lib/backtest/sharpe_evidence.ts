import { normalCdf, normalQuantile } from "../core/normal.ts";
import { moments } from "./return_moments.ts";

/** What the uncertainty of a Sharpe ratio rests on. All ratios here are per period, not annualized. */
export interface SharpeSample {
  /** Mean excess over its deviation, of one period. */
  readonly sharpe: number;
  /** Periods observed. */
  readonly nReturns: number;
  readonly skewness: number;
  /** 0 for a normal distribution. */
  readonly excessKurtosis: number;
}

/** The sample of a series of excess returns. NaN: as `moments`. Cost: O(n). */
export function sharpeSample(excess: Float64Array): SharpeSample {
  const { n, mean, deviation, skewness, excessKurtosis } = moments(excess);
  return {
    sharpe: deviation > 0 ? mean / deviation : NaN,
    ...{ nReturns: n, skewness, excessKurtosis },
  };
}

/**
 * Probability that the true Sharpe ratio is above a benchmark, given that of a sample.
 *
 * It lets for skewness and fat tails, under which a high ratio is easier to come by; it takes the
 * periods as independent, which stale prices are not, so read it as an upper bound.
 *
 * NaN: propagates. Source: Bailey & López de Prado 2012, "The Sharpe ratio efficient frontier";
 * the variance of Mertens 2002, with n − 1.
 *
 * @param options.benchmark Sharpe ratio of one period to beat.
 */
export function probabilisticSharpe(
  sample: SharpeSample,
  { benchmark = 0 }: { readonly benchmark?: number } = {},
): number {
  return normalCdf((sample.sharpe - benchmark) / sharpeError(sample));
}

/** Standard error of the Sharpe ratio of one period. NaN: propagates, and fewer than two periods. */
export function sharpeError(sample: SharpeSample): number {
  return sample.nReturns < 2 ? NaN : Math.sqrt(spread(sample) / (sample.nReturns - 1));
}

/** Variance of the estimate, for one period. */
function spread({ sharpe, skewness, excessKurtosis }: SharpeSample): number {
  return 1 - skewness * sharpe + (excessKurtosis + 2) / 4 * sharpe * sharpe;
}

const EULER = 0.5772156649015329;

/**
 * Expected largest of `nTrials` independent standard normal draws.
 *
 * What the best of so many strategies without any skill would show, in standard deviations between
 * them. Strategies that resemble each other count as fewer, so it is a strict measure.
 *
 * Accuracy: the approximation is within 0.05 of the truth; 0 for one trial.
 * Source: Bailey & López de Prado 2014, "The deflated Sharpe ratio", equation 1.
 *
 * @throws {RangeError} If `nTrials` is not at least 1.
 *
 * @example Six, fifty and two hundred trials
 * ```ts
 * import assert from "node:assert/strict";
 * import { expectedMaximum } from "lib/backtest/sharpe_evidence.ts";
 * assert.deepEqual([6, 50, 200].map((n) => expectedMaximum(n).toFixed(4)), [
 *   "1.3001",
 *   "2.2763",
 *   "2.7655",
 * ]);
 * ```
 */
export function expectedMaximum(nTrials: number): number {
  if (!(nTrials >= 1)) {
    throw new RangeError(
      `Cannot expect a maximum as there must be at least 1 trial: got ${nTrials}`,
    );
  }
  if (nTrials === 1) return 0;
  return (1 - EULER) * normalQuantile(1 - 1 / nTrials) +
    EULER * normalQuantile(1 - 1 / (nTrials * Math.E));
}

/** A Sharpe ratio held against the best of as many trials without skill. */
export interface DeflatedSharpe {
  /** Sharpe ratio of one period that the best of the trials would show without skill. */
  readonly benchmark: number;
  /** Probability that the true ratio is above it; below 0.95 the best trial is no evidence. */
  readonly probability: number;
}

/**
 * The deflated Sharpe ratio: the probabilistic one against what the best of all trials would show if
 * none had skill.
 *
 * NaN: propagates, and the variance between fewer than two known trials.
 * Source: Bailey & López de Prado 2014.
 *
 * @param sample The trial that is judged.
 * @param options.trialSharpes Sharpe ratio of one period of every trial, that one too; a NaN counts as
 *   a trial and not in their variance, which is taken with n − 1.
 */
export function deflatedSharpe(
  sample: SharpeSample,
  { trialSharpes }: { readonly trialSharpes: ArrayLike<number> },
): DeflatedSharpe {
  const known = Array.from(trialSharpes).filter((sharpe) => !Number.isNaN(sharpe));
  const benchmark = moments(known).deviation * expectedMaximum(trialSharpes.length);
  return { benchmark, probability: probabilisticSharpe(sample, { benchmark }) };
}

/**
 * Periods after which a Sharpe ratio like this one would be above the benchmark at the given level.
 *
 * Infinity: the ratio is not above the benchmark, and no length will show that it is. NaN: propagates.
 * Source: Bailey & López de Prado 2012, equation 11.
 *
 * @param options.benchmark Sharpe ratio of one period to beat. @param options.level Probability asked.
 * @throws {RangeError} If `level` is not in (0.5, 1).
 */
export function minimumTrackRecord(
  sample: SharpeSample,
  { benchmark = 0, level = 0.95 }: { readonly benchmark?: number; readonly level?: number } = {},
): number {
  if (!(level > 0.5 && level < 1)) {
    throw new RangeError(
      `Cannot ask for a track record as level must be in (0.5, 1): got ${level}`,
    );
  }
  if (sample.sharpe <= benchmark) return Infinity;
  return 1 + spread(sample) * (normalQuantile(level) / (sample.sharpe - benchmark)) ** 2;
}
