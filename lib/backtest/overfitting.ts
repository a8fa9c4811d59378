import { DAYS_PER_YEAR } from "./daily_returns.ts";
import { standsStill } from "./return_moments.ts";

/** What choosing the best trial in one half of the days says about the other half. */
export interface Overfitting {
  readonly nSplits: number;
  readonly nTrials: number;
  /** Share of splits in which the best trial is in the lower half of the others' days. */
  readonly probability: number;
  /** Logit of its relative rank out of sample, one a split; ≤ 0 is the lower half. */
  readonly logits: Float64Array;
  /** Sharpe ratio of the best trial in and out of sample, annualized, one a split. */
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
  /** Least-squares change of the second for one unit of the first; below 0, choosing harms. */
  readonly slope: number;
  /** Share of splits whose best trial earns less than the bill out of sample. */
  readonly probabilityOfLoss: number;
  /** Splits in which each trial is the best. */
  readonly timesChosen: Uint32Array;
}

/** Largest number of blocks: 184,756 splits. */
const MAX_BLOCKS = 20;

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation.
 *
 * The days are cut into blocks, and every half of the blocks is once the sample in which the best of
 * the trials is chosen. Where choosing means anything, its choice stays good on the other days.
 * Noise gives about one half, with a wide spread: the splits share days, so their number is not the
 * size of a sample. A probability near one half says that the trials cannot be told apart, not that
 * they are bad.
 *
 * Ties: the first of equal trials is the best; out of sample equal trials share the mean of their
 * ranks, and exactly the middle counts as overfitted. A trial that stands still in a half is cash
 * there, with a ratio of 0. Blocks differ by one day where the days do not divide.
 *
 * Shape: trials × days → one logit a split, in the order of the masks of in-sample blocks.
 * NaN: the slope where the best trial's ratio is the same in every split.
 * Cost: O(trials · days + splits · blocks · trials): sums over blocks, never over days again.
 * Source: Bailey, Borwein, López de Prado & Zhu 2017, "The probability of backtest overfitting",
 * Journal of Computational Finance 20; ratios by the deviation with n − 1.
 *
 * @param trials Daily excess returns of each trial, all of the same days.
 * @param options.nBlocks Even, from 2 to 20.
 * @throws {RangeError} If there are fewer than 2 trials, `nBlocks` is not such a number, the trials
 *   differ in length, a block would have fewer than 2 days, or a return is not finite.
 */
export function overfitting(
  trials: readonly Float64Array[],
  { nBlocks }: { readonly nBlocks: number },
): Overfitting {
  requireTrials(trials, nBlocks);
  const blocks = blockSums(trials, nBlocks), nTrials = trials.length;
  const masks: number[] = [];
  for (let mask = 0; mask < 2 ** nBlocks; ++mask) {
    if (bits(mask) === nBlocks / 2) masks.push(mask);
  }
  const nSplits = masks.length, all = 2 ** nBlocks - 1;
  const logits = new Float64Array(nSplits), inSample = new Float64Array(nSplits);
  const outOfSample = new Float64Array(nSplits), timesChosen = new Uint32Array(nTrials);
  const within = new Float64Array(nTrials), without = new Float64Array(nTrials);
  masks.forEach((mask, split) => {
    sharpes(blocks, mask, within);
    sharpes(blocks, all & ~mask, without);
    let best = 0;
    for (let j = 1; j < nTrials; ++j) if (within[j]! > within[best]!) best = j;
    const share = meanRank(without, best) / (nTrials + 1);
    logits[split] = Math.log(share / (1 - share));
    inSample[split] = within[best]!;
    outOfSample[split] = without[best]!;
    timesChosen[best] = timesChosen[best]! + 1;
  });
  return {
    ...{ nSplits, nTrials, logits, inSample, outOfSample, timesChosen },
    probability: logits.filter((logit) => logit <= 0).length / nSplits,
    slope: slopeOf(inSample, outOfSample),
    probabilityOfLoss: outOfSample.filter((ratio) => ratio < 0).length / nSplits,
  };
}

