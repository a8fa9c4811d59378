/**
 * Spearman's rank correlation of weighted items.
 *
 * Each item's rank is the weight below it plus half the weight that ties with it, itself included; the
 * correlation of the ranks is weighted likewise. With equal weights it is the usual one with mean ranks.
 *
 * NaN: fewer than two items, or one of the two constant; values must be known. Cost: O(n log n).
 * Source: Spearman 1904 on weighted ranks as in the survey literature (R's `wCorr`).
 *
 * @param weights Above 0.
 */
export function weightedSpearman(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  weights: ArrayLike<number>,
): number {
  return weightedCorrelation(weightedRanks(a, weights), weightedRanks(b, weights), weights);
}

/** Rank of each item: the weight below it plus half the weight in its place. */
export function weightedRanks(values: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const at = new Map<number, number>();
  for (let i = 0; i < values.length; ++i) {
    // −0 and 0 are one place
    const value = values[i]! + 0;
    at.set(value, (at.get(value) ?? 0) + weights[i]!);
  }
  const rank = new Map<number, number>();
  let below = 0;
  for (const value of Float64Array.from(at.keys()).sort()) {
    const tied = at.get(value)!;
    rank.set(value, below + tied / 2);
    below += tied;
  }
  return Float64Array.from(values, (value) => rank.get(value + 0)!);
}

/** Pearson's correlation of weighted items; NaN where one of the two is constant. */
export function weightedCorrelation(
  a: Float64Array,
  b: Float64Array,
  weights: ArrayLike<number>,
): number {
  let sum = 0, sumA = 0, sumB = 0;
  for (let i = 0; i < a.length; ++i) {
    sum += weights[i]!;
    sumA += weights[i]! * a[i]!;
    sumB += weights[i]! * b[i]!;
  }
  const meanA = sumA / sum, meanB = sumB / sum;
  let aa = 0, bb = 0, ab = 0;
  for (let i = 0; i < a.length; ++i) {
    const x = a[i]! - meanA, y = b[i]! - meanB;
    aa += weights[i]! * x * x;
    bb += weights[i]! * y * y;
    ab += weights[i]! * x * y;
  }
  const floor = 1e-24 * sum * sum * sum;
  return aa <= floor || bb <= floor ? NaN : ab / Math.sqrt(aa * bb);
}
