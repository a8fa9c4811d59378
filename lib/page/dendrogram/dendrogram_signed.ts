import { clusterKey } from "../../cluster/cluster_key.ts";
import type { DeskState } from "../../desk/desk_api.ts";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import type { Decision } from "../../review/decision.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { cutNodes } from "./dendrogram_cut.ts";
import { type DeskTree, leavesOf, nodesOf } from "./dendrogram_tree.ts";

/** Clusters by their nodes, see {@link nodesId}. */
export interface KnownClusters {
  /** What people said about clusters, and what they are asked. */
  readonly subjects: ReadonlyMap<string, StandingSubject>;
  /** Those of `subjects` that are today's, so that their own hash says what is seen. */
  readonly asked: ReadonlySet<string>;
  /** Place in the view's clusters of those that the last run made. */
  readonly ofRun: ReadonlyMap<string, number>;
}

/** One text for a set of nodes along the page. */
export function nodesId(nodes: readonly number[]): string {
  return nodes.join("+");
}

/** Key of a cluster, by which it is signed. Cost: O(members · log members), milliseconds at 2,700. */
export function keyOfNodes(desk: DeskTree, nodes: readonly number[]): string {
  return clusterKey(memberIds(desk, nodes));
}

/** Members of a cluster, in the order of the page. */
export function memberIds(desk: DeskTree, nodes: readonly number[]): string[] {
  return leavesOf(desk, nodes).map((leaf) => desk.tree.ids[leaf]!);
}

/**
 * The clusters that a run made and those that people spoke about, placed on the tree.
 *
 * A decision that is an orphan is about a cluster that is not in today's cut: somebody moved the cut line
 * and signed. Decisions about members that the tree lacks are left out.
 *
 * Cost: O(members of these clusters).
 */
export function knownClusters(
  desk: DeskTree,
  view: Pick<DendrogramView, "clusters" | "clusterOf" | "nClusters">,
  { subjects, orphans }: Pick<DeskState, "subjects" | "orphans">,
): KnownClusters {
  const ofRun = new Map<string, number>();
  const nodesOfKey = new Map<string, readonly number[]>();
  const members = view.clusters.map((): string[] => []);
  view.clusterOf.forEach((c, leaf) => c >= 0 && members[c]!.push(desk.tree.ids[leaf]!));
  members.forEach((ids, c) => {
    const nodes = nodesOf(desk, ids);
    if (nodes === null) return;
    ofRun.set(nodesId(nodes), c);
    nodesOfKey.set(view.clusters[c]!.key, nodes);
  });
  const found = new Map<string, StandingSubject>();
  const asked = new Set<string>();
  const standing = [
    ...subjects.filter(({ kind }) => kind === "cluster"),
    ...orphans.filter(({ kind }) => kind === "cluster").map(orphanSubject),
  ];
  const isCut = view.nClusters >= desk.fewest && view.nClusters <= desk.tree.ids.length;
  if (isCut && standing.some(({ id, decision }) => decision === null && !nodesOfKey.has(id))) {
    for (const node of cutNodes(desk, view.nClusters)) {
      nodesOfKey.set(keyOfNodes(desk, [node]), [node]);
    }
  }
  for (const one of standing) {
    const named = one.decision?.value.members as readonly string[] | undefined;
    const nodes = named === undefined ? nodesOfKey.get(one.id) ?? null : nodesOf(desk, named);
    if (nodes === null) continue;
    found.set(nodesId(nodes), one);
    if (subjects.includes(one)) asked.add(nodesId(nodes));
  }
  return { subjects: found, asked, ofRun };
}

/** A decision about a cluster that no subject of today is, as a subject that nobody must sign. */
function orphanSubject(decision: Decision): StandingSubject {
  const { kind, subject, seen, title, verdict, number } = decision;
  return {
    ...{ kind, id: subject, seen, title, decision },
    isRequired: false,
    standing: verdict === "flag" ? "flagged" : "signed",
    nDecisions: number,
  };
}
