/// <reference lib="dom" />
import type { ComponentChild } from "preact";
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { cutHeight } from "../../cluster/cut.ts";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import { type ClusterMode, ClusterPanel } from "./dendrogram_cluster.tsx";
import { DendrogramCounts } from "./dendrogram_counts.tsx";
import { DendrogramFigure, type TreeCut } from "./dendrogram_figure.tsx";
import { ClusterList } from "./dendrogram_list.tsx";
import { MergeBar } from "./dendrogram_merge.tsx";
import {
  branchesOf,
  changedSubject,
  type ListOrder,
  rowOfLeaf,
  useDendrogramModel,
} from "./dendrogram_model.ts";
import { CutReadout } from "./dendrogram_readout.tsx";
import {
  clusterRequest,
  type ClusterVerdict,
  CUT_SUBJECT,
  cutRequest,
  withdrawal,
} from "./dendrogram_requests.ts";
import type { ClusterRow } from "./dendrogram_rows.ts";
import { keyOfNodes } from "./dendrogram_signed.ts";
import { useSigning } from "./dendrogram_signing.ts";
import { cutFinding, cutText } from "./dendrogram_words.ts";
import type { DeskProps } from "../desk_props.ts";
import { keepDraft, readDraft } from "../draft.ts";
import { useKeys } from "../use_keys.ts";

const CUT_DRAFT = "cut ward", CUT_PLACE = "dendrogram cut";

