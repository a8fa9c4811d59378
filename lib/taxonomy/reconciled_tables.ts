import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { AgreementEvidence } from "../stats/permuted_agreement.ts";
import type { AntiExampleSuggestion } from "./anti_examples.ts";
import type { Disagreement } from "./disagreements.ts";
import type { ReconciledMarket } from "./reconcile.ts";
import type { ThemeAgreement } from "./theme_agreement.ts";
import type { ThemeList } from "./themes.ts";

/**
 * The checkpoint `04_agreement`: cluster_id, cluster_label, theme, n, expected, residual, p_value,
 * q_value; a row for each pair of cluster and theme that share a market, or would be expected to
 * share one. The q-values count the pairs without a row too.
 */
export function agreementTable({ cells }: Pick<ThemeAgreement, "cells">): Table {
  const shown = cells.filter(({ nMarkets, expected }) => nMarkets > 0 || expected >= 1);
  return table({
    cluster_id: integerColumn(shown.map(({ clusterId }) => clusterId)),
    cluster_label: stringColumn(shown.map(({ clusterLabel }) => clusterLabel)),
    theme: stringColumn(shown.map(({ theme }) => theme)),
    n: integerColumn(shown.map(({ nMarkets }) => nMarkets)),
    expected: numberColumn(shown.map(({ expected }) => expected)),
    residual: numberColumn(shown.map(({ residual }) => residual)),
    p_value: numberColumn(shown.map(({ pValue }) => pValue)),
    q_value: numberColumn(shown.map(({ qValue }) => qValue)),
  });
}

/**
 * How well clusters and themes agree as a whole: measure, value, null_median, null_p95, percentile,
 * p_value. The two purities are followed by what a single cluster of all markets would show, which
 * has no null.
 */
export function agreementSummary(agreement: ThemeAgreement): Table {
  const { adjustedRand, adjustedMutualInformation, purity, balancedPurity } = agreement;
  const fixed = (value: number): AgreementEvidence => ({
    ...{ value, nullP05: NaN, nullMedian: NaN, nullP95: NaN, percentile: NaN, pValue: NaN },
  });
  const rows: [string, AgreementEvidence][] = [
    ["adjusted_rand", adjustedRand],
    ["adjusted_mutual_information", adjustedMutualInformation],
    ["purity", purity],
    ["purity_of_one_cluster", fixed(agreement.largestThemeShare)],
    ["balanced_purity", balancedPurity],
    [
      "balanced_purity_of_one_cluster",
      fixed(agreement.nThemes === 0 ? NaN : 1 / agreement.nThemes),
    ],
  ];
  const number = (of: (one: AgreementEvidence) => number) =>
    numberColumn(rows.map(([, one]) => of(one)));
  return table({
    measure: stringColumn(rows.map(([name]) => name)),
    value: number(({ value }) => value),
    null_median: number(({ nullMedian }) => nullMedian),
    null_p95: number(({ nullP95 }) => nullP95),
    percentile: number(({ percentile }) => percentile),
    p_value: number(({ pValue }) => pValue),
  });
}

/**
 * The checkpoint `04_reconciled`: market_id, theme, rule, cluster_theme, llm_theme, confidence,
 * cluster_id, cluster_stability, cluster_q.
 *
 * `llm_theme` is the theme by words, whichever classifier gave it. A market in no cluster has the
 * cluster_id −1 and nothing in the other columns of the cluster.
 */
export function reconciledTable(markets: readonly ReconciledMarket[]): Table {
  return table({
    market_id: stringColumn(markets.map(({ marketId }) => marketId)),
    theme: stringColumn(markets.map(({ theme }) => theme)),
    rule: stringColumn(markets.map(({ rule }) => rule)),
    cluster_theme: stringColumn(markets.map(({ cluster }) => cluster?.theme ?? null)),
    llm_theme: stringColumn(markets.map(({ wordsTheme }) => wordsTheme)),
    confidence: numberColumn(markets.map(({ confidence }) => confidence)),
    cluster_id: integerColumn(markets.map(({ cluster }) => cluster?.clusterId ?? -1)),
    cluster_stability: numberColumn(markets.map(({ cluster }) => cluster?.stability ?? NaN)),
    cluster_q: numberColumn(markets.map(({ cluster }) => cluster?.qValue ?? NaN)),
  });
}

/**
 * What a person should look at, with the evidence of both witnesses: priority, market_id, title,
 * rule, theme, llm_theme, confidence, reasoning, cluster_theme, cluster_id, cluster_label,
 * cluster_share (of its markets with a theme that have its theme), theme_q (of that share),
 * cluster_stability, cluster_q.
 */
export function disagreementTable(list: readonly Disagreement[]): Table {
  const markets = list.map(({ market }) => market);
  const { market_id, rule, theme, llm_theme, confidence, cluster_theme, cluster_id, ...trust } =
    reconciledTable(markets).columns;
  return table({
    priority: integerColumn(list.map(({ priority }) => priority)),
    market_id: market_id!,
    title: stringColumn(list.map(({ title }) => title)),
    ...{ rule: rule!, theme: theme!, llm_theme: llm_theme!, confidence: confidence! },
    reasoning: stringColumn(list.map(({ reasoning }) => reasoning)),
    ...{ cluster_theme: cluster_theme!, cluster_id: cluster_id! },
    cluster_label: stringColumn(markets.map(({ cluster }) => cluster!.label)),
    cluster_share: numberColumn(markets.map(({ cluster }) => cluster!.share)),
    theme_q: numberColumn(markets.map(({ cluster }) => cluster!.themeQ)),
    ...trust,
  });
}

/** Suggestions for the taxonomy: theme, text, belongs_to, n_markets, market_id, cluster_label. */
export function antiExampleTable(suggestions: readonly AntiExampleSuggestion[]): Table {
  return table({
    theme: stringColumn(suggestions.map(({ theme }) => theme)),
    text: stringColumn(suggestions.map(({ text }) => text)),
    belongs_to: stringColumn(suggestions.map(({ belongsTo }) => belongsTo)),
    n_markets: integerColumn(suggestions.map(({ nMarkets }) => nMarkets)),
    market_id: stringColumn(suggestions.map(({ marketId }) => marketId)),
    cluster_label: stringColumn(suggestions.map(({ clusterLabel }) => clusterLabel)),
  });
}

/**
 * Clusters × themes for a spreadsheet: cluster_id, cluster_label, then the markets of each theme in
 * the order of the list, themes without a market among them.
 *
 * @throws {RangeError} If a cell's theme is not in the list.
 */
export function agreementMatrix(
  { cells }: Pick<ThemeAgreement, "cells">,
  { themes }: ThemeList,
): Table {
  const ids = themes.map(({ id }) => id);
  const unknown = cells.find(({ theme }) => !ids.includes(theme));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot lay out clusters by theme as each theme must be in the list: got "${unknown.theme}"`,
    );
  }
  const labels = new Map(cells.map(({ clusterId, clusterLabel }) => [clusterId, clusterLabel]));
  const counts = new Map(
    cells.map(({ clusterId, theme, nMarkets }) => [`${clusterId} ${theme}`, nMarkets]),
  );
  const clusters = [...labels];
  return table({
    cluster_id: integerColumn(clusters.map(([id]) => id)),
    cluster_label: stringColumn(clusters.map(([, label]) => label)),
    ...Object.fromEntries(ids.map((theme) => [
      theme,
      integerColumn(clusters.map(([id]) => counts.get(`${id} ${theme}`) ?? 0)),
    ])),
  });
}
