import type { Random } from "../core/random.ts";

/** What the residuals of each block of time add to each coefficient of a linear estimator. */
export interface BlockParts {
  /** Names of the B blocks that have an observation, increasing. */
  readonly block: Int32Array;
  /** K × B by rows: Σ over the block of influence · residual. */
  readonly part: Float64Array;
  /** K × B by rows: Σ over the block of influence², its share of the variance if all errors were alike. */
  readonly weight: Float64Array;
}

/**
 * Sums of influence · residual over blocks of time: all that the wild block bootstrap needs of a fit.
 *
 * Shape: K × n by rows and n → K × B. NaN: propagates. Cost: O(K n).
 *
 * @param influence K × n by rows: what each observation adds to each coefficient.
 * @param residuals n residuals, best widened by their leverage.
 * @param block Block of each observation, not falling.
 * @throws {RangeError} If the lengths do not agree or the blocks fall.
 */
export function blockParts(
  influence: Float64Array,
  residuals: Float64Array,
  block: Int32Array,
): BlockParts {
  const n = residuals.length, k = influence.length / n;
  const wrong = block.findIndex((b, t) => t > 0 && b < block[t - 1]!);
  if (!Number.isInteger(k) || block.length !== n || wrong >= 0) {
    throw new RangeError(
      `Cannot sum over blocks as each of ${n} residuals must have one, in order, and a column of influence: got ${block.length} blocks${
        wrong < 0 ? "" : `, falling at ${wrong}`
      }, and ${influence.length} numbers`,
    );
  }
  const names = Int32Array.from(new Set(block)), nBlocks = names.length;
  const part = new Float64Array(k * nBlocks), weight = new Float64Array(k * nBlocks);
  for (let t = 0, b = 0; t < n; ++t) {
    if (block[t] !== names[b]) ++b;
    for (let f = 0; f < k; ++f) {
      const a = influence[f * n + t]!, at = f * nBlocks + b;
      part[at]! += a * residuals[t]!;
      weight[at]! += a * a;
    }
  }
  return { block: names, part, weight };
}

/**
 * Signs for draws of blocks, +1 or −1 with equal chance.
 *
 * One table serves every series on the same calendar: what happens in one block is turned for all of
 * them together, so that their dependence stays.
 *
 * Shape: draws × nBlocks by rows.
 * Source: Rademacher's weights, which Davidson & Flachaire 2008 find best in small samples.
 */
export function blockSigns(
  random: Random,
  { nBlocks, draws }: { readonly nBlocks: number; readonly draws: number },
): Int8Array {
  return Int8Array.from({ length: draws * nBlocks }, () => random() < 0.5 ? -1 : 1);
}

/**
 * Draws of a linear estimator's error: the residuals of each block keep their place and order, and are
 * turned together by a random sign.
 *
 * The design stays as it is, wide days stay wide days, and autocorrelation within a block is kept. A
 * draw of the coefficients is influence · (fit + turned residuals), whose difference from its mean is
 * a signed sum of the parts, so a draw costs B additions a coefficient.
 *
 * Shape: K × B and draws × nBlocks → K × draws by rows. Cost: O(K B draws).
 * Source: wild bootstrap of Wu 1986 and Liu 1988, by blocks as in Cameron, Gelbach & Miller 2008 and
 * Shao 2010.
 *
 * @param signs As of {@link blockSigns}; columns are named by the blocks.
 */
export function wildDraws(
  { block, part }: BlockParts,
  { signs, nBlocks }: { readonly signs: Int8Array; readonly nBlocks: number },
): Float64Array {
  const own = block.length, k = part.length / own, draws = signs.length / nBlocks;
  const drawn = new Float64Array(k * draws), turned = new Int8Array(own);
  for (let d = 0; d < draws; ++d) {
    for (let b = 0; b < own; ++b) turned[b] = signs[d * nBlocks + block[b]!]!;
    for (let f = 0; f < k; ++f) {
      let sum = 0;
      for (let b = 0; b < own; ++b) sum += turned[b]! * part[f * own + b]!;
      drawn[f * draws + d] = sum;
    }
  }
  return drawn;
}

/**
 * Standard deviation of infinitely many {@link wildDraws}: the root of the sum of squared parts.
 *
 * That is the standard error clustered by block (Liang & Zeger 1986): turning signs independently leaves
 * just the squares. Shape: K × B → K. Cost: O(K B).
 */
export function wildErrors({ block, part }: BlockParts): Float64Array {
  const own = block.length;
  return Float64Array.from({ length: part.length / own }, (_, f) => {
    let sum = 0;
    for (let b = 0; b < own; ++b) sum += part[f * own + b]! ** 2;
    return Math.sqrt(sum);
  });
}

/**
 * Blocks of equal weight that the error of each coefficient rests on, (Σ w)² / Σ w²: the degrees of
 * freedom of a sum of squares of independent parts under errors of equal width (Satterthwaite 1946).
 *
 * Shape: K × B → K, in [1, B]. Cost: O(K B).
 */
export function effectiveBlocks({ block, weight }: BlockParts): Float64Array {
  const own = block.length;
  return Float64Array.from({ length: weight.length / own }, (_, f) => {
    let sum = 0, squares = 0;
    for (let b = 0; b < own; ++b) {
      sum += weight[f * own + b]!;
      squares += weight[f * own + b]! ** 2;
    }
    return sum * sum / squares;
  });
}
