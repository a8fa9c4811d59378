/** Which cluster each item belongs to. */
export interface Partition {
  /** Names of the items, in order. */
  readonly ids: readonly string[];
  /** Cluster of each item, from 0 in order of falling size; −1 belongs to none. */
  readonly cluster: Int32Array;
  /** Number of clusters, items without one not counted. */
  readonly nClusters: number;
}

/**
 * A partition out of any labels: clusters are numbered anew by falling size, equal sizes by their
 * first item, so that equal groupings get equal numbers whatever method made them.
 *
 * Cost: O(n + k log k).
 *
 * @param labels A whole number for each item; negative ones belong to no cluster.
 * @throws {RangeError} If there is not one label an item.
 */
export function partition(ids: readonly string[], labels: ArrayLike<number>): Partition {
  if (labels.length !== ids.length) {
    throw new RangeError(
      `Cannot make a partition as each item must have one label: got ${labels.length} for ${ids.length}`,
    );
  }
  const groups = new Map<number, { first: number; size: number }>();
  for (let i = 0; i < labels.length; ++i) {
    const label = labels[i]!;
    if (label < 0) continue;
    const group = groups.get(label);
    if (group === undefined) groups.set(label, { first: i, size: 1 });
    else ++group.size;
  }
  const ordered = [...groups].sort(([, a], [, b]) => b.size - a.size || a.first - b.first);
  const numberOf = new Map(ordered.map(([label], number) => [label, number]));
  return {
    ids,
    cluster: Int32Array.from(labels, (label) => numberOf.get(label) ?? -1),
    nClusters: ordered.length,
  };
}

/** Indices of the items of each cluster, in order; those of none are left out. */
export function members({ cluster, nClusters }: Partition): number[][] {
  const lists: number[][] = Array.from({ length: nClusters }, () => []);
  cluster.forEach((c, i) => c >= 0 && lists[c]!.push(i));
  return lists;
}
