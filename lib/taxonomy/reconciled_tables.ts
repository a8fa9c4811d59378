import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { AgreementEvidence } from "../stats/permuted_agreement.ts";
import type { AntiExampleSuggestion } from "./anti_examples.ts";
import type { Disagreement } from "./disagreements.ts";
import type { ReconciledEvent } from "./reconcile.ts";
import type { ThemeAgreement } from "./theme_agreement.ts";
import type { ThemeList } from "./themes.ts";

/**
 * The checkpoint `04_agreement`: cluster_id, cluster_label, theme, n, expected, residual, p_value,
 * q_value; a row for each pair of cluster and theme that share an event, or would be expected to
 * share one. The q-values count the pairs without a row too.
 */
export function agreementTable({ cells }: Pick<ThemeAgreement, "cells">): Table {
  const shown = cells.filter(({ nEvents, expected }) => nEvents > 0 || expected >= 1);
  return table({
    cluster_id: integerColumn(shown.map(({ clusterId }) => clusterId)),
    cluster_label: stringColumn(shown.map(({ clusterLabel }) => clusterLabel)),
    theme: stringColumn(shown.map(({ theme }) => theme)),
    n: integerColumn(shown.map(({ nEvents }) => nEvents)),
    expected: numberColumn(shown.map(({ expected }) => expected)),
    residual: numberColumn(shown.map(({ residual }) => residual)),
    p_value: numberColumn(shown.map(({ pValue }) => pValue)),
    q_value: numberColumn(shown.map(({ qValue }) => qValue)),
  });
}

/**
 * How well clusters and themes agree as a whole: measure, value, null_median, null_p95, percentile,
 * p_value. `adjusted_rand_unplaced_alone` takes every studied event that is in no cluster as a cluster
 * of its own. The two purities are followed by what a single cluster of everything would show, which
 * has no null.
 */
export function agreementSummary(agreement: ThemeAgreement): Table {
  const { adjustedRand, adjustedMutualInformation, purity, balancedPurity, unplacedRand } =
    agreement;
  const fixed = (value: number): AgreementEvidence => ({
    ...{ value, nullP05: NaN, nullMedian: NaN, nullP95: NaN, percentile: NaN, pValue: NaN },
  });
  const rows: [string, AgreementEvidence][] = [
    ["adjusted_rand", adjustedRand],
    ["adjusted_rand_unplaced_alone", unplacedRand],
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
 * The checkpoint `04_reconciled`: market_id, event_id, theme, rule, cluster_theme, llm_theme,
 * confidence, cluster_id, cluster_stability, cluster_q; a row a contract, by market id.
 *
 * All contracts of an event have the theme, the rule and the cluster of the one that speaks for it.
 * `llm_theme` is the theme by words, whichever classifier gave it; `cluster_theme` that of the
 * cluster's other events. An event in no cluster has the cluster_id −1 and nothing in the other
 * columns of the cluster.
 *
 * @param contracts Every contract with its event.
 * @throws {RangeError} If a contract's event is not among the events.
 */
export function reconciledTable(
  events: readonly ReconciledEvent[],
  contracts: readonly { readonly marketId: string; readonly eventId: string }[],
): Table {
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const sorted = [...contracts].sort((a, b) => a.marketId < b.marketId ? -1 : 1);
  const found = sorted.map(({ marketId, eventId }) => {
    const event = byId.get(eventId);
    if (event !== undefined) return event;
    throw new RangeError(
      `Cannot list contract "${marketId}" as its event must be reconciled: got "${eventId}"`,
    );
  });
  return table({
    market_id: stringColumn(sorted.map(({ marketId }) => marketId)),
    ...eventColumns(found),
  });
}

function eventColumns(events: readonly ReconciledEvent[]) {
  return {
    event_id: stringColumn(events.map(({ eventId }) => eventId)),
    theme: stringColumn(events.map(({ theme }) => theme)),
    rule: stringColumn(events.map(({ rule }) => rule)),
    cluster_theme: stringColumn(events.map(({ cluster }) => cluster?.theme ?? null)),
    llm_theme: stringColumn(events.map(({ wordsTheme }) => wordsTheme)),
    confidence: numberColumn(events.map(({ confidence }) => confidence)),
    cluster_id: integerColumn(events.map(({ cluster }) => cluster?.clusterId ?? -1)),
    cluster_stability: numberColumn(events.map(({ cluster }) => cluster?.stability ?? NaN)),
    cluster_q: numberColumn(events.map(({ cluster }) => cluster?.qValue ?? NaN)),
  };
}

/**
 * What a person should look at, with the evidence of both witnesses: priority, market_id, event_id,
 * contracts, title, rule, theme, llm_theme, confidence, reasoning, cluster_theme, cluster_id,
 * cluster_label, cluster_share (of its other events with a theme that have its theme), theme_q (of
 * that share), cluster_stability, cluster_q; a row an event.
 */
export function disagreementTable(list: readonly Disagreement[]): Table {
  const events = list.map(({ event }) => event);
  const { event_id, rule, theme, llm_theme, confidence, cluster_theme, cluster_id, ...trust } =
    eventColumns(events);
  return table({
    priority: integerColumn(list.map(({ priority }) => priority)),
    market_id: stringColumn(events.map(({ marketId }) => marketId)),
    event_id,
    contracts: integerColumn(events.map(({ nContracts }) => nContracts)),
    title: stringColumn(list.map(({ title }) => title)),
    ...{ rule, theme, llm_theme, confidence },
    reasoning: stringColumn(list.map(({ reasoning }) => reasoning)),
    ...{ cluster_theme, cluster_id },
    cluster_label: stringColumn(events.map(({ cluster }) => cluster!.label)),
    cluster_share: numberColumn(events.map(({ cluster }) => cluster!.share)),
    theme_q: numberColumn(events.map(({ cluster }) => cluster!.themeQ)),
    ...trust,
  });
}

/**
 * Suggestions for the taxonomy: theme, text, belongs_to, n_events, market_id, cluster_label (null in no
 * cluster), by (`prices`, `a person`).
 */
export function antiExampleTable(suggestions: readonly AntiExampleSuggestion[]): Table {
  return table({
    theme: stringColumn(suggestions.map(({ theme }) => theme)),
    text: stringColumn(suggestions.map(({ text }) => text)),
    belongs_to: stringColumn(suggestions.map(({ belongsTo }) => belongsTo)),
    n_events: integerColumn(suggestions.map(({ nEvents }) => nEvents)),
    market_id: stringColumn(suggestions.map(({ marketId }) => marketId)),
    cluster_label: stringColumn(suggestions.map(({ clusterLabel }) => clusterLabel)),
    by: stringColumn(suggestions.map(({ by }) => by)),
  });
}

/**
 * Clusters × themes for a spreadsheet: cluster_id, cluster_label, then the events of each theme in
 * the order of the list, themes without an event among them.
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
    cells.map(({ clusterId, theme, nEvents }) => [`${clusterId} ${theme}`, nEvents]),
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
