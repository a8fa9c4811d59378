/// <reference lib="dom" />
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { HUES } from "../../charts/palette.ts";
import { svgElement } from "../figure/svg_element.ts";
import { cutNodes } from "./dendrogram_cut.ts";
import type { TreeFrame } from "./dendrogram_frame.ts";
import { branchPath, crownPath, splitPath, type TreePaths, treePaths } from "./dendrogram_paths.ts";
import type { ClusterRow } from "./dendrogram_rows.ts";
import { stripPaths } from "./dendrogram_strip.ts";
import type { DeskTree } from "./dendrogram_tree.ts";

/** A tree with its cut, as it is drawn. */
export interface DrawnTree {
  readonly desk: DeskTree;
  readonly rows: readonly ClusterRow[];
  readonly nClusters: number;
  readonly frame: TreeFrame;
  readonly isDark: boolean;
}

/** Lines of one colour; `hue` is `null` for those above the cut. */
interface Stroke {
  readonly hue: number | null;
  readonly path: string;
}

/** A hue on the ground of the page. */
export function hueColour(hue: number, isDark: boolean, use: "fill" | "text" = "fill"): string {
  return HUES[hue]![isDark ? "dark" : use];
}

/**
 * The branches in the colours of their clusters, the merges above the cut in grey, and the strip of
 * colours below the leaves.
 *
 * On a canvas, because a browser lays thousands of SVG lines out again at every move of the cut; saved
 * pictures have the lines of {@link branchPicture}.
 */
export function DendrogramBranches(drawn: DrawnTree) {
  const { desk, rows, nClusters, frame, isDark } = drawn;
  const canvas = useRef<HTMLCanvasElement>(null);
  const paths = useTreePaths(desk, frame);
  useLayoutEffect(() => draw(canvas.current!, paths, drawn), [
    ...[paths, rows, nClusters, isDark],
  ]);
  // the grey is the page's, which has its new theme only after this drawing
  useEffect(() => draw(canvas.current!, paths, drawn), [isDark]);
  return (
    <canvas
      ref={canvas}
      class="dendrogram-canvas"
      aria-hidden="true"
      style={{ width: `${frame.width}px`, height: `${frame.height}px` }}
    />
  );
}

/** The same as elements of a picture. */
export function branchPicture(drawn: DrawnTree): Element {
  const { desk, rows, frame, isDark } = drawn;
  const paths = treePaths(desk, { width: frame.right - frame.left, y: frame.y });
  const all = svgElement("g", { stroke: "none", fill: "none" });
  const lines = svgElement("g", {
    transform: `translate(${frame.left},0)`,
    ...{ "stroke-width": widthOf(desk), "stroke-linecap": "square" },
  });
  lines.append(
    ...strokesOf(paths, drawn).map(({ hue, path }) =>
      svgElement("path", {
        d: path,
        stroke: hue === null ? "var(--edge)" : hueColour(hue, isDark),
      })
    ),
  );
  all.append(
    lines,
    ...[...stripPaths(desk, rows, frame)].map(([hue, path]) =>
      svgElement("path", { d: path, fill: hueColour(hue, isDark) })
    ),
  );
  return all;
}

function draw(canvas: HTMLCanvasElement, paths: TreePaths, drawn: DrawnTree): void {
  const { desk, rows, frame, isDark } = drawn;
  const context = canvas.getContext("2d");
  if (context === null) return;
  const scale = devicePixelRatio;
  const width = Math.round(frame.width * scale), height = Math.round(frame.height * scale);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, frame.width, frame.height);
  for (const [hue, path] of stripPaths(desk, rows, frame)) {
    context.fillStyle = hueColour(hue, isDark);
    context.fill(new Path2D(path));
  }
  context.translate(frame.left, 0);
  const grey = getComputedStyle(canvas).color;
  context.lineWidth = widthOf(desk);
  context.lineCap = "square";
  for (const { hue, path } of strokesOf(paths, drawn)) {
    context.strokeStyle = hue === null ? grey : hueColour(hue, isDark);
    context.stroke(new Path2D(path));
  }
}

function useTreePaths(desk: DeskTree, frame: TreeFrame): TreePaths {
  return useMemo(
    () => treePaths(desk, { width: frame.right - frame.left, y: frame.y }),
    [desk, frame],
  );
}

function widthOf({ tree }: DeskTree): number {
  return tree.ids.length > 600 ? 0.75 : 1.25;
}

/** One path a colour, the grey one first. */
function strokesOf(
  paths: TreePaths,
  { desk, rows, nClusters }: Pick<DrawnTree, "desk" | "rows" | "nClusters">,
): Stroke[] {
  const drawn = new Set(rows.flatMap(({ nodes }) => nodes));
  const pieces = HUES.map((): string[] => []);
  for (const { nodes, hue } of rows) {
    for (const node of nodes) {
      if (desk.size[node]! > 1) pieces[hue]!.push(branchPath(paths, node));
    }
  }
  const between = splitPath(paths, cutNodes(desk, nClusters), drawn);
  return [
    { hue: null, path: crownPath(paths, nClusters) + between },
    ...pieces.map((own, hue) => ({ hue, path: own.join("") })),
  ];
}
