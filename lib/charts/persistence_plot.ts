import * as Plot from "@observablehq/plot";
import { dateTicks } from "./date_ticks.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { standingText } from "./null_band.ts";
import { AXIS, GRID, type Hue, INK, MUTED, NULL_FILL, NULL_TEXT } from "./palette.ts";
import type { PersistenceRow } from "./persistence.ts";
import { shortText, textLines } from "./text_lines.ts";
import { decimalText, type ValueTicks, valueTicks } from "./value_ticks.ts";

/** The windows of one way of measuring moves, in order of time. */
export interface PersistenceLine {
  readonly name: string;
  readonly hue: Hue;
  readonly rows: readonly PersistenceRow[];
  /** Those with a value. */
  readonly measured: readonly PersistenceRow[];
  /** Those of them that count: rolling windows, not the studied ones that overlap them. */
  readonly counted: readonly PersistenceRow[];
  /** How many of the counted exceed their null. */
  readonly nAbove: number;
}

/** Whether a window's value lies above its null's 95th percentile. */
export function exceedsNull({ correlation, nullHigh }: PersistenceRow): boolean {
  return correlation > nullHigh;
}

const MARGIN = { left: 52, right: 176 };
const LINE = 15;

/** Values beyond which lines on common axes would cover one another. */
const MOST_TOGETHER = 24;
const TOGETHER_HEIGHT = 356, APART_HEIGHT = 172;

/**
 * The lines over time, each value over its own null; on common axes where there is room, and else
 * one above the other with the same axes.
 *
 * @returns Panels from `top` down, and where they end.
 */
export function persistencePanels(
  lines: readonly PersistenceLine[],
  top: number,
): { readonly panels: FigurePanel[]; readonly bottom: number } {
  const rows = lines.flatMap((line) => line.rows);
  const together = rows.length <= MOST_TOGETHER || lines.length === 1;
  const groups = together ? [lines] : lines.map((line) => [line]);
  const frameHeight = together ? TOGETHER_HEIGHT : APART_HEIGHT;
  let bottom = top;
  const panels = groups.map((group, i): FigurePanel => {
    const isFirst = i === 0, isLast = i === groups.length - 1;
    const margins = { top: isFirst ? 52 : 12, bottom: isLast ? 44 : 10 };
    const height = margins.top + frameHeight + margins.bottom;
    const plot = persistencePlot(group, rows, { ...margins, frameHeight, isFirst, isLast });
    bottom += height;
    return { left: 0, top: bottom - height, width: BODY_WIDTH, height, plot };
  });
  return { panels, bottom };
}

