import type { ClusterTheme } from "../taxonomy/cluster_themes.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import type { Disagreement } from "../taxonomy/disagreements.ts";
import type { ReconciledMarket } from "../taxonomy/reconcile.ts";
import type { ThemeAgreement } from "../taxonomy/theme_agreement.ts";
import { type Theme, type ThemeList, UNCATEGORIZED } from "../taxonomy/themes.ts";
import type { Classification } from "./event_text.ts";
import type { LabelledStudy } from "./labelled_study.ts";
import { wilsonInterval } from "../stats/wilson.ts";

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
 * Clusters × themes with their measures, in the order of the list of themes; only pairs that share a
 * market.
 *
 * @param clusters One for every cluster of the agreement.
 * @throws {RangeError} If a cluster is missing among them.
 */
export function agreementView(
  list: ThemeList,
  agreement: ThemeAgreement,
  clusters: readonly ClusterTheme[],
) {
  const byId = new Map(clusters.map((cluster) => [cluster.clusterId, cluster]));
  const { adjustedRand, adjustedMutualInformation, purity, balancedPurity } = agreement;
  return {
    cells: agreement.cells.filter(({ nMarkets }) => nMarkets > 0).map((cell) => {
      const cluster = byId.get(cell.clusterId);
      if (cluster === undefined) {
        throw new RangeError(
          `Cannot show clusters against themes as each cluster must be known: got ${cell.clusterId}`,
        );
      }
      return {
        ...{ clusterId: cell.clusterId, clusterLabel: cell.clusterLabel, theme: cell.theme },
        ...{ clusterSize: cluster.nMarkets, stability: cluster.stability },
        ...{ n: cell.nMarkets, q: cell.qValue },
      };
    }),
    themes: list.themes,
    measures: [
      { name: "ARI", ...adjustedRand },
      { name: "AMI", ...adjustedMutualInformation },
      { name: "Purity", ...purity },
      { name: "Class-balanced purity", ...balancedPurity },
    ],
  };
}

/**
 * Contracts of which words and prices say different themes, and how many there are of each kind.
 *
 * A contract that words leave without a theme contradicts nothing: it is neither a row nor counted.
 */
export function disagreementView(
  list: ThemeList,
  disagreeing: readonly Disagreement[],
  markets: readonly ReconciledMarket[],
) {
  const hasBoth = ({ wordsTheme, cluster }: ReconciledMarket) =>
    themeOf(list, wordsTheme) !== null && (cluster?.theme ?? null) !== null;
  const both = markets.filter(hasBoth);
  const ruled = (rule: string) =>
    both.filter((market) => market.rule === rule && market.wordsTheme !== market.cluster!.theme)
      .length;
  return {
    rows: disagreeing.filter(({ market }) => hasBoth(market)).map(({ market, title }) => ({
      title,
      wordsTheme: themeOf(list, market.wordsTheme),
      confidence: market.confidence,
      clusterTheme: themeOf(list, market.cluster!.theme),
      clusterLabel: market.cluster!.label,
      ...{ share: market.cluster!.share, q: market.cluster!.themeQ },
      stability: market.cluster!.stability,
      rule: market.rule === "statistics" ? "statistics" as const : "review" as const,
    })),
    totals: {
      nBoth: both.length,
      nDisagree: ruled("statistics") + ruled("review"),
      ...{ nOverridden: ruled("statistics"), nReview: ruled("review") },
    },
  };
}

/** Confidence against labels; nothing but its name where nobody labelled. */
export function calibrationView(study: LabelledStudy | null) {
  if (study === null) {
    return {
      ...{ bins: [], ece: NaN, accuracy: NaN, accuracyLow: NaN, accuracyHigh: NaN, n: 0 },
      labels: "none",
    };
  }
  const n = study.nCategorized;
  const nRight = Math.round(
    study.bins.reduce((sum, { shareRight, nItems }) => sum + shareRight * nItems, 0),
  );
  const { low, high } = wilsonInterval(nRight, n);
  return {
    bins: study.bins.map(({ from, to, nItems, meanProbability, shareRight, low, high }) => ({
      ...{ from, to, n: nItems, meanConfidence: meanProbability, accuracy: shareRight, low, high },
    })),
    ece: study.calibrationError,
    ...{ accuracy: nRight / n, accuracyLow: low, accuracyHigh: high, n },
    labels: study.origin,
  };
}

/** True themes × ours, in the order of the list; only themes that occur, none without labels. */
export function confusionView(list: ThemeList, study: LabelledStudy | null) {
  if (study === null) {
    return {
      ...{ reference: [], ours: [], counts: [], accuracy: NaN, accuracyLow: NaN },
      ...{ accuracyHigh: NaN, macroF1: NaN, labels: "none" },
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
    ...{ macroF1: study.macroF1, labels: study.origin },
  };
}
