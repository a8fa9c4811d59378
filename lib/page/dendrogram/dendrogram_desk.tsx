/// <reference lib="dom" />
import { useState } from "preact/hooks";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import { DendrogramWorkbench } from "./dendrogram_workbench.tsx";
import type { DeskProps } from "../desk_props.ts";
import { useView } from "../use_view.ts";

/** The desk on which a person cuts Ward's tree and names, joins, splits and signs its clusters. */
export function DendrogramDesk(props: DeskProps) {
  const [attempt, setAttempt] = useState(0);
  const revision = `${props.state.runRevision} ${attempt}`;
  const { view, error } = useView<DendrogramView>(props.client, "/api/dendrogram", revision);
  return (
    <div class="stack dendrogram">
      {error !== null && (
        <div class="row" role="alert">
          <span>{error}</span>
          <button type="button" class="button" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
        </div>
      )}
      {view === null
        ? error === null && <p class="muted">Reading the tree …</p>
        : view.marketIds.length < 2
        ? (
          <p class="panel">
            There is no tree: fewer than two contracts of the last run have a known correlation.
          </p>
        )
        : <DendrogramWorkbench {...props} loaded={view} />}
    </div>
  );
}
