import { useMemo } from "preact/hooks";
import { hueColour } from "./dendrogram_branches.tsx";
import type { TreeFrame } from "./dendrogram_frame.ts";
import type { ClusterRow } from "./dendrogram_rows.ts";
import { stripLabels } from "./dendrogram_strip.ts";
import type { DeskTree } from "./dendrogram_tree.ts";

const LINE = 13;

/** Numbers and names below the leaves. */
export function StripLabels({ desk, rows, frame, isDark, nameOf }: {
  desk: DeskTree;
  rows: readonly ClusterRow[];
  frame: TreeFrame;
  isDark: boolean;
  nameOf: (row: ClusterRow) => string;
}) {
  return useMemo(() => (
    <g stroke="none" font-size="11" text-anchor="middle">
      {stripLabels(desk, rows, { frame, nameOf }).flatMap(({ x, lines, hue }, label) =>
        lines.map((line, at) => (
          <text
            key={`${label} ${at}`}
            x={x}
            y={frame.bottom + 23 + at * LINE}
            fill={hueColour(hue, isDark, "text")}
          >
            {line}
          </text>
        ))
      )}
    </g>
  ), [desk, rows, frame, isDark, nameOf]);
}