/** Tree, evidence, list and open cluster of a view. */
export function DendrogramWorkbench(props: DeskProps & { readonly loaded: DendrogramView }) {
  const { state, find, client, notify, isDark, isActive, loaded } = props;
  const [wanted, setWanted] = useState<TreeCut | null>(keptCut);
  const [order, setOrder] = useState<ListOrder>("tree");
  const [anchor, setAnchor] = useState<number | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isOpen, setOpen] = useState(false);
  const [mode, setMode] = useState<ClusterMode>("look");
  const slider = useRef<HTMLDivElement>(null);
  const isMoving = useRef(false);
  const { isBusy, send } = useSigning({ client, notify });

  const subject = find("cut", CUT_SUBJECT);
  const nWanted = wanted?.nClusters ?? loaded.nClusters;
  const model = useDendrogramModel(loaded, { state, cut: subject, nWanted, order });
  const { view, desk, rows, listed, evidence, nameOf, nClusters } = model;
  const height = wanted?.nClusters === nClusters ? wanted.height : cutHeight(desk.tree, nClusters);
  const cut = { nClusters, height };
  const selected = anchor === null ? null : rowOfLeaf(desk, rows, anchor) ?? null;
  const at = cursor === null ? selected : rowOfLeaf(desk, rows, cursor) ?? selected;
  const open = isOpen ? selected : null;
  const openKey = useMemo(
    () => open === null || isMoving.current ? "" : keyOfNodes(desk, open.nodes),
    [desk, open?.id, isMoving.current],
  );

  const moveCut = useCallback((next: TreeCut, moving: boolean) => {
    isMoving.current = moving;
    setWanted(next);
    setMode("look");
    if (!moving) keepDraft(CUT_PLACE, `${next.nClusters} ${next.height}`);
  }, []);
  const goTo = useCallback((k: number) => {
    const count = Math.min(Math.max(k, desk.fewest), desk.tree.ids.length);
    moveCut({ nClusters: count, height: cutHeight(desk.tree, count) }, false);
  }, [desk, moveCut]);
  const firstLeaf = (row: ClusterRow) => desk.order[desk.first[row.nodes[0]!]!]!;
  const select = (row: ClusterRow) => {
    setAnchor(firstLeaf(row));
    setMode("look");
  };
  const walk = (step: number) => {
    const from = at === null ? -1 : listed.findIndex(({ id }) => id === at.id);
    const row = listed[Math.min(Math.max(from + step, 0), listed.length - 1)]!;
    if (mode === "merge") setCursor(firstLeaf(row));
    else select(row);
  };
  const leave = () => {
    setMode("look");
    setCursor(null);
    setChosen(new Set());
  };
  const choose = (row: ClusterRow) => {
    setCursor(firstLeaf(row));
    if (row.id === selected?.id) return;
    const next = new Set(chosen);
    if (!next.delete(row.id)) next.add(row.id);
    setChosen(next);
  };
  const begin = (next: ClusterMode) => {
    if (selected === null) return notify("Choose a cluster in the list first.");
    if (next === "split" && branchesOf(desk, selected) === null) {
      return notify("This cluster is not one branch of the tree and cannot be split.");
    }
    setOpen(true);
    setCursor(null);
    setChosen(new Set());
    setMode(next);
  };
  const draftOf = (row: ClusterRow) => `cluster ${keyOfNodes(desk, row.nodes)}`;
  const signCluster = async (said: ClusterVerdict) => {
    if (selected === null) return notify("Choose a cluster in the list first.");
    if (subject === undefined) return notify("The last run asks nothing: run notebook 03 again.");
    const draft = draftOf(selected);
    const comment = readDraft(draft);
    if (!await send(clusterRequest(desk, selected, { said, comment, cut: subject }))) return;
    keepDraft(`${draft} name`, "");
    leave();
  };
  const signCut = async (verdict: "approve" | "flag") => {
    if (subject === undefined) return notify("The last run asks nothing: run notebook 03 again.");
    await send(cutRequest(subject, { verdict, nClusters, comment: readDraft(CUT_DRAFT) }));
  };
  const takeBack = async (row: ClusterRow) => {
    const about = changedSubject(row, state);
    if (about !== null) await send(withdrawal(about, ""));
  };
  const merge = () => {
    const others = rows.filter(({ id }) => chosen.has(id));
    if (others.length === 0) return notify("Choose at least one other cluster.");
    void signCluster({ verdict: "merge", with: others });
  };
  const split = () => {
    const parts = selected && branchesOf(desk, selected);
    if (parts !== null) void signCluster({ verdict: "split", parts });
  };
  const speak = (verdict: string) => {
    if (verdict === "approve" || verdict === "flag") void signCluster({ verdict });
    else if (verdict === "rename" || verdict === "merge" || verdict === "split") begin(verdict);
  };

  useKeys([
    { key: "ArrowUp", label: "Cluster before", run: () => walk(-1) },
    { key: "ArrowDown", label: "Cluster after", run: () => walk(1) },
    ...(mode === "merge"
      ? [
        { key: " ", label: "Choose for the merge", run: () => at !== null && choose(at) },
        { key: "Enter", label: "Sign the merge", run: merge },
      ]
      : mode === "split"
      ? [{ key: "Enter", label: "Sign the split", run: split }]
      : [
        {
          key: "Enter",
          label: "Open the cluster",
          run: () => selected === null ? walk(1) : setOpen(true),
        },
      ]),
    { key: "a", label: "Approve the cluster", run: () => speak("approve") },
    { key: "r", label: "Rename the cluster", run: () => begin("rename") },
    { key: "m", label: "Merge the cluster with others", run: () => begin("merge") },
    { key: "s", label: "Split the cluster", run: () => begin("split") },
    { key: "f", label: "Flag the cluster", run: () => speak("flag") },
    { key: "c", label: "Go to the cut line", run: () => slider.current?.focus() },
    { key: "C", label: "Sign the cut", run: () => void signCut("approve") },
    {
      key: "Escape",
      label: "Leave, or close the cluster",
      run: () => mode === "look" ? setOpen(false) : leave(),
    },
  ], isActive);

  // the open cluster stands still while the cut is dragged
  const panel = useRef<ComponentChild>(null);
  if (!isMoving.current) {
    panel.current = open === null
      ? (
        <section class="panel muted" aria-label="Open cluster">
          Choose a cluster in the list or the tree to see its members and to sign it.
        </section>
      )
      : (
        <ClusterPanel
          {...{ desk, view, mode, isDark, isBusy, client, nameOf }}
          row={open}
          evidence={evidence.ofCluster(nClusters, open.nodes)}
          draftKey={`cluster ${openKey}`}
          nameOfNode={model.nameOfNode}
          branches={branchesOf(desk, open)}
          onSign={speak}
          onName={(name) => void signCluster({ verdict: "rename", name })}
          onSplit={split}
          onTakeBack={() => void takeBack(open)}
          onMode={setMode}
          onClose={() => setOpen(false)}
        />
      );
  }

  const { counts } = model;
  const title = cutFinding({ ...cut, top: desk.top, nStable: counts?.stable ?? null });
  return (
    <>
      <section class="panel stack" aria-label="The tree and its cut">
        <h3 class="dendrogram-finding">{title}</h3>
        <DendrogramFigure
          {...{ desk, rows, cut, selected, title, isDark, nameOf, slider }}
          marks={model.marks}
          description={`Ward's tree of ${desk.tree.ids.length} contracts, ${view.source}, as of ${view.asOf}; ${
            cutText(nClusters, cut.height, desk.top)
          }.`}
          footer={`${view.source}, as of ${view.asOf}, ${desk.tree.ids.length} contracts; ${
            subject?.standing === "signed" ? `cut signed by ${subject.decision!.by}` : "unreviewed"
          }`}
          onCut={moveCut}
          onPick={(leaf) => {
            setAnchor(leaf);
            setOpen(true);
            leave();
          }}
        />
        <div class="dendrogram-below">
          <CutReadout
            {...{ view, model, nClusters, subject, isBusy }}
            draftKey={CUT_DRAFT}
            onSign={signCut}
            onCount={goTo}
          />
          <DendrogramCounts
            {...{ view, evidence, nClusters, isDark }}
            isMoving={isMoving.current}
            onCount={goTo}
          />
        </div>
      </section>
      <div class="dendrogram-columns">
        <section class="panel stack" aria-label="Clusters">
          <div class="row dendrogram-list-tools">
            <h3>
              Clusters at this cut
              {rows.length !== nClusters &&
                `: ${rows.length.toLocaleString("en")} after signed merges and splits`}
            </h3>
            <label>
              Order{" "}
              <select
                value={order}
                onChange={(event) => setOrder(event.currentTarget.value as ListOrder)}
              >
                <option value="tree">as in the tree</option>
                <option value="size">by size</option>
              </select>
            </label>
          </div>
          {mode === "merge" && selected !== null && (
            <MergeBar
              name={nameOf(selected)}
              count={chosen.size}
              isBusy={isBusy}
              onMerge={merge}
              onLeave={leave}
            />
          )}
          <ClusterList
            key={order}
            {...{ isDark, nameOf }}
            rows={listed}
            selected={at}
            chosen={mode === "merge" && selected !== null
              ? new Set([selected.id, ...chosen])
              : null}
            evidenceOf={({ nodes }) => evidence.ofCluster(nClusters, nodes)}
            bounds={view}
            onSelect={(row) => {
              select(row);
              setOpen(true);
            }}
            onChoose={choose}
          />
        </section>
        {panel.current}
      </div>
    </>
  );
}

/** The cut that this browser showed last; `null` where none is kept. */
function keptCut(): TreeCut | null {
  const [nClusters, height] = readDraft(CUT_PLACE).split(" ").map(Number);
  return Number.isInteger(nClusters) && height! >= 0
    ? { nClusters: nClusters!, height: height! }
    : null;
}
