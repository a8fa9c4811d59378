import type { OutcomeStrike } from "./outcome_strike.ts";

/** One interval of a ladder's number between neighbouring quoted strikes. */
export interface LadderBucket {
  readonly probability: number;
  /** Mean position of the intervals between all strikes that it spans. */
  readonly position: number;
  /** Index of the strike at its lower end, −1 for the interval before the first. */
  readonly lower: number;
  /** Index of the strike at its upper end; the number of strikes for the last interval. */
  readonly upper: number;
}

/**
 * Turns the probabilities of lying beyond nested strikes into those of the intervals between them.
 *
 * "Above 90k" contains "above 100k": adding the two would count the same states twice. What
 * excludes each other are the intervals, whose probabilities are differences of neighbours; where a
 * farther strike is quoted higher than a nearer one the difference is clipped at 0, and the sum of all is
 * then above 1. A strike without a quote joins its two intervals.
 *
 * @param survival Probability of lying beyond each strike, from the nearest to the farthest; NaN unknown.
 * @param position Position of each of the strikes.length + 1 intervals, the one before the first strike first.
 * @returns The intervals, none where no strike is quoted, and whether no difference was clipped.
 */
export function survivalBuckets(
  survival: ArrayLike<number>,
  position: (interval: number) => number,
): { readonly buckets: readonly LadderBucket[]; readonly isMonotone: boolean } {
  const n = survival.length;
  const buckets: LadderBucket[] = [];
  let lower = -1, beyond = 1, isMonotone = true;
  const close = (upper: number, next: number) => {
    let sum = 0;
    for (let interval = lower + 1; interval <= upper; ++interval) sum += position(interval);
    if (next > beyond) isMonotone = false;
    buckets.push({
      probability: Math.max(beyond - next, 0),
      position: sum / (upper - lower),
      lower,
      upper,
    });
    lower = upper;
    beyond = next;
  };
  for (let k = 0; k < n; ++k) {
    if (!Number.isNaN(survival[k]!)) close(k, survival[k]!);
  }
  if (lower < 0) return { buckets, isMonotone };
  close(n, 0);
  return { buckets, isMonotone };
}

/** Whether outcomes are buckets that exclude each other, rather than strikes that contain each other. */
export function areExclusive(strikes: readonly OutcomeStrike[]): boolean {
  return strikes.some(({ side }) => side === "between");
}

/** Values of the strikes, ascending, each once. */
export function strikeValues(strikes: readonly OutcomeStrike[]): number[] {
  const values = new Set(strikes.map(strikeValue));
  return [...values].sort((a, b) => a - b);
}

/** The number that an outcome's side is counted from: its lower end, or the upper where that is open. */
export function strikeValue({ low, high }: OutcomeStrike): number {
  return low === -Infinity ? high : low;
}

/**
 * Where each outcome of a level ladder stands from −1, the lowest, to +1, the highest.
 *
 * Buckets are ranked. For strikes it is the place of the interval just beyond the strike on its own
 * side: of m strikes there are m + 1 intervals, so of "above 1" and "above 2" the second stands at +1, the
 * first at 0 and "at most 1", which is no outcome of its own, at −1.
 *
 * @returns NaN for all where one bucket stands alone: it has no rank.
 */
export function levelPositions(strikes: readonly OutcomeStrike[]): number[] {
  if (areExclusive(strikes)) {
    const order = strikes.map(bucketKey);
    const ranks = [...new Set(order)].sort((a, b) => a - b);
    return order.map((at) =>
      ranks.length < 2 ? NaN : -1 + 2 * ranks.indexOf(at) / (ranks.length - 1)
    );
  }
  const values = strikeValues(strikes);
  return strikes.map((strike) => {
    const k = values.indexOf(strikeValue(strike));
    return intervalPosition(strike.side === "above" ? k + 1 : k, values.length);
  });
}

/** Position of interval 0 … m of a level ladder with m strikes, −1 to +1. */
export function intervalPosition(interval: number, nStrikes: number): number {
  return -1 + 2 * interval / nStrikes;
}

/** The middle of a bucket; open ends come before and after all others. */
function bucketKey({ low, high }: OutcomeStrike): number {
  return low === -Infinity ? -Infinity : high === Infinity ? Infinity : (low + high) / 2;
}

/**
 * Where each outcome of a touch ladder stands from −1 to +1: the k-th of m high strikes at k / m, the
 * k-th of m low ones, counted from the nearest, at −k / m. NaN where an outcome has no side.
 */
export function touchPositions(strikes: readonly OutcomeStrike[]): number[] {
  const high = strikeValues(strikes.filter(({ side }) => side === "above"));
  const low = strikeValues(strikes.filter(({ side }) => side === "below")).reverse();
  return strikes.map((strike) => {
    const value = strikeValue(strike);
    if (strike.side === "above") return (high.indexOf(value) + 1) / high.length;
    return strike.side === "below" ? -(low.indexOf(value) + 1) / low.length : NaN;
  });
}
