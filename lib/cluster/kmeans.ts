import type { Random } from "../core/random.ts";
import { meanVariance } from "./point_variance.ts";
import { seedCentres, squaredDistance, tooFewDistinctPoints } from "./kmeans_seeding.ts";

/** A division of points into k groups around their means. */
export interface KMeans {
  /** Group of each point, in [0, k). No group is empty. */
  readonly labels: Int32Array;
  /** k × dimension, row by row: the mean of each group. */
  readonly centres: Float64Array;
  /** Sum of the squared distances of the points from their centres. */
  readonly inertia: number;
  /** Passes over the points that the best start took. */
  readonly steps: number;
  /** Whether the best start ended because no point changed its group, or within the tolerance. */
  readonly converged: boolean;
  /** Starts that were tried. */
  readonly starts: number;
}

export interface KMeansOptions {
  /** Values a point. */
  readonly dimension: number;
  readonly k: number;
  /** Seedings tried, of which the least inertia is kept; 20 by default, as one start misleads. */
  readonly starts?: number;
  /** Most passes over the points a start; 300 by default. */
  readonly maxSteps?: number;
  /**
   * A start also ends when the squares of its centres' last moves sum to at most this share of the
   * points' mean variance; 0 by default, where only a pass without a change ends it. scikit-learn's
   * default is 1e-4.
   */
  readonly tolerance?: number;
  /** k × dimension centres to begin from, in place of seeding; then there is one start. */
  readonly initialCentres?: Float64Array;
  readonly random: Random;
}

/**
 * The best of several k-means solutions, each run until no point changes its group.
 *
 * Lloyd's steps with bounds: for each point an upper bound of the distance from its own centre and a
 * lower bound of that from any other show mostly that it stays, and only the rest are measured.
 * Bounds change the time, not the answer. A group that loses all its points takes the point that
 * lies farthest from its centre.
 *
 * Shape: n × dimension → n labels. Units: squares of those of `points` for inertia.
 * NaN: refused. Cost: O(steps · n · dimension) at best, k times that at worst, for each start.
 * Source: Lloyd 1982; bounds by Hamerly, "Making k-means even faster", SDM 2010; seeding as in
 * `seedCentres()`.
 *
 * @param points n × dimension values, row by row.
 * @throws {RangeError} If a value is not finite, sizes do not agree or fewer than k points differ.
 *
 * @example two groups on a line
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomStream } from "lib/core/random.ts";
 * import { kMeans } from "lib/cluster/kmeans.ts";
 *
 * const points = Float64Array.of(0, 1, 2, 10, 11, 12);
 * const { centres, inertia } = kMeans(points, { dimension: 1, k: 2, random: randomStream(1, "doc") });
 * assert.deepEqual([...centres].sort((a, b) => a - b), [1, 11]);
 * assert.equal(inertia, 4);
 * ```
 */
export function kMeans(points: Float64Array, options: KMeansOptions): KMeans {
  requireSizes(points, options);
  const { dimension, k, random, initialCentres, maxSteps = 300, tolerance = 0 } = options;
  const leastMove = tolerance === 0 ? 0 : tolerance * meanVariance(points, dimension);
  const starts = initialCentres === undefined ? options.starts ?? 20 : 1;
  let best: KMeans | undefined;
  for (let s = 0; s < starts; ++s) {
    const centres = initialCentres?.slice() ?? seedCentres(points, { dimension, k, random });
    const found = lloyd(points, centres, dimension, { maxSteps, leastMove });
    if (best === undefined || found.inertia < best.inertia) best = { ...found, starts };
  }
  return best!;
}

