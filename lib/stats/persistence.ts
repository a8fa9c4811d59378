import type { PairMatrix } from "../core/pair_matrix.ts";

/** What the correlations of one window say about those of the next. */
export interface Persistence {
  /** Items in at least one counted pair. */
  readonly nItems: number;
  /** Pairs known in both windows and not of one event. */
  readonly nPairs: number;
  /** Pearson correlation of the two windows' correlations over pairs. */
  readonly correlation: number;
  /** The same around zero instead of around the means: Σ xy / √(Σ x² Σ y²). */
  readonly cosine: number;
  /** Mean absolute correlation in the next window. */
  readonly meanAbsNext: number;
  /** The pairs strongest now: their next correlation, counted negative where its sign turned. */
  readonly strongest: { readonly nPairs: number; readonly meanSignedNext: number };
  /** Mean absolute correlation in the next window of pairs within one group. */
  readonly sameGroup: number;
  /** The same of pairs across two groups. */
  readonly otherGroup: number;
}

/** Which pairs count and how they are grouped; one label an item, −1 for none. */
export interface PersistenceOptions {
  /** Pairs within one event are left out, since its outcomes are tied by construction. */
  readonly events?: Int32Array;
  /** Groups known beforehand, such as themes; pairs with an item of none are in neither mean. */
  readonly groups?: Int32Array;
  /** Share of the pairs taken as strongest, in (0, 1]. */
  readonly strongestShare?: number;
}

/**
 * Does the correlation of one window say anything about the next?
 *
 * If it does not, there is nothing for a clustering to find. Every pair known in both windows
 * counts once. Which side of a market is held is arbitrary, and turning one round flips the sign of
 * all its correlations in both windows. `cosine`, the means of absolute values and `strongest` stay
 * the same under that. `correlation` does not, because it subtracts means that depend on the sides;
 * it is the usual figure, and close to `cosine` wherever the mean correlations are near zero.
 *
 * The strongest are the ⌈share · pairs⌉ pairs of the largest absolute correlation now and all that
 * tie with the last of them.
 *
 * NaN: a pair unknown in either window does not count; a figure is NaN where no pair, or no
 * variation, gives it. Cost: O(pairs · log pairs), 0.04 s for 300 items and 6 s for 2,700.
 *
 * @throws {TypeError} If the windows list different items or there is not one label an item.
 * @throws {RangeError} If `strongestShare` is not in (0, 1].
 *
 * @example Two windows that agree but for one pair
 * ```ts
 * import assert from "node:assert/strict";
 * import { pairMatrix } from "lib/core/pair_matrix.ts";
 * import { persistence } from "lib/stats/persistence.ts";
 * const now = pairMatrix(["a", "b", "c"], Float64Array.of(0.8, -0.1, 0.1));
 * const next = pairMatrix(["a", "b", "c"], Float64Array.of(0.6, 0.1, 0.1));
 * const { strongest, cosine } = persistence(now, next);
 * assert.deepEqual(strongest, { nPairs: 1, meanSignedNext: 0.6 });
 * assert.equal(cosine.toFixed(3), "0.958");
 * ```
 */
export function persistence(
  now: PairMatrix,
  next: PairMatrix,
  options: PersistenceOptions = {},
): Persistence {
  const pairs = countedPairs(now, next, options);
  const figures = weightedFigures(pairs, new Float64Array(now.ids.length).fill(1));
  const counted = new Uint8Array(now.ids.length);
  for (let k = 0; k < pairs.x.length; ++k) counted[pairs.first[k]!] = counted[pairs.second[k]!] = 1;
  return {
    nItems: counted.reduce((sum, one) => sum + one, 0),
    nPairs: pairs.x.length,
    correlation: figures.correlation,
    cosine: figures.cosine,
    meanAbsNext: figures.meanAbsNext,
    strongest: { nPairs: figures.strongestWeight, meanSignedNext: figures.strongest },
    sameGroup: figures.sameGroup,
    otherGroup: figures.otherGroup,
  };
}

/** The pairs that count, in order of falling strength now. */
export interface CountedPairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** Correlation now and next. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 within a group, 0 across two, −1 with an item of none. */
  readonly sameGroup: Int8Array;
  readonly strongestShare: number;
}

/**
 * Gathers the pairs known in both windows and not of one event.
 *
 * @throws {TypeError} If the windows list different items or there is not one label an item.
 * @throws {RangeError} If `strongestShare` is not in (0, 1].
 */
