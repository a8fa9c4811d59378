/** How well macro factors explain one contract, beside what its own turned moves give. */
export interface MacroFit {
  readonly marketId: string;
  /** Moves that were fitted. */
  readonly n: number;
  /** Penalty on standardised factors: that of the grid times n, or a fixed one. */
  readonly alpha: number;
  /** Effective degrees of freedom of the fit without the mean: the trace of the hat matrix. */
  readonly df: number;
  /** Share of the variance explained within the sample. */
  readonly r2: number;
  /** 1 − (1 − r2)(n − 1)/(n − df − 1); NaN, not estimable, where n ≤ k + 1. */
  readonly r2Adjusted: number;
  /**
   * 1 − Σ(y − ŷ)² / Σ(y − running mean)² over the folds after the first, each predicted from the moves
   * before it with a penalty chosen on earlier folds (Campbell & Thompson 2008); NaN with too few.
   */
  readonly r2Oos: number;
  /** Mean R² within the sample of the contract's circularly shifted moves. */
  readonly nullR2: number;
  /** Share of its shifts with a lower R² within the sample, ties counted half. */
  readonly nullPercentile: number;
  /** Out-of-sample R² of each shift that was tried, for the pooled null. */
  readonly nullR2Oos: Float64Array;
  /** Correlation of neighbouring residuals. */
  readonly residualAutocorrelation: number;
  /** K loadings: move of the contract for a move of one standard deviation of the factor. */
  readonly beta: Float64Array;
}
