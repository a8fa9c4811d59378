import type { PairMatrix } from "../core/pair_matrix.ts";
import type { Panel } from "../core/panel.ts";
import { correlateRows, type CorrelationOptions, pairRows } from "./correlate_rows.ts";
import { seriesOrder } from "./series_order.ts";

/** Correlation of every pair of markets over its days of large moves. */
export interface TailCorrelation {
  /** Correlations in [−1, 1]; NaN below `minDays` or where one of the two does not vary. */
  readonly rho: PairMatrix;
  /** Days of large moves of the pair, laid out as `rho.values` and counted for every pair. */
  readonly days: Uint16Array;
}

/** What is a large move, how many days of them a pair needs, and what is correlated. */
export interface TailOptions {
  /** A day counts if the move of at least one of the two is beyond this size, such as 0.05. */
  readonly minMove: number;
  /** Fewest such days. */
  readonly minDays: number;
  /** `spearman` correlates ranks within these days (ties averaged), `pearson` the values. */
  readonly kind: CorrelationOptions["kind"];
}

/**
 * Correlation of every pair of markets over those common days on which at least one of the two made
 * a large move.
 *
 * Choosing days by the size of the moves changes a correlation by itself: two markets with the same
 * link on all days show another figure on the chosen ones, and even independent ones may, since a
 * large move of one is mostly a small one of the other. So it says nothing about panics when read
 * alone; read it only beside the same figure of circularly shifted moves.
 *
 * Shape: days × markets → n(n − 1)/2 pairs. Units: points in, none out.
 * NaN: an unobserved move, skipped pair by pair; a correlation below `minDays` or of a series that
 * does not vary. Cost: O(pairs · common days).
 * Source: Longin & Solnik, "Extreme correlation of international equity markets", 2001.
 *
 * @param points One-day point changes.
 * @throws {RangeError} If `minMove` is negative or not finite, `minDays` is below 3 or the panel has
 * more than 65,535 days.
 */
export function tailCorrelation(
  points: Panel,
  { minMove, minDays, kind }: TailOptions,
): TailCorrelation {
  if (!(minMove >= 0 && minMove < Infinity)) {
    throw new RangeError(
      `Cannot correlate large moves as minMove must be >= 0 and finite: got ${minMove}`,
    );
  }
  if (!(Number.isInteger(minDays) && minDays >= 3)) {
    throw new RangeError(
      `Cannot correlate large moves as minDays must be a whole number >= 3: got ${minDays}`,
    );
  }
  const rows = { from: 0, to: points.markets.length };
  const out = pairRows(points.markets.length, rows);
  correlateRows(seriesOrder(points, { minMove }), { kind, minOverlap: minDays, ...rows }, out);
  return { rho: { ids: points.markets, values: out.rho }, days: out.overlap };
}
