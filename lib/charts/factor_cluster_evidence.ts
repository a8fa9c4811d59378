import { countOf, countText, shareText } from "../core/number_text.ts";
import type { FactorClusterEvidence as MethodRow } from "../factors/factor_cluster_evidence.ts";
import type { PeriodAgreement } from "../factors/factor_cluster_time.ts";
import { permutedPText } from "../core/agreement_text.ts";
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

/** What {@link factorClusterEvidenceChart} draws. */
export interface FactorClusterEvidenceView {
  /** In the order in which they are drawn; the seed's first. */
  readonly methods: readonly (MethodRow & { readonly name: string })[];
  /** One method's agreement between neighbouring periods, in order of time. */
  readonly periods: readonly PeriodAgreement[];
  /** Name of that method. */
  readonly periodMethod: string;
  /** Contracts that were divided, and factors. */
  readonly nContracts: number;
  readonly nFactors: number;
}

const NAME = "factor_cluster_evidence";
const MAX_PERIODS = 12, MAX_METHODS = 20, SPACE = 14;
/** From here on a silhouette counts as better than noise; up to here an agreement is beyond chance. */
const STANDS = 0.95, ALPHA = 0.05;
const METHOD_WIDTHS = [172, 208, 138, 132, BODY_WIDTH - 650];
const PERIOD_WIDTHS = [172, 346, BODY_WIDTH - 518];

/**
 * Whether clusters of loadings are separated better than noise, and whether they are there again in the
 * next period.
 *
 * Above, each method's silhouette over that of shifted moves, whose errors are the same; below, the
 * adjusted Rand index from one period to the next over random orders.
 *
 * @throws {RangeError} If a percentile is not in [0, 1].
 */
export function factorClusterEvidenceChart(
  view: FactorClusterEvidenceView,
  context: ChartContext,
): Figure {
  for (const { name, nullPercentile } of view.methods) checkPercentile(nullPercentile, name);
  for (const { from, percentile } of view.periods) checkPercentile(percentile, from);
  if (view.methods.length === 0 || view.nContracts === 0) {
    return figure({
      name: NAME,
      title: "No contracts were divided by their loadings",
      subtitle: "Silhouette of factor clusters by method.",
      alt: `Nothing is drawn: ${
        view.methods.length === 0 ? "no method was tried" : "there is no contract to divide"
      }.`,
      context,
      body: "no factor clusters measured",
    });
  }
  const methods = view.methods.slice(0, MAX_METHODS);
  const periods = view.periods.slice(-MAX_PERIODS);
  const grid: RowGrid = {
    ...{ nRows: methods.length, rowHeight: 38, top: KEY_HEIGHT + 4, headingLines: 2 },
  };
  const below: RowGrid = {
    ...{ nRows: periods.length, rowHeight: 34, headingLines: 1 },
    top: grid.top + columnsHeight(grid) + SPACE,
  };
  const title = finding(view.methods);
  const nHidden = view.methods.length - methods.length + view.periods.length - periods.length;
  return figure({
    name: NAME,
    title,
    subtitle: `Above: mean silhouette of contracts divided by their loadings on ${
      countOf(view.nFactors, "factor")
    }, over that of shifted moves. n\u00a0=\u00a0${countOf(view.nContracts, "contract")}.${
      periods.length === 0
        ? " Clusters of two periods were not compared."
        : ` Below: how far clusters of one period are those of the next (${
          cleanText(view.periodMethod)
        }); beyond chance in ${recurring(periods)}.`
    }`,
    alt: `${title}. ${
      methods.map(({ name, silhouette, nullMid }) =>
        `${cleanText(name)}: ${decimalText(silhouette, 2)}, null ${decimalText(nullMid, 2)}`
      ).join("; ")
    }. ${
      periods.map(({ from, to, adjustedRand }) =>
        `${cleanText(from)} to ${cleanText(to)}: ${decimalText(adjustedRand, 2)}`
      ).join("; ")
    }`.trim(),
    context,
    notes: [
      "Unequal errors alone can make one large cluster with a high silhouette; shifted moves are measured as badly. Seeds: mean adjusted Rand index with other seeds. Events: mean Jaccard index when events are drawn anew; from 0.75 on a cluster is called stable.",
      ...(periods.length === 0 ? [] : [
        "Periods: one contract of each event that both periods hold; the null deals the clusters of the second out at random.",
      ]),
      ...(nHidden === 0 ? [] : [`${countOf(nHidden, "row")} not drawn.`]),
    ],
    height: periods.length === 0
      ? grid.top + columnsHeight(grid)
      : below.top + columnsHeight(below),
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "beyond the null" },
        { mark: "ring", words: "not beyond" },
        { mark: "band", words: "null, 5th to 95th percentile" },
        { mark: "tick", words: "its median" },
      ]),
      ...methodColumns(grid, methods),
      ...(periods.length === 0 ? [] : periodColumns(below, periods)),
    ],
  });
}

