/** Moves of one contract over the intervals of a factor panel at whose both ends it was observed. */
export interface SessionMoves {
  readonly marketId: string;
  /** Index of the market in its data set. */
  readonly market: number;
  /** Interval of the panel per move, increasing. */
  readonly session: Int32Array;
  /** Move per interval, in points or log-odds, all known. */
  readonly move: Float64Array;
}
