/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import * as Plot from "@observablehq/plot";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { heightTicks, tickText } from "../../charts/tree_marks.ts";
import type { TreeFrame } from "./dendrogram_frame.ts";

/** The axis of heights and its grid, drawn by Plot once a size; the tree stands in front of it. */
export function DendrogramAxis({ frame, holder }: {
  frame: TreeFrame;
  holder: RefObject<HTMLDivElement | null>;
}) {
  useLayoutEffect(() => {
    const drawn = Plot.plot(axisOptions(frame));
    for (const style of [...drawn.querySelectorAll("style")]) style.remove();
    drawn.setAttribute("aria-hidden", "true");
    holder.current!.replaceChildren(drawn);
  }, [frame]);
  return <div ref={holder} class="dendrogram-axis" />;
}

function axisOptions({ width, height, left, right, top, bottom, highest }: TreeFrame) {
  const ticks = heightTicks(highest);
  return {
    ...{ width, height, className: "plot" },
    ...{ marginLeft: left, marginRight: width - right, marginTop: top },
    marginBottom: height - bottom,
    x: { axis: null, domain: [0, 1] },
    y: { axis: null, domain: [0, highest] },
    marks: [
      Plot.gridY(ticks, { stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisY({
        ticks,
        tickFormat: (h: number) => tickText(h, highest),
        tickSize: 0,
        label: null,
        fontSize: 11.5,
        fill: "var(--muted)",
      }),
      Plot.text(["Height of merges: Ward, √(2(1 − ρ))"], {
        frameAnchor: "top-left",
        dx: -left + 4,
        dy: -18,
        fontSize: 12,
        fill: "var(--ink)",
      }),
      Plot.ruleY([0], { stroke: "var(--edge)" }),
    ],
  } satisfies Plot.PlotOptions;
}
