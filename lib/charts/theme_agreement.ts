import { countOf, countText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure, type FigurePanel } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { checkPercentile, standingText } from "./null_band.ts";
import { HUES, MUTED } from "./palette.ts";
import { pText } from "./p_text.ts";
import {
  columnsHeight,
  evidenceAxis,
  evidenceColumn,
  type RowGrid,
  textColumn,
} from "./row_columns.ts";
import { SHARE_LEGEND_HEIGHT, shareLegend } from "./share_legend.ts";
import { cleanText } from "./text_lines.ts";
import { type ChartTheme, themeHue, themeShort } from "./theme_hues.ts";
import { matrixHeight, matrixPanel, type ThemeMatrix } from "./theme_matrix.ts";
import { STABILITY_NOTE, STABLE } from "./tree_view.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";

/** How many events of one theme one cluster holds. */
export interface AgreementCell {
  readonly clusterId: number;
  /** Untrusted text. */
  readonly clusterLabel: string;
  /** Events of the cluster, whatever their theme. */
  readonly clusterSize: number;
  /** Mean Jaccard similarity over resamples, 0 to 1; NaN where not measured. */
  readonly stability: number;
  /** Id of a theme; null for events that no theme fits. */
  readonly theme: string | null;
  readonly n: number;
  /** Chance of as many or more under independence, adjusted for the number of cells; NaN if unknown. */
  readonly q: number;
}

/** One number for the agreement of clusters with themes, over what permuted themes give. */
export interface AgreementMeasure {
  readonly name: string;
  readonly value: number;
  readonly nullP05: number;
  readonly nullMedian: number;
  readonly nullP95: number;
  /** Share of permutations below the value, 0 to 1. */
  readonly percentile: number;
  readonly pValue: number;
}

/** What {@link themeAgreementChart} draws. */
export interface ThemeAgreement {
  readonly cells: readonly AgreementCell[];
  /** Themes in the order of the taxonomy. */
  readonly themes: readonly ChartTheme[];
  /** The first is named in the title. */
  readonly measures: readonly AgreementMeasure[];
}

const NAME = "theme_agreement";
const MAX_CLUSTERS = 30, MAX_THEMES = 20, ALPHA = 0.05, GAP = 16;

/**
 * Which themes each cluster of prices holds, and whether the two agree beyond chance.
 *
 * Rows are clusters, those of one dominant theme together; a cell's shade is its share of the
 * cluster. Of more than 30 clusters the largest are drawn, of more than 20 themes those with most
 * events.
 *
 * @throws {RangeError} If a cell names an unknown theme, its count is not a whole part of its
 * cluster, a cluster has two cells of one theme, or a percentile is not in [0, 1].
 */
