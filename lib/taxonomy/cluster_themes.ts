import type { ClusterEvidence } from "./market_witnesses.ts";
import type { ThemeAgreement, ThemeCell } from "./theme_agreement.ts";

/** A cluster and the theme that its markets have in common, if any. */
export interface ClusterTheme extends ClusterEvidence {
  /** The theme that the cluster is named by; `null` where none stands out. */
  readonly theme: string | null;
  /** Share of its markets with a theme that have this one; NaN without a theme. */
  readonly share: number;
  /** Adjusted chance of so many of the theme; NaN without a theme. */
  readonly themeQ: number;
  /** Stable and beyond noise: its theme may replace that of the words. */
  readonly isTrusted: boolean;
}

/** What a theme needs to name a cluster, and a cluster to be trusted. */
export interface ClusterThemeOptions {
  /** Largest q-value, for the theme in the cluster and for the cluster itself. */
  readonly falseDiscoveryRate: number;
  /** Fewest markets of the theme in the cluster. */
  readonly minMembers: number;
  /** Least share of the cluster's markets with a theme. */
  readonly minShare: number;
  /** Least mean Jaccard index of a stable cluster. */
  readonly stableJaccard: number;
}

/**
 * Names each cluster by a theme where one stands out: more of it than chance would give after
 * adjusting for every cluster and theme, enough markets, and a large enough share of the cluster.
 *
 * A market's own theme counts in its cluster, but only against a theme that is not its own, so no
 * market helps to overrule itself. Of two themes that stand out the one with more markets names the
 * cluster, then the one with the smaller p, then the first by id.
 *
 * @returns One a cluster, in the order given.
 */
export function clusterThemes(
  { cells }: Pick<ThemeAgreement, "cells">,
  clusters: readonly ClusterEvidence[],
  { falseDiscoveryRate, minMembers, minShare, stableJaccard }: ClusterThemeOptions,
): ClusterTheme[] {
  const standsOut = (cell: ThemeCell) =>
    cell.nMarkets > cell.expected && cell.qValue <= falseDiscoveryRate &&
    cell.nMarkets >= minMembers && cell.nMarkets >= minShare * cell.nCluster;
  return clusters.map((cluster) => {
    // themes are sorted within a cluster and the sort is stable, so ties stay by id
    const best = cells.filter((cell) => cell.clusterId === cluster.clusterId && standsOut(cell))
      .sort((a, b) => b.nMarkets - a.nMarkets || a.pValue - b.pValue)[0];
    return {
      ...cluster,
      theme: best?.theme ?? null,
      share: best === undefined ? NaN : best.nMarkets / best.nCluster,
      themeQ: best?.qValue ?? NaN,
      isTrusted: cluster.stability >= stableJaccard && cluster.qValue <= falseDiscoveryRate,
    };
  });
}
