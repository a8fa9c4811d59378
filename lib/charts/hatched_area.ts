import * as Plot from "@observablehq/plot";
import { NULL_FILL } from "./palette.ts";

/** A rectangle in user units. */
export interface Area {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** From one slanted line to the next, along either axis. */
const STEP = 6;

/**
 * Slanted lines over rectangles, as one path.
 *
 * The lines of neighbours continue each other, so that an area of many rectangles reads as one.
 *
 * @param stroke Colour of the lines.
 */
export function hatchedArea(areas: readonly Area[], stroke: string = NULL_FILL): Plot.Markish[] {
  const points = areas.flatMap(({ x1, x2, y1, y2 }) => {
    const lines: [number, number][] = [];
    for (let sum = STEP * Math.ceil((x1 + y1) / STEP); sum < x2 + y2; sum += STEP) {
      const from = Math.max(x1, sum - y2), to = Math.min(x2, sum - y1);
      if (to - from > 0.5) lines.push([from, sum - from], [to, sum - to], [NaN, NaN]);
    }
    return lines;
  });
  return points.length === 0 ? [] : [Plot.line(points, { stroke, strokeWidth: 0.75 })];
}
