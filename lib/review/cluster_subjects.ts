import { clusterKey } from "../cluster/cluster_key.ts";
import type { Linkage } from "../cluster/linkage.ts";
import { members, type Partition } from "../cluster/partition.ts";
import { countOf } from "../core/number_text.ts";
import type { Panel } from "../core/panel.ts";
import { sha256Hex } from "../store/hash.ts";
import { type Decision, valueOf } from "./decision.ts";
import { seenHash, type Subject } from "./subject.ts";

/** Id of the one subject of kind "cut". */
export const CUT_SUBJECT = "ward";

/**
 * For each leaf of a window's tree the hash of what it is judged by: its id, the side that is held and
 * its moves in the window, bit by bit.
 *
 * A person looks at a tree, and the tree is made of these moves; a changed price changes the moves that
 * begin and end with it, and no other leaf's.
 *
 * NaN: unknown is one value, and so is zero, whatever its sign. Cost: O(cells).
 *
 * @param moves Days × markets of the window, in the working representation.
 * @param options.kept Market of each leaf, as an index into the panel.
 * @param options.side Held side of each leaf.
 * @returns One hash a leaf, 64 hexadecimal digits.
 */
export function leafSeen(
  { days, markets, values }: Panel,
  { kept, side }: { readonly kept: ArrayLike<number>; readonly side: ArrayLike<number> },
): string[] {
  const n = markets.length, bytes = new Uint8Array(8 * days.length);
  const view = new DataView(bytes.buffer);
  return Array.from(kept, (market, leaf) => {
    for (let i = 0; i < days.length; ++i) {
      const move = values[i * n + market]!;
      // the bits of a NaN are the machine's choice, and −0 is no other move than 0
      if (move !== move) view.setBigUint64(8 * i, UNKNOWN, true);
      else view.setFloat64(8 * i, move === 0 ? 0 : move, true);
    }
    return seenHash({ id: markets[market]!, side: side[leaf]!, moves: sha256Hex(bytes) });
  });
}

const UNKNOWN = 0x7ff8000000000000n;

/** The leaves' hashes by their ids. */
export function seenByLeaf(tree: Linkage, seen: readonly string[]): ReadonlyMap<string, string> {
  return new Map(tree.ids.map((id, leaf) => [id, seen[leaf]!]));
}

/**
 * Hash of what is seen of a group of leaves: their ids with the hash of each, in any order.
 *
 * @throws {RangeError} If a member is no leaf.
 */
export function clusterSeen(
  members: readonly string[],
  seenOf: ReadonlyMap<string, string>,
): string {
  return seenHash(
    [...members].sort().map((id) => {
      const seen = seenOf.get(id);
      if (seen === undefined) {
        throw new RangeError(
          `Cannot tell what was seen of a cluster as its members must be leaves of the tree: got ${
            JSON.stringify(id)
          }`,
        );
      }
      return [id, seen];
    }),
  );
}

/**
 * A cluster as a subject. Its id is its members' key, so that it stays the same question as long as it
 * has the same members.
 *
 * @param options.title What it is called. Untrusted.
 * @throws {RangeError} As {@link clusterSeen}.
 */
export function clusterSubject(
  members: readonly string[],
  seenOf: ReadonlyMap<string, string>,
  { title, isRequired }: { readonly title: string; readonly isRequired: boolean },
): Subject {
  const seen = clusterSeen(members, seenOf);
  return { kind: "cluster", id: clusterKey(members), seen, title, isRequired };
}

/**
 * The number of clusters of a tree as a subject, seen through all its joins and leaves. A tree of fewer
 * than two leaves cannot be cut, so nobody waits for it.
 *
 * @param options.seen Hash of each leaf. @param options.title The question in words.
 * @throws {TypeError} If leaves have no known pair, so that a join has no height.
 */
export function cutSubject(
  { ids, left, right, height }: Linkage,
  { seen, title }: { readonly seen: readonly string[]; readonly title: string },
): Subject {
  const shown = {
    leaves: ids.map((id, leaf) => [id, seen[leaf]!]),
    left: Array.from(left),
    right: Array.from(right),
    height: Array.from(height),
  };
  return { kind: "cut", id: CUT_SUBJECT, seen: seenHash(shown), title, isRequired: ids.length > 1 };
}

/**
 * What a person is asked about a clustering: where Ward's tree is cut, and each of its clusters, in the
 * order of their numbers; all required, unless the tree has fewer than two leaves.
 *
 * A cluster that a signature has merged or split is listed after them and not required, so that the
 * signature keeps its subject and can be taken back.
 *
 * @param options.seen Hash of each leaf.
 * @param options.partition Clusters as they are after signatures; markets in none are left out.
 * @param options.labels Name of each. Untrusted.
 * @param options.applied Decisions that have changed the clusters, as `signedClusters()` gives them.
 * @throws {RangeError} If there is not one label a cluster or a member is no leaf.
 */
export function clusteringSubjects(
  tree: Linkage,
  { seen, partition, labels, applied = [] }: {
    readonly seen: readonly string[];
    readonly partition: Partition;
    readonly labels: readonly string[];
    readonly applied?: readonly Decision[];
  },
): Subject[] {
  if (labels.length !== partition.nClusters) {
    throw new RangeError(
      `Cannot ask about clusters as each of ${partition.nClusters} must have a label: got ${labels.length}`,
    );
  }
  const seenOf = seenByLeaf(tree, seen);
  const title = `Where Ward's tree of ${countOf(tree.ids.length, "market")} is cut`;
  const clusters = members(partition).map((items, c) =>
    clusterSubject(items.map((item) => partition.ids[item]!), seenOf, {
      title: `${labels[c]!} (${countOf(items.length, "market")})`,
      isRequired: tree.ids.length > 1,
    })
  );
  const listed = new Set(clusters.map(({ id }) => id));
  const former = applied.filter(({ subject }) => !listed.has(subject)).map((decision) =>
    clusterSubject(membersOf(decision)!, seenOf, { title: decision.title, isRequired: false })
  );
  return [cutSubject(tree, { seen, title }), ...clusters, ...former];
}

/**
 * Whether a decision on a cluster was signed on what is there today: on the cluster's leaves, for a merge
 * on those of all clusters that it joins.
 */
export function isOfToday(decision: Decision, seenOf: ReadonlyMap<string, string>): boolean {
  const joined = mergeSeen(decision, seenOf), own = membersOf(decision);
  if (joined !== null) return decision.seen === joined;
  return own !== null && own.every((id) => seenOf.has(id)) &&
    decision.seen === clusterSeen(own, seenOf);
}

/**
 * Today's hash of what a merge was decided on, the leaves of all clusters that it joins; `null` for every
 * other decision, which is about its subject alone. Empty where one is no leaf any more: no decision
 * holds that.
 */
export function mergeSeen(
  decision: Pick<Decision, "kind" | "verdict" | "value">,
  seenOf: ReadonlyMap<string, string>,
): string | null {
  const merge = valueOf(decision, "cluster merge");
  if (merge === null) return null;
  const ids = [...merge.members, ...merge.with.flat()];
  return ids.every((id) => seenOf.has(id)) ? clusterSeen(ids, seenOf) : "";
}

/** Members of the cluster that a decision is about; `null` where it is about something else. */
export function membersOf(decision: Decision): readonly string[] | null {
  const value = valueOf(decision, "cluster approve") ?? valueOf(decision, "cluster flag") ??
    valueOf(decision, "cluster rename") ?? valueOf(decision, "cluster merge") ??
    valueOf(decision, "cluster split");
  return value?.members ?? null;
}
