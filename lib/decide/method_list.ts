import type { WeightingKey } from "../baskets/weighting.ts";
import type { GroupingKey } from "./grouping.ts";

/** A way of making baskets: what groups the contracts and what weighs them. */
export interface BasketMethod {
  /** Name in checkpoints. */
  readonly key: MethodKey;
  /** Name for a reader. */
  readonly name: string;
  readonly grouping: GroupingKey;
  readonly weighting: WeightingKey;
  /** Whether a contract's weight is bounded by its share of the basket's liquidity. */
  readonly capsLiquidity: boolean;
  /**
   * `seed`: one of the seed plan's six. `weighting`: another weighting of the last grouping.
   * `factors`: the first engine's baskets.
   */
  readonly origin: "seed" | "benchmark" | "weighting" | "factors";
}

/** Keys of the methods, in the order in which they are compared. */
export type MethodKey = typeof METHODS[number]["key"];

/**
 * Every configuration that is replayed, and so the number of trials that Sharpe ratios are deflated
 * by: the seed plan's six, all markets in one, the remaining weightings of the reconciled themes, and
 * the first engine's factor clusters.
 */
export const METHODS = [
  {
    ...{ key: "baseline", name: "Hand labels, equal", grouping: "hand", weighting: "equal" },
    ...{ capsLiquidity: false, origin: "seed" },
  },
  {
    ...{ key: "words_equal", name: "Words, equal", grouping: "words", weighting: "equal" },
    ...{ capsLiquidity: false, origin: "seed" },
  },
  {
    ...{ key: "words_risk", name: "Words, inverse volatility", grouping: "words" },
    ...{ weighting: "inverse_volatility", capsLiquidity: true, origin: "seed" },
  },
  {
    ...{ key: "clusters_risk", name: "Clusters, inverse volatility", grouping: "clusters" },
    ...{ weighting: "inverse_volatility", capsLiquidity: true, origin: "seed" },
  },
  {
    ...{ key: "hybrid_risk", name: "Hybrid, inverse volatility", grouping: "reconciled" },
    ...{ weighting: "inverse_volatility", capsLiquidity: true, origin: "seed" },
  },
  {
    ...{ key: "hybrid_equal", name: "Hybrid, equal", grouping: "reconciled", weighting: "equal" },
    ...{ capsLiquidity: false, origin: "seed" },
  },
  {
    ...{ key: "all_equal", name: "All markets, equal", grouping: "everything", weighting: "equal" },
    ...{ capsLiquidity: false, origin: "benchmark" },
  },
  {
    ...{ key: "hybrid_volume", name: "Hybrid, volume", grouping: "reconciled" },
    ...{ weighting: "volume", capsLiquidity: true, origin: "weighting" },
  },
  {
    ...{ key: "hybrid_equal_risk", name: "Hybrid, equal risk", grouping: "reconciled" },
    ...{ weighting: "equal_risk", capsLiquidity: true, origin: "weighting" },
  },
  {
    ...{ key: "hybrid_min_variance", name: "Hybrid, minimum variance", grouping: "reconciled" },
    ...{ weighting: "minimum_variance", capsLiquidity: true, origin: "weighting" },
  },
  {
    ...{ key: "hybrid_max_diversification", name: "Hybrid, max. diversification" },
    ...{ grouping: "reconciled", weighting: "maximum_diversification" },
    ...{ capsLiquidity: true, origin: "weighting" },
  },
  {
    ...{ key: "hybrid_hrp", name: "Hybrid, hierarchical risk parity", grouping: "reconciled" },
    ...{ weighting: "hierarchical_risk_parity", capsLiquidity: true, origin: "weighting" },
  },
  {
    ...{ key: "factors_risk", name: "Factor clusters, inverse volatility", grouping: "factors" },
    ...{ weighting: "inverse_volatility", capsLiquidity: true, origin: "factors" },
  },
] as const satisfies readonly (Omit<BasketMethod, "key"> & { key: string })[];

/** Id of the basket that holds all baskets of a method, each with the same share. */
export const SLEEVE = "all";
