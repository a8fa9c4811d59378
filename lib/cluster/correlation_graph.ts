import type { PairMatrix } from "../core/pair_matrix.ts";

/** Weighted edges among items, sorted by (a, b). */
export interface Edges {
  /** The two items of each edge as indices, a < b. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Above zero. */
  readonly weight: Float64Array;
}

export interface GraphOptions {
  /** Least correlation that makes an edge, in (0, 1]. */
  readonly minRho: number;
  /** Topic of each item by its wording; −1 unknown. None by default. */
  readonly topics?: Int32Array;
  /** Added multiple of an edge within one topic; 0 by default, so that prices alone decide. */
  readonly boost?: number;
  /** Weight of an edge between items of one topic that have no edge by correlation; 0 for none. */
  readonly topicEdge?: number;
}

/**
 * The graph of items that move together, its edges made heavier within topics if asked.
 *
 * Feed correlations of held sides: a negative one makes no edge here. `boost` only multiplies what
 * prices gave, so wording alone joins nothing; a boost of 3 is the fourfold weight of the first
 * engine. `topicEdge` is the way to lean on wording in a quiet period, and says so in its name.
 *
 * NaN: an unknown pair makes no edge by correlation. Cost: O(n²).
 *
 * @throws {RangeError} If an option is out of range or there is not one topic an item.
 */
export function correlationGraph(rho: PairMatrix, options: GraphOptions): Edges {
  const { minRho, topics, boost = 0, topicEdge = 0 } = options;
  const n = rho.ids.length;
  if (!(minRho > 0 && minRho <= 1)) {
    throw new RangeError(`Cannot make a graph as minRho must be in (0, 1]: got ${minRho}`);
  }
  for (const [name, value] of Object.entries({ boost, topicEdge })) {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(
        `Cannot make a graph as ${name} must be finite and >= 0: got ${value}`,
      );
    }
  }
  if (topics !== undefined && topics.length !== n) {
    throw new RangeError(
      `Cannot make a graph as each of ${n} items must have one topic: got ${topics.length}`,
    );
  }
  const a: number[] = [], b: number[] = [], weight: number[] = [];
  for (let i = 0, at = 0; i < n; ++i) {
    for (let j = i + 1; j < n; ++j, ++at) {
      const isOneTopic = topics !== undefined && topics[i]! >= 0 && topics[i] === topics[j];
      const value = rho.values[at]!;
      const edge = value >= minRho
        ? value * (isOneTopic ? 1 + boost : 1)
        : isOneTopic
        ? topicEdge
        : 0;
      if (edge === 0) continue;
      a.push(i);
      b.push(j);
      weight.push(edge);
    }
  }
  return { a: Uint32Array.from(a), b: Uint32Array.from(b), weight: Float64Array.from(weight) };
}
