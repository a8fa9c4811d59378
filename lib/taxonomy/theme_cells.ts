import { contingencyCells } from "../stats/contingency_cells.ts";
import { contingency } from "../stats/label_agreement.ts";
import { type MarketWitnesses, themeByWords } from "./market_witnesses.ts";

/** How many events a cluster and a theme share, beside what chance would give. */
export interface ThemeCell {
  readonly clusterId: number;
  readonly clusterLabel: string;
  readonly theme: string;
  readonly nEvents: number;
  /** Events of the cluster that have a theme, and of the theme that have a cluster. */
  readonly nCluster: number;
  readonly nTheme: number;
  readonly expected: number;
  /** Distance from it in standard errors; NaN where one cluster or theme has every event. */
  readonly residual: number;
  /** Exact chance of at least as many. */
  readonly pValue: number;
  /** The same for all pairs of cluster and theme together. */
  readonly qValue: number;
}

/**
 * Every pair of a cluster and a theme, by cluster, then theme, over the events that have both.
 *
 * @param witnesses At most one an event, in an order that does not matter.
 */
export function themeCells(witnesses: readonly MarketWitnesses[]): ThemeCell[] {
  const both = witnesses.filter((one) => one.clusterId >= 0 && themeByWords(one) !== null);
  const themes = [...new Set(both.map(({ theme }) => theme!))].sort();
  const codeOf = new Map(themes.map((theme, code) => [theme, code]));
  const found = contingency(
    both.map(({ clusterId }) => clusterId),
    both.map(({ theme }) => codeOf.get(theme!)!),
  );
  const labels = new Map(both.map(({ clusterId, clusterLabel }) => [clusterId, clusterLabel]));
  return contingencyCells(found).map(({ row, column, count, ...against }) => ({
    clusterId: found.rowLabels[row]!,
    clusterLabel: labels.get(found.rowLabels[row]!)!,
    theme: themes[column]!,
    nEvents: count,
    nCluster: found.rowTotals[row]!,
    nTheme: found.columnTotals[column]!,
    ...against,
  }));
}
