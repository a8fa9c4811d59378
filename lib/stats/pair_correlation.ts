import type { Panel } from "../core/panel.ts";
import {
  correlateRows,
  type CorrelationOptions,
  type PairRows,
  pairRows,
  type RowRange,
} from "./correlate_rows.ts";
import type { CorrelationMatrix } from "./correlation_matrix.ts";
import { seriesOrder } from "./series_order.ts";

/** Correlations of the pairs of markets that have enough common days, sorted by (a, b). */
export interface PairCorrelation {
  /** Ids of all markets; `a` and `b` are indices into it. */
  readonly markets: readonly string[];
  /** First and second market of each pair, a < b. */
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Correlation in [−1, 1]; NaN where one of the two did not vary on the common days. */
  readonly rho: Float64Array;
  /** Days on which both were observed. */
  readonly overlap: Uint32Array;
  /** Share of the common days on which at least one of the two is exactly zero. */
  readonly zeroShare: Float64Array;
}

/** What is correlated and which pairs are kept; all rows by default. */
export type PairOptions = CorrelationOptions & Partial<RowRange>;

/**
 * Correlation of every pair of markets over its own common days, as a list.
 *
 * The numbers are those of {@linkcode correlationMatrix}; pairs below `minOverlap` are left out,
 * never given as zero.
 *
 * Shape: days × markets → one entry a kept pair. Units: any in, none out; feed moves, not prices.
 * NaN: an unobserved value, skipped pair by pair; a series that does not vary gives NaN.
 * Cost: O(pairs · common days).
 *
 * @throws {RangeError} If `minOverlap` is below 3, the range of rows is not within the markets or
 * the panel has more than 65,535 days.
 */
export function pairCorrelation(moves: Panel, options: PairOptions): PairCorrelation {
  const { kind, minOverlap, from = 0, to = moves.markets.length } = options;
  const rows = pairRows(moves.markets.length, { from, to });
  correlateRows(seriesOrder(moves), { kind, minOverlap, from, to }, rows);
  return kept(moves.markets, rows, { minOverlap, from, to });
}

/**
 * The pairs of a correlation matrix that have enough common days, as a list.
 *
 * Shape: n(n − 1)/2 pairs → one entry a kept pair. Cost: O(pairs).
 *
 * @param options.minOverlap At least the one the matrix was made with, or the pairs between the two
 * have no correlation.
 */
export function keptPairs(
  { rho, overlap, zeroDays }: CorrelationMatrix,
  { minOverlap }: { readonly minOverlap: number },
): PairCorrelation {
  const rows = { rho: rho.values, overlap, zeroDays };
  return kept(rho.ids, rows, { minOverlap, from: 0, to: rho.ids.length });
}

function kept(
  markets: readonly string[],
  { rho, overlap, zeroDays }: PairRows,
  { minOverlap, from, to }: RowRange & { readonly minOverlap: number },
): PairCorrelation {
  let nKept = 0;
  for (const days of overlap) if (days >= minOverlap) ++nKept;
  const pairs = {
    markets,
    a: new Uint32Array(nKept),
    b: new Uint32Array(nKept),
    rho: new Float64Array(nKept),
    overlap: new Uint32Array(nKept),
    zeroShare: new Float64Array(nKept),
  };
  for (let a = from, at = 0, k = 0; a < to; ++a) {
    for (let b = a + 1; b < markets.length; ++b, ++at) {
      const days = overlap[at]!;
      if (days < minOverlap) continue;
      pairs.a[k] = a;
      pairs.b[k] = b;
      pairs.rho[k] = rho[at]!;
      pairs.overlap[k] = days;
      pairs.zeroShare[k++] = zeroDays[at]! / days;
    }
  }
  return pairs;
}
