/// <reference lib="dom" />
import type { ComponentChildren, ComponentProps } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import { countAtX, countPlot, mostShown, xOfCount } from "./dendrogram_counts_plot.ts";
import type { CutEvidence } from "./dendrogram_evidence.ts";
import { useWidth } from "./dendrogram_width.ts";
import { shareText } from "./dendrogram_words.ts";
import { PlotFigure } from "../figure/plot_figure.tsx";

const HEIGHT = 196;
/** Between the two charts, as the style sheet has it. */
const GAP = 24;

/**
 * Silhouette and stability by number of clusters; a click takes the cut there.
 *
 * While the cut is dragged a line in front of the charts follows it, which costs less than drawing them.
 */
export function DendrogramCounts({ view, evidence, nClusters, isMoving, isDark, onCount }: {
  view: DendrogramView;
  evidence: CutEvidence;
  nClusters: number;
  isMoving: boolean;
  isDark: boolean;
  onCount: (nClusters: number) => void;
}) {
  const holder = useRef<HTMLDivElement>(null);
  const whole = useWidth(holder);
  const width = Math.floor((whole - GAP) / 2);
  const frame = useMemo(() => ({ width, height: HEIGHT, most: mostShown(view) }), [view, width]);
  const { cuts, stableJaccard, doubtfulJaccard } = view;
  const drawn = isMoving ? null : nClusters;
  const silhouette = useMemo(() =>
    cuts && countPlot({ k: cuts.k, value: cuts.silhouette }, {
      ...{ frame, nClusters: drawn, isDark, hue: 0 },
      label: "Mean silhouette, distance 1 − ρ",
    }), [cuts, frame, drawn, isDark]);
  const stability = useMemo(() =>
    cuts && countPlot({ k: cuts.k, value: cuts.stability }, {
      ...{ frame, nClusters: drawn, isDark, hue: 1, nulls: cuts.nullStability },
      label: "Mean stability, Jaccard; grey: shifted panels",
      rules: [doubtfulJaccard, stableJaccard],
    }), [cuts, frame, drawn, isDark]);

  if (cuts === null) {
    return (
      <p class="muted">
        This run did not study other cuts; run notebook 03 again for silhouette and stability by
        number of clusters.
      </p>
    );
  }
  const count = nClusters.toLocaleString("en");
  const at = evidence.ofCut(nClusters);
  const click = (event: MouseEvent) => {
    const svg = (event.target as Element).closest("svg.plot");
    if (svg === null) return;
    const box = svg.getBoundingClientRect();
    onCount(countAtX((event.clientX - box.left) * (width / box.width), frame));
  };
  const isStudied = at.stability !== null;
  const silhouetteTitle = at.silhouette === null
    ? `Silhouette was not computed at ${count} clusters`
    : `Mean silhouette ${shareText(at.silhouette)} at ${count} clusters`;
  const stabilityTitle = isStudied
    ? `Mean stability ${shareText(at.stability)} at ${count} clusters, shifted panels ${
      shareText(at.nullStability)
    }`
    : `Stability was not computed ${
      evidence.mostStudied > 0 && nClusters > evidence.mostStudied
        ? `beyond ${evidence.mostStudied} clusters`
        : "for this cut"
    }`;
  const follower = isMoving && (
    <div class="dendrogram-follower" style={{ left: `${xOfCount(nClusters, frame)}px` }} />
  );
  return (
    <div ref={holder} class="dendrogram-counts" onClick={click}>
      {whole > 0 && (
        <>
          <CountChart
            options={silhouette!}
            title={silhouetteTitle}
            description="Mean silhouette of the tree's cuts by number of clusters; the line marks the present cut."
            name="dendrogram_silhouette"
            {...{ isDark, follower }}
          />
          <CountChart
            options={stability!}
            title={stabilityTitle}
            description="Mean bootstrap Jaccard index of the clusters by number of clusters, with that of shifted panels in grey; dashed lines at the bounds of doubtful and stable."
            name="dendrogram_stability"
            {...{ isDark, follower }}
          />
        </>
      )}
    </div>
  );
}

/** One of the two charts with its title, and the line that follows a drag over it. */
function CountChart({ follower, ...figure }: ComponentProps<typeof PlotFigure> & {
  follower: ComponentChildren;
}) {
  return (
    <div class="stack">
      <h3>{figure.title}</h3>
      <div class="dendrogram-chart">
        {follower}
        <PlotFigure {...figure} />
      </div>
    </div>
  );
}
