import * as Plot from "@observablehq/plot";
import { axisTitle } from "./axis_title.ts";
import { AXIS, GRID, HUES, NULL_TEXT } from "./palette.ts";
import { shortText } from "./text_lines.ts";
import { heightText, heightTicks, tickText, treeLineMark, treeWedgeMark } from "./tree_marks.ts";
import { lowestMerges, topMerges, treeLine, type TreeShape, treeWedges } from "./tree_shape.ts";

const MARGINS = { marginTop: 30, marginBottom: 28 };
/** Merges drawn of a tree. */
export const MAX_UPRIGHT_MERGES = 400;
/** Up to here the stems of leaves reach down to 0. */
const FEW_LEAVES = 60;

/** What both trees are measured against. */
export interface HeightFrame {
  /** Upper end of the axis. */
  readonly top: number;
  /** Lower quartile of the heights of the real tree's merges; not drawn where it is not finite. */
  readonly quartileHeight: number;
  /** 5th and 95th percentile of the same in shifted trees; not drawn where one is not finite. */
  readonly low: number;
  readonly high: number;
}

/**
 * A tree that stands, leaves below and unnamed, against the heights of a null.
 *
 * @param look.axis Name of the vertical axis; without it there is none.
 */
export function uprightTreePlot(
  shape: TreeShape,
  { top, quartileHeight, low, high }: HeightFrame,
  { heading, axis, stroke, ink, wedge }: {
    heading: string;
    axis?: string;
    stroke: string;
    ink: string;
    wedge: string;
  },
): Plot.PlotOptions {
  const n = shape.tree.ids.length;
  const { merges, folded } = topMerges(shape.tree, MAX_UPRIGHT_MERGES);
  const lowest = lowestMerges(shape.tree);
  const isLeft = axis !== undefined;
  const marginLeft = isLeft ? 56 : 8;
  const ticks = heightTicks(top);
  const side = "up" as const;
  // stems of many leaves down to 0 would be one dark mass
  const hang = n > FEW_LEAVES ? top / 40 : Infinity;
  return {
    ...MARGINS,
    marginLeft,
    marginRight: 0,
    x: { axis: null, domain: [0, n] },
    y: {
      domain: [0, top],
      axis: isLeft ? "left" : null,
      ticks,
      tickFormat: (h: number) => tickText(h, top),
      tickSize: 0,
      label: null,
    },
    marks: [
      ...(isLeft ? [axisTitle(`Height of merges: ${shortText(axis, 220, 12)}`, marginLeft)] : []),
      Plot.gridY(ticks, { stroke: GRID, strokeOpacity: 1 }),
      treeWedgeMark(treeWedges(shape, folded, { foot: (node) => lowest[node]! }), {
        side,
        fill: wedge,
        stroke: "none",
      }),
      ...(Number.isFinite(low) && Number.isFinite(high)
        ? [Plot.rect([0], {
          x1: 0,
          x2: n,
          y1: low,
          y2: high,
          fill: NULL_TEXT,
          fillOpacity: 0.28,
          // a band thinner than a line could not be seen
          insetTop: -1,
          insetBottom: -1,
        })]
        : []),
      treeLineMark(treeLine(shape, merges, { hang }), {
        side,
        stroke,
        strokeWidth: n > FEW_LEAVES ? 0.75 : 1.25,
      }),
      ...(Number.isFinite(quartileHeight)
        ? [Plot.ruleY([quartileHeight], {
          stroke: HUES[5].fill,
          strokeWidth: 1.75,
          strokeDasharray: isLeft ? undefined : "5 4",
        })]
        : []),
      Plot.ruleY([0], { stroke: AXIS }),
      Plot.text([heading], {
        text: (words: string) => words,
        frameAnchor: "bottom",
        dy: 18,
        fontSize: 12,
        fontWeight: 600,
        fill: ink,
      }),
    ],
  };
}

/** What the line and the band are, beside them. */
export function heightWordsPlot(
  { top, quartileHeight, low, high }: HeightFrame,
  { width, height }: { width: number; height: number },
): Plot.PlotOptions {
  const inner = height - MARGINS.marginTop - MARGINS.marginBottom;
  const y = (h: number) => inner * (1 - h / top);
  const blocks = [
    {
      at: y(quartileHeight),
      fill: HUES[5].text,
      lines: ["here: quartile", heightText(quartileHeight, top)],
    },
    {
      at: y((low + high) / 2),
      fill: NULL_TEXT,
      lines: ["shifted: 90%", `${heightText(low, top)}–${heightText(high, top)}`],
    },
  ].filter(({ at }) => Number.isFinite(at)).sort((a, b) => a.at - b.at);
  const [first, second] = blocks;
  if (first !== undefined && second !== undefined) {
    const lack = Math.max(0, 34 - (second.at - first.at)) / 2;
    const shift = Math.max(0, 14 - (first.at - lack)) - Math.max(0, second.at + lack - inner + 14);
    first.at += shift - lack;
    second.at += shift + lack;
  }
  const lines = blocks.flatMap(({ at, fill, lines }) =>
    lines.map((text, i) => ({ y: at + (i - 0.5) * 14, text, fill }))
  );
  return {
    ...MARGINS,
    marginLeft: 6,
    marginRight: 0,
    x: { axis: null, domain: [0, width - 6] },
    y: { axis: null, domain: [inner, 0] },
    color: { type: "identity" },
    marks: [
      Plot.text(lines, {
        x: 0,
        y: "y",
        text: "text",
        fill: "fill",
        textAnchor: "start",
        fontSize: 12,
      }),
    ],
  };
}
