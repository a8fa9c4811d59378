import { EXPOSURE_FACTORS } from "./exposure_factors.ts";
import {
  areExclusive,
  intervalPosition,
  levelPositions,
  strikeValue,
  strikeValues,
  survivalBuckets,
} from "./ladder_buckets.ts";
import type { OutcomeExposure } from "./outcome_exposures.ts";

/** An outcome on one day. */
export interface QuotedOutcome {
  readonly row: OutcomeExposure;
  /** Probability of the outcome, NaN where it has no quote on the day. */
  readonly probability: number;
}

/** What a repetition of an event holds on one day. */
export interface RepetitionExposure {
  /** Sum of probability × vector, eight values. */
  readonly net: Float64Array;
  /** Sum of the probabilities that a vector speaks for; above 1 where quotes add up to more. */
  readonly coverage: number;
  /** Whether the quotes of nested strikes fall from near to far. */
  readonly isMonotone: boolean;
}

const N = EXPOSURE_FACTORS.length;

/**
 * The probability-weighted sum of vectors over the outcomes of one repetition on one day.
 *
 * Outcomes are taken as they are quoted and are not scaled to a sum of 1: what is missing may be an
 * outcome that nobody listed. Strikes of a ladder become intervals first, see `survivalBuckets`, over all
 * outcomes given, with or without a quote.
 *
 * @param outcomes Outcomes known on the day, at most one a ticker.
 * @param options.isAlone Whether the outcome is a question of its own, so that its absence counts as
 *   covered, without effect.
 */
export function repetitionExposure(
  outcomes: readonly QuotedOutcome[],
  { isAlone }: { readonly isAlone: boolean },
): RepetitionExposure {
  const net = new Float64Array(N);
  const of = (counts: string) => outcomes.filter(({ row }) => row.counts === counts);
  let single = 0;
  for (const { row, probability } of [...of("outcome"), ...of("opposite")]) {
    if (row.vector === null || Number.isNaN(probability)) continue;
    const isTwoSided = row.counts === "opposite";
    add(net, row.vector, isTwoSided ? 2 * probability - 1 : probability);
    single = isTwoSided || isAlone ? 1 : single + probability;
  }
  const level = of("level");
  const isExclusive = areExclusive(level.map(({ row }) => row.strike!));
  // buckets exclude the outcomes beside them, such as "no change"; strikes are a number of their own
  if (isExclusive) single += bucketExposure(level, net);
  const ladders = [
    ...(isExclusive ? [] : [levelExposure(level, net)]),
    ...touchExposures(of("touch"), net),
  ];
  return {
    net,
    coverage: Math.max(single, ...ladders.map(({ coverage }) => coverage)),
    isMonotone: ladders.every(({ isMonotone }) => isMonotone),
  };
}

interface Covered {
  readonly coverage: number;
  readonly isMonotone: boolean;
}

/** Adds the exposure of nested strikes of a level; those on either side are one chain. */
function levelExposure(outcomes: readonly QuotedOutcome[], net: Float64Array): Covered {
  return chainExposure(outcomes, net, {
    values: strikeValues(outcomes.map(({ row }) => row.strike!)),
    position: intervalPosition,
  });
}

/** Adds the exposure of buckets that exclude each other, and gives what they cover. */
function bucketExposure(outcomes: readonly QuotedOutcome[], net: Float64Array): number {
  const positions = levelPositions(outcomes.map(({ row }) => row.strike!));
  let coverage = 0;
  outcomes.forEach(({ row, probability }, i) => {
    if (Number.isNaN(probability)) return;
    const isRanked = row.direction !== null && !Number.isNaN(positions[i]!);
    if (isRanked) add(net, row.direction, probability * positions[i]!);
    else if (row.direction === null && row.vector !== null) add(net, row.vector, probability);
    else return;
    coverage += probability;
  });
  return coverage;
}

function touchExposures(outcomes: readonly QuotedOutcome[], net: Float64Array): Covered[] {
  return ([["above", 1], ["below", -1]] as const).map(([side, sign]) => {
    const chain = outcomes.filter(({ row }) => row.strike!.side === side);
    const values = strikeValues(chain.map(({ row }) => row.strike!));
    return chainExposure(chain, net, {
      values: sign > 0 ? values : values.reverse(),
      position: (interval, n) => sign * interval / n,
      isTouch: true,
    });
  });
}

/** Adds the exposure of nested strikes, given from near to far. */
function chainExposure(
  outcomes: readonly QuotedOutcome[],
  net: Float64Array,
  { values, position, isTouch = false }: {
    readonly values: readonly number[];
    readonly position: (interval: number, nStrikes: number) => number;
    readonly isTouch?: boolean;
  },
): Covered {
  const n = values.length;
  const sum = new Float64Array(n), count = new Uint32Array(n);
  for (const { row, probability } of outcomes) {
    if (Number.isNaN(probability)) continue;
    const k = values.indexOf(strikeValue(row.strike!));
    // of a level, "below 90k" is what is not above it; a touch from above is an event of its own
    sum[k]! += row.strike!.side === "below" && !isTouch ? 1 - probability : probability;
    ++count[k]!;
  }
  // venues may list a strike twice: the mean of its quotes, NaN where there is none
  const survival = sum.map((total, k) => total / count[k]!);
  const { buckets, isMonotone } = survivalBuckets(survival, (interval) => position(interval, n));
  const direction = outcomes.find(({ row }) => row.direction !== null)?.row.direction ?? null;
  let coverage = 0;
  for (const { probability, position, lower, upper } of buckets) {
    const given = givenVector(outcomes, values[lower], isTouch ? null : "above") ??
      (isTouch ? null : givenVector(outcomes, values[upper], "below"));
    if (given !== null) add(net, given, probability);
    else if (direction !== null) add(net, direction, probability * position);
    else if (!(isTouch && lower < 0)) continue;
    coverage += probability;
  }
  return { coverage, isMonotone };
}

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

function add(net: Float64Array, vector: readonly number[], weight: number): void {
  for (let f = 0; f < N; ++f) net[f]! += vector[f]! * weight;
}
