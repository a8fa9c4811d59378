import * as Plot from "@observablehq/plot";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { countOf, countText, shareText } from "../core/number_text.ts";
import { AXIS, GRID, HUES, INK, MUTED } from "./palette.ts";
import { cleanText, shortText } from "./text_lines.ts";

/** One step of the way from everything listed to what is studied. */
export interface FunnelStage {
  readonly stage: string;
  /** Markets left after the step; each step keeps a part of the one before. */
  readonly nMarkets: number;
  /** Why markets leave here. */
  readonly note?: string;
}

interface Row {
  readonly y: number;
  readonly nMarkets: number;
  readonly share: number;
  readonly label: string;
  readonly note: string;
  readonly lost: number;
}

const MAX_STAGES = 16;
const ROW_HEIGHT = 44;
const LABEL_WIDTH = 250;
const BAR_RIGHT = 150;

/**
 * How many markets pass each step, and at which step most are lost.
 *
 * More than 16 steps are thinned to the first, the last and those that lose most.
 *
 * @param stages Steps in order, the first holding everything.
 * @throws {RangeError} If a step holds more markets than the one before, or no whole number.
 */
export function coverageFunnelChart(
  stages: readonly FunnelStage[],
  context: ChartContext,
): Figure {
  check(stages);
  const first = stages[0], last = stages.at(-1);
  if (first === undefined || last === undefined || first.nMarkets === 0) {
    return figure({
      name: "coverage_funnel",
      title: "No market is listed, so none can be studied",
      subtitle: "Markets that pass each step.",
      alt: "Nothing is drawn: the source lists no market.",
      context,
      body: "no markets listed",
    });
  }
  const rows = thinned(stages).map((i, y): Row => {
    const { stage, nMarkets, note } = stages[i]!;
    return {
      y,
      nMarkets,
      share: nMarkets / first.nMarkets,
      label: shortText(stage, LABEL_WIDTH - 12, 13, 600),
      note: note === undefined ? "" : shortText(note, LABEL_WIDTH - 12, 11),
      lost: i === 0 ? 0 : stages[i - 1]!.nMarkets - nMarkets,
    };
  });
  const height = rows.length * ROW_HEIGHT + 8;
  const nHidden = stages.length - rows.length;
  return figure({
    name: "coverage_funnel",
    title: title(stages, first, last),
    subtitle:
      `Markets that pass each step, number and share of the first; under the bar, those lost at the step. n\u00a0=\u00a0${
        countOf(first.nMarkets, "market")
      }.`,
    alt: `${title(stages, first, last)}. Steps: ${
      rows.map((row) => `${row.label} ${countText(row.nMarkets)}`).join("; ")
    }.`,
    context,
    notes: nHidden === 0 ? [] : [
      `${countOf(nHidden, "step")} that ${nHidden === 1 ? "loses" : "lose"} fewer markets ${
        nHidden === 1 ? "is" : "are"
      } not drawn; the numbers lost stay those of the steps drawn.`,
    ],
    height,
    body: [{ left: 0, top: 0, width: BODY_WIDTH, height, plot: plot(rows, first.nMarkets) }],
  });
}

function plot(rows: readonly Row[], nAll: number): Plot.PlotOptions {
  return {
    marginLeft: LABEL_WIDTH,
    marginRight: BAR_RIGHT,
    marginTop: 4,
    marginBottom: 4,
    x: { axis: null, domain: [0, nAll] },
    y: { axis: null, domain: [-0.5, rows.length - 0.5], reverse: true },
    marks: [
      Plot.rect(rows, {
        x1: 0,
        x2: nAll,
        y1: (row: Row) => row.y - 0.36,
        y2: (row: Row) => row.y + 0.14,
        fill: GRID,
        fillOpacity: 0.45,
      }),
      Plot.rect(rows, {
        x1: 0,
        x2: "nMarkets",
        y1: (row: Row) => row.y - 0.36,
        y2: (row: Row) => row.y + 0.14,
        fill: HUES[0].fill,
      }),
      Plot.ruleX([0], { stroke: AXIS }),
      Plot.text(rows, {
        x: 0,
        y: (row: Row) => row.y - (row.note === "" ? 0.11 : 0.19),
        text: "label",
        textAnchor: "end",
        dx: -12,
        fontSize: 13,
        fontWeight: 600,
        fill: INK,
      }),
      Plot.text(rows.filter((row) => row.note !== ""), {
        x: 0,
        y: (row: Row) => row.y + 0.19,
        text: "note",
        textAnchor: "end",
        dx: -12,
        fontSize: 11,
        fill: MUTED,
      }),
      Plot.text(rows, {
        x: nAll,
        y: (row: Row) => row.y - 0.11,
        text: (row: Row) => `${countText(row.nMarkets)}  ·  ${shareText(row.share)}`,
        textAnchor: "start",
        dx: 10,
        fontSize: 13,
        fontWeight: 600,
        fill: INK,
      }),
      Plot.text(rows.filter((row) => row.lost > 0), {
        x: 0,
        y: (row: Row) => row.y + 0.31,
        text: (row: Row) => `−${countText(row.lost)}`,
        textAnchor: "start",
        dx: 2,
        fontSize: 11,
        fill: HUES[5].text,
      }),
    ],
  };
}

function title(stages: readonly FunnelStage[], first: FunnelStage, last: FunnelStage): string {
  if (stages.length === 1 || last.nMarkets === first.nMarkets) {
    return first.nMarkets === 1
      ? "The 1 listed market passes every step"
      : `All ${countOf(first.nMarkets, "listed market")} pass every step`;
  }
  const lost = losses(stages);
  const worst = lost.indexOf(Math.max(...lost));
  const where = `most are lost at “${cleanText(stages[worst]!.stage)}” (−${
    countText(lost[worst]!)
  })`;
  return last.nMarkets === 0
    ? `None of ${countOf(first.nMarkets, "market")} passes every step; ${where}`
    : `${countText(last.nMarkets)} of ${countOf(first.nMarkets, "market")} (${
      shareText(last.nMarkets / first.nMarkets)
    }) pass every step; ${where}`;
}

function losses(stages: readonly FunnelStage[]): number[] {
  return stages.map(({ nMarkets }, i) => i === 0 ? 0 : stages[i - 1]!.nMarkets - nMarkets);
}

/** Indices of the steps to draw, in order. */
function thinned(stages: readonly FunnelStage[]): number[] {
  const lost = losses(stages);
  const inner = lost.map((_, i) => i).slice(1, -1)
    .sort((a, b) => lost[b]! - lost[a]! || a - b)
    .slice(0, MAX_STAGES - 2);
  return [...new Set([0, ...inner.sort((a, b) => a - b), stages.length - 1])];
}

function check(stages: readonly FunnelStage[]): void {
  for (const [i, { stage, nMarkets }] of stages.entries()) {
    const most = i === 0 ? Infinity : stages[i - 1]!.nMarkets;
    if (!(Number.isInteger(nMarkets) && nMarkets >= 0 && nMarkets <= most)) {
      throw new RangeError(
        `Cannot draw a coverage funnel as step "${stage}" must keep a whole number of the ${most} markets before it: got ${nMarkets}`,
      );
    }
  }
}