function requireSizes(points: Float64Array, options: KMeansOptions): void {
  const { dimension, k, starts = 20, maxSteps = 300, initialCentres, tolerance = 0 } = options;
  if (!(tolerance >= 0 && tolerance < Infinity)) {
    throw new RangeError(
      `Cannot run k-means as tolerance must be finite and >= 0: got ${tolerance}`,
    );
  }
  const counts = { dimension, k, starts, maxSteps };
  for (const [name, count] of Object.entries(counts)) {
    if (!(Number.isInteger(count) && count >= 1)) {
      throw new RangeError(
        `Cannot run k-means as ${name} must be a whole number >= 1: got ${count}`,
      );
    }
  }
  if (points.length % dimension !== 0) {
    throw new RangeError(
      `Cannot run k-means as each point must have ${dimension} values: got ${points.length} in all`,
    );
  }
  if (points.length / dimension < k) throw tooFewDistinctPoints(k, points.length / dimension);
  if (initialCentres !== undefined && initialCentres.length !== k * dimension) {
    throw new RangeError(
      `Cannot run k-means as ${k} centres must have ${
        k * dimension
      } values: got ${initialCentres.length}`,
    );
  }
  for (const [name, values] of [["points", points], ["centres", initialCentres]] as const) {
    const bad = values?.findIndex((x) => !Number.isFinite(x)) ?? -1;
    if (bad >= 0) {
      throw new RangeError(
        `Cannot run k-means as all ${name} must be finite: got ${values![bad]} in row ${
          Math.floor(bad / dimension)
        }`,
      );
    }
  }
}

/** What one start knows about each point and each centre. */
interface State {
  readonly points: Float64Array;
  readonly dimension: number;
  readonly k: number;
  readonly centres: Float64Array;
  readonly labels: Int32Array;
  readonly sizes: Int32Array;
  /** k × dimension: sum of the points of each group, kept up to date as points move. */
  readonly sums: Float64Array;
  /** At least the distance of each point from its own centre. */
  readonly upper: Float64Array;
  /** At most the distance of each point from any other centre. */
  readonly lower: Float64Array;
}

/** Runs one start; moves `centres`. */
function lloyd(
  points: Float64Array,
  centres: Float64Array,
  dimension: number,
  { maxSteps, leastMove }: { readonly maxSteps: number; readonly leastMove: number },
): Omit<KMeans, "starts"> {
  const n = points.length / dimension, k = centres.length / dimension;
  const state: State = {
    points,
    dimension,
    k,
    centres,
    labels: new Int32Array(n).fill(-1),
    sizes: new Int32Array(k),
    sums: new Float64Array(k * dimension),
    upper: new Float64Array(n).fill(Infinity),
    lower: new Float64Array(n),
  };
  let steps = 0, converged = false;
  while (!converged && steps < maxSteps) {
    ++steps;
    const nChanged = assign(state) + refillEmpty(state);
    converged = nChanged === 0;
    if (converged || moveCentres(state) > leastMove) continue;
    converged = true;
    assign(state);
    refillEmpty(state);
  }
  sumAnew(state);
  moveCentres(state);
  let inertia = 0;
  for (let i = 0; i < n; ++i) {
    inertia += squaredDistance(points, i, centres, state.labels[i]!, dimension);
  }
  return { labels: state.labels, centres, inertia, steps, converged };
}

/** Gives every point the nearest centre where the bounds leave a doubt; number of changes. */
function assign(state: State): number {
  const { points, dimension, centres, labels, upper, lower } = state;
  const halfGap = halfGaps(state);
  let nChanged = 0;
  for (let i = 0; i < labels.length; ++i) {
    const own = labels[i]!;
    if (own >= 0) {
      const safe = Math.max(halfGap[own]!, lower[i]!);
      if (upper[i]! <= safe) continue;
      upper[i] = Math.sqrt(squaredDistance(points, i, centres, own, dimension));
      if (upper[i]! <= safe) continue;
    }
    const label = nearestCentre(state, i);
    if (label === own) continue;
    ++nChanged;
    relabel(state, i, label);
  }
  return nChanged;
}

