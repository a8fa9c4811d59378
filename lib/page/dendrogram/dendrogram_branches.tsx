import { useMemo } from "preact/hooks";
import { HUES } from "../../charts/palette.ts";
import { cutNodes } from "./dendrogram_cut.ts";
import { branchPath, crownPath, splitPath, type TreePaths, treePaths } from "./dendrogram_paths.ts";
import type { TreeFrame } from "./dendrogram_frame.ts";
import type { ClusterRow } from "./dendrogram_rows.ts";
import { stripLabels, stripPaths } from "./dendrogram_strip.ts";
import type { DeskTree } from "./dendrogram_tree.ts";

/** A hue on the ground of the page. */
export function hueColour(hue: number, isDark: boolean, use: "fill" | "text" = "fill"): string {
  return HUES[hue]![isDark ? "dark" : use];
}

/**
 * The branches: one path a cluster, the merges above the cut in grey, colours and names below.
 *
 * A cluster keeps its element and its colour while the cut moves, so that only those that come and go
 * change. Beyond 150 clusters those of one colour are one path, which is cheaper than their elements.
 */
export function DendrogramBranches({ desk, rows, nClusters, frame, isDark, nameOf }: {
  desk: DeskTree;
  rows: readonly ClusterRow[];
  nClusters: number;
  frame: TreeFrame;
  isDark: boolean;
  nameOf: (row: ClusterRow) => string;
}) {
  const paths = useMemo(
    () => treePaths(desk, { width: frame.right - frame.left, y: frame.y }),
    [desk, frame],
  );
  const strokeWidth = desk.tree.ids.length > 600 ? 0.75 : 1.25;
  return useMemo(() => {
    const drawn = new Set(rows.flatMap(({ nodes }) => nodes));
    const between = splitPath(paths, cutNodes(desk, nClusters), drawn);
    return (
      <g fill="none" stroke-width={strokeWidth} stroke-linecap="square">
        <g transform={`translate(${frame.left},0)`}>
          <path d={crownPath(paths, nClusters) + between} stroke="var(--edge)" />
          {branchLines(paths, rows).map(({ key, path, hue }) => (
            <path key={key} d={path} stroke={hueColour(hue, isDark)} />
          ))}
        </g>
        <g stroke="none">
          {[...stripPaths(desk, rows, frame)].map(([hue, path]) => (
            <path key={hue} d={path} fill={hueColour(hue, isDark)} />
          ))}
        </g>
        <g stroke="none" font-size="11" text-anchor="middle">
          {stripLabels(desk, rows, { frame, nameOf }).map(({ id, x, text, hue }) => (
            <text key={id} x={x} y={frame.bottom + 24} fill={hueColour(hue, isDark, "text")}>
              {text}
            </text>
          ))}
        </g>
      </g>
    );
  }, [paths, rows, nClusters, isDark, nameOf]);
}

/** Clusters up to which each is a path of its own. */
const MANY = 150;

function branchLines(paths: TreePaths, rows: readonly ClusterRow[]) {
  const lines = rows.flatMap(({ nodes, hue }) =>
    nodes.filter((node) => paths.desk.size[node]! > 1)
      .map((node) => ({ key: String(node), path: branchPath(paths, node), hue }))
  );
  if (rows.length <= MANY) return lines;
  return HUES.map(({ name }, hue) => ({
    key: name,
    path: lines.filter((line) => line.hue === hue).map(({ path }) => path).join(""),
    hue,
  }));
}
