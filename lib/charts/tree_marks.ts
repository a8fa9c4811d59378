import * as Plot from "@observablehq/plot";
import { AXIS, GRID, INK, MUTED } from "./palette.ts";
import { shortText } from "./text_lines.ts";
import type { TreePoint } from "./tree_shape.ts";

/** Which way heights grow: to the left with leaves down the page, or up with leaves across it. */
export type TreeSide = "left" | "up";

/** The line of a tree as one path. */
export function treeLineMark(
  points: readonly TreePoint[],
  { side, stroke, strokeWidth = 1 }: { side: TreeSide; stroke: string; strokeWidth?: number },
): Plot.Markish {
  return Plot.line(points, {
    ...channels(side),
    stroke,
    strokeWidth,
    strokeLinejoin: "miter",
    strokeLinecap: "square",
  });
}

/** Folded branches as one filled path. */
export function treeWedgeMark(
  points: readonly TreePoint[],
  { side, fill, stroke }: { side: TreeSide; fill: string; stroke: string },
): Plot.Markish {
  return Plot.line(points, { ...channels(side), fill, stroke, strokeLinejoin: "miter" });
}

function channels(side: TreeSide) {
  return side === "left"
    ? { x: "height" as const, y: "along" as const }
    : { x: "along" as const, y: "height" as const };
}

/** Axes of distance above and below a tall tree, with grid lines between them. */
export function heightAxes(label: string, top: number): Plot.Markish[] {
  const ticks = heightTicks(top);
  const axis = {
    ticks,
    tickFormat: (h: number) => tickText(h, top),
    tickSize: 4,
    fontSize: 11,
  };
  return [
    Plot.gridX(ticks, { stroke: GRID, strokeOpacity: 1 }),
    Plot.axisX({ ...axis, anchor: "top", label: null, color: MUTED }),
    Plot.axisX({
      ...axis,
      anchor: "bottom",
      label: shortText(label, 250, 11),
      labelAnchor: "center",
      labelArrow: false,
      labelOffset: 32,
      color: INK,
    }),
  ];
}

/** Dashed line where the tree was cut. */
export function cutMark(cutHeight: number, top: number): Plot.Markish[] {
  if (!(cutHeight >= 0 && cutHeight <= top)) return [];
  return [Plot.ruleX([cutHeight], { stroke: AXIS, strokeWidth: 1.25, strokeDasharray: "4 3" })];
}

/** Round heights from 0, of which the last is not above `top`. */
export function heightTicks(top: number): number[] {
  const power = 10 ** Math.floor(Math.log10(top));
  const lead = [0.25, 0.5, 1, 2, 2.5, 5].find((lead) => top / (lead * power) < 4) ?? 5;
  const count = Math.floor(top / (lead * power) + 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => i * lead * power);
}

/** A height in as many decimals as the heights up to `top` need. */
export function heightText(height: number, top: number): string {
  if (top >= 1e5 || top < 1e-3) return height === 0 ? "0" : height.toExponential(1);
  return height.toFixed(top >= 100 ? 0 : top >= 0.4 ? 2 : 4);
}

/** A tick's height without zeros at its end. */
export function tickText(height: number, top: number): string {
  const text = heightText(height, top);
  return text.includes(".") && !text.includes("e") ? String(Number(text)) : text;
}
