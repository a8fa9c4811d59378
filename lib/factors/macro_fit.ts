/** How well macro factors explain one contract, beside what its moves give without their dates or signs. */
export interface MacroFit {
  readonly marketId: string;
  /** Moves that were fitted. */
  readonly n: number;
  /** Penalty on standardised factors: n times that of the grid with the least error, or fixed. */
  readonly alpha: number;
  /** Effective degrees of freedom of the fit without the mean: the trace of the hat matrix. */
  readonly df: number;
  /** Share of the variance explained within the sample. */
  readonly r2: number;
  /**
   * 1 − (1 − r2)(n − 1)/(n − df − 1); NaN, not estimable, where n ≤ k + 1. With df in the place of k
   * a strongly shrunk fit is not charged for factors that it hardly uses.
   */
  readonly r2Adjusted: number;
  /**
   * 1 − Σ(y − ŷ)² / Σ(y − running mean)² over the folds after the first, each predicted from the moves
   * before it with a penalty chosen on earlier folds (Campbell & Thompson 2008); NaN with too few. The
   * running mean, too, is that of the moves before the fold.
   */
  readonly r2Oos: number;
  /** Mean R² within the sample of the contract's shifted moves, each with its own penalty. */
  readonly nullR2: number;
  /** The same R² of each shift, for the pooled null. */
  readonly nullR2Draws: Float64Array;
  /** Share of its shifts with a lower R² within the sample, ties counted half. */
  readonly nullPercentile: number;
  /** Out-of-sample R² of each shift that was tried, for the pooled null. */
  readonly nullR2Oos: Float64Array;
  /**
   * Mean R² within the sample of the contract's moves with random signs, each with its own penalty. It
   * is the stricter null where moves and factors are large on the same days.
   */
  readonly signR2: number;
  /** The same of each draw of signs; draw d has the same signs for all contracts. Empty if not estimable. */
  readonly signR2Draws: Float64Array;
  /** Share of the draws with a lower R² within the sample, ties counted half. */
  readonly signPercentile: number;
  /** Out-of-sample R² of the first draws. */
  readonly signR2Oos: Float64Array;
  /** Correlation of neighbouring residuals. */
  readonly residualAutocorrelation: number;
  /** K loadings: move of the contract for a move of one standard deviation of the factor. */
  readonly beta: Float64Array;
  /** n moves as predicted out of sample; NaN in the first fold, which nothing predicts. */
  readonly predicted: Float64Array;
}