/** The nearest centre of point `i`, the own one at a tie; sets both bounds to the truth. */
function nearestCentre(state: State, i: number): number {
  const { points, dimension, k, centres, labels, upper, lower } = state;
  const own = labels[i]!;
  let nearest = own, least = own < 0 ? Infinity : upper[i]! * upper[i]!, second = Infinity;
  for (let c = 0; c < k; ++c) {
    if (c === own) continue;
    const distance = squaredDistance(points, i, centres, c, dimension);
    if (distance < least) {
      second = least;
      least = distance;
      nearest = c;
    } else if (distance < second) second = distance;
  }
  upper[i] = Math.sqrt(least);
  lower[i] = Math.sqrt(second);
  return nearest;
}

/** Half the distance of each centre from the nearest other one: no point within it moves. */
function halfGaps({ centres, dimension, k }: State): Float64Array {
  const gaps = new Float64Array(k).fill(Infinity);
  for (let a = 0; a < k; ++a) {
    for (let b = a + 1; b < k; ++b) {
      const half = Math.sqrt(squaredDistance(centres, a, centres, b, dimension)) / 2;
      if (half < gaps[a]!) gaps[a] = half;
      if (half < gaps[b]!) gaps[b] = half;
    }
  }
  return gaps;
}

/** Gives each empty group the point farthest from its centre; number of points moved. */
function refillEmpty(state: State): number {
  const { points, dimension, k, centres, labels, sizes, upper, lower } = state;
  let nMoved = 0;
  for (let c = 0; c < k; ++c) {
    if (sizes[c] !== 0) continue;
    let farthest = -1, most = 0;
    for (let i = 0; i < labels.length; ++i) {
      if (sizes[labels[i]!]! < 2) continue;
      const distance = squaredDistance(points, i, centres, labels[i]!, dimension);
      if (distance > most) {
        most = distance;
        farthest = i;
      }
    }
    // every group of two or more then stands on one spot, so the groups in use are the spots
    if (farthest < 0) throw tooFewDistinctPoints(k, sizes.filter((size) => size > 0).length);
    relabel(state, farthest, c);
    // the centre must stand on its point now, so that a second empty group does not take it too
    centres.set(points.subarray(farthest * dimension, (farthest + 1) * dimension), c * dimension);
    lower.fill(0);
    upper.fill(Infinity);
    ++nMoved;
  }
  return nMoved;
}

/** Moves point `i` into group `to`, and its values from the one sum to the other. */
function relabel({ points, dimension, labels, sizes, sums }: State, i: number, to: number): void {
  const from = labels[i]!;
  labels[i] = to;
  ++sizes[to]!;
  for (let d = 0; d < dimension; ++d) sums[to * dimension + d]! += points[i * dimension + d]!;
  if (from < 0) return;
  --sizes[from]!;
  for (let d = 0; d < dimension; ++d) sums[from * dimension + d]! -= points[i * dimension + d]!;
}

/**
 * Puts each centre at the mean of its points and widens the bounds by how far it went; the sum of
 * the squares of these moves.
 */
function moveCentres(state: State): number {
  const { dimension, k, centres, labels, sizes, sums, upper, lower } = state;
  const means = sums.map((sum, at) => sum / sizes[Math.floor(at / dimension)]!);
  const moved = new Float64Array(k);
  let far = 0, secondFar = 0, farthest = -1;
  for (let c = 0; c < k; ++c) {
    moved[c] = Math.sqrt(squaredDistance(means, c, centres, c, dimension));
    if (moved[c]! > far) {
      secondFar = far;
      far = moved[c]!;
      farthest = c;
    } else if (moved[c]! > secondFar) secondFar = moved[c]!;
  }
  centres.set(means);
  for (let i = 0; i < labels.length; ++i) {
    upper[i]! += moved[labels[i]!]!;
    lower[i]! -= labels[i] === farthest ? secondFar : far;
  }
  return moved.reduce((sum, far) => sum + far * far, 0);
}

/** Sums the points of each group anew, so that the rounding of many moves does not stay. */
function sumAnew({ points, dimension, labels, sums }: State): void {
  sums.fill(0);
  for (let i = 0, at = 0; i < labels.length; ++i) {
    for (let d = 0, to = labels[i]! * dimension; d < dimension; ++d) sums[to++]! += points[at++]!;
  }
}
