/** A way of grouping markets, as tables, charts and checkpoints name it. */
export interface Method {
  /** Name in checkpoints. */
  readonly key: MethodKey;
  /** Name for a reader. */
  readonly name: string;
  /** Whether it looks at prices at all, at wording, or at both. */
  readonly evidence: "prices" | "wording" | "prices and wording";
  /** Whether it is told the number of clusters, or finds its own. */
  readonly isCounted: boolean;
}

/** Keys of the methods, in the order in which they are compared. */
export type MethodKey = typeof METHODS[number]["key"];

/**
 * Every method that is tried, and so the number of tries that a verdict is adjusted for.
 *
 * The first is the seed plan's recipe as it stands: daily point changes, quoted sides, Ward on 1 − ρ.
 * The others take two-day log-odds moves with the sides fixed. `ward_one_minus` is `ward` but for the
 * recipe's distance, so that the effect of the distance alone is seen. The last looks at no price.
 */
export const METHODS = [
  { key: "seed_ward", name: "Seed recipe: Ward, daily", evidence: "prices", isCounted: true },
  { key: "ward", name: "Ward", evidence: "prices", isCounted: true },
  { key: "ward_one_minus", name: "Ward on 1 − ρ", evidence: "prices", isCounted: true },
  { key: "ward_cleaned", name: "Ward, noise removed", evidence: "prices", isCounted: true },
  { key: "average", name: "Average linkage", evidence: "prices", isCounted: true },
  { key: "complete", name: "Complete linkage", evidence: "prices", isCounted: true },
  { key: "single", name: "Single linkage", evidence: "prices", isCounted: true },
  { key: "k_means", name: "k-means", evidence: "prices", isCounted: true },
  { key: "spectral", name: "Spectral", evidence: "prices", isCounted: true },
  { key: "dbscan", name: "DBSCAN", evidence: "prices", isCounted: false },
  { key: "hdbscan", name: "HDBSCAN", evidence: "prices", isCounted: false },
  { key: "louvain", name: "Louvain, prices only", evidence: "prices", isCounted: false },
  { key: "hybrid", name: "Louvain, boosted", evidence: "prices and wording", isCounted: false },
  { key: "wording", name: "Wording alone", evidence: "wording", isCounted: false },
] as const satisfies readonly (Omit<Method, "key"> & { key: string })[];
