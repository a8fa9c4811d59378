import type { OutcomeStrike } from "./outcome_strike.ts";

/** One interval of a ladder's number between neighbouring quoted strikes. */
export interface LadderBucket {
  readonly probability: number;
  /** Mean value of the intervals between all strikes that it spans. */
  readonly value: number;
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
 * farther strike is quoted higher than a nearer one the difference is clipped at 0, and all are divided
 * by their sum. A strike without a quote joins its two intervals.
 *
 * @param survival Probability of lying beyond each strike, from the nearest to the farthest; NaN unknown.
 * @param value Value of each of the strikes.length + 1 intervals, the one before the first strike first.
 * @returns The intervals, none where no strike is quoted, and the sum of what was clipped.
 */
export function survivalBuckets(
  survival: ArrayLike<number>,
  value: (interval: number) => number,
): { readonly buckets: readonly LadderBucket[]; readonly clipped: number } {
  const n = survival.length;
  const buckets: LadderBucket[] = [];
  let lower = -1, beyond = 1, clipped = 0;
  const close = (upper: number, next: number) => {
    let sum = 0;
    for (let interval = lower + 1; interval <= upper; ++interval) sum += value(interval);
    clipped += Math.max(next - beyond, 0);
    buckets.push({
      probability: Math.max(beyond - next, 0),
      value: sum / (upper - lower),
      lower,
      upper,
    });
    lower = upper;
    beyond = next;
  };
  for (let k = 0; k < n; ++k) {
    if (!Number.isNaN(survival[k]!)) close(k, survival[k]!);
  }
  if (lower < 0) return { buckets, clipped };
  close(n, 0);
  if (clipped === 0) return { buckets, clipped };
  const scaled = buckets.map((one) => ({ ...one, probability: one.probability / (1 + clipped) }));
  return { buckets: scaled, clipped };
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

/** How many outcomes differ: strikes by their value, buckets by both ends. */
export function distinctStrikes(strikes: readonly OutcomeStrike[]): number {
  return areExclusive(strikes)
    ? new Set(strikes.map(({ low, high }) => `${low} ${high}`)).size
    : strikeValues(strikes).length;
}

/** The middle of a bucket. An open end stands at its strike, since nothing is known of what lies beyond. */
export function bucketValue({ low, high }: OutcomeStrike): number {
  return low === -Infinity ? high : high === Infinity ? low : (low + high) / 2;
}

/** The middle of interval 0 … m between m strikes, ascending; the two open ones stand at their strike. */
export function intervalValue(interval: number, strikes: readonly number[]): number {
  const last = strikes.length - 1;
  return (strikes[Math.max(interval - 1, 0)]! + strikes[Math.min(interval, last)]!) / 2;
}

/** The lower end of interval 0 … m between m strikes of a count, ascending; the first begins at 0. */
export function countValue(interval: number, strikes: readonly number[]): number {
  return interval === 0 ? 0 : strikes[interval - 1]!;
}

/**
 * Where each outcome of a level or count stands from −1 to +1 by its words alone, without a price.
 *
 * A strike stands at the side that it asks for: above +1, below −1 (of a count, unknown). Buckets of a
 * level stand by value around the middle of all, those of a count by value from 0.
 *
 * @returns NaN where an outcome has no place, such as one bucket alone.
 */
export function wordedPositions(
  strikes: readonly OutcomeStrike[],
  { isCount }: { readonly isCount: boolean },
): number[] {
  if (!areExclusive(strikes)) return strikes.map((strike) => sidePosition(strike, { isCount }));
  const values = strikes.map(bucketValue);
  const low = isCount ? 0 : Math.min(...values), high = Math.max(...values);
  const isOne = distinctStrikes(strikes) < 2 || low === high;
  return values.map((value) =>
    isOne ? NaN : isCount ? value / high : 2 * (value - low) / (high - low) - 1
  );
}

/** +1 above a strike, −1 below it; NaN for a bucket and below a count, where none is 0. */
export function sidePosition(
  { side }: OutcomeStrike,
  { isCount }: { readonly isCount: boolean },
): number {
  if (side === "above") return 1;
  return side === "below" && !isCount ? -1 : NaN;
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
