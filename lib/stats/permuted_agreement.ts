import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import { type Random, shuffled } from "../core/random.ts";

/** An agreement of two groupings beside what random orders of the second give. */
export interface AgreementEvidence {
  readonly value: number;
  /** 5 of 100 random orders stay below it. */
  readonly nullP05: number;
  readonly nullMedian: number;
  /** 95 of 100 random orders stay below it. */
  readonly nullP95: number;
  /** Share of the random orders below the value, ties counted half. */
  readonly percentile: number;
  /** Share of the orders that reach the value, the order as it is counted with them. */
  readonly pValue: number;
}

/** Gives the agreement of two groupings, higher for more; a negative label is in no group. */
export type AgreementMeasure = (a: ArrayLike<number>, b: ArrayLike<number>) => number;

/**
 * Agreements of two groupings, each against random orders of the second among the items that both
 * place.
 *
 * A random order keeps the sizes of all groups and breaks the tie between the two, so it shows what
 * sizes alone give. Every measure meets the same orders. The items must be exchangeable: with
 * several items an event the orders would be more varied than the truth, and everything significant.
 *
 * NaN: all, where no item is placed by both. Cost: O(permutations) times the measures.
 * Source: Phipson & Smyth 2010, for counting the order as it is.
 *
 * @param a A group for each item, negative for none; `b` likewise.
 * @param measures Each gets only the items that both place.
 * @param options.permutations Random orders.
 * @returns One entry a measure.
 * @throws {RangeError} If the two have different lengths or `permutations` is not a whole number >= 1.
 */
export function permutedAgreement(
  [a, b]: readonly [ArrayLike<number>, ArrayLike<number>],
  measures: readonly AgreementMeasure[],
  { permutations, random }: { readonly permutations: number; readonly random: Random },
): AgreementEvidence[] {
  if (a.length !== b.length) {
    throw new RangeError(
      `Cannot compare labels as both must cover the same items: got ${a.length} and ${b.length}`,
    );
  }
  if (!(Number.isInteger(permutations) && permutations >= 1)) {
    throw new RangeError(
      `Cannot compare labels as permutations must be a whole number >= 1: got ${permutations}`,
    );
  }
  const placed = Array.from(a, (_, i) => i).filter((i) => a[i]! >= 0 && b[i]! >= 0);
  const first = placed.map((i) => a[i]!), second = placed.map((i) => b[i]!);
  const draws = measures.map(() => new Float64Array(placed.length === 0 ? 0 : permutations));
  for (let draw = 0; placed.length > 0 && draw < permutations; ++draw) {
    const order = shuffled(second, random);
    measures.forEach((measure, m) => draws[m]![draw] = measure(first, order));
  }
  return measures.map((measure, m) => evidenceOf(measure(first, second), draws[m]!));
}

function evidenceOf(value: number, draws: Float64Array): AgreementEvidence {
  const [nullP05, nullMedian, nullP95] = nullQuantiles(draws, [0.05, 0.5, 0.95]) as [
    ...[number, number, number],
  ];
  // sums of the same terms in another order may differ in the last digits
  const reached = draws.filter((draw) => draw >= value - 1e-12).length;
  const pValue = draws.length === 0 ? NaN : (1 + reached) / (1 + draws.length);
  return {
    ...{ value, nullP05, nullMedian, nullP95 },
    ...{ percentile: nullPercentile(value, draws), pValue },
  };
}
