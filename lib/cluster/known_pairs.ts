import { pairIndex, type PairMatrix } from "../core/pair_matrix.ts";

/** Items among which every pair is known, and those that had to go. */
export interface KnownPairs {
  /** Indices of the kept items, ascending. */
  readonly kept: Int32Array;
  /** Items that were left out, with how many pairs they lacked when they went. */
  readonly dropped: readonly { readonly item: number; readonly nUnknown: number }[];
}

/**
 * The items that remain after those with the most unknown pairs are left out, one by one, until every
 * pair is known.
 *
 * Methods that need coordinates or a graph's spectrum cannot take an unknown pair, and a zero in its
 * place would be an answer that nobody measured.
 *
 * NaN: an unknown pair. Equal counts: the later item goes. Cost: O(n²).
 */
export function knownPairs(matrix: PairMatrix): KnownPairs {
  const n = matrix.ids.length;
  const unknown = new Int32Array(n);
  for (let i = 0; i < n; ++i) {
    for (let j = i + 1, at = pairIndex(n, i, i + 1); j < n; ++j, ++at) {
      if (matrix.values[at] === matrix.values[at]) continue;
      unknown[i] = unknown[i]! + 1;
      unknown[j] = unknown[j]! + 1;
    }
  }
  const isGone = new Uint8Array(n);
  const dropped: { item: number; nUnknown: number }[] = [];
  for (;;) {
    let worst = -1;
    for (let i = 0; i < n; ++i) {
      if (isGone[i] === 0 && unknown[i]! > 0 && (worst < 0 || unknown[i]! >= unknown[worst]!)) {
        worst = i;
      }
    }
    if (worst < 0) break;
    isGone[worst] = 1;
    dropped.push({ item: worst, nUnknown: unknown[worst]! });
    for (let j = 0; j < n; ++j) {
      if (j === worst || isGone[j] === 1) continue;
      const at = worst < j ? pairIndex(n, worst, j) : pairIndex(n, j, worst);
      if (matrix.values[at] !== matrix.values[at]) unknown[j] = unknown[j]! - 1;
    }
  }
  const kept = Int32Array.from(unknown.keys()).filter((i) => isGone[i] === 0);
  return { kept, dropped };
}
