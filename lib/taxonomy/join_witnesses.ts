import { cellAt, columnOf, type Table } from "../core/table.ts";
import type { MarketWitnesses } from "./market_witnesses.ts";

/** What words say of a market. */
export interface WordsWitness {
  /** Id of a theme or `UNCATEGORIZED`. */
  readonly theme: string;
  /** Probability of it. */
  readonly confidence: number;
}

/**
 * The two witnesses of every market that has one: its cluster by one method and its theme by words.
 *
 * @param clusters The checkpoint `03_clusters`: method, market_id, cluster_id, cluster_label,
 *   stability, cluster_p.
 * @param words By market id.
 * @param options.method The method whose clusters count; rows of others are not looked at.
 * @returns By market id. A market without a row is in no cluster; one without words has no theme.
 * @throws {TypeError} If the table lacks a column.
 * @throws {RangeError} If no row is of the method.
 */
export function joinWitnesses(
  clusters: Table,
  words: ReadonlyMap<string, WordsWitness>,
  { method }: { readonly method: string },
): MarketWitnesses[] {
  const methods = columnOf(clusters, "method", "string");
  const ids = columnOf(clusters, "market_id", "string");
  const numbers = columnOf(clusters, "cluster_id", "integer");
  const labels = columnOf(clusters, "cluster_label", "string");
  const stability = columnOf(clusters, "stability", "number");
  const pValues = columnOf(clusters, "cluster_p", "number");
  const placed = new Map<string, Omit<MarketWitnesses, "theme" | "confidence">>();
  for (let row = 0; row < clusters.nRows; ++row) {
    if (cellAt(methods, row) !== method) continue;
    const marketId = String(cellAt(ids, row));
    placed.set(marketId, {
      ...{ marketId, clusterId: numbers.values[row]! },
      clusterLabel: String(cellAt(labels, row) ?? ""),
      ...{ clusterStability: stability.values[row]!, clusterP: pValues.values[row]! },
    });
  }
  if (placed.size === 0 && clusters.nRows > 0) {
    throw new RangeError(
      `Cannot join clusters with themes as some must be of the method: got none of "${method}"`,
    );
  }
  return [...new Set([...placed.keys(), ...words.keys()])].sort().map((marketId) => ({
    ...placed.get(marketId) ?? nowhere(marketId),
    theme: words.get(marketId)?.theme ?? null,
    confidence: words.get(marketId)?.confidence ?? NaN,
  }));
}

function nowhere(marketId: string): Omit<MarketWitnesses, "theme" | "confidence"> {
  return { marketId, clusterId: -1, clusterLabel: "", clusterStability: NaN, clusterP: NaN };
}
