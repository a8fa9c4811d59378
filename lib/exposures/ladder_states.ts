import { EXPOSURE_FACTORS } from "./exposure_factors.ts";
import {
  bucketValue,
  countValue,
  intervalValue,
  strikeValue,
  strikeValues,
  survivalBuckets,
} from "./ladder_buckets.ts";
import type { OutcomeExposure } from "./outcome_exposures.ts";
import type { OutcomeStrike } from "./outcome_strike.ts";

/** An outcome on one day. */
export interface QuotedOutcome {
  readonly row: OutcomeExposure;
  /** Probability of the outcome, NaN where it has no quote on the day. */
  readonly probability: number;
}

/** One state of a ladder: a value of its number, or a vector that does not come from the ladder's rule. */
export interface LadderState {
  readonly probability: number;
  /** NaN where the state has neither a value nor a vector. */
  readonly value: number;
  /** The rule's vector for the far end, or the state's own where `isGiven`. */
  readonly vector: readonly number[] | null;
  readonly isGiven: boolean;
}

/** States of buckets, one for each that is quoted. */
export function bucketStates(ladder: readonly QuotedOutcome[]): LadderState[] {
  const isCount = isCountLadder(ladder);
  return ladder.filter(({ probability }) => !Number.isNaN(probability))
    .map(({ row, probability }) => ({
      probability,
      value: row.direction === null ? NaN : bucketPlace(row.strike!, isCount),
      vector: row.direction ?? row.vector,
      isGiven: row.direction === null && row.vector !== null,
    }));
}

/** Whether a ladder is a number of moves, of which none is 0. */
export function isCountLadder(ladder: readonly QuotedOutcome[]): boolean {
  return ladder.some(({ row }) => row.counts === "count");
}

/** Value of a bucket; "at most 2 cuts" lies between none and 2. */
export function bucketPlace(strike: OutcomeStrike, isCount: boolean): number {
  return bucketValue(isCount && strike.side === "below" ? { ...strike, low: 0 } : strike);
}

/** States of nested strikes of a level or a count; those on either side are one chain. */
export function nestedStates(ladder: readonly QuotedOutcome[]): ChainStates {
  const values = strikeValues(ladder.map(({ row }) => row.strike!));
  const isCount = isCountLadder(ladder);
  return chainStates(ladder, {
    values,
    place: (interval) => (isCount ? countValue : intervalValue)(interval, values),
    isTouch: false,
  });
}

/** States of the strikes on one side of a touch ladder; a state's value is its position. */
export function touchStates(
  outcomes: readonly QuotedOutcome[],
  side: "above" | "below",
): ChainStates {
  const chain = outcomes.filter(({ row }) => row.counts === "touch" && row.strike!.side === side);
  const values = strikeValues(chain.map(({ row }) => row.strike!));
  const sign = side === "above" ? 1 : -1;
  return chainStates(chain, {
    values: side === "above" ? values : values.reverse(),
    place: (interval) => sign * interval / values.length,
    isTouch: true,
  });
}

/** States of nested strikes, and the sum by which farther ones are quoted higher than nearer ones. */
export interface ChainStates {
  readonly states: readonly LadderState[];
  readonly clipped: number;
}

/** States of nested strikes, given from near to far. */
function chainStates(
  outcomes: readonly QuotedOutcome[],
  { values, place, isTouch }: {
    readonly values: readonly number[];
    readonly place: (interval: number) => number;
    readonly isTouch: boolean;
  },
): ChainStates {
  const sum = new Float64Array(values.length), count = new Uint32Array(values.length);
  for (const { row, probability } of outcomes) {
    if (Number.isNaN(probability)) continue;
    const k = values.indexOf(strikeValue(row.strike!));
    // of a level, "below 90k" is what is not above it; a touch from above is an event of its own
    sum[k]! += row.strike!.side === "below" && !isTouch ? 1 - probability : probability;
    ++count[k]!;
  }
  // venues may list a strike twice: the mean of its quotes, NaN where there is none
  const survival = sum.map((total, k) => total / count[k]!);
  const { buckets, clipped } = survivalBuckets(survival, place);
  const direction = outcomes.find(({ row }) => row.direction !== null)?.row.direction ?? null;
  const states = buckets.map(({ probability, value, lower, upper }): LadderState => {
    const given = givenVector(outcomes, values[lower], isTouch ? null : "above") ??
      (isTouch ? null : givenVector(outcomes, values[upper], "below"));
    if (given !== null) return { probability, value: NaN, vector: given, isGiven: true };
    if (direction !== null) return { probability, value, vector: direction, isGiven: false };
    // what reaches no strike moves nothing
    const isNone = isTouch && lower < 0;
    return { probability, value: NaN, vector: isNone ? NOTHING : null, isGiven: isNone };
  });
  return { states, clipped };
}

const NOTHING: readonly number[] = EXPOSURE_FACTORS.map(() => 0);

/** A vector that does not come from the ladder's rule, of the outcome at a strike. */
function givenVector(
  outcomes: readonly QuotedOutcome[],
  value: number | undefined,
  side: "above" | "below" | null,
): readonly number[] | null {
  if (value === undefined) return null;
  return outcomes.find(({ row }) =>
    row.direction === null && row.vector !== null && strikeValue(row.strike!) === value &&
    (side === null || row.strike!.side === side)
  )?.row.vector ?? null;
}
