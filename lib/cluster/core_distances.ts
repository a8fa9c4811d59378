import type { PairMatrix } from "../core/pair_matrix.ts";

/**
 * For each item the radius at which `minPoints` items lie around it, itself counted as in DBSCAN.
 *
 * NaN: an unknown pair counts as infinitely far; Infinity where too few are known.
 * Cost: O(n² · min(minPoints, log n)) at worst, mostly O(n²).
 *
 * @throws {RangeError} If `minPoints` is not a whole number >= 1.
 */
export function coreDistances(distance: PairMatrix, minPoints: number): Float64Array {
  if (!(Number.isInteger(minPoints) && minPoints >= 1)) {
    throw new RangeError(
      `Cannot measure density as minPoints must be a whole number >= 1: got ${minPoints}`,
    );
  }
  const n = distance.ids.length, nOthers = minPoints - 1;
  const core = new Float64Array(n);
  if (nOthers === 0) return core;
  if (nOthers > n - 1) return core.fill(Infinity);
  // the nearest of each item, ascending, filled while the pairs are read in order
  const nearest = new Float64Array(n * nOthers).fill(Infinity);
  for (let i = 0, at = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j, ++at) {
      const d = distance.values[at]!;
      keepNearest(nearest, i * nOthers, nOthers, d);
      keepNearest(nearest, j * nOthers, nOthers, d);
    }
  }
  for (let i = 0; i < n; ++i) core[i] = nearest[(i + 1) * nOthers - 1]!;
  return core;
}

/** Puts `d` in its place among the `count` ascending values at `from`, if it is below the last. */
function keepNearest(nearest: Float64Array, from: number, count: number, d: number): void {
  let place = from + count - 1;
  if (!(d < nearest[place]!)) return;
  for (; place > from && nearest[place - 1]! > d; --place) nearest[place] = nearest[place - 1]!;
  nearest[place] = d;
}

/**
 * Refuses what is not a distance. NaN passes as unknown.
 *
 * @throws {RangeError} If a distance is negative or infinite.
 */
export function requireDistances({ values }: PairMatrix): void {
  const bad = values.find((d) => d < 0 || d === Infinity);
  if (bad === undefined) return;
  throw new RangeError(
    `Cannot cluster as every distance must be finite and >= 0, or NaN if unknown: got ${bad}`,
  );
}
