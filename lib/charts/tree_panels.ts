import * as Plot from "@observablehq/plot";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS } from "./palette.ts";
import { cutMark, heightAxes, treeLineMark, treeWedgeMark } from "./tree_marks.ts";
import type { RowWords, TreeRows } from "./tree_rows.ts";
import { topHeight, treeLine, treeWedges } from "./tree_shape.ts";
import { clusterHue } from "./tree_view.ts";

const TREE_WIDTH = 280, WORDS_WIDTH = BODY_WIDTH - TREE_WIDTH;
const MARGINS = { marginTop: 30, marginBottom: 42 };
const BAR_AT = 286, BAR_WIDTH = 5;

/** How the branches of one cluster are drawn. */
export interface BranchLook {
  readonly stroke: string;
  /** Whether its lines are thick and its wedge filled. */
  readonly isStrong: boolean;
}

const UNCLUSTERED: BranchLook = { stroke: AXIS, isStrong: false };

/** Height of the panels of {@link treePanels}. */
export function treePanelsHeight({ nRows, rowHeight }: TreeRows): number {
  return MARGINS.marginTop + nRows * rowHeight + MARGINS.marginBottom;
}

/** A tree on its side, root left and leaves right, with its words in a column beside it. */
export function treePanels(rows: TreeRows, { distanceName, cutHeight, branchLook }: {
  readonly distanceName: string;
  readonly cutHeight: number;
  readonly branchLook: (cluster: number) => BranchLook;
}): FigurePanel[] {
  const height = treePanelsHeight(rows);
  const top = topHeight(rows.shape.tree);
  const y: Plot.ScaleOptions = { axis: null, domain: [0, rows.nRows], reverse: true };
  return [
    {
      left: 0,
      top: 0,
      width: TREE_WIDTH,
      height,
      plot: {
        ...MARGINS,
        marginLeft: 14,
        marginRight: 4,
        x: { domain: [top, 0] },
        y,
        marks: [
          ...heightAxes(distanceName, top),
          ...cutMark(cutHeight, top),
          ...branchMarks(rows, branchLook),
          ...numberMarks(rows, cutHeight),
        ],
      },
    },
    {
      left: TREE_WIDTH,
      top: 0,
      width: WORDS_WIDTH,
      height,
      plot: {
        ...MARGINS,
        marginLeft: 6,
        marginRight: 0,
        x: { axis: null, domain: [0, WORDS_WIDTH - 6] },
        y,
        color: { type: "identity" },
        marks: [
          Plot.rect(rows.bars, {
            x1: BAR_AT,
            x2: BAR_AT + BAR_WIDTH,
            y1: "from",
            y2: "to",
            fill: "fill",
          }),
          ...wordMarks(rows.words),
        ],
      },
    },
  ];
}

/** One path for each look of branches and wedges. */
function branchMarks(rows: TreeRows, branchLook: (cluster: number) => BranchLook) {
  const { shape, clusters } = rows;
  const n = shape.tree.ids.length;
  const side = "left" as const;
  const looks = new Map<string, BranchLook & { lines: number[]; wedges: number[] }>();
  const groupOf = (node: number) => {
    const look = clusters[node]! >= 0 ? branchLook(clusters[node]!) : UNCLUSTERED;
    const key = `${look.stroke} ${look.isStrong}`;
    const group = looks.get(key) ?? { ...look, lines: [], wedges: [] };
    looks.set(key, group);
    return group;
  };
  for (const node of rows.merges) groupOf(node).lines.push(node);
  for (const node of rows.wedges) groupOf(node).wedges.push(node);
  const sizeOf = (node: number) => shape.tree.size[node - n]!;
  const most = rows.wedges.reduce((most, node) => Math.max(most, sizeOf(node)), 1);
  const share = (node: number) => Math.max(0.12, 0.9 * Math.sqrt(sizeOf(node) / most));
  return Array.from(looks.values(), ({ stroke, isStrong, lines, wedges }) => [
    treeWedgeMark(treeWedges(shape, wedges, { share }), {
      side,
      stroke,
      fill: isStrong ? stroke : "#ffffff",
    }),
    treeLineMark(treeLine(shape, lines), { side, stroke, strokeWidth: isStrong ? 2 : 1 }),
  ]);
}

/** The number of each cluster on its branch, where the cut crosses it. */
function numberMarks({ shape, numbered, clusters }: TreeRows, cutHeight: number) {
  const { tree, height, middle } = shape;
  const top = topHeight(tree);
  const above = new Float64Array(height.length).fill(top);
  tree.height.forEach((h, m) => {
    for (const side of [tree.left[m]!, tree.right[m]!]) above[side] = Math.min(h, top);
  });
  const numbers = numbered.map((node) => {
    const own = Number.isFinite(height[node]!) ? height[node]! : 0;
    return {
      at: Number.isFinite(cutHeight) ? Math.max(own, Math.min(cutHeight, above[node]!)) : own,
      along: middle[node]!,
      text: String(clusters[node]!),
      fill: clusterHue(clusters[node]!).text,
    };
  });
  return Array.from(Map.groupBy(numbers, ({ fill }) => fill), ([fill, group]) =>
    Plot.text(group, {
      x: "at",
      y: "along",
      text: "text",
      fontSize: 10,
      fontWeight: 600,
      fill,
      stroke: "#ffffff",
      strokeWidth: 4,
    }));
}

function wordMarks(words: readonly RowWords[]) {
  const styles = Map.groupBy(words, ({ weight, anchor, y }) => `${weight} ${anchor} ${y === 0}`);
  return Array.from(styles.values(), (group) =>
    Plot.text(group, {
      x: "x",
      y: "y",
      text: "text",
      fill: "fill",
      textAnchor: group[0]!.anchor,
      fontWeight: group[0]!.weight,
      fontSize: 11,
      dy: group[0]!.y === 0 ? -12 : 0,
    }));
}
