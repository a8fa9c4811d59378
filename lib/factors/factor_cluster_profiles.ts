import { members, type Partition } from "../cluster/partition.ts";
import { studentQuantile } from "../stats/student_quantile.ts";
import type { LoadingSet } from "./shrunk_loadings.ts";

/** The mean loading of one cluster's contracts on one factor. */
export interface ClusterProfile {
  readonly cluster: number;
  readonly symbol: string;
  /** Contracts and their events. */
  readonly nContracts: number;
  readonly nEvents: number;
  /** Mean loading over the contracts. */
  readonly mean: number;
  /** Interval over events, given the clusters; NaN with one event. */
  readonly low: number;
  readonly high: number;
  /** Mean t-score, an event one vote, times the root of the number of events. */
  readonly z: number;
  /** Chance that any cluster of shifted moves is as far from 0 on any factor; NaN without a null. */
  readonly pValue: number;
  /** Whether p is at most 5% and mean and z have one sign. */
  readonly isDistinguishable: boolean;
}

const ALPHA = 0.05;

/**
 * The mean loadings of each cluster, with what clusters of noise would show.
 *
 * Clusters are made so that their means differ, so of pure noise too every mean lies far from 0 and
 * its interval, which takes the clusters as given, excludes it. What a cluster means is therefore read
 * off the null: z is compared with the largest |z| that the same method finds in shifted moves, over
 * all clusters and factors together. Fewer than 19 shifts can tell nothing.
 *
 * Shape: one a cluster and factor, by cluster. Units: those of the loadings.
 * Cost: O(n · K). Source: the largest statistic as in Westfall & Young 1993; the interval is that of
 * a mean of clustered items with Student's t and G − 1 degrees of freedom.
 *
 * @param strongestNull Largest |z| of each shifted set, from `factorClusters`.
 * @param options.coverage Of the intervals.
 * @throws {RangeError} If contracts and partition are not the same number.
 */
export function clusterProfiles(
  set: LoadingSet,
  found: Partition,
  { strongestNull, coverage = 0.95 }: {
    readonly strongestNull: ArrayLike<number>;
    readonly coverage?: number;
  },
): ClusterProfile[] {
  requireSame(set, found);
  const shifted = Array.from(strongestNull).filter((z) => !Number.isNaN(z));
  return members(found).flatMap((list, cluster) => {
    const groups = eventsOf(set, list), nEvents = groups.length;
    const reach = nEvents < 2 ? NaN : studentQuantile(1 - coverage, nEvents - 1);
    return set.symbols.map((symbol, f): ClusterProfile => {
      const { mean, error } = clusteredMean(set, groups, f);
      const z = eventScore(set, groups, f);
      const nReach = shifted.filter((strongest) => strongest >= Math.abs(z)).length;
      const pValue = shifted.length === 0 ? NaN : (1 + nReach) / (1 + shifted.length);
      return {
        ...{ cluster, symbol, nContracts: list.length, nEvents, mean },
        ...{ low: mean - reach * error, high: mean + reach * error, z, pValue },
        isDistinguishable: pValue <= ALPHA && z * mean > 0,
      };
    });
  });
}

/** The largest |z| of any cluster on any factor; NaN without a cluster. */
export function strongestProfile(set: LoadingSet, found: Partition): number {
  requireSame(set, found);
  let largest = NaN;
  for (const list of members(found)) {
    const groups = eventsOf(set, list);
    for (let f = 0; f < set.symbols.length; ++f) {
      const z = Math.abs(eventScore(set, groups, f));
      if (!(z <= largest)) largest = z;
    }
  }
  return largest;
}

/** Contracts of a cluster by event, events in order of first appearance. */
function eventsOf({ eventIds }: LoadingSet, list: readonly number[]): number[][] {
  return [...Map.groupBy(list, (i) => eventIds[i]!).values()];
}

function eventScore(
  { symbols, beta, error }: LoadingSet,
  groups: readonly (readonly number[])[],
  f: number,
): number {
  let sum = 0;
  for (const group of groups) {
    let own = 0;
    for (const i of group) own += beta[i * symbols.length + f]! / error[i * symbols.length + f]!;
    sum += own / group.length;
  }
  return sum / Math.sqrt(groups.length);
}

/** Mean over contracts and its standard error over events, with the factor G / (G − 1). */
function clusteredMean(
  { symbols, beta }: LoadingSet,
  groups: readonly (readonly number[])[],
  f: number,
): { mean: number; error: number } {
  const at = (i: number) => beta[i * symbols.length + f]!;
  const n = groups.reduce((sum, group) => sum + group.length, 0);
  const mean = groups.reduce((sum, group) => sum + group.reduce((own, i) => own + at(i), 0), 0) / n;
  const squares = groups.reduce(
    (sum, group) => sum + group.reduce((own, i) => own + at(i) - mean, 0) ** 2,
    0,
  );
  const nGroups = groups.length;
  return { mean, error: Math.sqrt(squares * nGroups / (nGroups - 1)) / n };
}

function requireSame({ marketIds }: LoadingSet, { ids }: Partition): void {
  if (marketIds.length !== ids.length) {
    throw new RangeError(
      `Cannot profile clusters as each of ${marketIds.length} contracts must have a place in the partition: got ${ids.length}`,
    );
  }
}
