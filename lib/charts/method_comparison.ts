import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { checkPercentile, standingText } from "./null_band.ts";
import { HUES, MUTED } from "./palette.ts";
import {
  type Cell,
  columnPlaces,
  columnsHeight,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { cleanText } from "./text_lines.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";
import { countOf, countText } from "../core/number_text.ts";

/** What one way of clustering is worth, within its window and in the one that follows. */
export interface MethodRow {
  /** Key of the method, which breaks ties. */
  readonly method: string;
  readonly name: string;
  readonly nClusters: number;
  /** Items in a cluster, of those offered. */
  readonly nPlaced: number;
  readonly nItems: number;
  /** Mean silhouette in the window that the clusters were made from, and its null percentile. */
  readonly silhouette: number;
  readonly silhouettePercentile: number;
  /** Mean Jaccard similarity of clusters over resamples, 0 to 1. */
  readonly stability: number;
  /** The same for clusters of shifted moves; NaN where not measured. */
  readonly stabilityNull: number;
  /** Mean ρ within clusters less that between them, in the following window, with its interval. */
  readonly coherence: number;
  readonly coherenceLow: number;
  readonly coherenceHigh: number;
  /** 5th, 95th and 50th percentile of the same over the null. */
  readonly nullLow: number;
  readonly nullHigh: number;
  readonly nullMid: number;
  /** Share of the null below `coherence`, in [0, 1]. */
  readonly percentile: number;
  /** Windows in which the method alone lies above its own null's 95th percentile, of those measured. */
  readonly nAbove: number;
  readonly nTrials: number;
  /** P value after adjusting for the number of methods tried. */
  readonly adjustedP: number;
  readonly verdict: "better than noise" | "not better than noise" | "not measured";
}

const NAME = "method_comparison";
const MAX_ROWS = 40, ROW_HEIGHT = 48;

/**
 * Which ways of clustering hold out of sample, after adjusting for how many were tried.
 *
 * A row a method, the largest out-of-sample coherence first. The silhouette stands beside it, since
 * it is what a reader would otherwise choose by: it is measured on the days that made the clusters.
 *
 * @throws {RangeError} If a percentile is not in [0, 1], or more windows lie above their null than
 * were measured.
 */
export function methodComparisonChart(rows: readonly MethodRow[], context: ChartContext): Figure {
  for (const { name, percentile, silhouettePercentile, nAbove, nTrials } of rows) {
    checkPercentile(percentile, name);
    checkPercentile(silhouettePercentile, name);
    if (!(nAbove >= 0 && nAbove <= nTrials)) {
      throw new RangeError(
        `Cannot draw "${name}" as its windows above the null must be some of those measured: got ${nAbove} of ${nTrials}`,
      );
    }
  }
  if (rows.length === 0) {
    return figure({
      name: NAME,
      title: "No method of clustering was tried",
      subtitle: "Methods by how their clusters hold in the following window.",
      alt: "Nothing is drawn: there is no method.",
      context,
      body: "no methods tried",
    });
  }
  const sorted = [...rows].sort((a, b) => {
    const unknown = Number(Number.isNaN(a.coherence)) - Number(Number.isNaN(b.coherence));
    return unknown || b.coherence - a.coherence || (a.method < b.method ? -1 : 1);
  });
  const drawn = sorted.slice(0, MAX_ROWS);
  const grid: RowGrid = {
    nRows: drawn.length,
    rowHeight: ROW_HEIGHT,
    top: KEY_HEIGHT + 6,
    headingLines: 2,
  };
  const title = finding(sorted);
  const nHidden = sorted.length - drawn.length;
  const nMissing = sorted.filter(({ verdict }) => verdict === "not measured").length;
  return figure({
    name: NAME,
    title,
    subtitle:
      "Coherence: mean correlation within clusters less that between them, in the window after the one that made the clusters; line: its 95% interval. Silhouette and stability are measured in the window that made them.",
    alt: `${title}. ${
      drawn.map(({ name, coherence, verdict }) =>
        `${cleanText(name)}: ${decimalText(coherence, 2)}, ${verdict}`
      ).join("; ")
    }.`,
    context,
    notes: [
      ...(nMissing === 0 ? [] : [
        `${countOf(nMissing, "method")} could not be measured out of sample and ${
          nMissing === 1 ? "counts" : "count"
        } as tried.`,
      ]),
      ...(nHidden === 0 ? [] : [
        `${countOf(nHidden, "method")} with a smaller coherence or none ${
          nHidden === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: grid.top + columnsHeight(grid),
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "better than noise" },
        { mark: "ring", words: "not better" },
        { mark: "band", words: "null, 5th to 95th percentile" },
        { mark: "tick", words: "its median" },
      ]),
      ...columns(grid, drawn, sorted.length),
    ],
  });
}

function finding(sorted: readonly MethodRow[]): string {
  const measured = sorted.filter(({ verdict }) => verdict !== "not measured");
  const better = measured.filter(({ verdict }) => verdict === "better than noise");
  const best = better[0] ?? measured[0];
  if (best === undefined) {
    return `None of ${countOf(sorted.length, "method")} could be measured out of sample`;
  }
  const [value, high] = decimalsApart(best.coherence, best.nullHigh, 2);
  const noise = Number.isNaN(best.nullHigh) ? high : `up to ${high}`;
  const numbers = `${value} (null ${noise})`;
  const tries = sorted.length === 1 ? "" : ` after adjusting for ${sorted.length} tries`;
  return better.length === 0
    ? `None of ${
      countOf(sorted.length, "method")
    } beats noise out of sample${tries}; the most coherent, ${
      cleanText(best.name)
    }, reaches ${numbers}`
    : `${better.length} of ${countOf(sorted.length, "method")} ${
      better.length === 1 ? "beats" : "beat"
    } noise out of sample${tries}; ${better.length === 1 ? "" : "most coherent is "}${
      cleanText(best.name)
    } with ${numbers}`;
}

function columns(grid: RowGrid, rows: readonly MethodRow[], nTries: number): FigurePanel[] {
  const widths = [174, 110, 72, 140, 112, BODY_WIDTH - 608];
  const place = columnPlaces(widths);
  const evidence = rows.map((row) => ({
    value: row.coherence,
    low: row.coherenceLow,
    high: row.coherenceHigh,
    nullLow: row.nullLow,
    nullMid: row.nullMid,
    nullHigh: row.nullHigh,
    stands: row.verdict === "better than noise",
  }));
  return [
    textColumn(
      grid,
      place(0, "Method"),
      rows.map(({ name, nClusters, nPlaced, nItems }) => ({
        text: name,
        note: `${countOf(nClusters, "cluster")}, ${countText(nPlaced)} of ${
          countText(nItems)
        } placed`,
        weight: 600,
      })),
    ),
    textColumn(
      grid,
      place(1, "Silhouette, in sample"),
      rows.map(({ silhouette, silhouettePercentile }) =>
        number(silhouette, standingText(silhouettePercentile))
      ),
    ),
    textColumn(
      grid,
      place(2, "Stability (Jaccard)"),
      rows.map(({ stability, stabilityNull }) =>
        Number.isNaN(stabilityNull)
          ? number(stability)
          : number(stability, `noise ${decimalText(stabilityNull, 2)}`)
      ),
    ),
    evidenceColumn(grid, place(3, "Coherence, out of sample"), {
      rows: evidence,
      axis: evidenceAxis(evidence, { width: widths[3]!, anchors: [0] }),
    }),
    textColumn(
      grid,
      place(4, "Value, windows above null"),
      rows.map(({ coherence, coherenceLow, coherenceHigh, nAbove, nTrials }) =>
        // a value that is missing is named in the column beside
        Number.isNaN(coherence) ? { text: "" } : number(
          coherence,
          nTrials > 0
            ? `in ${nAbove} of ${countOf(nTrials, "window")}`
            : Number.isNaN(coherenceLow + coherenceHigh)
            ? "no interval"
            : `${decimalText(coherenceLow, 2)} to ${decimalText(coherenceHigh, 2)}`,
        )
      ),
    ),
    textColumn(
      grid,
      place(5, nTries === 1 ? "Verdict" : `Verdict, p adjusted for\u00a0${nTries}\u00a0tries`),
      rows.map(verdictCell),
    ),
  ];
}

function number(value: number, note?: string): Cell {
  if (Number.isNaN(value)) return { text: "not measured", fill: MUTED };
  return { text: decimalText(value, 2), ...(note === undefined ? {} : { note }) };
}

function verdictCell({ verdict, percentile, adjustedP }: MethodRow): Cell {
  if (verdict === "not measured") return { text: verdict, fill: MUTED };
  const p = Number.isNaN(adjustedP)
    ? ""
    : `, p\u00a0${adjustedP < 0.001 ? "<0.001" : decimalText(adjustedP, 3).replace(/\.000$/, "")}`;
  return {
    text: verdict,
    note: `${standingText(percentile)}${p}`,
    ...(verdict === "better than noise" ? { fill: HUES[0].text, weight: 600 } : {}),
  };
}