export function themeAgreementChart(
  { cells, themes, measures }: ThemeAgreement,
  context: ChartContext,
): Figure {
  for (const { name, percentile } of measures) checkPercentile(percentile, name);
  const clusters = clustersOf(cells, new Set(themes.map(({ id }) => id)));
  if (clusters.length === 0) {
    return figure({
      name: NAME,
      title: "There is no cluster, so nothing can agree with the themes",
      subtitle: "Clusters of prices by the themes of their events.",
      alt: "Nothing is drawn: there is no cluster.",
      context,
      body: "no clusters to compare with themes",
    });
  }
  const { matrix, columns, nHidden } = matrixOf(clusters, themes);
  const title = finding(measures);
  const grid: RowGrid = {
    nRows: measures.length,
    rowHeight: 36,
    top: KEY_HEIGHT + 4,
    headingLines: 1,
  };
  const above = measures.length === 0 ? 0 : grid.top + columnsHeight(grid) + GAP;
  const nEvents = clusters.reduce((sum, { size }) => sum + size, 0);
  const nThemes = themes.length + Number(cells.some(({ theme }) => theme === null));
  return figure({
    name: NAME,
    title,
    subtitle:
      `Events of each cluster by theme; a number beside a cluster is its size. n\u00a0=\u00a0${
        countOf(nEvents, "event")
      } in ${countOf(clusters.length, "cluster")}.`,
    alt: `${title}. ${altRows(matrix, columns)}.`,
    context,
    notes: [
      `Outlined: more of the theme than chance gives, adjusted for the number of cells (q ≤ ${ALPHA}). Null: the events’ themes permuted between them.`,
      STABILITY_NOTE,
      ...(nHidden === 0 ? [] : [
        `The ${MAX_CLUSTERS} largest clusters are drawn; ${countOf(nHidden, "smaller cluster")} ${
          nHidden === 1 ? "is" : "are"
        } left out of the map, not of the measures.`,
      ]),
      ...(nThemes <= MAX_THEMES ? [] : [
        `${countOf(nThemes - MAX_THEMES, "theme")} with the fewest events ${
          nThemes - MAX_THEMES === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height: above + SHARE_LEGEND_HEIGHT + matrixHeight(matrix),
    body: [
      ...(measures.length === 0 ? [] : measurePanels(grid, measures)),
      shareLegend("Share of the cluster", `more than chance (q ≤ ${ALPHA})`, above),
      matrixPanel(matrix, above + SHARE_LEGEND_HEIGHT),
    ],
  });
}

interface Cluster {
  readonly id: number;
  readonly label: string;
  readonly size: number;
  readonly stability: number;
  readonly cells: AgreementCell[];
}

function clustersOf(cells: readonly AgreementCell[], themes: ReadonlySet<string>): Cluster[] {
  const clusters = new Map<number, Cluster>();
  for (const cell of cells) {
    const { clusterId: id, clusterLabel: label, clusterSize: size, stability, theme, n } = cell;
    const where = `cluster ${id}`;
    if (theme !== null && !themes.has(theme)) {
      throw new RangeError(`Cannot draw ${where} as its themes must be listed: got "${theme}"`);
    }
    const cluster = clusters.get(id) ?? { id, label, size, stability, cells: [] };
    clusters.set(id, cluster);
    const before = cluster.cells.reduce((sum, { n }) => sum + n, 0);
    if (!(Number.isInteger(n) && n >= 0 && before + n <= cluster.size)) {
      throw new RangeError(
        `Cannot draw ${where} as its cells must be whole and add up to its ${cluster.size} events at most: got ${
          before + n
        }`,
      );
    }
    if (cluster.cells.some((other) => other.theme === theme)) {
      throw new RangeError(
        `Cannot draw ${where} as each theme must have one cell: got two of "${theme}"`,
      );
    }
    cluster.cells.push(cell);
  }
  return [...clusters.values()].filter(({ size }) => size > 0);
}

function matrixOf(
  clusters: readonly Cluster[],
  themes: readonly ChartTheme[],
): { matrix: ThemeMatrix; columns: string[]; nHidden: number } {
  const total = new Map<string | null, number>();
  for (const { theme, n } of clusters.flatMap(({ cells }) => cells)) {
    total.set(theme, (total.get(theme) ?? 0) + n);
  }
  const all: (ChartTheme | null)[] = [...themes, ...(total.has(null) ? [null] : [])];
  const sum = (theme: ChartTheme | null) => total.get(theme?.id ?? null) ?? 0;
  const kept = new Set([...all].sort((a, b) => sum(b) - sum(a)).slice(0, MAX_THEMES));
  const drawn = all.filter((theme) => kept.has(theme));
  const columnOf = new Map(drawn.map((theme, k) => [theme?.id ?? null, k]));
  const bySize = [...clusters].sort((a, b) => b.size - a.size || a.id - b.id);
  const rows = bySize.slice(0, MAX_CLUSTERS).map((cluster) => {
    const seen = cluster.cells.filter(({ theme, n }) => n > 0 && columnOf.has(theme))
      .map((cell) => ({ ...cell, column: columnOf.get(cell.theme)! }))
      .sort((a, b) => b.n - a.n || a.column - b.column);
    return { ...cluster, seen, first: seen[0] };
  }).sort((a, b) =>
    (a.first?.column ?? Infinity) - (b.first?.column ?? Infinity) ||
    (b.first?.n ?? 0) / b.size - (a.first?.n ?? 0) / a.size || b.size - a.size || a.id - b.id
  );
  return {
    columns: drawn.map(themeShort),
    nHidden: clusters.length - rows.length,
    matrix: {
      rows: rows.map(({ label, size, stability }) => ({
        label,
        size,
        side: stability,
        sideText: Number.isNaN(stability)
          ? "–"
          : decimalText(Math.floor(stability * 100 + 1e-9) / 100, 2),
        stands: stability >= STABLE,
      })),
      columns: drawn.map((theme) => ({ label: themeShort(theme), hue: themeHue(theme) })),
      cells: rows.flatMap(({ seen, size }, row) =>
        seen.map(({ column, n, q }) => ({
          row,
          column,
          n,
          share: n / size,
          isOutlined: q <= ALPHA,
        }))
      ),
      rowTitle: "Cluster, events",
      sideTitle: "Stability J",
      labelWidth: 208,
    },
  };
}

/** The first rows in words, each with its commonest theme. */
function altRows({ rows, cells }: ThemeMatrix, columns: readonly string[]): string {
  return rows.slice(0, 8).map(({ label, size }, row) => {
    const first = cells.find((cell) => cell.row === row);
    const most = first === undefined
      ? "no event with a theme"
      : `${countText(first.n)} of ${countText(size)} ${columns[first.column]}`;
    return `${cleanText(label)}: ${most}`;
  }).join("; ");
}

function measurePanels(grid: RowGrid, measures: readonly AgreementMeasure[]): FigurePanel[] {
  const widths = [180, 400, BODY_WIDTH - 580];
  const place = (k: number, heading: string) => ({
    left: widths.slice(0, k).reduce((sum, width) => sum + width, 0),
    width: widths[k]!,
    heading,
  });
  const evidence = measures.map((measure) => ({
    value: measure.value,
    nullLow: measure.nullP05,
    nullMid: measure.nullMedian,
    nullHigh: measure.nullP95,
    stands: measure.pValue <= ALPHA,
  }));
  return [
    keyLine([
      { mark: "dot", colour: HUES[0].fill, words: `beyond chance (p up to ${ALPHA})` },
      { mark: "ring", words: "not beyond" },
      { mark: "band", words: "permuted themes, 5th to 95th percentile" },
      { mark: "tick", words: "their median" },
    ]),
    textColumn(
      grid,
      place(0, "Agreement"),
      measures.map(({ name }) => ({ text: name, weight: 600 })),
    ),
    evidenceColumn(grid, place(1, ""), {
      rows: evidence,
      axis: evidenceAxis(evidence, { width: widths[1]!, anchors: [0, 1] }),
    }),
    textColumn(
      grid,
      place(2, "Value, null’s median, standing"),
      measures.map(({ value, nullMedian, percentile, pValue }) => {
        if (Number.isNaN(value)) return { text: "" };
        const [ours, chance] = decimalsApart(value, nullMedian, 2);
        return {
          text: `${ours} against ${chance}`,
          note: `${standingText(percentile)}, p\u00a0${pText(pValue)}`,
          ...(pValue <= ALPHA ? {} : { fill: MUTED }),
        };
      }),
    ),
  ];
}

function finding(measures: readonly AgreementMeasure[]): string {
  const first = measures[0];
  if (first === undefined || Number.isNaN(first.value + first.pValue)) {
    return "Whether clusters agree with themes beyond chance is not measured";
  }
  const [value, chance] = decimalsApart(first.value, first.nullMedian, 2);
  const numbers = `${cleanText(first.name)} ${value} against ${chance} (p\u00a0${
    pText(first.pValue)
  })`;
  const known = measures.filter(({ pValue }) => !Number.isNaN(pValue));
  const nBeyond = known.filter(({ pValue }) => pValue <= ALPHA).length;
  const mixed = nBeyond === 0 || nBeyond === known.length
    ? ""
    : `; ${nBeyond} of ${known.length} measures lie beyond chance`;
  return first.pValue <= ALPHA
    ? `Clusters agree with themes more than chance: ${numbers}${mixed}`
    : `Clusters do not agree with themes beyond chance: ${numbers}${mixed}`;
}
