/**
 * One number for each pair of items, the upper triangle row by row: pairs (0,1), (0,2), …, (1,2), …
 * as scipy's `pdist` lays them out. NaN means unknown. The diagonal is not stored: it is 1 for a
 * correlation and 0 for a distance.
 */
export interface PairMatrix {
  /** Names of the items, in order. */
  readonly ids: readonly string[];
  /** n(n − 1)/2 values. */
  readonly values: Float64Array;
}

/** Number of pairs among `n` items. */
export function pairCount(n: number): number {
  return n * (n - 1) / 2;
}

/**
 * Place of the pair (i, j), i < j < n, within a condensed matrix of `n` items.
 *
 * Neighbours (i, j) and (i, j + 1) are neighbours in memory, so an inner loop counts upwards from
 * `pairIndex(n, i, i + 1)`.
 */
export function pairIndex(n: number, i: number, j: number): number {
  return i * (2 * n - i - 1) / 2 + j - i - 1;
}

/** The value of the pair (i, j) in either order, i ≠ j. */
export function pairAt({ ids, values }: PairMatrix, i: number, j: number): number {
  return values[i < j ? pairIndex(ids.length, i, j) : pairIndex(ids.length, j, i)]!;
}

/**
 * Makes a condensed matrix, checking that its labels fit its values.
 *
 * @param values n(n − 1)/2 values; all unknown by default.
 * @throws {RangeError} If the sizes do not agree.
 */
export function pairMatrix(
  ids: readonly string[],
  values: Float64Array = new Float64Array(pairCount(ids.length)).fill(NaN),
): PairMatrix {
  if (values.length !== pairCount(ids.length)) {
    throw new RangeError(
      `Cannot make a pair matrix as ${ids.length} items must give ${
        pairCount(ids.length)
      } pairs: got ${values.length}`,
    );
  }
  return { ids, values };
}

/**
 * The matrix of the chosen items, in the order chosen.
 *
 * Cost: O(m²) for m chosen items.
 *
 * @param select Indices of the wanted items, each at most once.
 */
export function selectPairs(matrix: PairMatrix, select: ArrayLike<number>): PairMatrix {
  const m = select.length;
  const values = new Float64Array(pairCount(m));
  let at = 0;
  for (let a = 0; a < m; ++a) {
    for (let b = a + 1; b < m; ++b) values[at++] = pairAt(matrix, select[a]!, select[b]!);
  }
  return { ids: Array.from(select, (i) => matrix.ids[i]!), values };
}
