import { agreementExtent } from "../core/agreement_text.ts";
import { countOf, countText } from "../core/number_text.ts";
import { type AgreementMeasure, ALPHA, measureP, measurePanels } from "./agreement_measures.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT } from "./key_line.ts";
import { checkPercentile } from "./null_band.ts";
import { columnsHeight, type RowGrid } from "./row_columns.ts";
import { SHARE_LEGEND_HEIGHT, shareLegend } from "./share_legend.ts";
import { cleanText } from "./text_lines.ts";
import { type ChartTheme, themeHue, themeShort } from "./theme_hues.ts";
import { matrixHeight, matrixPanel, type ThemeMatrix } from "./theme_matrix.ts";
import { STABILITY_NOTE, STABLE } from "./tree_view.ts";
import { decimalText } from "./value_ticks.ts";

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

/** What {@link themeAgreementChart} draws. */
export interface ThemeAgreement {
  readonly cells: readonly AgreementCell[];
  /** Themes in the order of the taxonomy. */
  readonly themes: readonly ChartTheme[];
  /** Over the events with a theme. The first is an index that is 1 for the same groups, for the title. */
  readonly measures: readonly AgreementMeasure[];
  /** Whose clusters these are and how much of what was studied they hold. */
  readonly witness?: WitnessCoverage;
}

/** How much of what was studied the clusters hold. */
export interface WitnessCoverage {
  /** A sentence without its full stop: "HDBSCAN places 35 of 100 studied events". */
  readonly text: string;
  readonly nPlaced: number;
  readonly nStudied: number;
  /** The first measure with every unplaced event as a cluster of its own; NaN where not measured. */
  readonly unplacedValue: number;
}

const NAME = "theme_agreement";
const MAX_CLUSTERS = 30, MAX_THEMES = 20, GAP = 16;

/**
 * Which themes each cluster of prices holds, how far the two agree, and whether beyond chance.
 *
 * Rows are clusters, those of one dominant theme together; a cell's shade is its share of the
 * cluster's events with a theme. Measures are drawn where two clusters and two themes can be
 * compared. Of more than 30 clusters the largest are drawn, of more than 20 themes those with most
 * events.
 *
 * @throws {RangeError} If a cell names an unknown theme, its count is not a whole part of its
 * cluster, a cluster has two cells of one theme, or a percentile is not in [0, 1].
 */
export function themeAgreementChart(
  { cells, themes, measures: given, witness }: ThemeAgreement,
  context: ChartContext,
): Figure {
  for (const { name, percentile } of given) checkPercentile(percentile, name);
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
  const why = incomparable(clusters);
  const measures = why === null ? given : [];
  const title = why === null
    ? finding(measures, witness)
    : `Clusters and themes cannot be compared: ${why}`;
  const grid: RowGrid = {
    nRows: measures.length,
    rowHeight: 36,
    top: KEY_HEIGHT + 4,
    headingLines: 1,
  };
  const above = measures.length === 0 ? 0 : grid.top + columnsHeight(grid) + GAP;
  const nEvents = clusters.reduce((sum, { size }) => sum + size, 0);
  const nThemed = clusters.reduce((sum, { nThemed }) => sum + nThemed, 0);
  const nThemes = themes.length + Number(cells.some(({ theme }) => theme === null));
  return figure({
    name: NAME,
    title,
    subtitle: `${
      witness === undefined ? "" : `${cleanText(witness.text)}. `
    }Events of each cluster by theme; a number beside a cluster is its size. n\u00a0=\u00a0${
      countOf(nEvents, "event")
    }${nThemed === nEvents ? "" : `, ${countText(nThemed)} with a theme,`} in ${
      countOf(clusters.length, "cluster")
    }.`,
    alt: `${title}. ${altRows(matrix, columns)}.`,
    context,
    notes: [
      ...(context.source.kind === "simulated"
        ? [
          "Simulated: themes and common drivers are planted together, so agreement is built in and says nothing about markets.",
        ]
        : []),
      `Outlined: more of the theme than chance gives, adjusted for the number of cells (q ≤ ${ALPHA}). Null: the events’ themes permuted between them.`,
      ...(nThemed === nEvents
        ? []
        : ["Events that no theme fits are in no share, no measure and no permutation."]),
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
      shareLegend(
        nThemed === nEvents ? "Share of the cluster" : "Share of those with a theme",
        `more than chance (q ≤ ${ALPHA})`,
        above,
      ),
      matrixPanel(matrix, above + SHARE_LEGEND_HEIGHT),
    ],
  });
}

