import * as Plot from "@observablehq/plot";
import type { MeasureEvidence } from "../stats/measure_evidence.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { type NullBand, nullBand, shareBelow, standingText } from "./null_band.ts";
import { HUES, INK } from "./palette.ts";
import {
  columnPlaces,
  columnsHeight,
  type Evidence,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { cleanText } from "./text_lines.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";
import { countOf, shareText } from "../core/number_text.ts";

/** How strongly markets move together in one way of measuring moves, and what noise gives there. */
export type RepresentationRow = Omit<MeasureEvidence, "key">;

const NAME = "correlation_null";
const MAX_ROWS = 40, ROW_HEIGHT = 48;

interface Measured extends RepresentationRow {
  readonly band: NullBand;
  readonly upperBand: NullBand;
  /** Mean |ρ| above the null's median, as a share of it. */
  readonly excess: number;
  /** Whether mean |ρ| lies above the null's 95th percentile. */
  readonly isAbove: boolean;
  /** Whether it also lies above the margin that occurs where nothing is shared. */
  readonly stands: boolean;
}

/**
 * Which way of measuring moves carries more than noise.
 *
 * A row for each way, the largest excess over the null's median first, as a share of it: a longer
 * step or fewer common days raises |ρ| by itself, so the sizes alone rank the noise.
 *
 * @param rows One row a way of measuring; at most 40 are drawn.
 * @param options.fairMargin Share by which mean |ρ| exceeds its shifts also in simulated universes
 * where nothing is shared, such as 0.04. Where given, a row must exceed its null by more to stand.
 * @throws {RangeError} If `fairMargin` is not a share in [0, 1).
 */
export function representationChart(
  rows: readonly RepresentationRow[],
  context: ChartContext,
  { fairMargin }: { readonly fairMargin?: number } = {},
): Figure {
  if (fairMargin !== undefined && !(fairMargin >= 0 && fairMargin < 1)) {
    throw new RangeError(
      `Cannot compare with a null as the fair margin must be a share in [0, 1): got ${fairMargin}`,
    );
  }
  if (rows.length === 0) {
    return figure({
      name: NAME,
      title: "No way of measuring moves was compared with its null",
      subtitle: "Mean |ρ| over pairs of markets by way of measuring moves, beside noise.",
      alt: "Nothing is drawn: there is nothing to compare.",
      context,
      body: "no representations measured",
    });
  }
  const sorted = rows.map((row) => measured(row, fairMargin ?? -Infinity)).sort((a, b) => {
    const unknown = Number(Number.isNaN(a.excess)) - Number(Number.isNaN(b.excess));
    return unknown || b.excess - a.excess || (a.name < b.name ? -1 : 1);
  });
  const drawn = sorted.slice(0, MAX_ROWS);
  const grid: RowGrid = {
    nRows: drawn.length,
    rowHeight: ROW_HEIGHT,
    top: KEY_HEIGHT + 6,
    headingLines: 2,
  };
  const title = finding(sorted, fairMargin);
  const known = sorted.filter(({ excess }) => !Number.isNaN(excess));
  const nShifts = Math.max(...sorted.map(({ band }) => band.nReplicates));
  return figure({
    name: NAME,
    title,
    subtitle:
      `Correlation ρ between pairs of markets by way of measuring moves, largest excess of mean\u00a0|ρ| over its null’s median first, in percent of it. Null: each market’s moves shifted in time by a random offset, ${
        countOf(nShifts, "draw")
      }.`,
    alt: `${title}. ${
      drawn.map(({ name, meanAbs, band }) =>
        `${cleanText(name)}: ${decimalText(meanAbs, 3)}, null ${decimalText(band.mid, 3)}`
      ).join("; ")
    }.`,
    context,
    notes: notes(sorted, known, fairMargin),
    height: grid.top + columnsHeight(grid),
    body: [
      keyLine([
        {
          mark: "dot",
          colour: HUES[0].fill,
          words: `above the null’s 95th percentile${
            fairMargin === undefined ? "" : ` and by more than ${shareText(fairMargin)}`
          }`,
        },
        { mark: "ring", words: fairMargin === undefined ? "not above it" : "not so" },
        { mark: "band", words: "null, 5th to 95th percentile" },
        { mark: "tick", words: "its median" },
      ]),
      ...columns(grid, drawn, fairMargin),
    ],
  });
}

function measured(row: RepresentationRow, margin: number): Measured {
  const band = nullBand(row.nullMeanAbs);
  const excess = row.meanAbs / band.mid - 1, isAbove = row.meanAbs > band.high;
  return {
    ...row,
    band,
    upperBand: nullBand(row.nullUpper),
    excess,
    isAbove,
    stands: isAbove && excess > margin,
  };
}

function finding(sorted: readonly Measured[], fairMargin: number | undefined): string {
  const known = sorted.filter(({ excess }) => !Number.isNaN(excess));
  const best = known.find(({ stands }) => stands);
  const first = known[0];
  if (first === undefined) return "No representation could be compared with its null";
  const { name, meanAbs, nullMeanAbs, band } = best ?? first;
  const [value, noise] = decimalsApart(meanAbs, band.mid, 3);
  const numbers = `mean\u00a0|ρ|\u00a0${value} against ${noise} (${
    standingText(shareBelow(meanAbs, nullMeanAbs), band.nReplicates)
  })`;
  if (best === undefined) {
    const by = fairMargin === undefined || !known.some(({ isAbove }) => isAbove)
      ? ""
      : ` by more than the ${shareText(fairMargin)} that occur where nothing is shared`;
    return `No representation exceeds its null${by}; the nearest is ${cleanText(name)}, ${numbers}`;
  }
  return known.length === 1
    ? `${cleanText(name)} exceed their null: ${numbers}`
    : `${cleanText(name)} exceed their null most: ${numbers}`;
}

function notes(
  sorted: readonly Measured[],
  known: readonly Measured[],
  fairMargin: number | undefined,
): string[] {
  const nAbove = known.filter(({ isAbove }) => isAbove).length;
  const nHidden = sorted.length - MAX_ROWS;
  return [
    ...(known.length < 2 ? [] : [
      `${nAbove} of ${known.length} ways tried lie above their null’s 95th percentile; chance alone would put ${
        decimalText(known.length * 0.05, 1)
      } there.`,
    ]),
    ...(fairMargin === undefined ? [] : [
      `Up to ${
        shareText(fairMargin)
      } over the null (dotted) also occurs in simulated universes where nothing is shared, since a shift loses busy days that markets have in common.`,
    ]),
    "Significant: pairs with a false discovery rate (Benjamini and Hochberg) of 5% or less.",
    ...(nHidden <= 0 ? [] : [
      `${countOf(nHidden, "way")} of measuring with a smaller excess ${
        nHidden === 1 ? "is" : "are"
      } not drawn.`,
    ]),
  ];
}

function columns(
  grid: RowGrid,
  drawn: readonly Measured[],
  fairMargin: number | undefined,
): FigurePanel[] {
  const margin = fairMargin === undefined ? [] : [100 * fairMargin];
  const mean = drawn.map(({ meanAbs, band, stands }) => evidence(meanAbs, band, stands));
  const upper = drawn.map(({ upper, upperBand }) =>
    evidence(upper, upperBand, upper > upperBand.high)
  );
  const widths = [196, 140, 128, 105, 128, BODY_WIDTH - 697];
  const place = columnPlaces(widths);
  const beside = (value: number, band: NullBand, replicates: Float64Array, stands: boolean) => {
    if (Number.isNaN(value)) return { text: "not measured" };
    return {
      text: Number.isNaN(band.mid)
        ? decimalText(value, 3)
        : `${decimalText(value, 3)}, null ${decimalText(band.mid, 3)}`,
      note: standingText(shareBelow(value, replicates), band.nReplicates),
      ...(stands ? { fill: HUES[0].text, weight: 600 as const } : {}),
    };
  };
  return [
    textColumn(
      grid,
      place(0, "Moves, and pairs of markets"),
      drawn.map(({ name, nPairs }) => ({
        text: name,
        note: `${countOf(nPairs, "pair")}`,
        weight: 600,
      })),
    ),
    withRules(
      evidenceColumn(grid, place(1, "Mean\u00a0|ρ| over null, %"), {
        rows: mean,
        axis: evidenceAxis(mean, { width: widths[1]!, anchors: margin }),
      }),
      margin,
    ),
    textColumn(
      grid,
      place(2, ""),
      drawn.map(({ meanAbs, band, nullMeanAbs, stands }) =>
        beside(meanAbs, band, nullMeanAbs, stands)
      ),
    ),
    evidenceColumn(grid, place(3, "99th percentile over null, %"), {
      rows: upper,
      axis: evidenceAxis(upper, { width: widths[3]! }),
    }),
    textColumn(
      grid,
      place(4, ""),
      drawn.map(({ upper, upperBand, nullUpper }) =>
        beside(upper, upperBand, nullUpper, upper > upperBand.high)
      ),
    ),
    textColumn(
      grid,
      place(5, "Pairs that are significant"),
      drawn.map(({ significantShare, nullSignificantShare }) => ({
        text: Number.isNaN(significantShare) ? "not measured" : shareText(significantShare),
        note: `null ${shareText(nullSignificantShare)}`,
      })),
    ),
  ];
}

/** A column with dotted lines at these values of its axis. */
function withRules(column: FigurePanel, values: readonly number[]): FigurePanel {
  if (values.length === 0) return column;
  const rule = Plot.ruleX(values, { stroke: INK, strokeWidth: 1, strokeDasharray: "1 3" });
  return { ...column, plot: { ...column.plot, marks: [...column.plot.marks ?? [], rule] } };
}

/** A value and its null in percent above the null's median. */
function evidence(value: number, { low, mid, high }: NullBand, stands: boolean): Evidence {
  const above = (x: number) => 100 * (x / mid - 1);
  return {
    value: above(value),
    nullLow: above(low),
    nullMid: above(mid),
    nullHigh: above(high),
    stands,
  };
}
