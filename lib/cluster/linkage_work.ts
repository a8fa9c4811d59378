import type { PairMatrix } from "../core/pair_matrix.ts";

/** State of an agglomeration under way: each cluster lives in the slot of one of its leaves. */
export interface LinkageWork {
  /** Distances between slots, condensed; Infinity between clusters without a known pair. */
  readonly distance: Float64Array;
  /** The pair (i, j), i < j, is at `offset[i] + j`. */
  readonly offset: Int32Array;
  /** Leaves of the cluster in each slot. */
  readonly size: Int32Array;
  /** Slots in use, ascending; only the first `nActive`. */
  readonly active: Int32Array;
  nActive: number;
}

/** Merges in the order found: slots `x` < `y` joined at `height` into slot `x`. */
export interface Merges {
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly height: Float64Array;
}

/** Room for the merges of `n` leaves. */
export function emptyMerges(n: number): Merges {
  return { x: new Int32Array(n - 1), y: new Int32Array(n - 1), height: new Float64Array(n - 1) };
}

/**
 * A working copy of the distances, unknown ones as Infinity.
 *
 * The copy stays condensed. A full square was slower at every size measured (300 to 5,000): filling
 * twice the pages and writing each distance twice cost more than its unbroken rows saved.
 *
 * @param options.squared Whether the copy holds squares, as Ward's rule wants.
 */
export function linkageWork(
  { ids, values }: PairMatrix,
  { squared }: { readonly squared: boolean },
): LinkageWork {
  const n = ids.length;
  const distance = new Float64Array(values.length);
  for (let at = 0; at < distance.length; ++at) {
    const d = values[at]!;
    distance[at] = d !== d ? Infinity : squared ? d * d : d;
  }
  return {
    distance,
    offset: Int32Array.from({ length: n }, (_, i) => i * (2 * n - i - 1) / 2 - i - 1),
    size: new Int32Array(n).fill(1),
    active: Int32Array.from({ length: n }, (_, i) => i),
    nActive: n,
  };
}

/** Copies a slot's values to every active slot into `row`, in the order of `active`. */
export function readRow(
  { offset, active, nActive }: LinkageWork,
  values: Float64Array,
  slot: number,
  row: Float64Array,
): void {
  let q = 0;
  for (; active[q]! < slot; ++q) row[q] = values[offset[active[q]!]! + slot]!;
  row[q] = Infinity;
  const start = offset[slot]!;
  for (++q; q < nActive; ++q) row[q] = values[start + active[q]!]!;
}

/** Copies the rows of two slots, x < y, in one walk: what they hold for a third lies close by. */
export function readRows(
  { offset, active, nActive }: LinkageWork,
  values: Float64Array,
  { x, y, rowX, rowY }: {
    readonly x: number;
    readonly y: number;
    readonly rowX: Float64Array;
    readonly rowY: Float64Array;
  },
): void {
  const startX = offset[x]!, startY = offset[y]!;
  let q = 0;
  for (; active[q]! < x; ++q) {
    const start = offset[active[q]!]!;
    rowX[q] = values[start + x]!;
    rowY[q] = values[start + y]!;
  }
  rowX[q] = rowY[q] = Infinity;
  for (++q; active[q]! < y; ++q) {
    const j = active[q]!;
    rowX[q] = values[startX + j]!;
    rowY[q] = values[offset[j]! + y]!;
  }
  rowX[q] = rowY[q] = Infinity;
  for (++q; q < nActive; ++q) {
    const j = active[q]!;
    rowX[q] = values[startX + j]!;
    rowY[q] = values[startY + j]!;
  }
}

/** Puts such a row back; what it holds for the slot itself is passed over. */
export function writeRow(
  { offset, active, nActive }: LinkageWork,
  values: Float64Array,
  slot: number,
  row: Float64Array,
): void {
  let q = 0;
  for (; active[q]! < slot; ++q) values[offset[active[q]!]! + slot] = row[q]!;
  const start = offset[slot]!;
  for (++q; q < nActive; ++q) values[start + active[q]!] = row[q]!;
}

/** Takes slot `x` out of use. */
export function retire(work: LinkageWork, x: number): void {
  const place = placeOf(work, x);
  work.active.copyWithin(place, place + 1, work.nActive);
  --work.nActive;
}

/** Where an active slot stands in `active`. */
export function placeOf({ active, nActive }: LinkageWork, slot: number): number {
  let low = 0, high = nActive;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (active[middle]! < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}
