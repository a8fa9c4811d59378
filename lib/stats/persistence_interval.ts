import type { PairMatrix } from "../core/pair_matrix.ts";
import { type Random, randomIndex } from "../core/random.ts";
import { nullQuantiles } from "../core/null_percentile.ts";
import {
  countedPairs,
  type PersistenceFigures,
  type PersistenceOptions,
  weightedFigures,
} from "./persistence.ts";

/** Lower and upper end of an interval; NaN where no replicate gives the figure. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Intervals of the figures of `Persistence`. */
export interface PersistenceInterval {
  readonly correlation: Interval;
  readonly cosine: Interval;
  readonly meanAbsNext: Interval;
  /** Of `strongest.meanSignedNext`. */
  readonly strongest: Interval;
  readonly sameGroup: Interval;
  readonly otherGroup: Interval;
  /** Of `sameGroup` − `otherGroup`. */
  readonly groupGap: Interval;
}

/** How the intervals are drawn. */
export interface PersistenceIntervalOptions extends PersistenceOptions {
  readonly random: Random;
  readonly replicates?: number;
  /** Share of the replicates within the interval, in (0, 1). */
  readonly level?: number;
}

/**
 * Intervals of persistence for the choice of items.
 *
 * Pairs that share an item are not independent, so drawing pairs would give intervals far too
 * narrow. Items are drawn with replacement instead, and a pair weighs the product of how often its
 * two items were drawn. Pairs of an item with its own copy are left out. Items of one event are
 * drawn one by one, so keep one item an event.
 *
 * The days stay as they are: the interval says what other markets might have shown on these days,
 * not what other days would. On simulated markets with two lasting factors a 90 % interval from 40
 * of them held the cosine of all 400 in 92 of 100 samples on the same days, and in 56 of 100 when
 * each sample had 60 new days a window.
 *
 * NaN: an interval of a figure that no replicate gives. Cost: O(replicates · pairs), about 0.1 s
 * for 200 replicates of 300 items.
 * Source: the vertex bootstrap of Snijders & Borgatti 1999, percentile intervals.
 *
 * @param options.random Source of the draws, one for each item and replicate.
 * @throws {TypeError} If the windows list different items or there is not one label an item.
 * @throws {RangeError} If `replicates` is not a whole number of at least 1, or `level` or
 * `strongestShare` is out of range.
 */
export function persistenceInterval(
  now: PairMatrix,
  next: PairMatrix,
  { random, replicates = 200, level = 0.9, ...options }: PersistenceIntervalOptions,
): PersistenceInterval {
  if (!(Number.isInteger(replicates) && replicates >= 1)) {
    throw new RangeError(
      `Cannot bootstrap persistence as replicates must be a whole number >= 1: got ${replicates}`,
    );
  }
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`Cannot bootstrap persistence as level must be in (0, 1): got ${level}`);
  }
  const pairs = countedPairs(now, next, options), n = now.ids.length;
  const drawn = new Float64Array(n);
  const draws = Array.from({ length: replicates }, () => {
    drawn.fill(0);
    for (let i = 0; i < n; ++i) {
      const item = randomIndex(random, n);
      drawn[item] = drawn[item]! + 1;
    }
    return weightedFigures(pairs, drawn);
  });
  const tail = (1 - level) / 2;
  const interval = (figure: (draw: PersistenceFigures) => number): Interval => {
    const [low, high] = nullQuantiles(draws.map(figure), [tail, 1 - tail]);
    return { low: low!, high: high! };
  };
  return {
    correlation: interval((draw) => draw.correlation),
    cosine: interval((draw) => draw.cosine),
    meanAbsNext: interval((draw) => draw.meanAbsNext),
    strongest: interval((draw) => draw.strongest),
    sameGroup: interval((draw) => draw.sameGroup),
    otherGroup: interval((draw) => draw.otherGroup),
    groupGap: interval((draw) => draw.sameGroup - draw.otherGroup),
  };
}
