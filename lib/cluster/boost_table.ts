import { randomStream } from "../core/random.ts";
import { integerColumn, numberColumn, type Table, table } from "../core/table.ts";
import { adjustedRandIndex, purity } from "../stats/label_agreement.ts";
import { louvainCommunities } from "./communities.ts";
import { correlationGraph } from "./correlation_graph.ts";
import type { WindowCorrelation } from "./fit_methods.ts";

/**
 * What boosting the edges within topics does to communities: a row for each boost.
 *
 * Columns: boost (added multiple of an edge within a topic), communities, modularity, purity (share
 * of a community in its largest topic, over those with a topic), purity_of_one_group (what a single
 * group would show), adjusted_rand.
 *
 * A purity that rises with the boost was put there by it: the same labels made the graph. Only what
 * is left at a boost of zero is agreement between prices and wording.
 *
 * @param correlation Correlations of the held sides.
 * @param topics Topic of each market of the window, −1 unknown.
 * @param options.boosts The multiples to try.
 */
export function boostTable(
  correlation: WindowCorrelation,
  topics: Int32Array,
  { minEdge, seed, boosts }: {
    readonly minEdge: number;
    readonly seed: number;
    readonly boosts: readonly number[];
  },
): Table {
  const { held, kept } = correlation;
  const own = Int32Array.from(kept, (item) => topics[item]!);
  const rows = boosts.map((boost) => {
    const edges = correlationGraph(held, { minRho: minEdge, topics: own, boost });
    const found = louvainCommunities(held.ids, edges, { random: randomStream(seed, "hybrid") });
    return { boost, found, pure: purity(found.partition.cluster, own) };
  });
  return table({
    boost: numberColumn(rows.map(({ boost }) => boost)),
    communities: integerColumn(rows.map(({ found }) => found.partition.nClusters)),
    modularity: numberColumn(rows.map(({ found }) => found.modularity)),
    purity: numberColumn(rows.map(({ pure }) => pure.purity)),
    purity_of_one_group: numberColumn(rows.map(({ pure }) => pure.majorityShare)),
    adjusted_rand: numberColumn(
      rows.map(({ found }) => adjustedRandIndex(found.partition.cluster, own)),
    ),
  });
}
