/// <reference lib="dom" />
import { useEffect, useRef, useState } from "preact/hooks";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import type { Verdict } from "../../review/decision.ts";
import { hueColour } from "./dendrogram_branches.tsx";
import type { Evidence } from "./dendrogram_evidence.ts";
import { ClusterMembers } from "./dendrogram_members.tsx";
import type { ClusterRow } from "./dendrogram_rows.ts";
import { SplitPreview } from "./dendrogram_split.tsx";
import { type DeskTree, leavesOf } from "./dendrogram_tree.ts";
import { shareText, stabilityWord } from "./dendrogram_words.ts";
import type { DeskClient } from "../desk_props.ts";
import { keepDraft, readDraft } from "../draft.ts";
import { SignBar, type SignChoice } from "../sign_bar.tsx";

/** What a person is doing with a cluster. */
export type ClusterMode = "look" | "rename" | "merge" | "split";

const LONGEST_NAME = 60;

/** An open cluster: its evidence, what a person may say of it, and its members. */
export function ClusterPanel(props: {
  desk: DeskTree;
  view: DendrogramView;
  row: ClusterRow;
  evidence: Evidence;
  mode: ClusterMode;
  isDark: boolean;
  isBusy: boolean;
  client: DeskClient;
  /** Under which its comment is kept. */
  draftKey: string;
  nameOf: (row: ClusterRow) => string;
  nameOfNode: (node: number) => string;
  /** Its two branches, where it can be split. */
  branches: readonly number[] | null;
  onSign: (verdict: Verdict) => void;
  onName: (name: string) => void;
  onSplit: () => void;
  onTakeBack: () => void;
  onMode: (mode: ClusterMode) => void;
  onClose: () => void;
}) {
  const { desk, view, row, evidence, mode, isDark, isBusy, draftKey, branches } = props;
  const { silhouette, stability } = evidence;
  const choices: SignChoice[] = [
    { verdict: "approve", label: "Approve", key: "a", isPrimary: true },
    { verdict: "rename", label: "Rename", key: "r" },
    { verdict: "merge", label: "Merge", key: "m" },
    ...(branches === null ? [] : [{ verdict: "split", label: "Split", key: "s" } as const]),
    { verdict: "flag", label: "Flag", key: "f" },
  ];
  return (
    <section class="panel stack dendrogram-cluster" aria-label="Open cluster">
      <div class="row dendrogram-cluster-head">
        <h3>
          <span class="dendrogram-swatch" style={{ background: hueColour(row.hue, isDark) }} />
          {row.number} · <bdi>{props.nameOf(row)}</bdi>
        </h3>
        <button type="button" class="button button-small" onClick={props.onClose}>Close</button>
      </div>
      <p class="muted">
        {row.size.toLocaleString("en")} {row.size === 1 ? "contract" : "contracts"} · silhouette
        {" "}
        {shareText(silhouette)} · stability {shareText(stability)} {stabilityWord(stability, view)}
      </p>
      {row.change !== null && (
        <p class="row">
          <span>
            {row.change.verdict === "merge" ? "Merged" : "Split"} by <bdi>{row.change.by}</bdi>
            {row.isPending ? ", with the next run." : "."}
          </span>
          <button
            type="button"
            class="button button-small"
            disabled={isBusy}
            onClick={props.onTakeBack}
          >
            Take it back
          </button>
        </p>
      )}
      {mode === "rename" && (
        <RenameForm
          {...{ isBusy, draftKey: `${draftKey} name` }}
          name={props.nameOf(row)}
          onName={props.onName}
          onLeave={() => props.onMode("look")}
        />
      )}
      {mode === "split" && branches !== null && (
        <SplitPreview
          {...{ desk, view, branches, isDark, isBusy, nameOfNode: props.nameOfNode }}
          onSplit={props.onSplit}
          onLeave={() => props.onMode("look")}
        />
      )}
      <SignBar
        label="Your decision about the open cluster"
        {...{ subject: row.subject, verdicts: choices, draftKey, isBusy }}
        onSign={(verdict) => props.onSign(verdict)}
      />
      <ClusterMembers
        key={row.id}
        client={props.client}
        view={view}
        leaves={leavesOf(desk, row.nodes)}
        colour={hueColour(row.hue, isDark)}
      />
    </section>
  );
}

function RenameForm({ name, draftKey, isBusy, onName, onLeave }: {
  name: string;
  draftKey: string;
  isBusy: boolean;
  onName: (name: string) => void;
  onLeave: () => void;
}) {
  const [text, setText] = useState(() => readDraft(draftKey) || name.slice(0, LONGEST_NAME));
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current!.focus();
    field.current!.select();
  }, []);
  return (
    <form
      class="row dendrogram-rename"
      onSubmit={(event) => {
        event.preventDefault();
        const given = field.current!.value.trim();
        if (given !== "") onName(given);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onLeave();
      }}
    >
      <label>
        New name{" "}
        <input
          ref={field}
          type="text"
          dir="auto"
          maxLength={LONGEST_NAME}
          required
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            keepDraft(draftKey, event.currentTarget.value);
          }}
        />
      </label>
      <button type="submit" class="button button-primary" disabled={isBusy}>Sign the name</button>
      <button type="button" class="button" onClick={onLeave}>Leave</button>
    </form>
  );
}
