import type { NamedFit } from "lib/cluster/cluster_tables.ts";
import type { MethodFit } from "lib/cluster/fit_methods.ts";
import { type MethodKey, METHODS } from "lib/cluster/method_list.ts";
import type { MethodRow } from "lib/cluster/method_rows.ts";
import { partition } from "lib/cluster/partition.ts";
import { marketNames } from "./planted.ts";

/** A row of which only what is given matters. */
export function rowOf(method: MethodKey, facts: Partial<MethodRow> = {}): MethodRow {
  const { name, evidence } = METHODS.find((one) => one.key === method)!;
  return {
    ...{ method, name, evidence, nClusters: 2, nPlaced: 5, nItems: 6, largestShare: 0.4 },
    ...{ silhouette: 0.21, silhouettePercentile: 0.9, stability: 0.7, nStable: 1 },
    ...{ stabilityNull: 0.3, stabilityPercentile: 0.95, seedAgreement: 0.6 },
    ...{ windowAgreement: 0.4, droppedAgreement: 0.8, nTrials: 3, nAbove: 2 },
    ...{ coherence: 0.05, coherenceLow: 0.01, coherenceHigh: 0.09 },
    ...{ nullLow: -0.02, nullMid: 0.001, nullHigh: 0.02, percentile: 1, adjustedP: 0.01 },
    ...{ beyondWording: 0.03, beyondP: 0.02 },
    verdict: "better than noise",
    ...facts,
  };
}

/** A fit of markets with the given clusters. */
export function fitOf(method: MethodKey, labels: readonly number[]): MethodFit {
  const found = partition(marketNames(labels.length), labels);
  return {
    method,
    partition: found,
    side: Int8Array.from(labels, (_, j) => j % 2 === 0 ? 1 : -1),
    silhouette: 0.25,
    silhouettes: Float64Array.from(labels, (label, j) => label < 0 ? NaN : j / 10),
    within: new Float64Array(found.nClusters).fill(0.5),
  };
}

/** The same with labels A, B, … and what is known of each cluster. */
export function namedOf(
  fit: MethodFit,
  stability: readonly number[],
  pValues: readonly number[],
): NamedFit {
  return {
    fit,
    labels: stability.map((_, c) => "ABCDE"[c]!),
    keys: stability.map((_, c) => `0000000${c}`),
    stability: Float64Array.from(stability),
    pValues: Float64Array.from(pValues),
  };
}
