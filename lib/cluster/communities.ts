import { UndirectedGraph } from "graphology";
import louvainModule from "graphology-communities-louvain";
import type { Random } from "../core/random.ts";
import type { Edges } from "./correlation_graph.ts";
import { type Partition, partition } from "./partition.ts";

// the package's types speak of a default export, yet it is CommonJS: the module is the function
const louvain = louvainModule as unknown as typeof louvainModule.default;

/** Groups of items with more weight among them than chance would put there. */
export interface Communities {
  /** Items without an edge belong to none. */
  readonly partition: Partition;
  /** Share of the edge weight within communities less its expectation; NaN without an edge. */
  readonly modularity: number;
}

/**
 * Louvain communities of a weighted graph.
 *
 * The number of groups is found, not given. The order in which items are visited is drawn, so
 * another seed may give another answer; compare several before trusting one.
 *
 * Cost: nearly linear in the number of edges.
 * Source: Blondel, Guillaume, Lambiotte & Lefebvre 2008, by graphology-communities-louvain; the
 * resolution of Reichardt & Bornholdt 2006.
 *
 * @param ids Names of the items that the edges join.
 * @param options.resolution Above 1 for smaller communities, below 1 for larger; 1 by default.
 * @throws {RangeError} If `resolution` is not above 0, or an edge joins no two of the items or has
 * a weight that is not above 0.
 */
export function louvainCommunities(
  ids: readonly string[],
  { a, b, weight }: Edges,
  { resolution = 1, random }: { resolution?: number; random: Random },
): Communities {
  if (!(resolution > 0 && resolution < Infinity)) {
    throw new RangeError(
      `Cannot find communities as resolution must be finite and > 0: got ${resolution}`,
    );
  }
  const labels = new Int32Array(ids.length).fill(-1);
  if (weight.length === 0) return { partition: partition(ids, labels), modularity: NaN };
  const graph = new UndirectedGraph();
  const isJoined = new Uint8Array(ids.length);
  for (let e = 0; e < weight.length; ++e) {
    requireEdge(ids.length, a[e]!, b[e]!, weight[e]!);
    isJoined[a[e]!] = isJoined[b[e]!] = 1;
  }
  isJoined.forEach((joined, i) => {
    if (joined === 1) graph.addNode(i);
  });
  for (let e = 0; e < weight.length; ++e) graph.addEdge(a[e], b[e], { weight: weight[e] });
  const found = louvain.detailed(graph, { resolution, rng: random });
  for (const [node, community] of Object.entries(found.communities)) {
    labels[Number(node)] = community;
  }
  return { partition: partition(ids, labels), modularity: found.modularity };
}

function requireEdge(n: number, a: number, b: number, weight: number): void {
  if (!(a < n && b < n && a !== b && weight > 0 && weight < Infinity)) {
    throw new RangeError(
      `Cannot find communities as an edge must join two of ${n} items with a weight > 0: got (${a}, ${b}) of ${weight}`,
    );
  }
}
