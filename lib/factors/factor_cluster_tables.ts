import {
  boolColumn,
  integerColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import type { FactorClusterEvidence } from "./factor_cluster_evidence.ts";
import type { ClusterProfile } from "./factor_cluster_profiles.ts";
import type { PeriodAgreement } from "./factor_cluster_time.ts";
import type { FactorClusterFit, FactorClusterMethod } from "./factor_clusters.ts";

/** One method's clusters with their names and profiles. */
export interface NamedFactorFit {
  readonly fit: FactorClusterFit;
  /** Name of each cluster, from `clusterNames`. */
  readonly names: readonly string[];
  readonly profiles: readonly ClusterProfile[];
}

/**
 * The checkpoint `06_factor_clusters`: market_id, method, cluster_id, cluster_name, silhouette.
 *
 * A row for each method and contract that it placed.
 */
export function factorClusterTable(named: readonly NamedFactorFit[]): Table {
  const rows = named.flatMap(({ fit, names }) =>
    Array.from(fit.partition.cluster, (cluster, item) => ({ fit, names, cluster, item }))
      .filter(({ cluster }) => cluster >= 0)
  );
  return table({
    market_id: stringColumn(rows.map(({ fit, item }) => fit.partition.ids[item]!)),
    method: stringColumn(rows.map(({ fit }) => fit.method)),
    cluster_id: integerColumn(rows.map(({ cluster }) => cluster)),
    cluster_name: stringColumn(rows.map(({ names, cluster }) => names[cluster]!)),
    silhouette: numberColumn(rows.map(({ fit, item }) => fit.silhouettes[item]!)),
  });
}

/**
 * Mean loadings of the clusters: method, cluster_id, cluster_name, symbol, contracts, events, mean,
 * ci_low, ci_high, z, p_value, distinguishable.
 */
export function factorProfileTable(named: readonly NamedFactorFit[]): Table {
  const rows = named.flatMap(({ fit, names, profiles }) =>
    profiles.map((profile) => ({ ...profile, method: fit.method, name: names[profile.cluster]! }))
  );
  return table({
    method: stringColumn(rows.map(({ method }) => method)),
    cluster_id: integerColumn(rows.map(({ cluster }) => cluster)),
    cluster_name: stringColumn(rows.map(({ name }) => name)),
    symbol: stringColumn(rows.map(({ symbol }) => symbol)),
    contracts: integerColumn(rows.map(({ nContracts }) => nContracts)),
    events: integerColumn(rows.map(({ nEvents }) => nEvents)),
    mean: numberColumn(rows.map(({ mean }) => mean)),
    ci_low: numberColumn(rows.map(({ low }) => low)),
    ci_high: numberColumn(rows.map(({ high }) => high)),
    z: numberColumn(rows.map(({ z }) => z)),
    p_value: numberColumn(rows.map(({ pValue }) => pValue)),
    distinguishable: boolColumn(rows.map(({ isDistinguishable }) => isDistinguishable)),
  });
}

/**
 * Each method against its null: method, k, silhouette, null_low, null_mid, null_high, null_percentile,
 * largest_share, n, seed_ari, jaccard, shifts, null_largest_share, largest_distance, null_distance_low,
 * null_distance_mid, null_distance_high, distance_percentile.
 */
export function factorClusterEvidenceTable(evidence: readonly FactorClusterEvidence[]): Table {
  const numbers = (of: (row: FactorClusterEvidence) => number) => numberColumn(evidence.map(of));
  return table({
    method: stringColumn(evidence.map(({ method }): FactorClusterMethod => method)),
    k: integerColumn(evidence.map(({ k }) => k)),
    silhouette: numbers((row) => row.silhouette),
    null_low: numbers((row) => row.nullLow),
    null_mid: numbers((row) => row.nullMid),
    null_high: numbers((row) => row.nullHigh),
    null_percentile: numbers((row) => row.nullPercentile),
    largest_share: numbers((row) => row.largestShare),
    n: integerColumn(evidence.map(({ n }) => n)),
    seed_ari: numbers((row) => row.seedAri),
    jaccard: numbers((row) => row.jaccard),
    shifts: integerColumn(evidence.map(({ nShifts }) => nShifts)),
    null_largest_share: numbers((row) => row.nullLargestShare),
    largest_distance: numbers((row) => row.largestDistance),
    null_distance_low: numbers((row) => row.nullDistanceLow),
    null_distance_mid: numbers((row) => row.nullDistanceMid),
    null_distance_high: numbers((row) => row.nullDistanceHigh),
    distance_percentile: numbers((row) => row.distancePercentile),
  });
}

/**
 * Clusters of one period against those of the next: method, from, to, n_from, n_to, n_both, ari, null_low,
 * null_mid, null_high, percentile, p_value.
 */
export function factorPeriodTable(rows: readonly PeriodAgreement[]): Table {
  const numbers = (of: (row: PeriodAgreement) => number) => numberColumn(rows.map(of));
  return table({
    method: stringColumn(rows.map(({ method }) => method)),
    from: stringColumn(rows.map(({ from }) => from)),
    to: stringColumn(rows.map(({ to }) => to)),
    n_from: integerColumn(rows.map(({ nFrom }) => nFrom)),
    n_to: integerColumn(rows.map(({ nTo }) => nTo)),
    n_both: integerColumn(rows.map(({ nBoth }) => nBoth)),
    ari: numbers((row) => row.adjustedRand),
    null_low: numbers((row) => row.nullLow),
    null_mid: numbers((row) => row.nullMid),
    null_high: numbers((row) => row.nullHigh),
    percentile: numbers((row) => row.percentile),
    p_value: numbers((row) => row.pValue),
  });
}
