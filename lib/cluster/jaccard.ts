import { members, type Partition } from "./partition.ts";

/**
 * For each cluster of one partition, its best match in another: the largest share of common items
 * among all items of the two.
 *
 * Averaged over bootstrap samples it says whether a cluster is a thing or an accident; Hennig's rule
 * of thumb calls 0.75 and above stable, below 0.6 not to be trusted.
 *
 * Shape: clusters of `of` → one value each, in [0, 1]. Items are matched by their place; those that
 * `present` leaves out count in neither. NaN: a cluster none of whose items is present.
 * Cost: O(n + pairs of clusters that meet).
 * Source: Hennig 2007, "Cluster-wise assessment of cluster stability".
 *
 * @param options.present 1 for items that the other partition could place; all by default.
 */
export function jaccardOf(
  of: Partition,
  other: Partition,
  { present }: { readonly present?: ArrayLike<number> } = {},
): Float64Array {
  const isPresent = (i: number) => present === undefined || present[i] === 1;
  const otherSizes = new Float64Array(other.nClusters);
  other.cluster.forEach((c, i) => {
    if (c >= 0 && isPresent(i)) otherSizes[c] = otherSizes[c]! + 1;
  });
  return Float64Array.from(members(of), (list) => {
    const own = list.filter(isPresent);
    if (own.length === 0) return NaN;
    const common = new Map<number, number>();
    for (const i of own) {
      const c = other.cluster[i]!;
      if (c >= 0) common.set(c, (common.get(c) ?? 0) + 1);
    }
    let best = 0;
    for (const [c, count] of common) {
      best = Math.max(best, count / (own.length + otherSizes[c]! - count));
    }
    return best;
  });
}