function methodColumns(
  grid: RowGrid,
  methods: FactorClusterEvidenceView["methods"],
): FigurePanel[] {
  const place = columnPlaces(METHOD_WIDTHS);
  const evidence = methods.map((row) => ({
    value: row.silhouette,
    nullLow: row.nullLow,
    nullMid: row.nullMid,
    nullHigh: row.nullHigh,
    stands: row.nullPercentile >= STANDS,
  }));
  const words = (k: number, heading: string, cell: (row: MethodRow) => Cell) =>
    textColumn(grid, place(k, heading), methods.map(cell));
  return [
    textColumn(grid, place(0, "Method"), methods.map(({ name }) => ({ text: name, weight: 600 }))),
    evidenceColumn(grid, place(1, "Mean silhouette"), {
      rows: evidence,
      axis: evidenceAxis(evidence, { width: METHOD_WIDTHS[1]!, anchors: [0] }),
    }),
    words(2, "Value against the null’s median", (row) => {
      if (Number.isNaN(row.silhouette)) {
        return { text: row.k === 0 ? "no cluster" : "one cluster", fill: MUTED };
      }
      if (row.nShifts === 0) return { text: decimalText(row.silhouette, 2), note: "no null" };
      const [ours, chance] = decimalsApart(row.silhouette, row.nullMid, 2);
      return {
        text: `${ours} against ${chance}`,
        note: standingText(row.nullPercentile, row.nShifts),
        ...(row.nullPercentile >= STANDS ? {} : { fill: MUTED }),
      };
    }),
    words(
      3,
      "Clusters, share of the largest",
      ({ k, largestShare, nullLargestShare, nShifts }) => ({
        text: k === 0 ? "0" : `${countText(k)}, ${shareText(largestShare)}`,
        note: nShifts === 0 ? "no null" : `shifted ${shareText(nullLargestShare)}`,
      }),
    ),
    words(4, "Found again: seeds, events", ({ seedAri, jaccard }) => ({
      text: `${stabilityText(seedAri)}, ${stabilityText(jaccard)}`,
    })),
  ];
}

function periodColumns(grid: RowGrid, periods: readonly PeriodAgreement[]): FigurePanel[] {
  const place = columnPlaces(PERIOD_WIDTHS);
  const evidence = periods.map((row) => ({
    value: row.adjustedRand,
    nullLow: row.nullLow,
    nullMid: row.nullMid,
    nullHigh: row.nullHigh,
    stands: row.pValue <= ALPHA,
  }));
  return [
    textColumn(
      grid,
      place(0, "From one period to the next"),
      periods.map(({ from, to }) => ({ text: `${from} → ${to}` })),
    ),
    evidenceColumn(grid, place(1, "Adjusted Rand index"), {
      rows: evidence,
      axis: evidenceAxis(evidence, { width: PERIOD_WIDTHS[1]!, anchors: [0, 0.5] }),
    }),
    textColumn(
      grid,
      place(2, "Value and events in both"),
      periods.map(({ adjustedRand, pValue, percentile, nBoth }) =>
        Number.isNaN(adjustedRand) ? { text: countOf(nBoth, "event"), fill: MUTED } : {
          text: `${decimalText(adjustedRand, 2)}, ${permutedPText(pValue, percentile)}`,
          note: countOf(nBoth, "event"),
          ...(pValue <= ALPHA ? {} : { fill: MUTED }),
        }
      ),
    ),
  ];
}

/** "3 of 4 pairs" */
function recurring(periods: readonly PeriodAgreement[]): string {
  const known = periods.filter(({ pValue }) => !Number.isNaN(pValue));
  const nBeyond = known.filter(({ pValue }) => pValue <= ALPHA).length;
  return `${countText(nBeyond)} of ${countOf(known.length, "pair")}`;
}

function stabilityText(x: number): string {
  return Number.isNaN(x) ? "–" : decimalText(x, 2);
}

function finding(methods: FactorClusterEvidenceView["methods"]): string {
  const known = methods.filter(({ nullPercentile }) => !Number.isNaN(nullPercentile));
  if (known.length === 0) {
    const isDivided = methods.some(({ silhouette }) => !Number.isNaN(silhouette));
    return isDivided
      ? "Whether factor clusters are more than noise is open: no null was measured"
      : "No method divides the contracts by their loadings";
  }
  const nStand = known.filter(({ nullPercentile }) => nullPercentile >= STANDS).length;
  const first = known[0]!;
  const [ours, chance] = decimalsApart(first.silhouette, first.nullMid, 2);
  const said = `${cleanText(first.name)} has silhouette ${ours} against ${chance} of shifted moves`;
  const of = countOf(known.length, "method");
  return nStand === 0
    ? `Factor clusters are no better separated than noise by any of ${of}: ${said}`
    : `Factor clusters are better separated than noise by ${nStand} of ${of}: ${said}`;
}
