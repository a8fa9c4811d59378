import { type Random, randomIndex } from "../core/random.ts";

/** Squared Euclidean distance of row `i` of `x` from row `c` of `centres`. */
export function squaredDistance(
  x: Float64Array,
  i: number,
  centres: Float64Array,
  c: number,
  dimension: number,
): number {
  let sum = 0;
  for (let d = 0, at = i * dimension, to = c * dimension; d < dimension; ++d, ++at, ++to) {
    const difference = x[at]! - centres[to]!;
    sum += difference * difference;
  }
  return sum;
}

/**
 * First centres for k-means: points drawn with a chance in proportion to their squared distance
 * from the centres already chosen.
 *
 * Each draw is tried 2 + ⌊ln k⌋ times and the try that leaves the least squared distance is kept,
 * as scikit-learn does. One draw alone more often puts two centres into one group.
 *
 * Shape: n × dimension → k × dimension, row by row. Cost: O(n · k · log k · dimension).
 * Source: Arthur & Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, whose
 * section on practice proposes the repeated draw.
 *
 * @param points n × dimension finite values.
 * @throws {RangeError} If fewer than k points differ.
 */
export function seedCentres(
  points: Float64Array,
  { dimension, k, random }: { dimension: number; k: number; random: Random },
): Float64Array {
  const n = points.length / dimension;
  const centres = new Float64Array(k * dimension);
  const nTries = 2 + Math.floor(Math.log(k));
  let nearest = new Float64Array(n).fill(Infinity);
  let tried = new Float64Array(n), kept = new Float64Array(n);
  let potential = 0;
  for (let c = 0; c < k; ++c) {
    if (c > 0 && potential === 0) throw tooFewDistinctPoints(k, c);
    let best = -1, least = Infinity;
    for (let t = 0; t < (c === 0 ? 1 : nTries); ++t) {
      const candidate = c === 0 ? randomIndex(random, n) : drawn(nearest, random() * potential);
      const left = potentialWith(points, candidate, dimension, nearest, tried);
      if (left >= least) continue;
      best = candidate;
      least = left;
      [tried, kept] = [kept, tried];
    }
    [nearest, kept] = [kept, nearest];
    potential = least;
    centres.set(points.subarray(best * dimension, (best + 1) * dimension), c * dimension);
  }
  return centres;
}

/** The refusal when clusters would have to be empty or equal. */
export function tooFewDistinctPoints(k: number, found: number): RangeError {
  return new RangeError(
    `Cannot make ${k} clusters as at least ${k} points must differ: got ${found} that do`,
  );
}

/** Index of the first weight at which the running sum passes `target`; never one of weight 0. */
function drawn(weights: Float64Array, target: number): number {
  let sum = 0, last = 0;
  for (let i = 0; i < weights.length; ++i) {
    if (weights[i]! === 0) continue;
    sum += weights[i]!;
    last = i;
    if (sum > target) return i;
  }
  return last;
}

/** Writes each point's squared distance from its nearest centre, point `c` added; their sum. */
function potentialWith(
  points: Float64Array,
  c: number,
  dimension: number,
  nearest: Float64Array,
  out: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < nearest.length; ++i) {
    const distance = squaredDistance(points, i, points, c, dimension);
    const least = distance < nearest[i]! ? distance : nearest[i]!;
    out[i] = least;
    sum += least;
  }
  return sum;
}