interface PlotPlace {
  readonly top: number;
  readonly bottom: number;
  readonly frameHeight: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The lines of one panel on axes that hold all `rows`. */
function persistencePlot(
  lines: readonly PersistenceLine[],
  rows: readonly PersistenceRow[],
  place: PlotPlace,
): Plot.PlotOptions {
  const scale = valueScale(rows, Math.max(5, place.frameHeight / 44));
  const [low, high] = [scale.ticks[0]!, scale.ticks.at(-1)!];
  const days = [...new Set(rows.map(({ boundaryDay }) => boundaryDay))].sort((a, b) => a - b);
  const pad = days.length === 1 ? 30 : (days.at(-1)! - days[0]!) / days.length / 2;
  const domain = [days[0]! - pad, days.at(-1)! + pad];
  const room = (BODY_WIDTH - MARGIN.left - MARGIN.right) / days.length;
  const lane = Math.min(11, 0.82 * room / lines.length);
  const ticks = dateTicks(Math.ceil(domain[0]!), Math.floor(domain[1]!), 7);
  const studied = [...new Set(rows.filter((row) => row.studied).map((row) => row.boundaryDay))]
    .sort((a, b) => a - b);
  return {
    marginLeft: MARGIN.left,
    marginRight: MARGIN.right,
    marginTop: place.top,
    marginBottom: place.bottom,
    x: {
      domain,
      ticks: ticks.map(({ day }) => day),
      tickFormat: (day: number) =>
        place.isLast ? ticks.find((tick) => tick.day === day)!.label : "",
      label: place.isLast ? "Day between the two windows" : null,
      labelAnchor: "center",
      labelArrow: false,
      labelOffset: 40,
      tickSize: 4,
    },
    y: {
      domain: [low, high],
      ticks: [...scale.ticks],
      tickFormat: scale.text,
      tickSize: 0,
      label: null,
    },
    color: { type: "identity" },
    marks: [
      Plot.text(place.isFirst ? [0] : [], {
        text: () => "Correlation of ρ now with ρ next",
        frameAnchor: "top-left",
        dx: 6 - MARGIN.left,
        lineAnchor: "bottom",
        dy: -26,
        fontSize: 12,
        fill: INK,
      }),
      Plot.gridY([...scale.ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.ruleX(studied, {
        stroke: INK,
        strokeDasharray: "4 3",
        insetTop: place.isFirst ? -8 : 0,
      }),
      ...lines.flatMap((line, i) => lineMarks(line, lane, (i - (lines.length - 1) / 2) * lane)),
      Plot.ruleY([0], { stroke: AXIS }),
      ...lines.flatMap((line, i) => missingMarks(line, (i - (lines.length - 1) / 2) * lane, lane)),
      ...(place.isFirst ? studiedWords(studied, domain) : []),
      ...endLabels(lines, scale, place.frameHeight),
    ],
  };
}

function valueScale(rows: readonly PersistenceRow[], most: number): ValueTicks {
  const known = rows.filter(({ correlation }) => !Number.isNaN(correlation)).flatMap((row) => [
    row.correlation,
    row.ciLow,
    row.ciHigh,
    row.nullLow,
    row.nullHigh,
  ]).filter(Number.isFinite);
  return valueTicks(Math.min(0, ...known), Math.max(0.1, ...known), most);
}

/** Null, interval, line and dots of one representation, moved aside by `dx` from the others. */
function lineMarks(
  { measured, rows, hue }: PersistenceLine,
  lane: number,
  dx: number,
): Plot.Markish[] {
  const withNull = measured.filter((row) => Number.isFinite(row.nullLow + row.nullHigh));
  const withInterval = measured.filter((row) => Number.isFinite(row.ciLow + row.ciHigh));
  const r = Math.min(4, Math.max(lane / 2.6, 1.75));
  return [
    Plot.link(withNull, {
      x1: "boundaryDay",
      x2: "boundaryDay",
      y1: "nullLow",
      y2: "nullHigh",
      dx,
      stroke: NULL_FILL,
      strokeWidth: Math.max(lane - 2, 1.5),
      strokeLinecap: "butt",
    }),
    // a line breaks where a window was not measured
    Plot.lineY(rows, {
      x: "boundaryDay",
      y: "correlation",
      dx,
      stroke: hue.fill,
      strokeWidth: 1.25,
      strokeOpacity: 0.55,
    }),
    Plot.link(withInterval, {
      x1: "boundaryDay",
      x2: "boundaryDay",
      y1: "ciLow",
      y2: "ciHigh",
      dx,
      stroke: hue.fill,
      strokeWidth: 1.5,
    }),
    Plot.dot(measured, {
      x: "boundaryDay",
      y: "correlation",
      dx,
      r,
      fill: (row: PersistenceRow) => exceedsNull(row) ? hue.fill : "#ffffff",
      stroke: hue.fill,
      strokeWidth: 1.5,
    }),
  ];
}

function missingMarks({ rows }: PersistenceLine, dx: number, lane: number): Plot.Markish[] {
  return [
    Plot.dot(rows.filter(({ correlation }) => Number.isNaN(correlation)), {
      x: "boundaryDay",
      frameAnchor: "bottom",
      dx,
      dy: -7,
      r: Math.min(3.5, lane / 2.4),
      symbol: "times",
      stroke: NULL_TEXT,
      strokeWidth: 1.5,
    }),
  ];
}

/** "studied" above the rules of the study's own windows, where a rule has room for it. */
function studiedWords(days: readonly number[], domain: readonly number[]): Plot.Markish[] {
  const perDay = (BODY_WIDTH - MARGIN.left - MARGIN.right) / (domain[1]! - domain[0]!);
  let free = -Infinity;
  const labelled = days.filter((day) => {
    if (day * perDay < free) return false;
    free = day * perDay + 52;
    return true;
  });
  return [
    Plot.text(labelled, {
      x: (day: number) => day,
      text: () => "studied",
      frameAnchor: "top",
      lineAnchor: "bottom",
      dy: -10,
      fontSize: 11,
      fontWeight: 600,
      fill: INK,
    }),
  ];
}

/** Names and last values at the ends of the lines, moved apart until none covers another. */
function endLabels(
  lines: readonly PersistenceLine[],
  { ticks }: ValueTicks,
  frameHeight: number,
): Plot.Markish[] {
  const room = MARGIN.right - 18;
  const perUnit = frameHeight / (ticks.at(-1)! - ticks[0]!);
  const labels = lines.map(({ name, hue, measured, counted, nAbove }) => {
    const last = counted.at(-1), end = measured.at(-1);
    const names = textLines(name, { width: room, size: 12, weight: 600, maxLines: 2 });
    const unknown = end === undefined ? "not measured" : "no rolling window measured";
    const notes = last === undefined ? [unknown] : [
      `above null in ${nAbove} of ${counted.length};`,
      `last ${decimalText(last.correlation, 2)}, ${standingText(last.percentile)}`,
    ];
    return {
      centre: frameHeight - ((end?.correlation ?? ticks[0]!) - ticks[0]!) * perUnit,
      lines: [
        ...names.map((text) => ({ text, fill: hue.text, size: 12, weight: 600 })),
        ...notes.map((text) => ({
          text: shortText(text, room, 11),
          fill: MUTED,
          size: 11,
          weight: 400,
        })),
      ],
    };
  }).sort((a, b) => a.centre - b.centre);
  const tall = (label: typeof labels[number]) => label.lines.length * LINE + 6;
  let free = -20;
  const tops = labels.map((label) => {
    const top = Math.max(label.centre - tall(label) / 2, free);
    free = top + tall(label);
    return top;
  });
  let limit = frameHeight + 16;
  for (let k = labels.length - 1; k >= 0; --k) {
    tops[k] = Math.min(tops[k]!, limit - tall(labels[k]!));
    limit = tops[k]!;
  }
  return labels.flatMap((label, k) =>
    label.lines.map(({ text, fill, size, weight }, line) =>
      Plot.text([0], {
        text: () => text,
        frameAnchor: "top-right",
        textAnchor: "start",
        lineAnchor: "middle",
        dx: 12,
        dy: tops[k]! + LINE * (line + 0.5),
        fontSize: size,
        ...(weight === 600 ? { fontWeight: 600 } : {}),
        fill,
      })
    )
  );
}