interface Cluster {
  readonly id: number;
  readonly label: string;
  readonly size: number;
  /** Events of it with a theme. */
  readonly nThemed: number;
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
    const cluster = clusters.get(id) ??
      { id, label, size, nThemed: size, stability, cells: [] };
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
  return [...clusters.values()].filter(({ size }) => size > 0).map((cluster) => ({
    ...cluster,
    nThemed: cluster.size - (cluster.cells.find(({ theme }) => theme === null)?.n ?? 0),
  }));
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
      .sort((a, b) =>
        Number(a.theme === null) - Number(b.theme === null) || b.n - a.n || a.column - b.column
      );
    return { ...cluster, seen, first: seen[0] };
  }).sort((a, b) =>
    (a.first?.column ?? Infinity) - (b.first?.column ?? Infinity) ||
    shareOf(b.first, b) - shareOf(a.first, a) || b.size - a.size || a.id - b.id
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
      cells: rows.flatMap((cluster, row) =>
        cluster.seen.map((cell) => ({
          row,
          column: cell.column,
          n: cell.n,
          share: shareOf(cell, cluster),
          isOutlined: cell.q <= ALPHA,
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

/** Share of the cluster's events with a theme; 0 for those without one. */
function shareOf(cell: AgreementCell | undefined, { nThemed }: Pick<Cluster, "nThemed">): number {
  return cell === undefined || cell.theme === null ? 0 : cell.n / nThemed;
}

/** Why there is nothing to compare; `null` where there is. */
function incomparable(clusters: readonly Cluster[]): string | null {
  const themed = clusters.filter(({ nThemed }) => nThemed > 0);
  const themes = new Set(
    themed.flatMap(({ cells }) => cells.filter(({ n }) => n > 0).map(({ theme }) => theme)),
  );
  themes.delete(null);
  if (themed.length === 0) return "no event of a cluster has a theme";
  if (themed.length === 1) return "all events that have both are in one cluster";
  return themes.size < 2 ? "all events that have both are of one theme" : null;
}

function finding(measures: readonly AgreementMeasure[], witness?: WitnessCoverage): string {
  const first = measures[0];
  if (first === undefined || Number.isNaN(first.value + first.pValue)) {
    return "How far clusters agree with themes is not measured";
  }
  const isPartial = witness !== undefined && 2 * witness.nPlaced <= witness.nStudied;
  const who = isPartial
    ? `Clusters of ${countText(witness.nPlaced)} of ${countOf(witness.nStudied, "event")}`
    : "Clusters";
  const said = `${cleanText(first.name)} ${decimalText(first.value, 2)} of 1`;
  const whole = isPartial && !Number.isNaN(witness.unplacedValue)
    ? `; over all events ${decimalText(witness.unplacedValue, 2)}`
    : "";
  const known = measures.filter(({ pValue }) => !Number.isNaN(pValue));
  const nBeyond = known.filter(({ pValue }) => pValue <= ALPHA).length;
  const mixed = nBeyond === 0 || nBeyond === known.length
    ? ""
    : `; ${nBeyond} of ${known.length} measures lie beyond chance`;
  const p = measureP(first);
  return first.pValue <= ALPHA
    ? `${who} ${
      agreementExtent(first.value)
    } agree with themes: ${said}, beyond chance (${p})${whole}${mixed}`
    : `${who} agree with themes no more than chance: ${said} (${p})${whole}${mixed}`;
}
