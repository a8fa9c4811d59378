import { members, type Partition } from "../cluster/partition.ts";
import { nullPercentile, nullQuantiles } from "../core/null_percentile.ts";
import { medianSorted } from "../core/quantile.ts";
import { type ClusteredShare, clusteredShare } from "../stats/clustered_share.ts";
import { loadingDistances } from "./factor_clusters.ts";
import { loadingPrior, type LoadingSet } from "./shrunk_loadings.ts";

/** What the largest cluster is made of, beside the contracts outside it. */
export interface ClusterBlob {
  readonly size: number;
  /** Share of all contracts. */
  readonly share: number;
  /** Median distance of its contracts' loadings from 0, in errors: root mean square of t-scores. */
  readonly distance: number;
  /** 5th, 50th and 95th percentile of that over shifts of the same contracts' moves. */
  readonly nullLow: number;
  readonly nullMid: number;
  readonly nullHigh: number;
  /** Share of the shifts with a shorter distance. */
  readonly percentile: number;
  /**
   * Share of its contracts farther from 0 than their own shifts, p at most 5%, counted over events; of
   * noise it is at most 5%. Nothing with fewer than 19 shifts, which cannot tell.
   */
  readonly beyondInside: ClusteredShare;
  /** The same of the contracts outside. */
  readonly beyondOutside: ClusteredShare;
  /** Median error of a contract's loadings, in standard deviations of the factor's loadings. */
  readonly errorInside: number;
  readonly errorOutside: number;
}

const ALPHA = 0.05, FEWEST_SHIFTS = 19;

/**
 * Whether the largest cluster of loadings is anything but noise around 0.
 *
 * The seed puts 69 of 100 contracts into one "idiosyncratic" cluster. If their loadings lie no farther
 * from 0 than their own shifted ones, it holds contracts about which nothing was found; if the
 * contracts outside have larger errors, what divided them is how badly they were measured. A contract
 * is in the cluster because it lies near 0, so a percentile somewhat below one half is no finding.
 *
 * NaN: without shifts, nothing beyond sizes and errors. Cost: O(shifts · n · K).
 *
 * @param shifted The same contracts' loadings on shifted moves, one set a shift.
 * @throws {RangeError} If a shifted set is not of the same contracts.
 */
export function clusterBlob(
  set: LoadingSet,
  found: Partition,
  shifted: readonly LoadingSet[],
): ClusterBlob {
  for (const { marketIds } of shifted) {
    if (marketIds.length !== set.marketIds.length) {
      throw new RangeError(
        `Cannot compare with shifts as each must have the same ${set.marketIds.length} contracts: got ${marketIds.length}`,
      );
    }
  }
  const largest = members(found)[0] ?? [];
  const inside = new Set(largest);
  const outside = Array.from(set.marketIds.keys()).filter((i) => !inside.has(i));
  const distance = loadingDistances(set), nulls = shifted.map(loadingDistances);
  const medians = nulls.map((each) => median(largest.map((i) => each[i]!)));
  const [nullLow, nullMid, nullHigh] = nullQuantiles(medians, [0.05, 0.5, 0.95]);
  const observed = median(largest.map((i) => distance[i]!));
  const error = relativeErrors(set);
  const isBeyond = (i: number) => {
    const nReach = nulls.filter((each) => each[i]! >= distance[i]!).length;
    return (1 + nReach) / (1 + nulls.length) <= ALPHA;
  };
  const isTold = shifted.length >= FEWEST_SHIFTS;
  const beyond = (list: readonly number[]) =>
    clusteredShare(
      isTold ? list.map(isBeyond) : [],
      isTold ? list.map((i) => set.eventIds[i]!) : [],
    );
  return {
    size: largest.length,
    share: largest.length / set.marketIds.length,
    distance: observed,
    nullLow: nullLow!,
    nullMid: nullMid!,
    nullHigh: nullHigh!,
    percentile: nullPercentile(observed, medians),
    beyondInside: beyond(largest),
    beyondOutside: beyond(outside),
    errorInside: median(largest.map((i) => error[i]!)),
    errorOutside: median(outside.map((i) => error[i]!)),
  };
}

/** Root mean square of each contract's errors over the spread of their factor's loadings. */
function relativeErrors(set: LoadingSet): Float64Array {
  const { scale } = loadingPrior(set), nFactors = set.symbols.length;
  return Float64Array.from(set.marketIds, (_, i) => {
    const sum = scale.reduce(
      (sum, s, f) => sum + (s > 0 ? set.error[i * nFactors + f]! / s : 0) ** 2,
      0,
    );
    return Math.sqrt(sum / nFactors);
  });
}

function median(values: readonly number[]): number {
  return values.length === 0 ? NaN : medianSorted([...values].sort((a, b) => a - b));
}
