import type { BenchmarkKind } from "../core/data_set.ts";

/** A macro series as a column of a {@link FactorPanel}. */
export interface Factor {
  readonly symbol: string;
  /** Name for a reader. */
  readonly name: string;
  /** Group of `config/factors.yaml`, such as `rates`. */
  readonly group: string;
  readonly kind: BenchmarkKind;
}

/**
 * Moves of macro series between the sessions that all of them share.
 *
 * Interval `s` runs from the end of `fromDay[s]` to the end of `day[s]`, UTC; over a weekend or a
 * holiday of any of the exchanges it spans several days, and moves compound over them.
 */
export interface FactorPanel {
  /** K factors, in the order of their set. */
  readonly factors: readonly Factor[];
  /** UTC day that each of the S intervals begins at the end of. */
  readonly fromDay: Int32Array;
  /** UTC day that it ends at the end of, increasing. */
  readonly day: Int32Array;
  /** S × K by rows, every number known: returns (shares) of prices, differences of the others. */
  readonly moves: Float64Array;
}