export function countedPairs(
  now: PairMatrix,
  next: PairMatrix,
  { events, groups, strongestShare = 0.01 }: PersistenceOptions,
): CountedPairs {
  const n = now.ids.length;
  const unequal = now.ids.findIndex((id, i) => id !== next.ids[i]);
  if (n !== next.ids.length || unequal >= 0) {
    const got = n !== next.ids.length
      ? `${n} and ${next.ids.length}`
      : `"${now.ids[unequal]}" and "${next.ids[unequal]}" at ${unequal}`;
    throw new TypeError(
      `Cannot compare two windows as both must list the same items in the same order: got ${got}`,
    );
  }
  for (const [name, labels] of Object.entries({ events, groups })) {
    if (labels === undefined || labels.length === n) continue;
    throw new TypeError(
      `Cannot compare two windows as ${name} must have one label an item: got ${labels.length} for ${n}`,
    );
  }
  if (!(strongestShare > 0 && strongestShare <= 1)) {
    throw new RangeError(
      `Cannot compare two windows as strongestShare must be in (0, 1]: got ${strongestShare}`,
    );
  }
  const place = new Uint32Array(now.values.length), a = place.slice(), b = place.slice();
  let nPairs = 0;
  for (let i = 0, p = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j, ++p) {
      const isKnown = !Number.isNaN(now.values[p]! + next.values[p]!);
      const isOneEvent = events !== undefined && events[i]! >= 0 && events[i] === events[j];
      if (!isKnown || isOneEvent) continue;
      place[nPairs] = p;
      a[nPairs] = i;
      b[nPairs++] = j;
    }
  }
  const strength = now.values.map(Math.abs);
  const order = new Uint32Array(nPairs).map((_, k) => k)
    .sort((k, l) => strength[place[l]!]! - strength[place[k]!]!);
  const first = order.map((k) => a[k]!), second = order.map((k) => b[k]!);
  return {
    first,
    second,
    x: Float64Array.from(order, (k) => now.values[place[k]!]!),
    y: Float64Array.from(order, (k) => next.values[place[k]!]!),
    sameGroup: Int8Array.from(first, (i, k) => {
      const one = groups?.[i] ?? -1, other = groups?.[second[k]!] ?? -1;
      return one < 0 || other < 0 ? -1 : one === other ? 1 : 0;
    }),
    strongestShare,
  };
}

/** The figures of one weighting of the items; NaN where no pair or no variation gives one. */
export interface PersistenceFigures {
  readonly correlation: number;
  readonly cosine: number;
  readonly meanAbsNext: number;
  /** Mean next correlation of the strongest pairs, and the weight they make up. */
  readonly strongest: number;
  readonly strongestWeight: number;
  readonly sameGroup: number;
  readonly otherGroup: number;
}

/**
 * The figures with each pair weighted by the product of its items' weights, ones for the plain
 * figures and numbers of copies for a bootstrap. Cost: O(pairs).
 */
export function weightedFigures(
  pairs: CountedPairs,
  itemWeight: Float64Array,
): PersistenceFigures {
  const { first, second, x, y, sameGroup } = pairs;
  // shifted by one of the values, so that constant correlations have exactly zero variance
  const shiftX = x[0] ?? NaN, shiftY = y[0] ?? NaN;
  let weight = 0, sumX = 0, sumY = 0, xx = 0, yy = 0, xy = 0, rawXx = 0, rawYy = 0, rawXy = 0;
  let absolute = 0, same = 0, sameWeight = 0, other = 0, otherWeight = 0;
  for (let k = 0; k < x.length; ++k) {
    const w = itemWeight[first[k]!]! * itemWeight[second[k]!]!;
    if (w === 0) continue;
    const u = x[k]!, v = y[k]!, du = u - shiftX, dv = v - shiftY, size = w * Math.abs(v);
    weight += w;
    sumX += w * du;
    sumY += w * dv;
    xx += w * du * du;
    yy += w * dv * dv;
    xy += w * du * dv;
    rawXx += w * u * u;
    rawYy += w * v * v;
    rawXy += w * u * v;
    absolute += size;
    if (sameGroup[k] === 1) {
      same += size;
      sameWeight += w;
    } else if (sameGroup[k] === 0) {
      other += size;
      otherWeight += w;
    }
  }
  const strongest = strongestNext(pairs, itemWeight, weight);
  return {
    correlation: ratio(
      xy - sumX * sumY / weight,
      xx - sumX * sumX / weight,
      yy - sumY * sumY / weight,
    ),
    cosine: ratio(rawXy, rawXx, rawYy),
    meanAbsNext: absolute / weight,
    strongest: strongest.mean,
    strongestWeight: strongest.weight,
    sameGroup: same / sameWeight,
    otherGroup: other / otherWeight,
  };
}

/** Walks from the strongest pair on until their share of the weight is reached, ties included. */
function strongestNext(
  { first, second, x, y, strongestShare }: CountedPairs,
  itemWeight: Float64Array,
  total: number,
): { mean: number; weight: number } {
  const wanted = Math.ceil(strongestShare * total * (1 - Number.EPSILON));
  let weight = 0, sum = 0, last = NaN;
  for (let k = 0; k < x.length; ++k) {
    const w = itemWeight[first[k]!]! * itemWeight[second[k]!]!;
    if (w === 0) continue;
    if (weight >= wanted && Math.abs(x[k]!) !== last) break;
    weight += w;
    sum += w * Math.sign(x[k]!) * y[k]!;
    last = Math.abs(x[k]!);
  }
  return { mean: sum / weight, weight };
}

function ratio(products: number, squaresX: number, squaresY: number): number {
  if (!(squaresX > 0 && squaresY > 0)) return NaN;
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresX * squaresY)));
}
