import type { PairMatrix } from "../core/pair_matrix.ts";

/**
 * Product of a symmetric matrix of zero diagonal with a vector, each stored pair read once.
 *
 * Shape: n(n − 1)/2 values, n → n. NaN: propagates. Cost: O(n²).
 *
 * @param values The upper triangle as in `PairMatrix`.
 * @param out Takes the product; must not be `x`.
 */
export function pairProduct(values: Float64Array, x: Float64Array, out: Float64Array): void {
  const n = x.length;
  out.fill(0);
  for (let i = 0, at = 0; i < n; ++i) {
    const own = x[i]!;
    let sum = out[i]!;
    for (let j = i + 1; j < n; ++j, ++at) {
      const value = values[at]!;
      sum += value * x[j]!;
      out[j]! += value * own;
    }
    out[i] = sum;
  }
}

/**
 * Refuses a matrix with unknown pairs.
 *
 * @param verb What cannot be done with it, such as "place items".
 * @throws {RangeError} If a pair is NaN or infinite, with the number of such pairs.
 */
export function requireKnownPairs({ values }: PairMatrix, verb: string): void {
  let nUnknown = 0;
  for (const value of values) if (!Number.isFinite(value)) ++nUnknown;
  if (nUnknown > 0) {
    throw new RangeError(
      `Cannot ${verb} as every pair must be known: got ${nUnknown} of ${values.length} unknown`,
    );
  }
}
