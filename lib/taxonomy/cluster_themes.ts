import { type ClusterEvidence, clusterEvidence, type MarketWitnesses } from "./market_witnesses.ts";
import { sortedWitnesses } from "./market_witnesses.ts";
import type { ThemeAgreement } from "./theme_agreement.ts";
import { type ThemeCell, themeCells } from "./theme_cells.ts";

/** A cluster and the theme that its events have in common, if any. */
export interface ClusterTheme extends ClusterEvidence {
  /** The theme that the cluster is named by; `null` where none stands out. */
  readonly theme: string | null;
  /** Events that the share is of: those with a theme, without the one that is compared. */
  readonly nThemed: number;
  /** Share of them that have this theme; NaN without a theme. */
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
  /** Fewest events of the theme in the cluster. */
  readonly minMembers: number;
  /** Least share of the cluster's events with a theme. */
  readonly minShare: number;
  /** Least mean Jaccard index of a stable cluster. */
  readonly stableJaccard: number;
}

/**
 * Names each cluster by a theme where one stands out: more of it than chance would give after
 * adjusting for every cluster and theme, enough events, and a large enough share of the cluster.
 *
 * All members name it, so it must not be held against one of them: `themesByOthers` is for that. Of
 * two themes that stand out the one with more events names the cluster, then the one with the
 * smaller p, then the first by id.
 *
 * @returns One a cluster, in the order given.
 */
export function clusterThemes(
  { cells }: Pick<ThemeAgreement, "cells">,
  clusters: readonly ClusterEvidence[],
  { falseDiscoveryRate, minMembers, minShare, stableJaccard }: ClusterThemeOptions,
): ClusterTheme[] {
  const standsOut = (cell: ThemeCell) =>
    cell.nEvents > cell.expected && cell.qValue <= falseDiscoveryRate &&
    cell.nEvents >= minMembers && cell.nEvents >= minShare * cell.nCluster;
  return clusters.map((cluster) => {
    const own = cells.filter((cell) => cell.clusterId === cluster.clusterId);
    // themes are sorted within a cluster and the sort is stable, so ties stay by id
    const best = own.filter(standsOut)
      .sort((a, b) => b.nEvents - a.nEvents || a.pValue - b.pValue)[0];
    return {
      ...cluster,
      theme: best?.theme ?? null,
      nThemed: own[0]?.nCluster ?? 0,
      share: best === undefined ? NaN : best.nEvents / best.nCluster,
      themeQ: best?.qValue ?? NaN,
      isTrusted: cluster.stability >= stableJaccard && cluster.qValue <= falseDiscoveryRate,
    };
  });
}

/**
 * The theme of each event's cluster by the words of the other events alone (leave-one-out).
 *
 * A cluster that is named by an event's own words agrees with them for no reason of prices. So the
 * event is taken out of the table of clusters and themes and the cluster is named anew by the same
 * criteria; its stability and its chance, which no words enter, stay those of the whole cluster.
 *
 * Cost: O(clusters · themes) tables, as the events of a cluster and a theme share one.
 *
 * @param witnesses At most one an event.
 * @param options.pValues As for `clusterEvidence`.
 * @returns By market id, for every event in a cluster.
 * @throws {RangeError} As `clusterEvidence`.
 */
export function themesByOthers(
  witnesses: readonly MarketWitnesses[],
  { pValues, ...options }: ClusterThemeOptions & { readonly pValues: "family" | "single" },
): Map<string, ClusterTheme> {
  const sorted = sortedWitnesses(witnesses);
  const clusters = new Map(
    clusterEvidence(sorted, { pValues }).map((cluster) => [cluster.clusterId, cluster]),
  );
  const found = new Map<string, ClusterTheme>();
  return new Map(
    sorted.filter(({ clusterId }) => clusterId >= 0).map((event) => {
      const group = JSON.stringify([event.clusterId, event.theme]);
      const cells = () => themeCells(sorted.filter((other) => other !== event));
      const known = found.get(group) ??
        clusterThemes({ cells: cells() }, [clusters.get(event.clusterId)!], options)[0]!;
      found.set(group, known);
      return [event.marketId, known];
    }),
  );
}
