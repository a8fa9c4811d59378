import { EXPOSURE_FACTORS } from "./exposure_factors.ts";
import { areExclusive } from "./ladder_buckets.ts";
import {
  countScale,
  isThin,
  type LadderScale,
  levelRows,
  MAX_NOT_MONOTONE,
  MAX_QUOTED,
  quotedSum,
  scaledPosition,
} from "./ladder_scale.ts";
import {
  bucketStates,
  isCountLadder,
  type LadderState,
  nestedStates,
  type QuotedOutcome,
  touchStates,
} from "./ladder_states.ts";

/**
 * How the outcomes of one repetition relate, as its venue has it: they exclude each other, each is a
 * question of its own, or the venue does not say.
 */
export type Relation = "exclusive" | "separate" | "unknown";

/** Why a quoted day has no value, in the order in which the reasons are looked for. */
export const MISSING_REASONS = [
  "quotes above 110%",
  "strikes not monotone",
  "fewer than 3 strikes",
  "no baseline yet",
  "too little covered",
] as const;

/** One of {@link MISSING_REASONS}. */
export type MissingReason = (typeof MISSING_REASONS)[number];

/** What a repetition of an event holds on one day. */
export interface RepetitionExposure {
  /** Expected push: sum of probability × vector, eight values. */
  readonly net: Float64Array;
  /** What is left to move: the root of the sum over states of probability × (score − expected)², eight. */
  readonly spreads: Float64Array;
  /** Share of the probability that a vector speaks for, in [0, 1]; NaN where nothing is quoted. */
  readonly coverage: number;
  /** Sum of all quotes of outcomes that exclude each other, before scaling; NaN where none do. */
  readonly quoted: number;
  /** Sum by which farther strikes are quoted above nearer ones. */
  readonly notMonotone: number;
  /** Why there is no value, or `null`. */
  readonly missing: MissingReason | null;
}

/** How outcomes are weighed. */
export interface RepetitionOptions {
  readonly relation: Relation;
  /** The scale of a level, `null` while it has none. */
  readonly scale: LadderScale | null;
  readonly minCoverage: number;
  /** Whether each question's sum is divided by its coverage. */
  readonly renormalise: boolean;
}

const N = EXPOSURE_FACTORS.length;

/** One of the ways in which a question may end. */
interface State {
  readonly probability: number;
  readonly vector: readonly number[];
}

/** Ends of one question that exclude each other; what they leave of 1 has no vector. */
interface Question {
  readonly states: readonly State[];
  readonly coverage: number;
}

/**
 * The probability-weighted sum of vectors over the outcomes of one repetition on one day.
 *
 * - Outcomes that exclude each other, and buckets, are one question. The sum of all their quotes, scored or
 *   not, above 1.10 means quotes that do not cohere, stale ones or those of the day of listing: no value.
 *   From 1 to 1.10 each is divided by the sum; below 1 it is left, since what is missing may be an outcome
 *   that nobody listed.
 * - Outcomes that the venue keeps apart are a question each, whose absence counts as covered, without
 *   effect; their sum means nothing and nothing is divided by it.
 * - Where the venue does not say which of the two holds, nothing is divided either, coverage is counted as
 *   if they excluded each other, which is the smaller, and above 1.10 there is no value.
 * - Nested strikes become intervals, see `survivalBuckets`; clipped by more than 0.05 in sum they do not
 *   cohere: no value. A ladder placed by a rule needs three quoted strikes or buckets.
 *
 * Of several questions the net is the sum, the spreads those of independent ones, and the coverage the
 * largest; for outcomes that are kept apart it is their mean.
 *
 * @param outcomes Outcomes known on the day, at most one a ticker.
 */
