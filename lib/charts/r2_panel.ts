import * as Plot from "@observablehq/plot";
import { shareText } from "../core/number_text.ts";
import { nullQuantiles } from "../core/null_percentile.ts";
import type { FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { AXIS, GRID, HUES, INK, MUTED, NULL_FILL, NULL_TEXT } from "./palette.ts";
import { type PlacedWord, placedWords } from "./placed_words.ts";
import { shortText, textLines } from "./text_lines.ts";
import { decimalText, type ValueTicks, valueTicks } from "./value_ticks.ts";

/** One kind of R² of all contracts over what its null gives. */
export interface R2Panel {
  /** Which R² it is, as the title reads it. */
  readonly kind: "in sample" | "adjusted" | "out of sample";
  /** Heading. */
  readonly title: string;
  /** Of the axis: "share of variance". */
  readonly unit: string;
  /** A value a contract; NaN where it is not estimable. */
  readonly values: Float64Array;
  /** Values of the null, of all contracts together; NaN left out. */
  readonly nulls: Float64Array;
  /** Another null, drawn as an outline; what the contracts are held against is the higher of the two. */
  readonly second?: SecondNull;
  /** A line under the heading: how it is measured. */
  readonly note: string;
}

/** Another null of the same contracts. */
export interface SecondNull {
  /** A few words for the heading and the title: "random signs". */
  readonly name: string;
  /** Of all contracts together; NaN left out. */
  readonly values: Float64Array;
}

/** One kind of R² with what is drawn and written of it. */
export interface DrawnR2 extends R2Panel {
  /** Values that could be estimated. */
  readonly known: Float64Array;
  readonly nullKnown: Float64Array;
  /** Of the second null; none without it. */
  readonly secondKnown: Float64Array;
  /** NaN of none. */
  readonly median: number;
  readonly nullMedian: number;
  readonly secondMedian: number;
  /** The larger of the nulls' 95th percentiles. */
  readonly nullHigh: number;
  /** Share of the contracts above it. */
  readonly shareAbove: number;
}

/** What the first null is called beside a second one. */
export const FIRST_NULL = "shifted dates";

/** Height of a panel with its heading. */
export const PANEL_HEIGHT = 380;

const GAP = 22, HEAD = 96, LEFT = 40, RIGHT = 10, LINE = 15;
const N_BINS = 30;
/** Lowest R² that is drawn at its place where few lie below. */
const FLOOR = -1;
/** Spans of the middle half that are drawn below it. */
const REACH = 2;

/** Whether a panel's first bin also holds what lies below it. */
export function isCutOff(drawn: DrawnR2, { of }: { readonly of: number }): boolean {
  return drawn.known.length > 0 && r2Range(drawn, panelWidth(of)).isCut;
}

function panelWidth(of: number): number {
  return (BODY_WIDTH - (of - 1) * GAP) / of;
}

/** One panel: its heading in words, and both histograms below. */
export function r2Panel(
  drawn: DrawnR2,
  { at, of, top }: { readonly at: number; readonly of: number; readonly top: number },
): FigurePanel[] {
  const width = panelWidth(of), left = at * (width + GAP);
  const heading = { left, top, width, height: HEAD, plot: headingPlot(drawn, width) };
  const place = { left, top: top + HEAD, width, height: PANEL_HEIGHT - HEAD };
  return [heading, { ...place, plot: drawn.known.length === 0 ? nothing : bars(drawn, width) }];
}

const nothing: Plot.PlotOptions = {
  margin: 0,
  x: { axis: null, domain: [0, 1] },
  y: { axis: null, domain: [0, 1] },
  marks: [
    Plot.frame({ stroke: AXIS, strokeDasharray: "4 4" }),
    Plot.text(["not estimable"], {
      text: (words: string) => words,
      frameAnchor: "middle",
      fontSize: 12,
      fill: MUTED,
    }),
  ],
};

function headingPlot(drawn: DrawnR2, width: number): Plot.PlotOptions {
  const { median, shareAbove, known, secondKnown } = drawn;
  const word = (line: number, text: string): PlacedWord => ({
    ...{ x: 0, y: 8 + line * LINE },
    text: shortText(text, width, 11),
  });
  const of = (size: number, fill: string, weight: 400 | 600) => ({
    ...{ anchor: "start" as const, size, fill, weight },
  });
  const notes = textLines(drawn.note, { width, size: 10.5, maxLines: 2 });
  return {
    margin: 0,
    x: { axis: null, domain: [0, width] },
    y: { axis: null, domain: [HEAD, 0] },
    marks: [
      ...placedWords(
        [{ x: 0, y: 8, text: shortText(drawn.title, width, 12.5, 600) }],
        of(12.5, INK, 600),
      ),
      ...placedWords(notes.map((text, k) => word(1 + k, text)), of(10.5, MUTED, 400)),
      ...known.length === 0 ? [] : [
        ...placedWords(
          [word(3, `median ${decimalText(median, 3)}`)],
          of(11, HUES[0].text, 600),
        ),
        ...placedWords([
          word(4, nullsText(drawn)),
        ], of(11, NULL_TEXT, 400)),
        ...placedWords([
          word(
            5,
            Number.isNaN(shareAbove)
              ? ""
              : `${shareText(shareAbove)} above ${
                secondKnown.length > 0 ? "the higher" : "its"
              } 95th percentile`,
          ),
        ], of(11, INK, 400)),
      ],
    ],
  };
}

/** Medians of the nulls in words. */
function nullsText({ nullMedian, second, secondMedian }: DrawnR2): string {
  const texts = [
    ...Number.isNaN(nullMedian)
      ? []
      : [`${second === undefined ? "null" : FIRST_NULL} ${decimalText(nullMedian, 3)}`],
    ...second === undefined || Number.isNaN(secondMedian)
      ? []
      : [`${second.name} ${decimalText(secondMedian, 3)}`],
  ];
  return texts.length === 0 ? "null not measured" : texts.join(" · ");
}

function bars(drawn: DrawnR2, width: number): Plot.PlotOptions {
  const { known, nullKnown, secondKnown, median, nullMedian, secondMedian, nullHigh } = drawn;
  const { low, high, ticks, isCut } = r2Range(drawn, width);
  const own = shares(known, low, high), noise = shares(nullKnown, low, high);
  const second = shares(secondKnown, low, high);
  const most = Math.max(...own, ...noise, ...second);
  const marked = valueTicks(0, most, 5);
  const binWidth = (high - low) / N_BINS;
  const bin = (values: Float64Array) =>
    Array.from(values, (share, k) => ({ share, from: low + k * binWidth })).filter(({ share }) =>
      share > 0
    );
  type Bin = ReturnType<typeof bin>[number];
  const box = {
    x1: "from",
    x2: (one: Bin) => one.from + binWidth,
    y1: 0,
    y2: "share",
  };
  const within = (value: number) => Math.min(Math.max(value, low), high);
  const lines = [
    { x: nullMedian, stroke: NULL_TEXT, width: 2, dash: null },
    { x: secondMedian, stroke: NULL_TEXT, width: 1, dash: null },
    { x: median, stroke: HUES[0].text, width: 2.5, dash: null },
    { x: nullHigh, stroke: INK, width: 1.25, dash: "4 3" },
  ].filter(({ x }) => !Number.isNaN(x));
  return {
    ...{ marginLeft: LEFT, marginRight: RIGHT, marginTop: 10, marginBottom: 42 },
    x: {
      domain: [low, high],
      ticks: ticks.ticks.filter((tick) => tick <= high),
      tickFormat: (value: number) =>
        isCut && value === low ? `≤ ${ticks.text(value)}` : ticks.text(value),
      label: shortText(drawn.unit, width - LEFT - RIGHT, 12),
      ...{ labelAnchor: "center", labelArrow: false, labelOffset: 38, tickSize: 4 },
    },
    y: {
      domain: [0, marked.ticks.at(-1)!],
      ticks: [...marked.ticks],
      tickFormat: (share: number) => shareText(share),
      ...{ tickSize: 0, label: null },
    },
    marks: [
      Plot.gridY([...marked.ticks], { stroke: GRID, strokeOpacity: 1 }),
      Plot.rect(bin(noise), { ...box, fill: NULL_FILL }),
      Plot.rect(bin(own), {
        ...{ ...box, fill: HUES[0].fill, fillOpacity: 0.5 },
        ...{ stroke: HUES[0].fill, strokeWidth: 1 },
      }),
      ...secondKnown.length === 0 ? [] : [
        Plot.line(outline(second, low, high), {
          ...{ x: "at", y: "share", stroke: NULL_TEXT, strokeWidth: 1.25 },
        }),
      ],
      Plot.ruleY([0], { stroke: AXIS }),
      ...lines.map(({ x, stroke, width: strokeWidth, dash }) =>
        Plot.ruleX([within(x)], {
          ...{ stroke, strokeWidth },
          ...(dash === null ? {} : { strokeDasharray: dash }),
        })
      ),
    ],
  };
}

/** The axis: all values, or where some lie far below, those within reach of the middle half. */
function r2Range({ known, nullKnown, secondKnown }: DrawnR2, width: number): {
  readonly low: number;
  readonly high: number;
  readonly ticks: ValueTicks;
  readonly isCut: boolean;
} {
  const lists = [known, nullKnown, secondKnown].filter(({ length }) => length > 0);
  const least = Math.min(...lists.map((own) => own.reduce((low, x) => Math.min(low, x))));
  const most = Math.max(...lists.map((own) => own.reduce((high, x) => Math.max(high, x))));
  const near = Math.min(...lists.map((own) => {
    const [fifth, lower, upper] = nullQuantiles(own, [0.05, 0.25, 0.75]);
    return Math.max(fifth!, lower! - REACH * (upper! - lower!));
  }));
  const from = least >= FLOOR ? Math.min(least, 0) : Math.max(Math.min(near, FLOOR), least);
  const to = Math.max(most, from + 0.1, 0);
  const ticks = valueTicks(from, to, Math.max(Math.floor(width / 48), 3));
  // no R² is above 1
  const low = ticks.ticks[0]!, high = Math.min(ticks.ticks.at(-1)!, Math.max(most, 1));
  return { low, high, ticks, isCut: least < low };
}

/** Share of the values in each bin; what lies beyond an end is in its bin. */
function shares(values: Float64Array, low: number, high: number): Float64Array {
  const counts = new Float64Array(N_BINS);
  for (const value of values) {
    const bin = Math.floor((value - low) / (high - low) * N_BINS);
    counts[Math.min(Math.max(bin, 0), N_BINS - 1)]! += 1;
  }
  return counts.map((count) => count / Math.max(values.length, 1));
}

/** The upper edge of bins, from the first that holds something to the last. */
function outline(
  values: Float64Array,
  low: number,
  high: number,
): { readonly at: number; readonly share: number }[] {
  const first = values.findIndex((share) => share > 0);
  const last = values.findLastIndex((share) => share > 0);
  const edge = (bin: number) => low + bin * (high - low) / N_BINS;
  const steps = Array.from(values.subarray(first, last + 1), (share, k) => [
    { at: edge(first + k), share },
    { at: edge(first + k + 1), share },
  ]);
  return [{ at: edge(first), share: 0 }, ...steps.flat(), { at: edge(last + 1), share: 0 }];
}
