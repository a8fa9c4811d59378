import { clusterKey } from "../cluster/cluster_key.ts";
import { countOf } from "../core/number_text.ts";
import { clusterSeen } from "../review/cluster_subjects.ts";
import { type DecisionDraft, valueOf } from "../review/decision.ts";

/**
 * Why a decision about the tree does not fit it, or `null`: a cluster is known by its members, which are
 * leaves; clusters that are joined share none; parts have each member once; no more clusters than leaves.
 *
 * @param leaves Ids of the tree's leaves.
 */
export function clusterFault(
  draft: DecisionDraft,
  leaves: { has(id: string): boolean; readonly size: number },
): string | null {
  const cut = valueOf(draft, "cut approve");
  if (cut !== null && cut.clusters > leaves.size) {
    return `The tree has ${leaves.size} leaves and cannot be cut into more clusters.`;
  }
  if (draft.kind !== "cluster") return null;
  const members = membersOf(draft);
  const joined = valueOf(draft, "cluster merge")?.with ?? [];
  const parts = valueOf(draft, "cluster split")?.parts ?? [];
  const all = [...members, ...joined.flat()];
  if (!all.every((id) => leaves.has(id))) return "A member of the cluster is no leaf of the tree.";
  if (new Set(all).size < all.length) return "A cluster has a member twice.";
  if (clusterKey(members) !== draft.subject) return "The members are those of another cluster.";
  if (parts.length > 0 && !isSame(parts.flat(), members)) {
    return "The parts of a cluster must have each of its members once.";
  }
  return null;
}

/**
 * Title and hash of a cluster that is none of today's cut, by its members.
 *
 * @param leaves Hash of what a person sees of a leaf, by contract.
 */
export function unlistedCluster(
  draft: DecisionDraft,
  leaves: ReadonlyMap<string, string>,
): { readonly title: string; readonly seen: string } {
  const members = membersOf(draft);
  const title = `A cluster of ${countOf(members.length, "market")} that is not in today's cut`;
  return { title, seen: clusterSeen(members, leaves) };
}

function membersOf({ value }: DecisionDraft): readonly string[] {
  return value.members as readonly string[];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  const sorted = [...b].sort();
  return a.length === b.length && [...a].sort().every((id, k) => id === sorted[k]);
}
