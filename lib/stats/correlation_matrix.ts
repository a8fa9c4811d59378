import type { PairMatrix } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";
import { correlateRows, type CorrelationOptions, pairRows } from "./correlate_rows.ts";
import { seriesOrder } from "./series_order.ts";

/** Correlation of every pair of markets with what it rests on. */
export interface CorrelationMatrix {
  /** Correlations in [−1, 1]; NaN below `minOverlap` or where one of the two does not vary. */
  readonly rho: PairMatrix;
  /** Days on which both were observed, laid out as `rho.values` and counted for every pair. */
  readonly overlap: Uint16Array;
  /** Common days on which at least one of the two is exactly zero. */
  readonly zeroDays: Uint16Array;
}

/**
 * Correlation of every pair of markets over its own common days, as a condensed matrix.
 *
 * Markets open and settle at different times, so there is no common sample. Ranks are taken anew
 * within each pair's common days. The matrix is symmetric but need not be positive semi-definite.
 *
 * Shape: days × markets → n(n − 1)/2 pairs. Units: any in, none out; feed moves, not prices.
 * NaN: an unobserved value, skipped pair by pair; a correlation below `minOverlap` or of a series
 * that does not vary. Cost: O(pairs · common days), 12 bytes a pair.
 * Source: pandas' `DataFrame.corr` gives the same numbers.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { panel } from "lib/core/panel.ts";
 * import { correlationMatrix } from "lib/stats/correlation_matrix.ts";
 *
 * const moves = panel(
 *   Int32Array.of(0, 1, 2, 3),
 *   ["a", "b"],
 *   Float64Array.of(1, 2, NaN, 5, 2, 3, 7, 9),
 * );
 * const { rho, overlap } = correlationMatrix(moves, { kind: "spearman", minOverlap: 3 });
 * assert.deepEqual([overlap[0], rho.values[0]], [3, 1]);
 * ```
 *
 * @throws {RangeError} If `minOverlap` is below 3 or the panel has more than 65,535 days.
 */
export function correlationMatrix(moves: Panel, options: CorrelationOptions): CorrelationMatrix {
  const rows = { from: 0, to: moves.markets.length };
  const out = pairRows(moves.markets.length, rows);
  correlateRows(seriesOrder(moves), { ...options, ...rows }, out);
  const { rho, overlap, zeroDays } = out;
  return { rho: { ids: moves.markets, values: rho }, overlap, zeroDays };
}
