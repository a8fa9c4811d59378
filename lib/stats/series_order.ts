import type { Panel } from "../core/panel.ts";

/** One market's moves laid out for pairwise work. */
export interface SeriesOrder {
  /** The market's column, one value a day, NaN where not observed. */
  readonly values: Float64Array;
  /** Rows of the observed days in ascending order of value, then of day. */
  readonly order: Int32Array;
  /** First and last observed row; first > last where nothing was observed. */
  readonly first: number;
  readonly last: number;
}

/**
 * Every market's column with its rows sorted by value, once for all pairs.
 *
 * Shape: days × markets → one entry a market. Cost: O(cells · log days).
 */
export function seriesOrders({ days, markets, values }: Panel): SeriesOrder[] {
  const n = markets.length;
  return markets.map((_, j) => {
    const column = new Float64Array(days.length);
    const observed: number[] = [];
    for (let i = 0; i < days.length; ++i) {
      column[i] = values[i * n + j]!;
      if (column[i]! === column[i]!) observed.push(i);
    }
    const order = Int32Array.from(observed).sort((a, b) => column[a]! - column[b]! || a - b);
    return {
      values: column,
      order,
      first: observed[0] ?? days.length,
      last: observed.at(-1) ?? -1,
    };
  });
}

/** Refuses an overlap with which no correlation can be judged. */
export function requireMinOverlap(minOverlap: number): void {
  if (!(Number.isInteger(minOverlap) && minOverlap >= 3)) {
    throw new RangeError(
      `Cannot correlate markets as minOverlap must be a whole number >= 3: got ${minOverlap}`,
    );
  }
}
