import { HUES } from "../../charts/palette.ts";
import type { Decision } from "../../review/decision.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { cutNodes } from "./dendrogram_cut.ts";
import { type KnownClusters, nodesId } from "./dendrogram_signed.ts";
import { type DeskTree, nodesOf } from "./dendrogram_tree.ts";

/** A cluster of the present cut, after what people signed about it. */
export interface ClusterRow {
  /** {@link nodesId} of its nodes. */
  readonly id: string;
  /** Nodes that make it up, along the page; one unless it was merged or is a part. */
  readonly nodes: readonly number[];
  readonly size: number;
  /** Its number on the page, from 1 in the order of the tree. */
  readonly number: number;
  /** Index of its colour. */
  readonly hue: number;
  /** What people said of it, or are asked; `null` where nobody is asked. */
  readonly subject: StandingSubject | null;
  /** Whether the subject is one of today's. */
  readonly isAsked: boolean;
  /** The name that a person signed; `null` without one. */
  readonly signedName: string | null;
  /** Signed merge or split that makes this row out of the tree's clusters; `null` for one of these. */
  readonly change: Decision | null;
  /** Whether something signed here is not in the last run's results yet. */
  readonly isPending: boolean;
}

/**
 * The clusters at a cut with signed merges and splits done and signed names given, in the order of the
 * tree. Flagged and stale decisions change nothing.
 *
 * A merge is done only where all its clusters are at this cut.
 *
 * Cost: O(k log k + signed members).
 *
 * @param options.labels Names of the last run's clusters, to tell which signed names it has already.
 */
export function clusterRows(
  desk: DeskTree,
  nClusters: number,
  { known, labels }: { readonly known: KnownClusters; readonly labels: readonly string[] },
): ClusterRow[] {
  const groups: Group[] = cutNodes(desk, nClusters).map((node) => ({
    nodes: [node],
    change: null,
  }));
  const changed = split(desk, merged(desk, groups, known), known);
  const rows = changed.map(({ nodes, change }): Omit<ClusterRow, "number"> => {
    const id = nodesId(nodes);
    const subject = known.subjects.get(id) ?? null;
    const isSigned = subject?.standing === "signed";
    // an approval leaves the name
    const decision = isSigned ? subject.rename ?? subject.decision : null;
    const signedName = decision?.verdict === "rename" ? String(decision.value.name) : null;
    const place = known.ofRun.get(id);
    const isNamed = signedName === null || (place !== undefined && labels[place] === signedName);
    return {
      ...{ id, nodes, subject, signedName, change },
      isAsked: known.asked.has(id),
      size: nodes.reduce((sum, node) => sum + desk.size[node]!, 0),
      hue: desk.hue[nodes.reduce((a, b) => desk.size[b]! > desk.size[a]! ? b : a)]!,
      isPending: !isNamed || (change !== null && place === undefined),
    };
  });
  rows.sort((a, b) => desk.first[a.nodes[0]!]! - desk.first[b.nodes[0]!]!);
  const hues = apartHues(rows);
  return rows.map((row, at) => ({ ...row, hue: hues[at]!, number: at + 1 }));
}

/** Colours of the rows; signed changes may bring two of one colour together, which the tree never does. */
function apartHues(rows: readonly Pick<ClusterRow, "hue" | "change">[]): number[] {
  const hues = rows.map(({ hue }) => hue);
  rows.forEach(({ change }, at) => {
    const beside = [hues[at - 1], hues[at + 1]];
    if (change === null || !beside.includes(hues[at])) return;
    hues[at] = HUES.findIndex((_, hue) => !beside.includes(hue));
  });
  return hues;
}

interface Group {
  readonly nodes: readonly number[];
  readonly change: Decision | null;
}

/** Signed decision of a verdict about a group. */
function signed(known: KnownClusters, nodes: readonly number[], verdict: "merge" | "split") {
  const subject = known.subjects.get(nodesId(nodes));
  const decision = subject?.standing === "signed" ? subject.decision : null;
  return decision?.verdict === verdict ? decision : null;
}

function merged(desk: DeskTree, groups: readonly Group[], known: KnownClusters): Group[] {
  let now = [...groups];
  // a merged cluster may be merged again; each merge takes at least one group away
  for (let at = 0; at < now.length;) {
    const decision = signed(known, now[at]!.nodes, "merge");
    const others = decision === null ? [] : joinedGroups(desk, now, decision);
    if (decision === null || others.length === 0) {
      ++at;
      continue;
    }
    const nodes = [now[at]!, ...others].flatMap((group) => group.nodes)
      .sort((a, b) => desk.first[a]! - desk.first[b]!);
    const kept = now.filter((group, k) => k !== at && !others.includes(group));
    now = [...kept, { nodes: wholeNodes(desk, nodes), change: decision }];
    at = 0;
  }
  return now;
}

/** The groups that a merge takes in; none where one of them is not here. */
function joinedGroups(desk: DeskTree, now: readonly Group[], { value }: Decision): Group[] {
  const lists = value.with as readonly (readonly string[])[];
  const wanted = lists.map((ids) => nodesOf(desk, ids));
  const ids = new Set(wanted.map((nodes) => nodes === null ? "" : nodesId(nodes)));
  const found = now.filter(({ nodes }) => ids.has(nodesId(nodes)));
  return found.length === ids.size ? found : [];
}

function split(desk: DeskTree, groups: readonly Group[], known: KnownClusters): Group[] {
  return groups.flatMap((group): Group[] => {
    const decision = signed(known, group.nodes, "split");
    if (decision === null) return [group];
    const parts = (decision.value.parts as readonly (readonly string[])[])
      .map((ids) => nodesOf(desk, ids));
    if (parts.some((nodes) => nodes === null)) return [group];
    return split(desk, parts.map((nodes) => ({ nodes: nodes!, change: decision })), known);
  });
}

/** The same leaves by the fewest nodes, so that they have one id however they came together. */
function wholeNodes(desk: DeskTree, nodes: readonly number[]): readonly number[] {
  return nodesOf(
    desk,
    nodes.flatMap((node) =>
      desk.order.slice(desk.first[node]!, desk.first[node]! + desk.size[node]!)
        .map((leaf) => desk.tree.ids[leaf]!)
    ),
  )!;
}
