import { cellAt, columnOf, type Table } from "../core/table.ts";
import type { MarketWitnesses } from "./market_witnesses.ts";

/** A contract with what words say of its event. */
export interface WordsWitness {
  readonly marketId: string;
  /** Event of the taxonomy. */
  readonly eventId: string;
  /** Id of a theme or `UNCATEGORIZED`; the same for all contracts of an event. */
  readonly theme: string;
  /** Probability of it. */
  readonly confidence: number;
  /** Whether a person gave the theme; the same for all contracts of an event. */
  readonly isByPerson?: boolean;
}

/** The events with both witnesses. */
export interface JoinedWitnesses {
  /** One an event, by market id. */
  readonly witnesses: readonly MarketWitnesses[];
  /** Studied contracts that say nothing, as another one speaks for their event. */
  readonly nDropped: number;
}

/** What prices say of one contract. */
type Place = Pick<
  MarketWitnesses,
  "clusterId" | "clusterLabel" | "clusterStability" | "clusterP"
>;

const NOWHERE: Place = { clusterId: -1, clusterLabel: "", clusterStability: NaN, clusterP: NaN };

/**
 * The two witnesses of every event: its cluster by one method and its theme by words.
 *
 * Clusters are made of one contract for each event of the venue, and an event of the taxonomy may be
 * several of those. One contract speaks for it: the first by id of those that the method places, or
 * else of those that any method could have placed, or else of all.
 *
 * @param clusters The checkpoint `03_clusters`: method, market_id, cluster_id, cluster_label,
 *   stability, cluster_p. A contract with a row of any method is studied.
 * @param contracts Every contract once.
 * @param options.method The method whose clusters count.
 * @throws {TypeError} If the table lacks a column.
 * @throws {RangeError} If no row is of the method, or a row's contract is not listed.
 */
export function joinWitnesses(
  clusters: Table,
  contracts: readonly WordsWitness[],
  { method }: { readonly method: string },
): JoinedWitnesses {
  const { places, studied } = placesBy(clusters, method);
  const listed = new Set(contracts.map(({ marketId }) => marketId));
  const unknown = [...studied].find((marketId) => !listed.has(marketId));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot join clusters with themes as each contract of a cluster must have an event: got none for "${unknown}"`,
    );
  }
  const sorted = [...contracts].sort((a, b) => a.marketId < b.marketId ? -1 : 1);
  let nDropped = 0;
  const witnesses = [...Map.groupBy(sorted, ({ eventId }) => eventId).values()].map((own) => {
    const known = own.filter(({ marketId }) => studied.has(marketId));
    nDropped += Math.max(known.length - 1, 0);
    const speaker = known.find(({ marketId }) => places.has(marketId)) ?? known[0] ?? own[0]!;
    return {
      ...speaker,
      ...{ nContracts: own.length, isStudied: known.length > 0 },
      ...places.get(speaker.marketId) ?? NOWHERE,
    };
  });
  return { witnesses: witnesses.sort((a, b) => a.marketId < b.marketId ? -1 : 1), nDropped };
}

/** The contracts that a method puts into a cluster, and all that any method has a row for. */
function placesBy(
  clusters: Table,
  method: string,
): { places: Map<string, Place>; studied: Set<string> } {
  const methods = columnOf(clusters, "method", "string");
  const ids = columnOf(clusters, "market_id", "string");
  const numbers = columnOf(clusters, "cluster_id", "integer");
  const labels = columnOf(clusters, "cluster_label", "string");
  const stability = columnOf(clusters, "stability", "number");
  const pValues = columnOf(clusters, "cluster_p", "number");
  const places = new Map<string, Place>(), studied = new Set<string>();
  let nRows = 0;
  for (let row = 0; row < clusters.nRows; ++row) {
    const marketId = String(cellAt(ids, row)), clusterId = numbers.values[row]!;
    studied.add(marketId);
    if (cellAt(methods, row) !== method) continue;
    ++nRows;
    if (clusterId < 0) continue;
    places.set(marketId, {
      ...{ clusterId, clusterLabel: String(cellAt(labels, row) ?? "") },
      ...{ clusterStability: stability.values[row]!, clusterP: pValues.values[row]! },
    });
  }
  if (nRows === 0 && clusters.nRows > 0) {
    throw new RangeError(
      `Cannot join clusters with themes as some must be of the method: got none of "${method}"`,
    );
  }
  return { places, studied };
}
