import * as Plot from "@observablehq/plot";
import { dayText, shareText } from "../core/number_text.ts";
import { dateAxis, dateTicks } from "./date_ticks.ts";
import type { DeepestDrawdown } from "./deepest_drawdown.ts";
import { drawnDays } from "./drawn_days.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { OTHER_HUE } from "./method_hues.ts";
import { AXIS, GRID, type Hue, INK, MISSING_FILL, MUTED } from "./palette.ts";
import { shortText } from "./text_lines.ts";
import { valueTicks } from "./value_ticks.ts";

/** The drawdown of one method. */
export interface MethodDrawdown extends DeepestDrawdown {
  readonly key: string;
  readonly name: string;
  readonly hue: Hue;
}

const GAP = 18, LEFT = 48, RIGHT = 10, HEADING = 48, FRAME = 120, BOTTOM = 26;
const MOST_POINTS = 270;

/**
 * A panel a method on common axes, in rows of up to three.
 *
 * @returns Panels from the top of the body down, where they end, and days a point.
 */
export function drawdownPanels(
  days: Int32Array,
  methods: readonly MethodDrawdown[],
): { readonly panels: FigurePanel[]; readonly bottom: number; readonly step: number } {
  const n = methods.length;
  const nColumns = n === 4 ? 2 : Math.min(n, 3), nRows = Math.ceil(n / nColumns);
  const width = (BODY_WIDTH - GAP * (nColumns - 1)) / nColumns;
  const frame = FRAME * (n === 1 ? 3 : nRows === 1 ? 2 : nRows === 2 ? 1.3 : 1);
  const height = HEADING + frame + BOTTOM;
  const lowest = Math.min(-0.01, ...methods.map(({ deepest }) => deepest));
  const panels = methods.map((method, k): FigurePanel => ({
    left: (k % nColumns) * (width + GAP),
    top: Math.floor(k / nColumns) * (height + GAP),
    width,
    height,
    plot: drawdownPlot(days, method, { lowest, width, frame }),
  }));
  const bottom = nRows * (height + GAP) - GAP;
  return { panels, bottom, step: drawnDays(days.length, MOST_POINTS).step };
}

function drawdownPlot(
  days: Int32Array,
  method: MethodDrawdown,
  { lowest, width, frame }: { lowest: number; width: number; frame: number },
): Plot.PlotOptions {
  const { name, hue, deepest, peak, trough, recovery } = method;
  const last = days.at(-1)!, first = Math.min(days[0]!, last - 1);
  const dates = dateTicks(days[0]!, last, Math.floor((width - LEFT) / 78) + 1);
  const scale = valueTicks(100 * lowest, 0, Math.max(5, Math.round(frame / 34)));
  const points = lowestOf(days, method.depths);
  const dot = deepest < 0 ? [trough] : [];
  const end = recovery < 0 ? last : days[recovery]!;
  return {
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: HEADING,
    marginBottom: BOTTOM,
    x: dateAxis([first, last], dates),
    y: {
      domain: [scale.ticks[0]!, 0],
      ticks: [...scale.ticks],
      tickFormat: (value: number) => `${scale.text(value)}%`,
      tickSize: 0,
      label: null,
    },
    color: { type: "identity" },
    marks: [
      Plot.rect(dot, {
        x1: () => days[peak],
        x2: end,
        y1: scale.ticks[0]!,
        y2: 0,
        fill: MISSING_FILL,
      }),
      Plot.gridY([...scale.ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.areaY(points, {
        x: "day",
        y1: 0,
        y2: "depth",
        fill: hue.fill,
        fillOpacity: 0.25,
      }),
      Plot.lineY(points, { x: "day", y: "depth", stroke: hue.fill, strokeWidth: 1 }),
      Plot.ruleY([0], { stroke: AXIS }),
      Plot.dot(dot, {
        x: (i: number) => days[i],
        y: 100 * deepest,
        r: 3.5,
        fill: hue.fill,
        stroke: "#ffffff",
      }),
      heading(shortText(name, width, 12, 600), {
        line: 0,
        fill: hue === OTHER_HUE ? INK : hue.text,
        isBold: true,
      }),
      heading(shortText(deepestText(days, method), width, 10.5), { line: 1, fill: MUTED }),
    ],
  };
}

function deepestText(days: Int32Array, method: MethodDrawdown): string {
  if (method.deepest === 0) return "never below an earlier high";
  const back = method.recovery < 0 ? "not recovered" : `back ${dayText(days[method.recovery]!)}`;
  return `${shareText(-method.deepest)} on ${dayText(days[method.trough]!)}; ${back}`;
}

function heading(
  text: string,
  { line, fill, isBold = false }: { line: number; fill: string; isBold?: boolean },
): Plot.Markish {
  return Plot.text([text], {
    text: (words: string) => words,
    frameAnchor: "top-left",
    lineAnchor: "middle",
    dx: -LEFT,
    dy: 16 * line + 8 - HEADING,
    fontSize: isBold ? 12 : 10.5,
    ...(isBold ? { fontWeight: 600 } : {}),
    fill,
  });
}

/** The lowest depth, %, of each run of days up to a drawn one; NaN where none of it is known. */
function lowestOf(days: Int32Array, depths: Float64Array): { day: number; depth: number }[] {
  let from = 0;
  return drawnDays(days.length, MOST_POINTS).indexes.map((i) => {
    const known = depths.slice(from, i + 1).filter((depth) => !Number.isNaN(depth));
    from = i + 1;
    return { day: days[i]!, depth: known.length === 0 ? NaN : 100 * Math.min(...known) };
  });
}
