import * as Plot from "@observablehq/plot";
import { countText, shareText } from "../core/number_text.ts";
import { divergingBar } from "./diverging_bar.ts";
import type { FactorClusterProfiles, ProfileCluster } from "./factor_cluster_profiles.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { type Area, hatchedArea } from "./hatched_area.ts";
import { AXIS, divergingColour, HUES, INK, MISSING_FILL, MUTED, textColourOn } from "./palette.ts";
import { pixelPanel } from "./pixel_panel.ts";
import { placedWords } from "./placed_words.ts";
import { shortText, textLines } from "./text_lines.ts";
import { textWidth } from "./text_width.ts";
import { tint } from "./theme_hues.ts";
import { decimalText } from "./value_ticks.ts";

const ROW = 34, LABEL = 152, BARS = 122, GAP = 5, LEGEND = 44, SIZE = 11;
/** From this width on the cells hold numbers. */
const WRITTEN = 36, SLANT = Math.SQRT1_2;
/** Share of its colour that a mean keeps that is no more than noise. */
const PALE = 0.35;
/** Lines that are seen on white and on pale colours, and hide neither. */
const HATCH = "#b0b5bd";

/** Largest mean that is told from noise; of none, of all. */
function reachOf(drawn: readonly ProfileCluster[]): number {
  const all = drawn.flatMap(({ means, isDistinguishable }) =>
    means.map((mean, f) => ({ size: Math.abs(mean), isTold: isDistinguishable[f]! }))
  ).filter(({ size }) => Number.isFinite(size));
  const told = all.filter(({ isTold }) => isTold);
  return Math.max(1e-9, ...(told.length > 0 ? told : all).map(({ size }) => size));
}

/** Pale below the hatching, so that no mean of noise looks like one that stands. */
function paleColour(x: number): string {
  return Number.isNaN(x) ? MISSING_FILL : tint(divergingColour(x), PALE);
}

/** The colours of the means that are told from noise, where there are any, and the look of the rest. */
export function profileLegend(
  { unit }: FactorClusterProfiles,
  drawn: readonly ProfileCluster[],
): FigurePanel {
  const reach = reachOf(drawn);
  const isTold = drawn.some(({ isDistinguishable }) => isDistinguishable.includes(true));
  const bar = { ...{ width: 200, top: 6, height: 11, steps: 48, textGap: 11, reach } };
  const left = isTold ? 330 : 0, wide = isTold ? 54 : bar.width;
  const swatch: Area = { x1: left, x2: left + wide, y1: bar.top, y2: bar.top + bar.height };
  const steps = Array.from({ length: bar.steps }, (_, k) => ({
    ...{ x1: left + k * wide / bar.steps, x2: left + (k + 1) * wide / bar.steps },
    fill: paleColour(2 * (k + 0.5) / bar.steps - 1),
  }));
  const ends = [-reach, 0, reach], words = (x: number) => x === 0 ? "0" : sizeText(x, reach);
  return pixelPanel({ left: LABEL, width: BODY_WIDTH - LABEL, height: LEGEND }, [
    ...(isTold
      ? [
        ...divergingBar({ ...bar, ticks: ends, text: words }),
        ...placedWords([{ x: 212, y: 11.5, text: shortText(unit, 100, SIZE) }], {
          ...{ anchor: "start", size: SIZE, fill: INK },
        }),
      ]
      : placedWords(
        ends.map((x, k) => ({ x: k * bar.width / 2, y: 28, text: words(x) })),
        { anchor: "middle", size: 11, fill: MUTED },
      )),
    Plot.rect(steps, { x1: "x1", x2: "x2", y1: swatch.y1, y2: swatch.y2, fill: "fill" }),
    ...hatchedArea([swatch], HATCH),
    ...placedWords([{
      x: left + wide + 12,
      y: 11.5,
      text: isTold ? "no more than noise" : `${shortText(unit, 100, SIZE)}, no more than noise`,
    }], {
      ...{ anchor: "start", size: SIZE, fill: INK },
    }),
  ]);
}

