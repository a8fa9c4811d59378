import type { SubjectKind } from "../review/decision.ts";

/** Kinds of decisions that the results of a notebook rest on, by the notebooks that leave subjects. */
export const NOTEBOOK_KINDS = {
  "03_clustering_experiments": ["cut", "cluster"],
  "04_classification_comparison": ["theme", "side", "contract", "twin", "audit"],
  "05_backtest_results": ["basket", "returns", "theme_change"],
} as const satisfies Readonly<Record<string, readonly SubjectKind[]>>;

/** A notebook whose results a person signs. */
export type ReviewNotebook = keyof typeof NOTEBOOK_KINDS;

/** In the order in which they run. */
export const REVIEW_NOTEBOOKS = Object.keys(NOTEBOOK_KINDS) as readonly ReviewNotebook[];
