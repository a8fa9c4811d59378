/** How the weights of a basket are chosen, as checkpoints and charts name it. */
export interface Weighting {
  readonly key: WeightingKey;
  /** Name for a reader. */
  readonly name: string;
}

/** Keys of the weightings. */
export type WeightingKey = typeof WEIGHTINGS[number]["key"];

/** Every weighting, in the order in which they are compared. */
export const WEIGHTINGS = [
  { key: "equal", name: "Equal" },
  { key: "volume", name: "Volume" },
  { key: "inverse_volatility", name: "Inverse volatility" },
  { key: "equal_risk", name: "Equal risk" },
  { key: "minimum_variance", name: "Minimum variance" },
  { key: "maximum_diversification", name: "Maximum diversification" },
  { key: "hierarchical_risk_parity", name: "Hierarchical risk parity" },
] as const satisfies readonly (Omit<Weighting, "key"> & { key: string })[];

/** What is known of the contracts of one basket when their weights are chosen. */
export interface WeightingInput {
  /** Market ids, sorted; ties are broken by this order. */
  readonly ids: readonly string[];
  /** Daily standard deviation of each held side's simple return, floored, > 0. */
  readonly volatility: Float64Array;
  /** n × n covariance of the held sides' daily simple returns, row-major, positive definite. */
  readonly covariance: Float64Array;
  /** Dollars traded up to the decision; NaN unknown. */
  readonly volumeUsd: Float64Array;
}
