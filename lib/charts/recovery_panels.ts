import * as Plot from "@observablehq/plot";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, HUES, INK, MUTED, NULL_FILL, NULL_TEXT } from "./palette.ts";
import type { RecoveryRow } from "./recovery.ts";
import { shortText } from "./text_lines.ts";
import { decimalText } from "./value_ticks.ts";

/** One method over all levels of noise, least first; `undefined` where it was not tried. */
export interface RecoveryMethod {
  readonly name: string;
  readonly cells: readonly (RecoveryRow | undefined)[];
  /** Mean of the measured levels; NaN of none. */
  readonly mean: number;
}

/** Whether the whole interval of a value lies above 0. */
export function isAboveChance(cell: RecoveryRow | undefined): boolean {
  return cell !== undefined && cell.low > 0;
}

const PANEL_HEIGHT = 190, MOST_COLUMNS = 3;
const MARGIN = { marginLeft: 34, marginRight: 26, marginTop: 46, marginBottom: 34 };
/** Lower ends of the axis, with room for the sign of a value that is missing. */
const FLOORS = [-0.12, -0.25, -0.6, -1.1];

/** A panel a method in rows of up to three on common axes, from `top` down. */
export function recoveryPanels(
  methods: readonly RecoveryMethod[],
  top: number,
): { readonly panels: FigurePanel[]; readonly bottom: number } {
  const nColumns = Math.min(Math.max(methods.length, 2), MOST_COLUMNS);
  const width = BODY_WIDTH / nColumns;
  const nRows = Math.ceil(methods.length / nColumns);
  return {
    panels: methods.map((method, i) => ({
      left: (i % nColumns) * width,
      top: top + Math.floor(i / nColumns) * PANEL_HEIGHT,
      width,
      height: PANEL_HEIGHT,
      plot: panelPlot(method, methods, width, i + nColumns >= methods.length),
    })),
    bottom: top + nRows * PANEL_HEIGHT,
  };
}

interface Point {
  readonly level: number;
  readonly ari: number;
  readonly low: number;
  readonly high: number;
  readonly stands: boolean;
  readonly name: string;
}

function pointsOf({ name, cells }: RecoveryMethod): Point[] {
  return cells.map((cell, level) => ({
    level,
    ari: cell?.ari ?? NaN,
    low: cell?.low ?? NaN,
    high: cell?.high ?? NaN,
    stands: isAboveChance(cell),
    name,
  }));
}

function panelPlot(
  method: RecoveryMethod,
  methods: readonly RecoveryMethod[],
  width: number,
  isLowest: boolean,
): Plot.PlotOptions {
  const all = methods.flatMap(pointsOf);
  const others = all.filter(({ name }) => name !== method.name);
  const points = pointsOf(method);
  const measured = points.filter(({ ari }) => !Number.isNaN(ari));
  const lowest = Math.min(0, ...all.flatMap(({ ari, low }) => [ari, low]).filter(Number.isFinite));
  const floor = FLOORS.find((floor) => floor <= lowest) ?? FLOORS.at(-1)!;
  const ticks = floor > -0.5 ? [0, 0.5, 1] : [-0.5, 0, 0.5, 1];
  const nLevels = points.length;
  const every = Math.ceil(nLevels / 8);
  const heading = (words: string, dy: number, size: number, fill: string, isBold: boolean) =>
    Plot.text([0], {
      text: () => shortText(words, width - MARGIN.marginLeft - 8, size, isBold ? 600 : 400),
      frameAnchor: "top-left",
      lineAnchor: "middle",
      dy,
      fontSize: size,
      ...(isBold ? { fontWeight: 600 } : {}),
      fill,
    });
  return {
    ...MARGIN,
    x: {
      domain: [-0.35, nLevels - 0.65],
      ticks: points.map(({ level }) => level).filter((level) => level % every === 0),
      tickFormat: (level: number) => String(level + 1),
      label: isLowest ? "Level of noise" : null,
      labelAnchor: "center",
      labelArrow: false,
      labelOffset: 31,
      tickSize: 3,
    },
    y: {
      domain: [floor, 1],
      ticks,
      tickFormat: (ari: number) => decimalText(ari, ari % 1 === 0 ? 0 : 1),
      tickSize: 0,
      label: null,
    },
    marks: [
      Plot.gridY(ticks, { stroke: GRID, strokeOpacity: 1 }),
      Plot.lineY(others, { x: "level", y: "ari", z: "name", stroke: NULL_FILL, strokeWidth: 1 }),
      Plot.ruleY([0], { stroke: AXIS }),
      Plot.lineY(points, { x: "level", y: "ari", stroke: HUES[0].fill, strokeWidth: 1.5 }),
      Plot.link(measured.filter(({ low, high }) => Number.isFinite(low + high)), {
        x1: "level",
        x2: "level",
        y1: "low",
        y2: "high",
        stroke: HUES[0].fill,
        strokeWidth: 1.5,
      }),
      Plot.dot(measured, {
        x: "level",
        y: "ari",
        r: 3,
        fill: (point: Point) => point.stands ? HUES[0].fill : "#ffffff",
        stroke: HUES[0].fill,
        strokeWidth: 1.5,
      }),
      Plot.dot(points.filter(({ ari }) => Number.isNaN(ari)), {
        x: "level",
        frameAnchor: "bottom",
        dy: -6,
        r: 3.5,
        symbol: "times",
        stroke: NULL_TEXT,
        strokeWidth: 1.5,
      }),
      heading(method.name, -34, 12, INK, true),
      heading(spanText(measured, nLevels), -18, 11, MUTED, false),
    ],
    color: { type: "identity" },
  };
}

/** First and last measured value in words. */
function spanText(measured: readonly Point[], nLevels: number): string {
  const first = measured[0], last = measured.at(-1);
  if (first === undefined || last === undefined) return "not measured";
  return first === last || nLevels === 1
    ? decimalText(first.ari, 2)
    : `${decimalText(first.ari, 2)} to ${decimalText(last.ari, 2)}`;
}