/** Sums of each trial's returns about its mean, by block; block-major. */
interface BlockSums {
  readonly nTrials: number;
  readonly mean: Float64Array;
  readonly nDays: Int32Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  /** Lowest and highest return, which tell whether a trial stands still. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function blockSums(trials: readonly Float64Array[], nBlocks: number): BlockSums {
  const nTrials = trials.length, nAll = trials[0]!.length, size = nBlocks * nTrials;
  const edge = (block: number) => Math.floor(block * nAll / nBlocks);
  const mean = Float64Array.from(trials, (one) => one.reduce((sum, r) => sum + r, 0) / nAll);
  const nDays = Int32Array.from({ length: nBlocks }, (_, b) => edge(b + 1) - edge(b));
  const sum = new Float64Array(size), squares = new Float64Array(size);
  const low = new Float64Array(size).fill(Infinity), high = new Float64Array(size).fill(-Infinity);
  for (let block = 0; block < nBlocks; ++block) {
    for (let j = 0; j < nTrials; ++j) {
      const at = block * nTrials + j;
      for (let i = edge(block); i < edge(block + 1); ++i) {
        const value = trials[j]![i]!, d = value - mean[j]!;
        sum[at] = sum[at]! + d;
        squares[at] = squares[at]! + d * d;
        low[at] = Math.min(low[at]!, value);
        high[at] = Math.max(high[at]!, value);
      }
    }
  }
  return { nTrials, mean, nDays, sum, squares, low, high };
}

/** Annualized Sharpe ratio of each trial on the days of the blocks in `mask`. */
function sharpes(blocks: BlockSums, mask: number, out: Float64Array): void {
  for (let j = 0; j < blocks.nTrials; ++j) {
    let n = 0, sum = 0, squares = 0, low = Infinity, high = -Infinity;
    for (let block = 0, at = j; block < blocks.nDays.length; ++block, at += blocks.nTrials) {
      if ((mask >>> block & 1) === 0) continue;
      n += blocks.nDays[block]!;
      sum += blocks.sum[at]!;
      squares += blocks.squares[at]!;
      if (blocks.low[at]! < low) low = blocks.low[at]!;
      if (blocks.high[at]! > high) high = blocks.high[at]!;
    }
    const variance = (squares - sum * sum / n) / (n - 1);
    out[j] = standsStill([low, high])
      ? 0
      : (blocks.mean[j]! + sum / n) / Math.sqrt(variance) * Math.sqrt(DAYS_PER_YEAR);
  }
}

/** Rank of one value from 1 for the lowest; equal values share the mean of theirs. */
function meanRank(values: Float64Array, index: number): number {
  let below = 0, equal = 0;
  for (const value of values) {
    if (value < values[index]!) ++below;
    else if (value === values[index]!) ++equal;
  }
  return below + (equal + 1) / 2;
}

function slopeOf(x: Float64Array, y: Float64Array): number {
  const meanX = x.reduce((sum, v) => sum + v, 0) / x.length;
  const meanY = y.reduce((sum, v) => sum + v, 0) / y.length;
  const squares = x.reduce((sum, v) => sum + (v - meanX) ** 2, 0);
  const products = x.reduce((sum, v, i) => sum + (v - meanX) * (y[i]! - meanY), 0);
  return standsStill(x) ? NaN : products / squares;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) ++count;
  return count;
}

function requireTrials(trials: readonly Float64Array[], nBlocks: number): void {
  const fail = (what: string) => {
    throw new RangeError(`Cannot judge overfitting as ${what}`);
  };
  if (trials.length < 2) fail(`there must be at least 2 trials: got ${trials.length}`);
  if (!(nBlocks >= 2 && nBlocks <= MAX_BLOCKS && nBlocks % 2 === 0)) {
    fail(`nBlocks must be an even number in [2, ${MAX_BLOCKS}]: got ${nBlocks}`);
  }
  const nDays = trials[0]!.length;
  if (nDays < 2 * nBlocks) {
    fail(`each of ${nBlocks} blocks must have at least 2 days: got ${nDays} days`);
  }
  trials.forEach((one, j) => {
    if (one.length !== nDays) {
      fail(`all trials must have the same days: got ${one.length} in trial ${j}, ${nDays} before`);
    }
    const bad = one.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) fail(`each return must be finite: got ${one[bad]} in trial ${j} at ${bad}`);
  });
}
