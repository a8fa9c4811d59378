import { areExclusive, distinctStrikes, strikeValues } from "./ladder_buckets.ts";
import {
  bucketPlace,
  bucketStates,
  isCountLadder,
  nestedStates,
  type QuotedOutcome,
} from "./ladder_states.ts";

/** What a ladder's number is measured from, and how far a full vector is. */
export interface LadderScale {
  readonly zero: number;
  readonly unit: number;
}

/** Fewest quoted strikes or buckets for a value from a ladder. */
export const MIN_STRIKES = 3;
/** Most by which farther strikes may be quoted above nearer ones, in sum. */
export const MAX_NOT_MONOTONE = 0.05;
/** Most that the quotes of outcomes that exclude each other may sum to. */
export const MAX_QUOTED = 1.1;
/** Least share of a ladder that must be covered for what it expects to be known. */
const MIN_COVERED = 0.5;

/** The strikes or buckets of one number: the outcomes that are counted as a level or as a count. */
export function levelRows(outcomes: readonly QuotedOutcome[]): QuotedOutcome[] {
  return outcomes.filter(({ row }) => row.counts === "level" || row.counts === "count");
}

/** Whether outcomes have too few quoted strikes or buckets for the places that a rule gives them. */
export function isThin(ladder: readonly QuotedOutcome[]): boolean {
  const quoted = ladder.filter(({ probability }) => !Number.isNaN(probability));
  return ladder.some(({ row }) => row.direction !== null) &&
    distinctStrikes(quoted.map(({ row }) => row.strike!)) < MIN_STRIKES;
}

/** Position of a value from −1 to +1. */
export function scaledPosition(value: number, { zero, unit }: LadderScale): number {
  return Math.min(Math.max((value - zero) / unit, -1), 1);
}

/**
 * The scale of a number of moves: none is 0, the highest of its outcomes a full vector.
 *
 * @returns `null` where there is no such ladder or its highest value is 0.
 */
export function countScale(outcomes: readonly QuotedOutcome[]): LadderScale | null {
  const ladder = levelRows(outcomes);
  if (!isCountLadder(ladder)) return null;
  const strikes = ladder.map(({ row }) => row.strike!);
  const values = areExclusive(strikes)
    ? strikes.map((strike) => bucketPlace(strike, true))
    : strikeValues(strikes);
  const unit = Math.max(...values);
  return unit > 0 ? { zero: 0, unit } : null;
}

/**
 * The scale of a level as one day's quotes have it: its zero is their probability-weighted mean, its unit
 * half the range of the strikes.
 *
 * `netExposures` keeps the first of a repetition that is not `null`: what the market expected when the
 * ladder began to be quoted is the zero from then on, so that a value says how expectations have moved.
 *
 * @returns `null` where the outcomes are no level placed by a rule, or the quotes are too few, do not
 *   cohere or cover less than half.
 */
export function levelScale(outcomes: readonly QuotedOutcome[]): LadderScale | null {
  const ladder = levelRows(outcomes);
  if (
    isCountLadder(ladder) || !ladder.some(({ row }) => row.direction !== null) || isThin(ladder)
  ) {
    return null;
  }
  const strikes = ladder.map(({ row }) => row.strike!);
  const isBuckets = areExclusive(strikes);
  const { states, clipped } = isBuckets
    ? { states: bucketStates(ladder), clipped: 0 }
    : nestedStates(ladder);
  // outcomes beside the buckets, such as "no change", share their sum
  const beside = outcomes.filter(({ row }) => row.counts === "outcome");
  const quoted = isBuckets ? quotedSum([...ladder, ...beside]) : 1;
  const placed = states.filter(({ value }) => !Number.isNaN(value));
  const covered = placed.reduce((sum, one) => sum + one.probability, 0);
  const coverage = covered / Math.max(quoted, 1);
  const ends = strikes.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  const unit = (Math.max(...ends) - Math.min(...ends)) / 2;
  const isCoherent = quoted <= MAX_QUOTED && clipped <= MAX_NOT_MONOTONE;
  if (!isCoherent || !(coverage >= MIN_COVERED) || !(unit > 0)) return null;
  return {
    zero: placed.reduce((sum, { probability, value }) => sum + probability * value, 0) / covered,
    unit,
  };
}

/** Sum of the quotes, NaN where there is none. */
export function quotedSum(outcomes: readonly QuotedOutcome[]): number {
  const quoted = outcomes.filter(({ probability }) => !Number.isNaN(probability));
  return quoted.length === 0 ? NaN : quoted.reduce((sum, one) => sum + one.probability, 0);
}
