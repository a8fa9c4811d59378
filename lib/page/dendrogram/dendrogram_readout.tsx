import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import type { DendrogramModel } from "./dendrogram_model.ts";
import { shareText, sizesText } from "./dendrogram_words.ts";
import { SignBar } from "../sign_bar.tsx";

/** The present cut in figures, and the signature under it. */
export function CutReadout({ view, model, nClusters, subject, draftKey, isBusy, onSign, onCount }: {
  view: DendrogramView;
  model: DendrogramModel;
  nClusters: number;
  subject: StandingSubject | undefined;
  draftKey: string;
  isBusy: boolean;
  onSign: (verdict: "approve" | "flag") => void;
  onCount: (nClusters: number) => void;
}) {
  const { evidence, counts, sizes } = model;
  const { silhouette, stability, nullStability } = evidence.ofCut(nClusters);
  const signature = subject?.decision;
  const nSigned = signature?.verdict === "approve" ? Number(signature.value.clusters) : null;
  const beyond = view.cuts === null
    ? "not computed by this run"
    : evidence.mostStudied > 0 && nClusters > evidence.mostStudied
    ? `stability was not computed beyond ${evidence.mostStudied} clusters`
    : "not computed for this cut";
  return (
    <div class="stack">
      <dl class="dendrogram-readout">
        <dt>Sizes</dt>
        <dd>{sizesText(sizes)}</dd>
        <dt>Silhouette</dt>
        <dd>
          {silhouette === null ? "not computed for this cut" : `mean ${shareText(silhouette)}`}
        </dd>
        <dt>Stability</dt>
        <dd>
          {stability === null ? (counts === null ? beyond : "mean not computed") : (
            `mean ${shareText(stability)}, shifted panels ${shareText(nullStability)}`
          )}
          {counts !== null &&
            `; ${counts.stable} stable, ${counts.doubtful} doubtful, ${counts.dissolved} dissolved`}
        </dd>
      </dl>
      {subject === undefined && (
        <p class="muted">
          The last run has no review: run notebook 03 again, then the cut can be signed.
        </p>
      )}
      {nSigned !== null && (
        <p>
          {subject!.standing === "stale" ? "Was signed" : "Signed"} at{" "}
          {nSigned.toLocaleString("en")} clusters
          {nSigned === view.nClusters
            ? ", as in the last run."
            : subject!.standing === "stale"
            ? `; the last run has ${view.nClusters}.`
            : `; the last run has ${view.nClusters}. The next run will have ${
              nSigned.toLocaleString("en")
            }.`}
        </p>
      )}
      <SignBar
        label="Your decision about the cut"
        subject={subject ?? null}
        verdicts={[
          {
            verdict: "approve",
            label: `Sign the cut at ${nClusters.toLocaleString("en")}`,
            key: "C",
            isPrimary: true,
          },
          { verdict: "flag", label: "Flag the cut" },
        ]}
        onSign={(verdict) => onSign(verdict === "flag" ? "flag" : "approve")}
        {...{ draftKey, isBusy: isBusy || subject === undefined }}
      />
      {nClusters !== view.nClusters && (
        <div class="row">
          <button
            type="button"
            class="button button-small"
            onClick={() => onCount(view.nClusters)}
          >
            Back to the last run's {view.nClusters} clusters
          </button>
        </div>
      )}
    </div>
  );
}
