import type { ClusterTheme } from "../taxonomy/cluster_themes.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import type { Disagreement } from "../taxonomy/disagreements.ts";
import { themeByWords } from "../taxonomy/market_witnesses.ts";
import type { ReconciledEvent, ReconciliationRule } from "../taxonomy/reconcile.ts";
import type { ThemeAgreement } from "../taxonomy/theme_agreement.ts";
import { type Theme, type ThemeList, UNCATEGORIZED } from "../taxonomy/themes.ts";
import { type WitnessMethod, witnessText } from "../taxonomy/witness_method.ts";
import type { Classification } from "./event_text.ts";
import { classifierNoun, type LabelledStudy } from "./labelled_study.ts";

/** The theme of an id, `null` for `UNCATEGORIZED` and for none. */
function themeOf({ themes }: ThemeList, id: string | null): Theme | null {
  return themes.find((theme) => theme.id === id) ?? null;
}

/**
 * How much each theme holds, in the order of the list, then what has none; themes without an event
 * are in it.
 *
 * NaN: the mean confidence of no event.
 *
 * @param classifications One an event, in any order.
 * @param options.nPrices Daily prices of each market.
 * @param options.minPrices Prices that make a contract one of `nPriced`.
 * @throws {RangeError} If an event has no classification, or one with a theme that is not in the list.
 */
export function themeSizeRows(
  list: ThemeList,
  { links, events }: ContractTaxonomy,
  classifications: readonly Classification[],
  { nPrices, minPrices }: { readonly nPrices: ArrayLike<number>; readonly minPrices: number },
) {
  const answer = new Map(classifications.map((one) => [one.eventId, one]));
  const known = new Set([...list.themes.map(({ id }) => id), UNCATEGORIZED]);
  const own = events.map(({ eventId }) => {
    const found = answer.get(eventId);
    if (found !== undefined && known.has(found.primaryTheme)) return found;
    throw new RangeError(
      `Cannot count themes as each event must have one of the list: got ${
        found === undefined ? "none" : `"${found.primaryTheme}"`
      } for "${eventId}"`,
    );
  });
  return [...list.themes, null].map((theme) => {
    const id = theme?.id ?? UNCATEGORIZED;
    const isOwn = own.map(({ primaryTheme }) => primaryTheme === id);
    const contracts = links.filter(({ event }) => isOwn[event]);
    const confidences = own.filter((_, event) => isOwn[event]).map(({ confidence }) => confidence);
    return {
      theme,
      nEvents: confidences.length,
      nContracts: contracts.length,
      nPriced: contracts.filter(({ market }) => nPrices[market]! >= minPrices).length,
      meanConfidence: confidences.reduce((sum, one) => sum + one, 0) / confidences.length,
    };
  }).filter(({ theme, nEvents }) => theme !== null || nEvents > 0);
}

/**
 * Clusters × themes with their measures, in the order of the list of themes: pairs that share an event,
 * and of each cluster the events that words leave without a theme.
 *
 * @param clusters One for every cluster of the agreement.
 * @throws {RangeError} If a cluster is missing among them.
 */
export function agreementView(
  list: ThemeList,
  agreement: ThemeAgreement,
  clusters: readonly ClusterTheme[],
  witness: WitnessMethod,
) {
  const known = new Set(clusters.map(({ clusterId }) => clusterId));
  const missing = agreement.cells.find(({ clusterId }) => !known.has(clusterId));
  if (missing !== undefined) {
    throw new RangeError(
      `Cannot show clusters against themes as each cluster must be known: got ${missing.clusterId}`,
    );
  }
  const { adjustedRand, adjustedMutualInformation, purity, balancedPurity } = agreement;
  const { nPlaced, nStudied, unplacedRand } = agreement;
  return {
    cells: clusters.flatMap(({ clusterId, label, nEvents, nThemed, stability }) => {
      const cluster = { clusterId, clusterLabel: label, clusterSize: nEvents, stability };
      const own = agreement.cells.filter((cell) =>
        cell.clusterId === clusterId && cell.nEvents > 0
      );
      return [
        ...own.map(({ theme, nEvents, qValue }) => ({ ...cluster, theme, n: nEvents, q: qValue })),
        ...(nThemed === nEvents ? [] : [{ ...cluster, theme: null, n: nEvents - nThemed, q: NaN }]),
      ];
    }),
    themes: list.themes,
    measures: [
      { name: "ARI", ...adjustedRand },
      { name: "AMI", ...adjustedMutualInformation },
      { name: "Purity", ...purity },
      { name: "Class-balanced purity", ...balancedPurity },
    ],
    witness: {
      text: witnessText(witness, agreement),
      ...{ nPlaced, nStudied, unplacedValue: unplacedRand.value },
    },
  };
}

