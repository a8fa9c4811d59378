import { falseDiscovery } from "../stats/false_discovery.ts";
import { UNCATEGORIZED } from "./themes.ts";

/**
 * What prices and words say of one event, through the one of its markets that speaks for it: further
 * contracts of an event would say the same again.
 */
export interface MarketWitnesses {
  readonly marketId: string;
  /** Event of the taxonomy. */
  readonly eventId: string;
  /** Contracts of the event in all. */
  readonly nContracts: number;
  /** Whether some method could have placed it; true of everything in a cluster. */
  readonly isStudied: boolean;
  /** Whole number; −1 where prices place it in no cluster, and then the cluster's facts are idle. */
  readonly clusterId: number;
  /** Words for the cluster. Untrusted where they come from titles. */
  readonly clusterLabel: string;
  /** Mean Jaccard index of the cluster when days are drawn anew; NaN where not measured. */
  readonly clusterStability: number;
  /** P-value of the cluster against noise; NaN where not measured. */
  readonly clusterP: number;
  /** The classifier's theme; `UNCATEGORIZED`, or `null` where it was not asked. */
  readonly theme: string | null;
  /** Probability that the classifier gives its theme; NaN where it was not asked. */
  readonly confidence: number;
  /** Whether a person gave the theme, so that prices have no say. */
  readonly isByPerson?: boolean;
}

/** One cluster with its trustworthiness. */
export interface ClusterEvidence {
  readonly clusterId: number;
  readonly label: string;
  /** Its events, with a theme by words or without. */
  readonly nEvents: number;
  readonly stability: number;
  /** False discovery rate at which the cluster stands; NaN where not measured. */
  readonly qValue: number;
}

/** The theme that words give, `null` where they give none. */
export function themeByWords({ theme }: Pick<MarketWitnesses, "theme">): string | null {
  return theme === UNCATEGORIZED ? null : theme;
}

/**
 * The witnesses by market id, after a check that they can be compared.
 *
 * @throws {RangeError} If a market or an event is listed twice, or a cluster's number is not whole and
 *   >= −1.
 */
export function sortedWitnesses(markets: readonly MarketWitnesses[]): MarketWitnesses[] {
  const sorted = [...markets].sort((a, b) => a.marketId < b.marketId ? -1 : 1);
  const events = new Set<string>();
  sorted.forEach(({ marketId, eventId, clusterId }, i) => {
    if (i > 0 && sorted[i - 1]!.marketId === marketId) {
      throw new RangeError(
        `Cannot compare witnesses as each market must be listed once: got "${marketId}" twice`,
      );
    }
    if (events.has(eventId)) {
      throw new RangeError(
        `Cannot compare witnesses as each event must have one: got "${eventId}" twice`,
      );
    }
    events.add(eventId);
    if (!Number.isInteger(clusterId) || clusterId < -1) {
      throw new RangeError(
        `Cannot compare witnesses as a cluster must be a whole number >= -1: got ${clusterId} for "${marketId}"`,
      );
    }
  });
  return sorted;
}

/**
 * The clusters of the events, by number.
 *
 * @param options.pValues What `clusterP` holds for: "family", all clusters together, as
 *   `03_clusters` has it — the family-wise error rate bounds the false discovery rate, so these
 *   stand as they are; "single", each cluster by itself, which is adjusted here.
 * @throws {RangeError} If two markets of a cluster disagree about it.
 */
export function clusterEvidence(
  markets: readonly MarketWitnesses[],
  { pValues }: { readonly pValues: "family" | "single" },
): ClusterEvidence[] {
  const byCluster = new Map<number, MarketWitnesses[]>();
  for (const market of sortedWitnesses(markets)) {
    if (market.clusterId < 0) continue;
    byCluster.set(market.clusterId, [...(byCluster.get(market.clusterId) ?? []), market]);
  }
  const clusters = [...byCluster.values()].sort((a, b) => a[0]!.clusterId - b[0]!.clusterId);
  for (const [first, ...others] of clusters) {
    const other = others.find((one) => !isSameCluster(first!, one));
    if (other === undefined) continue;
    throw new RangeError(
      `Cannot compare witnesses as markets of a cluster must agree about it: got "${
        first!.marketId
      }" and "${other.marketId}" of cluster ${first!.clusterId}`,
    );
  }
  const single = Float64Array.from(clusters, ([first]) => first!.clusterP);
  const adjusted = pValues === "family" ? single : falseDiscovery(single);
  return clusters.map(([first, ...others], c) => ({
    ...{ clusterId: first!.clusterId, label: first!.clusterLabel, nEvents: 1 + others.length },
    ...{ stability: first!.clusterStability, qValue: adjusted[c]! },
  }));
}

function isSameCluster(a: MarketWitnesses, b: MarketWitnesses): boolean {
  return a.clusterLabel === b.clusterLabel && Object.is(a.clusterP, b.clusterP) &&
    Object.is(a.clusterStability, b.clusterStability);
}