export function repetitionExposure(
  outcomes: readonly QuotedOutcome[],
  { relation, scale, minCoverage, renormalise }: RepetitionOptions,
): RepetitionExposure {
  const level = levelRows(outcomes);
  const touch = outcomes.filter(({ row }) => row.counts === "touch");
  const hasBuckets = areExclusive(level.map(({ row }) => row.strike!));
  const used = isCountLadder(level) ? countScale(outcomes) : scale;
  const nested = hasBuckets ? { states: [], clipped: 0 } : nestedStates(level);
  const sides = [touchStates(outcomes, "above"), touchStates(outcomes, "below")];
  const plain = outcomes.filter(({ row, probability }) =>
    row.counts === "outcome" && !Number.isNaN(probability)
  );
  const buckets = hasBuckets ? bucketStates(level) : [];
  const isOne = hasBuckets || relation !== "separate";
  const together = [...plain, ...(hasBuckets ? level : [])];
  const quoted = isOne ? quotedSum(together) : NaN;
  const isScaled = hasBuckets || relation === "exclusive";
  const one = [...plain.flatMap(ownState), ...placed(buckets, used)];
  const questions = [
    ...(isOne ? [question(one, isScaled ? Math.max(quoted, 1) : 1)] : plain.map(apart)),
    ...outcomes.flatMap(twoSided),
    question(placed(nested.states, used), 1),
    ...sides.map(({ states }) => question(placed(states, POSITIONS), 1)),
  ];
  const coverage = coverageOf(questions, outcomes, isOne ? 0 : plain.length);
  const notMonotone = [nested, ...sides].reduce((sum, { clipped }) => sum + clipped, 0);
  const needsScale = level.some(({ row }) => row.direction !== null);
  const missing: MissingReason | null = quoted > MAX_QUOTED
    ? "quotes above 110%"
    : notMonotone > MAX_NOT_MONOTONE
    ? "strikes not monotone"
    : isThin(level) || isThin(touch)
    ? "fewer than 3 strikes"
    : needsScale && used === null
    ? "no baseline yet"
    : !(coverage > 0 && coverage >= minCoverage)
    ? "too little covered"
    : null;
  return { ...moments(questions, renormalise), coverage, quoted, notMonotone, missing };
}

/** A touch ladder's values are positions already. */
const POSITIONS: LadderScale = { zero: 0, unit: 1 };

function question(states: readonly State[], sum: number): Question {
  const scaled = states.map((one) => ({ ...one, probability: one.probability / sum }));
  const coverage = scaled.reduce((total, { probability }) => total + probability, 0);
  return { states: scaled, coverage: Math.min(coverage, 1) };
}

function ownState({ row, probability }: QuotedOutcome): State[] {
  return row.vector === null ? [] : [{ probability, vector: row.vector }];
}

/** A question of its own: its absence has no effect. */
function apart(outcome: QuotedOutcome): Question {
  return { states: ownState(outcome), coverage: outcome.row.vector === null ? 0 : 1 };
}

/** A question of up or down, whose absence has the opposite vector. */
function twoSided({ row: { counts, vector }, probability }: QuotedOutcome): Question[] {
  if (counts !== "opposite" || vector === null || Number.isNaN(probability)) return [];
  const opposite = vector.map((score) => -score);
  return [{
    states: [{ probability, vector }, { probability: 1 - probability, vector: opposite }],
    coverage: 1,
  }];
}

/** The states with a vector; a value without a scale counts as covered, without effect. */
function placed(states: readonly LadderState[], scale: LadderScale | null): State[] {
  return states.flatMap(({ probability, value, vector, isGiven }) => {
    if (vector === null) return [];
    if (isGiven) return [{ probability, vector }];
    const position = scale === null ? 0 : scaledPosition(value, scale);
    return [{ probability, vector: vector.map((score) => score * position) }];
  });
}

function coverageOf(
  questions: readonly Question[],
  outcomes: readonly QuotedOutcome[],
  nApart: number,
): number {
  if (outcomes.every(({ probability }) => Number.isNaN(probability))) return NaN;
  const kept = questions.slice(0, nApart).reduce((sum, { coverage }) => sum + coverage, 0);
  return Math.max(
    nApart === 0 ? 0 : kept / nApart,
    ...questions.slice(nApart).map(({ coverage }) => coverage),
  );
}

/** Sum of the questions' means, and the roots of the sums of their variances. */
function moments(
  questions: readonly Question[],
  renormalise: boolean,
): { readonly net: Float64Array; readonly spreads: Float64Array } {
  const net = new Float64Array(N), variance = new Float64Array(N);
  for (const { states, coverage } of questions) {
    const share = renormalise && coverage > 0 ? coverage : 1;
    const rest = states.reduce((left, { probability }) => left - probability / share, 1);
    for (let f = 0; f < N; ++f) {
      const mean = states.reduce(
        (sum, { probability, vector }) => sum + vector[f]! * probability / share,
        0,
      );
      net[f]! += mean;
      for (const { probability, vector } of states) {
        variance[f]! += probability / share * (vector[f]! - mean) ** 2;
      }
      // what has no vector counts as no push, as it does in the mean
      variance[f]! += Math.max(rest, 0) * mean ** 2;
    }
  }
  return { net, spreads: variance.map(Math.sqrt) };
}