/**
 * Events of which words and prices say different themes or prices alone say one, and how many there
 * are of each kind.
 *
 * An event that words leave without a theme contradicts nothing: it counts apart.
 */
export function disagreementView(
  list: ThemeList,
  disagreeing: readonly Disagreement[],
  events: readonly ReconciledEvent[],
) {
  const isSilent = ({ wordsTheme }: ReconciledEvent) =>
    themeByWords({ theme: wordsTheme }) === null;
  const named = events.filter(({ cluster }) => (cluster?.theme ?? null) !== null);
  const both = named.filter((event) => !isSilent(event));
  const ruled = (among: readonly ReconciledEvent[], rule: ReconciliationRule) =>
    among.filter((event) => event.rule === rule).length;
  const nOverridden = ruled(both, "statistics"), nReview = ruled(both, "review");
  return {
    rows: disagreeing.map(({ event, title }) => ({
      title,
      wordsTheme: themeOf(list, event.wordsTheme),
      confidence: event.confidence,
      clusterTheme: themeOf(list, event.cluster!.theme),
      clusterLabel: event.cluster!.label,
      ...{ share: event.cluster!.share, nOthers: event.cluster!.nThemed, q: event.cluster!.themeQ },
      stability: event.cluster!.stability,
      rule: event.rule === "statistics" || event.rule === "prices name"
        ? event.rule
        : "review" as const,
    })),
    totals: {
      nBoth: both.length,
      nDisagree: nOverridden + nReview,
      ...{ nOverridden, nReview, nNamed: ruled(named, "prices name") },
      nSilentReview: ruled(named.filter(isSilent), "review"),
    },
  };
}

/** Confidence against labels; nothing but names where nobody labelled. */
export function calibrationView(study: LabelledStudy | null) {
  if (study === null) {
    return {
      ...{ bins: [], ece: NaN, accuracy: NaN, accuracyLow: NaN, accuracyHigh: NaN, n: 0 },
      ...{ nWordings: 0, classifier: "classifier", labels: "none" },
    };
  }
  const { value, low, high, nItems, nGroups } = study.categorized;
  return {
    bins: study.bins.map((
      { from, to, nItems, effectiveItems, meanProbability, shareRight, ...bin },
    ) => ({
      ...{ from, to, n: nItems, effectiveN: effectiveItems, meanConfidence: meanProbability },
      ...{ accuracy: shareRight, low: bin.low, high: bin.high },
    })),
    ece: study.calibrationError,
    ...{ accuracy: value, accuracyLow: low, accuracyHigh: high, n: nItems, nWordings: nGroups },
    ...{ classifier: classifierNoun(study.classifier), labels: study.origin },
  };
}

/** True themes × ours, in the order of the list; only themes that occur, none without labels. */
export function confusionView(list: ThemeList, study: LabelledStudy | null) {
  if (study === null) {
    return {
      ...{ reference: [], ours: [], counts: [], accuracy: NaN, accuracyLow: NaN },
      ...{ accuracyHigh: NaN, macroF1: NaN, nWordings: 0, effectiveN: 0 },
      ...{ classifier: "classifier", labels: "none" },
    };
  }
  const { classes, counts } = study.confusion;
  const order = [...list.themes.map(({ id }) => id), UNCATEGORIZED]
    .map((id) => classes.indexOf(id)).filter((at) => at >= 0);
  const at = (row: number, column: number) => counts[row * classes.length + column]!;
  const rows = order.filter((row) => order.some((column) => at(row, column) > 0));
  const columns = order.filter((column) => order.some((row) => at(row, column) > 0));
  return {
    reference: rows.map((row) => themeOf(list, classes[row]!)),
    ours: columns.map((column) => themeOf(list, classes[column]!)),
    counts: rows.map((row) => columns.map((column) => at(row, column))),
    accuracy: study.accuracy.value,
    ...{ accuracyLow: study.accuracy.low, accuracyHigh: study.accuracy.high },
    ...{ nWordings: study.accuracy.nGroups, effectiveN: study.accuracy.effectiveItems },
    ...{ macroF1: study.macroF1, classifier: classifierNoun(study.classifier) },
    labels: study.origin,
  };
}
