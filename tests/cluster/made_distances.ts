import fc from "fast-check";
import { pairCount, type PairMatrix, pairMatrix } from "lib/core/pair_matrix.ts";

/** A matrix over items named 0, 1, …; null means unknown. */
export function distancesOf(values: Iterable<number | null>): PairMatrix {
  const list = Float64Array.from(values, (d) => d ?? NaN);
  const n = Math.round((1 + Math.sqrt(1 + 8 * list.length)) / 2);
  return pairMatrix(Array.from({ length: n }, (_, i) => `${i}`), list);
}

/** Random distances among `min` to `max` items: any, whole (so with ties), or unknown. */
export function anyDistances(
  { min, max, kinds }: {
    readonly min: number;
    readonly max: number;
    readonly kinds: readonly ("any" | "tied" | "unknown")[];
  },
): fc.Arbitrary<PairMatrix> {
  const cells = {
    any: fc.double({ min: 0.001, max: 2, noNaN: true }),
    tied: fc.integer({ min: 0, max: 3 }),
    unknown: fc.constant(NaN),
  };
  const cell = fc.oneof(...kinds.map((kind) => cells[kind]));
  return fc.integer({ min, max }).chain((n) =>
    fc.array(cell, { minLength: pairCount(n), maxLength: pairCount(n) }).map(distancesOf)
  );
}
