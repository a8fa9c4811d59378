import { jaccardOf } from "../cluster/jaccard.ts";
import { splitAgreement } from "../cluster/split_agreement.ts";
import { randomIndex, randomStream } from "../core/random.ts";
import { meanKnown } from "../stats/mean_known.ts";
import type { ClusterStability } from "./factor_cluster_evidence.ts";
import {
  type FactorClusterFit,
  type FactorClusterMethod,
  type FactorClusterOptions,
  factorClusters,
} from "./factor_clusters.ts";
import { type LoadingSet, selectLoadings } from "./shrunk_loadings.ts";

/**
 * Whether each method finds its clusters again with another seed and with events drawn anew.
 *
 * Events are drawn with replacement and each drawn event's contracts stand once, about 63 of 100. A
 * method with few large clusters scores high in any data; hold it against shifted moves before
 * believing it. Hennig's rule of thumb calls a cluster stable from 0.75 on.
 *
 * NaN: no refit has two clusters on both sides; a cluster that no drawing reaches.
 * Cost: `seeds` + `resamples` fits. Source: Hennig 2007; events as units as outcomes of one move together.
 *
 * @param fits From `factorClusters` with the same options.
 * @throws {RangeError} If `seeds` or `resamples` is not a whole number >= 1.
 */
export function factorClusterStability(
  set: LoadingSet,
  fits: readonly FactorClusterFit[],
  { seeds, resamples, ...options }: FactorClusterOptions & {
    readonly seeds: number;
    readonly resamples: number;
  },
): Map<FactorClusterMethod, ClusterStability> {
  for (const [name, count] of Object.entries({ seeds, resamples })) {
    if (!(Number.isInteger(count) && count >= 1)) {
      throw new RangeError(
        `Cannot measure stability as ${name} must be a whole number >= 1: got ${count}`,
      );
    }
  }
  const methods = fits.map(({ method }) => method);
  const refits = Array.from(
    { length: seeds },
    // seeds are numbers of 32 bits
    (_, s) => factorClusters(set, { ...options, methods, seed: (options.seed + s + 1) % 2 ** 32 }),
  );
  const redrawn = Array.from(
    { length: resamples },
    (_, b) => redraw(set, { ...options, methods }, b),
  );
  return new Map(fits.map((fit) => {
    const same = (others: readonly FactorClusterFit[]) =>
      others.find(({ method }) => method === fit.method)!;
    const found = redrawn.map(({ present, places, fits: others }) => {
      const { cluster, nClusters } = same(others).partition;
      const spread = new Int32Array(set.marketIds.length).fill(-1);
      places.forEach((item, i) => spread[item] = cluster[i]!);
      const other = { ids: set.marketIds, cluster: spread, nClusters };
      return jaccardOf(fit.partition, other, { present });
    });
    const clusterJaccard = Float64Array.from(
      { length: fit.partition.nClusters },
      (_, c) => meanKnown(found.map((each) => each[c]!)),
    );
    return [fit.method, {
      seedAri: meanKnown(
        refits.map((again) =>
          splitAgreement(fit.partition.cluster, same(again).partition.cluster).adjustedRand
        ),
      ),
      jaccard: meanKnown(clusterJaccard),
      clusterJaccard,
    }];
  }));
}

/** The methods on the contracts of events drawn with replacement. */
function redraw(set: LoadingSet, options: FactorClusterOptions, number: number) {
  const events = [...new Set(set.eventIds)];
  const random = randomStream(options.seed, `factor cluster events ${number}`);
  const drawn = new Set(events.map(() => events[randomIndex(random, events.length)]!));
  const present = Uint8Array.from(set.eventIds, (event) => drawn.has(event) ? 1 : 0);
  const places = Int32Array.from(present.keys()).filter((i) => present[i] === 1);
  return { present, places, fits: factorClusters(selectLoadings(set, places), options) };
}
