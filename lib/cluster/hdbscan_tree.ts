import type { Linkage } from "./linkage.ts";

/**
 * A hierarchy without the losses of few items: clusters that split into clusters, and items that
 * leave them. Density is λ = 1 / height, so it grows from the root downwards.
 */
export interface CondensedTree {
  /** Cluster above each cluster; −1 for the root, which is cluster 0. Parents come first. */
  readonly parent: Int32Array;
  /** Sum over the items of λ where each left less λ where the cluster began. */
  readonly stability: Float64Array;
  /** Largest λ at which items left or the cluster split. */
  readonly death: Float64Array;
  /** Last cluster of each item and the λ at which it left. */
  readonly itemCluster: Int32Array;
  readonly itemLambda: Float64Array;
}

/**
 * Condenses a tree: a split counts as one only if both sides have `minClusterSize` items, otherwise
 * the small side leaves and the cluster goes on.
 *
 * Items that join at height 0 cannot be told apart and leave together at λ = Infinity.
 *
 * Cost: O(n). Source: Campello, Moulavi & Sander, "Density-based clustering based on hierarchical
 * density estimates", PAKDD 2013.
 */
export function condensedTree(tree: Linkage, minClusterSize: number): CondensedTree {
  const n = tree.ids.length;
  const parent: number[] = [-1], birth: number[] = [0], stability: number[] = [0];
  const death: number[] = [0];
  const itemCluster = new Int32Array(n), itemLambda = new Float64Array(n);
  const size = (node: number) => node < n ? 1 : tree.size[node - n]!;

  const grow = (cluster: number, lambda: number, nItems: number) => {
    if (lambda > birth[cluster]!) stability[cluster]! += (lambda - birth[cluster]!) * nItems;
    death[cluster] = Math.max(death[cluster]!, lambda);
  };
  const leave = (top: number, cluster: number, lambda: number) => {
    grow(cluster, lambda, size(top));
    for (const below = [top]; below.length > 0;) {
      const node = below.pop()!;
      if (node < n) {
        itemCluster[node] = cluster;
        itemLambda[node] = lambda;
      } else below.push(tree.left[node - n]!, tree.right[node - n]!);
    }
  };

  const open: { node: number; cluster: number }[] = n < 2 ? [] : [{ node: 2 * n - 2, cluster: 0 }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, cluster } = at;
    const merge = node - n;
    const lambda = node < n ? Infinity : 1 / tree.height[merge]!;
    if (lambda === Infinity) {
      leave(node, cluster, lambda);
      continue;
    }
    const sides = [tree.left[merge]!, tree.right[merge]!];
    const isSplit = sides.every((side) => size(side) >= minClusterSize);
    for (const side of sides) {
      if (isSplit) {
        grow(cluster, lambda, size(side));
        open.push({ node: side, cluster: parent.length });
        parent.push(cluster);
        birth.push(lambda);
        stability.push(0);
        death.push(lambda);
      } else if (size(side) >= minClusterSize) open.push({ node: side, cluster });
      else leave(side, cluster, lambda);
    }
  }
  return {
    parent: Int32Array.from(parent),
    stability: Float64Array.from(stability),
    death: Float64Array.from(death),
    itemCluster,
    itemLambda,
  };
}

/**
 * The clusters, none above another, whose stabilities have the greatest sum; the root never is one.
 * A cluster is kept against parts of equal stability.
 *
 * Cost: O(clusters). Source: excess of mass, Campello, Moulavi & Sander 2013.
 *
 * @returns For each cluster the chosen one that it is part of, itself included; −1 for none.
 */
export function chosenClusters({ parent, stability }: CondensedTree): Int32Array {
  const below = new Float64Array(parent.length);
  const isBest = new Uint8Array(parent.length);
  for (let c = parent.length - 1; c > 0; --c) {
    const own = stability[c]!;
    isBest[c] = own >= below[c]! ? 1 : 0;
    below[parent[c]!]! += Math.max(own, below[c]!);
  }
  const chosen = new Int32Array(parent.length).fill(-1);
  for (let c = 1; c < parent.length; ++c) {
    const above = chosen[parent[c]!]!;
    chosen[c] = above >= 0 ? above : isBest[c] === 1 ? c : -1;
  }
  return chosen;
}
