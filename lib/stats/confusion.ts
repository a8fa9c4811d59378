/** How often each true class was given each name. */
export interface Confusion {
  /** Classes of either list, sorted. */
  readonly classes: readonly string[];
  /** Items by true class (row) and given class (column), row by row. */
  readonly counts: Float64Array;
  readonly nItems: number;
}

/** How well one class is found. */
export interface ClassScore {
  readonly name: string;
  readonly nTrue: number;
  readonly nGiven: number;
  /** Share right of those given the name; NaN where none was. */
  readonly precision: number;
  /** Share found of those that are of the class; NaN where none is. */
  readonly recall: number;
  /** Harmonic mean of both; 0 where none is right. */
  readonly f1: number;
}

/** How well all classes are found. */
export interface ConfusionScores {
  readonly accuracy: number;
  /** Mean F1 over the classes, each counted once however rare. */
  readonly macroF1: number;
  /** In the order of the classes. */
  readonly classes: readonly ClassScore[];
}

/** One way of being wrong. */
export interface ConfusedPair {
  readonly trueClass: string;
  readonly givenClass: string;
  readonly nItems: number;
  /** Of the items of the true class. */
  readonly share: number;
}

/**
 * Counts the items by their true and their given class.
 *
 * Cost: O(n + classes²).
 *
 * @throws {RangeError} If the lists have different lengths.
 *
 * @example Two of three are right
 * ```ts
 * import assert from "node:assert/strict";
 * import { confusion, confusionScores } from "lib/stats/confusion.ts";
 * const found = confusion(["cat", "cat", "dog"], ["cat", "dog", "dog"]);
 * assert.deepEqual([...found.counts], [1, 1, 0, 1]);
 * assert.equal(confusionScores(found).accuracy, 2 / 3);
 * ```
 */
export function confusion(truth: readonly string[], given: readonly string[]): Confusion {
  if (truth.length !== given.length) {
    throw new RangeError(
      `Cannot compare classes as both must cover the same items: got ${truth.length} and ${given.length}`,
    );
  }
  const classes = [...new Set([...truth, ...given])].sort();
  const at = new Map(classes.map((name, index) => [name, index]));
  const counts = new Float64Array(classes.length ** 2);
  truth.forEach((name, i) => {
    const cell = at.get(name)! * classes.length + at.get(given[i]!)!;
    counts[cell] = counts[cell]! + 1;
  });
  return { classes, counts, nItems: truth.length };
}

/**
 * Accuracy, and precision, recall and F1 of every class.
 *
 * NaN: accuracy and macro-F1 of no item.
 * Source: as sklearn's `precision_recall_fscore_support`, with NaN where that divides by zero.
 */
export function confusionScores({ classes, counts, nItems }: Confusion): ConfusionScores {
  const size = classes.length;
  const scores = classes.map((name, index): ClassScore => {
    const right = counts[index * size + index]!;
    let nTrue = 0, nGiven = 0;
    for (let other = 0; other < size; ++other) {
      nTrue += counts[index * size + other]!;
      nGiven += counts[other * size + index]!;
    }
    const precision = right / nGiven, recall = right / nTrue;
    return { name, nTrue, nGiven, precision, recall, f1: 2 * right / (nTrue + nGiven) };
  });
  const right = classes.reduce((sum, _, index) => sum + counts[index * size + index]!, 0);
  const macroF1 = scores.reduce((sum, { f1 }) => sum + f1, 0) / size;
  return { accuracy: right / nItems, macroF1, classes: scores };
}

/** The ways of being wrong, most items first, then by names; at most `limit`. */
export function confusedPairs(
  { classes, counts }: Confusion,
  { limit }: { readonly limit: number },
): ConfusedPair[] {
  const size = classes.length;
  return classes.flatMap((trueClass, row) => {
    const own = counts.subarray(row * size, (row + 1) * size);
    const nTrue = own.reduce((sum, count) => sum + count, 0);
    return classes.map((givenClass, column) => ({
      ...{ trueClass, givenClass, nItems: own[column]!, share: own[column]! / nTrue },
    }));
  }).filter((pair) => pair.trueClass !== pair.givenClass && pair.nItems > 0)
    // the classes are sorted and the sort is stable, so equal counts stay by names
    .sort((a, b) => b.nItems - a.nItems).slice(0, limit);
}
