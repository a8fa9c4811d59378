import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import { type KnownClusters, nodesId } from "./dendrogram_signed.ts";

/** How far a grouping holds; `null` unknown. */
export interface Evidence {
  readonly silhouette: number | null;
  readonly stability: number | null;
}

/** Looks evidence up at any cut. */
export interface CutEvidence {
  /** Of a cut, with the stability of shifted panels. */
  readonly ofCut: (nClusters: number) => Evidence & { readonly nullStability: number | null };
  /** Of a cluster at a cut. */
  readonly ofCluster: (nClusters: number, nodes: readonly number[]) => Evidence;
  /** Whether the run looked at the clusters of a cut. */
  readonly isStudied: (nClusters: number) => boolean;
  /** Largest number of clusters whose stability is known; 0 for none. */
  readonly mostStudied: number;
}

const UNKNOWN: Evidence = { silhouette: null, stability: null };

/**
 * The evidence of a view, ready to be looked up while the cut moves. Clusters of the last run have
 * theirs where the run did not study other cuts, and where they are no branch of the tree.
 *
 * Cost: O(rows of the evidence) at once, then O(1).
 */
export function cutEvidence(
  { cuts, cutClusters, clusters, nClusters: nToday }: Pick<
    DendrogramView,
    "cuts" | "cutClusters" | "clusters" | "nClusters"
  >,
  known: Pick<KnownClusters, "ofRun">,
): CutEvidence {
  const placeOfCut = new Map(cuts?.k.map((k, at) => [k, at]));
  const placeOfCluster = new Map(
    cutClusters?.k.map((k, at) => [`${k} ${cutClusters.node[at]}`, at]),
  );
  const studied = new Set(cutClusters?.k).add(nToday);
  return {
    isStudied: (k) => studied.has(k),
    ofCut(k) {
      const at = placeOfCut.get(k);
      if (cuts === null || at === undefined) return { ...UNKNOWN, nullStability: null };
      return {
        silhouette: cuts.silhouette[at]!,
        stability: cuts.stability[at]!,
        nullStability: cuts.nullStability[at]!,
      };
    },
    ofCluster(k, nodes) {
      if (!studied.has(k)) return UNKNOWN;
      const at = nodes.length === 1 ? placeOfCluster.get(`${k} ${nodes[0]}`) : undefined;
      if (cutClusters !== null && at !== undefined) {
        return { silhouette: cutClusters.silhouette[at]!, stability: cutClusters.stability[at]! };
      }
      const place = k === nToday ? known.ofRun.get(nodesId(nodes)) : undefined;
      return place === undefined ? UNKNOWN : clusters[place]!;
    },
    mostStudied: cuts === null
      ? 0
      : cuts.k.reduce((most, k, at) => cuts.stability[at] === null ? most : Math.max(most, k), 0),
  };
}