/** Clusters by factors in groups, names at the left and sizes at the right. */
export function profileMap(
  view: FactorClusterProfiles,
  drawn: readonly ProfileCluster[],
  top: number,
): FigurePanel {
  const { factors, nContracts } = view, n = factors.length, reach = reachOf(drawn);
  const groups = groupsOf(factors);
  const room = BODY_WIDTH - LABEL - BARS - 16 - GAP * (groups.length - 1);
  const wide = Math.min(room / n, 60);
  const x = (f: number) => LABEL + f * wide + GAP * groups.findIndex(({ to }) => f < to);
  const isUpright = wide < 17;
  const symbols = factors.map(({ symbol }) => shortText(symbol, 84, 10.5));
  const longest = Math.max(...symbols.map((symbol) => textWidth(symbol, 10.5)));
  const head = Math.ceil(isUpright ? longest + 12 : longest * SLANT + 16);
  const names = groups.map(({ group }) => shortText(group, 96, 10.5));
  const widths = names.map((name) => textWidth(name, 10.5));
  const isFlat = groups.every(({ from, to }, g) => widths[g]! <= x(to - 1) + wide - x(from));
  const foot = Math.ceil(isFlat ? 26 : Math.max(...widths) * SLANT + 20);
  const y = (row: number) => head + row * ROW, end = y(drawn.length);
  const cells = drawn.flatMap((cluster, row) =>
    factors.map((_, f) => ({
      mean: cluster.means[f]!,
      isTold: cluster.isDistinguishable[f]!,
      fill: divergingColour(cluster.means[f]! / reach),
      pale: paleColour(cluster.means[f]! / reach),
      ...{ x1: x(f), x2: x(f) + wide, y1: y(row), y2: y(row) + ROW },
    }))
  );
  const place = { x1: "x1", x2: "x2", y1: "y1", y2: "y2", inset: 0.5 } as const;
  const told = cells.filter(({ isTold, mean }) => isTold && Number.isFinite(mean));
  const noise = cells.filter(({ isTold, mean }) => !isTold || !Number.isFinite(mean));
  const barLeft = x(n - 1) + wide + 16, barRoom = BODY_WIDTH - barLeft;
  const most = Math.max(...drawn.map(({ size }) => size));
  const bars = drawn.map(({ size }, row) => ({ size, row }));
  return pixelPanel({ top, height: end + foot }, [
    Plot.rect(noise, { ...place, fill: "pale" }),
    ...hatchedArea(noise, HATCH),
    Plot.rect(told, { ...place, fill: "fill" }),
    ...(wide < WRITTEN
      ? []
      : told.flatMap(({ mean, fill, x1, y1 }) =>
        placedWords([{ x: x1 + wide / 2, y: y1 + ROW / 2, text: sizeText(mean, reach) }], {
          ...{ anchor: "middle", size: 10.5, fill: textColourOn(fill) },
        })
      )),
    ...drawn.flatMap(({ name }, row) => {
      const lines = textLines(name, { width: LABEL - 12, size: SIZE, maxLines: 2 });
      return placedWords(
        lines.map((text, k) => ({
          ...{ x: 0, y: y(row) + ROW / 2 + (k - (lines.length - 1) / 2) * 14, text },
        })),
        { anchor: "start", size: SIZE, fill: INK },
      );
    }),
    Plot.rect(bars, {
      x1: barLeft,
      x2: ({ size }: { size: number }) => barLeft + size / most * barRoom,
      y1: ({ row }: { row: number }) => y(row) + ROW - 9,
      y2: ({ row }: { row: number }) => y(row) + ROW - 4,
      fill: HUES[0].fill,
    }),
    ...placedWords(
      bars.map(({ size, row }) => ({
        ...{ x: barLeft, y: y(row) + 14 },
        text: `${countText(size)} · ${shareText(size / nContracts)}`,
      })),
      { anchor: "start", size: SIZE, fill: INK },
    ),
    ...placedWords([{ x: barLeft, y: head - 9, text: "Contracts, share" }], {
      ...{ anchor: "start", size: SIZE, fill: MUTED },
    }),
    ...placedWords([{ x: 0, y: head - 9, text: "Cluster" }], {
      ...{ anchor: "start", size: SIZE, fill: MUTED },
    }),
    Plot.text(symbols, {
      x: (_: string, f: number) => x(f) + wide / 2,
      y: head - 7,
      text: (symbol: string) => symbol,
      rotate: isUpright ? -90 : -45,
      textAnchor: "start",
      fontSize: 10.5,
      fill: INK,
    }),
    Plot.link(groups, {
      x1: ({ from }: Group) => x(from) + 0.5,
      x2: ({ to }: Group) => x(to - 1) + wide - 0.5,
      y1: end + 5,
      y2: end + 5,
      stroke: AXIS,
      strokeWidth: 1.5,
    }),
    Plot.text(names, {
      x: (_: string, g: number) =>
        (x(groups[g]!.from) + x(groups[g]!.to - 1) + wide) / 2 + (isFlat ? 0 : 3),
      y: end + (isFlat ? 16 : 13),
      text: (name: string) => name,
      rotate: isFlat ? 0 : -45,
      textAnchor: isFlat ? "middle" : "end",
      fontSize: 10.5,
      fill: MUTED,
    }),
  ]);
}

interface Group {
  readonly group: string;
  /** Columns from … to − 1. */
  readonly from: number;
  readonly to: number;
}

/** Runs of neighbouring factors of one group. */
function groupsOf(factors: FactorClusterProfiles["factors"]): Group[] {
  const groups: Group[] = [];
  factors.forEach(({ group }, f) => {
    const last = groups.at(-1);
    if (last?.group === group) groups[groups.length - 1] = { ...last, to: f + 1 };
    else groups.push({ group, from: f, to: f + 1 });
  });
  return groups;
}

function sizeText(value: number, reach: number): string {
  return decimalText(value, reach < 0.095 ? 3 : reach < 9.5 ? 2 : 0);
}
