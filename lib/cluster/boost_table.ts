import { randomStream } from "../core/random.ts";
import { integerColumn, numberColumn, type Table, table } from "../core/table.ts";
import { adjustedMutualInformation, adjustedRandIndex, purity } from "../stats/label_agreement.ts";
import { permutedAgreement } from "../stats/permuted_agreement.ts";
import { louvainCommunities } from "./communities.ts";
import { correlationGraph } from "./correlation_graph.ts";
import type { WindowCorrelation } from "./fit_methods.ts";

/** Random orders of the topics that the agreement is held against. */
const PERMUTATIONS = 199;

/**
 * What boosting the edges within topics does to communities: a row for each boost.
 *
 * Columns: boost (added multiple of an edge within a topic), communities, modularity, purity (share
 * of a community in its largest topic, over those with a topic), purity_of_one_group (what a single
 * group would show), adjusted_rand, adjusted_mutual_information, permutation_p (share of the random
 * orders of the topics among the placed markets that reach the adjusted Rand index, the order as it is
 * counted with them; every boost meets the same orders).
 *
 * A purity that rises with the boost was put there by it: the same labels made the graph. Only what
 * is left at a boost of zero is agreement between prices and wording, and only there is
 * permutation_p a test of it.
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
    const { cluster } = found.partition;
    const [rand] = permutedAgreement([cluster, own], [adjustedRandIndex], {
      permutations: PERMUTATIONS,
      random: randomStream(seed, "topic orders"),
    });
    return {
      ...{ boost, found, pure: purity(cluster, own), rand: rand! },
      information: adjustedMutualInformation(cluster, own),
    };
  });
  return table({
    boost: numberColumn(rows.map(({ boost }) => boost)),
    communities: integerColumn(rows.map(({ found }) => found.partition.nClusters)),
    modularity: numberColumn(rows.map(({ found }) => found.modularity)),
    purity: numberColumn(rows.map(({ pure }) => pure.purity)),
    purity_of_one_group: numberColumn(rows.map(({ pure }) => pure.majorityShare)),
    adjusted_rand: numberColumn(rows.map(({ rand }) => rand.value)),
    adjusted_mutual_information: numberColumn(rows.map(({ information }) => information)),
    permutation_p: numberColumn(rows.map(({ rand }) => rand.pValue)),
  });
}
