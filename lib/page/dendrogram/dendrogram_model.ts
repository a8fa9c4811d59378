import { useCallback, useMemo, useRef } from "preact/hooks";
import { cleanText } from "../../charts/text_lines.ts";
import { cutHeight } from "../../cluster/cut.ts";
import type { DeskState } from "../../desk/desk_api.ts";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { cutNodes } from "./dendrogram_cut.ts";
import type { CutMark } from "./dendrogram_marks.tsx";
import { type CutEvidence, cutEvidence } from "./dendrogram_evidence.ts";
import { branchNames } from "./dendrogram_names.ts";
import { type ClusterRow, clusterRows } from "./dendrogram_rows.ts";
import { knownClusters } from "./dendrogram_signed.ts";
import { type DeskTree, deskTree } from "./dendrogram_tree.ts";

/** Order of the list of clusters. */
export type ListOrder = "tree" | "size";

/** What the desk shows at a cut. */
export interface DendrogramModel {
  readonly view: DendrogramView;
  readonly nClusters: number;
  readonly desk: DeskTree;
  /** Clusters at the cut along the page. */
  readonly rows: readonly ClusterRow[];
  /** The same in the order of the list. */
  readonly listed: readonly ClusterRow[];
  readonly evidence: CutEvidence;
  readonly nameOf: (row: ClusterRow) => string;
  readonly nameOfNode: (node: number) => string;
  /** Sizes of the tree's clusters at the cut. */
  readonly sizes: readonly number[];
  /** Clusters by what their stability says; `null` where none is known. */
  readonly counts: {
    readonly stable: number;
    readonly doubtful: number;
    readonly dissolved: number;
  } | null;
  /** Cuts of the last run and of the signature. */
  readonly marks: readonly CutMark[];
}

/** Works out what the desk shows, anew only where what it rests on is another. */
export function useDendrogramModel(
  loaded: DendrogramView,
  { state, cut, nWanted, order }: {
    readonly state: DeskState;
    readonly cut: StandingSubject | undefined;
    /** Taken to the nearest number that the tree can be cut into. */
    readonly nWanted: number;
    readonly order: ListOrder;
  },
): DendrogramModel {
  const held = useRef(loaded);
  // the view comes again with every decision, and is the same until the next run
  if (held.current.version !== loaded.version) held.current = loaded;
  const view = held.current;
  const desk = useMemo(() => deskTree(view), [view]);
  const nClusters = Math.min(Math.max(nWanted, desk.fewest), desk.tree.ids.length);
  const branchName = useMemo(() => branchNames(desk, view.titles), [desk, view]);
  const known = useMemo(() => knownClusters(desk, view, state), [desk, view, state]);
  const evidence = useMemo(() => cutEvidence(view, known), [view, known]);
  const labels = useMemo(() => view.clusters.map(({ label }) => label), [view]);
  const nameOfNode = useCallback((node: number) => branchName([node]), [branchName]);
  const nameOf = useCallback((row: ClusterRow) => {
    const place = known.ofRun.get(row.id);
    const label = row.signedName ?? (place === undefined ? "" : labels[place]!);
    return cleanText(label) || branchName(row.nodes) ||
      desk.tree.ids[desk.order[desk.first[row.nodes[0]!]!]!]!;
  }, [known, branchName, labels, desk]);
  const rows = useMemo(
    () => clusterRows(desk, nClusters, { known, labels }),
    [desk, nClusters, known, labels],
  );
  const listed = useMemo(
    () =>
      order === "tree" ? rows : [...rows].sort((a, b) => b.size - a.size || a.number - b.number),
    [rows, order],
  );
  const { sizes, counts } = useMemo(() => {
    const nodes = cutNodes(desk, nClusters);
    const studied = evidence.isStudied(nClusters) ? nodes : [];
    const known = studied.map((node) => evidence.ofCluster(nClusters, [node]).stability)
      .filter((stability) => stability !== null);
    const stable = known.filter((one) => one >= view.stableJaccard).length;
    const dissolved = known.filter((one) => one < view.doubtfulJaccard).length;
    return {
      sizes: nodes.map((node) => desk.size[node]!),
      counts: known.length === 0
        ? null
        : { stable, dissolved, doubtful: known.length - stable - dissolved },
    };
  }, [desk, nClusters, evidence, view]);
  const marks = useMemo(() => cutMarks(desk, view.nClusters, cut), [desk, view, cut]);
  return {
    view,
    nClusters,
    desk,
    rows,
    listed,
    evidence,
    nameOf,
    nameOfNode,
    sizes,
    counts,
    marks,
  };
}

/** The row that a leaf belongs to. */
export function rowOfLeaf(
  { first, size }: DeskTree,
  rows: readonly ClusterRow[],
  leaf: number,
): ClusterRow | undefined {
  const at = first[leaf]!;
  return rows.find(({ nodes }) =>
    nodes.some((node) => at >= first[node]! && at < first[node]! + size[node]!)
  );
}

/** The two branches of a row that is one branch of several leaves, along the page. */
export function branchesOf({ tree, first }: DeskTree, { nodes }: ClusterRow): number[] | null {
  const n = tree.ids.length;
  if (nodes.length !== 1 || nodes[0]! < n) return null;
  const m = nodes[0]! - n;
  return [tree.left[m]!, tree.right[m]!].sort((a, b) => first[a]! - first[b]!);
}

/** The subject whose merge or split made a row. */
export function changedSubject(
  row: ClusterRow,
  state: Pick<DeskState, "subjects" | "orphans">,
): StandingSubject | null {
  const { change } = row;
  if (change === null) return null;
  const { subject: id, kind, seen, title, number } = change;
  return state.subjects.find((one) => one.kind === kind && one.id === id) ?? {
    ...{ kind, id, seen, title, decision: change },
    ...{ isRequired: false, standing: "signed", nDecisions: number },
  };
}

function cutMarks(desk: DeskTree, nToday: number, cut: StandingSubject | undefined): CutMark[] {
  const signed = cut?.standing === "signed" && cut.decision?.verdict === "approve"
    ? Number(cut.decision.value.clusters)
    : null;
  const words = signed === nToday
    ? [[nToday, "last run, signed"] as const]
    : [[nToday, "last run"] as const, ...(signed === null ? [] : [[signed, "signed"] as const])];
  return words.filter(([k]) => k >= desk.fewest && k <= desk.tree.ids.length)
    .map(([k, label]) => ({
      label: `${label}: ${k.toLocaleString("en")}`,
      height: cutHeight(desk.tree, k),
    }));
}
